"""What the miner asks of a word, as bits, so that whole texts are asked at once."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

from termbank.text.kana import JOINTS

if TYPE_CHECKING:
    from termbank.tokenise.sudachi import Word

NOUN: Final = 1 << 0  # may stand inside a compound: nouns, affixes, stems, joiners
JOINER: Final = 1 << 1  # ・ = ＝ - and their like
PREFIX: Final = 1 << 2
SUFFIX: Final = 1 << 3
NUMERAL: Final = 1 << 4
ADVERBIAL: Final = 1 << 5  # 今日, 今後: nouns that serve as adverbs
COUNTER: Final = 1 << 6
PROPER: Final = 1 << 7
PERSON: Final = 1 << 8
PLACE: Final = 1 << 9
UNKNOWN: Final = 1 << 10
KATAKANA: Final = 1 << 11
LATIN: Final = 1 << 12
KANJI: Final = 1 << 13
HIRAGANA: Final = 1 << 14
OPEN: Final = 1 << 15
CLOSE: Final = 1 << 16
STOP: Final = 1 << 17  # ends a sentence
NO: Final = 1 << 18
NA: Final = 1 << 19  # な of an adjectival noun, 的な
ADJECTIVE: Final = 1 << 20  # adnominal form
VERB_STEM: Final = 1 << 21  # 連用形 of two or more characters
SPACE: Final = 1 << 22
PRONOUN: Final = 1 << 23
CAPITAL: Final = 1 << 24  # Latin, first letter upper case
DOT: Final = 1 << 25
LIGHT: Final = 1 << 26  # こと, もの, ため: nouns that carry no meaning alone
SURU: Final = 1 << 27  # サ変可能
PARTICLE: Final = 1 << 28
TOPIC: Final = 1 << 29  # は, が, を
NO_START: Final = 1 << 30  # may not open a term: 約, 各, 同
NO_END: Final = 1 << 31  # may not close one: 等, たち, 頃

_JOINERS: Final = frozenset(JOINTS + "-‐−–＆&")
_OPEN: Final = frozenset("「『（(【《〈“[［〔｢")
_CLOSE: Final = frozenset("」』）)】》〉”]］〕｣")
_STOPS: Final = frozenset("。！？!?．")
_DEICTIC: Final = frozenset(
    [
        "両国",
        "同国",
        "自国",
        "他国",
        "両者",
        "双方",
        "両方",
        "互い",
        "同氏",
        "同社",
        "同党",
        "同紙",
        "同日",
        "同年",
        "考え",
        "当社",
        "弊社",
        "本人",
        "彼ら",
        "私たち",
        "我々",
        "相手",
        "一方",
        "他方",
        "多数",
        "大半",
        "大勢",
        "今回",
        "前回",
        "次回",
    ]
)
_LIGHT: Final = _DEICTIC | frozenset(
    [
        "こと",
        "もの",
        "ため",
        "ところ",
        "とき",
        "うち",
        "ほか",
        "わけ",
        "はず",
        "つもり",
        "よう",
        "事",
        "物",
        "為",
        "所",
        "時",
        "内",
        "他",
        "訳",
        "方",
        "上",
        "中",
        "下",
        "前",
        "後",
        "間",
        "際",
        "場合",
        "者",
        "点",
        "面",
        "側",
        "形",
        "分",
        "的",
        "等",
        "など",
        "氏",
        "さん",
        "様",
        "たち",
        "ら",
        "各",
        "同",
        "本",
        "当",
        "以上",
        "以下",
        "以外",
        "以内",
        "以降",
        "以前",
        "以来",
        "自身",
        "自分",
        "一つ",
        "二つ",
    ]
)


_NO_START: Final = frozenset(
    [
        "約",
        "各",
        "同",
        "当",
        "本",
        "両",
        "毎",
        "翌",
        "昨",
        "今",
        "来",
        "約",
        "計",
        "全",
        "数",
        "他",
        "ほぼ",
        "およそ",
        "一定",
        "大半",
        "多く",
        "一部",
        "すべて",
        "全て",
        "ため",
        "場合",
        "上記",
        "下記",
        "前記",
        "当該",
        "該",
        "前掲",
        "前述",
        "後述",
        "以下",
        "以上",
        "当時",
        "同様",
        "それぞれ",
        "なお",
    ]
)
_NO_END: Final = frozenset(
    [
        "等",
        "など",
        "達",
        "たち",
        "方々",
        "ら",
        "頃",
        "ころ",
        "ごろ",
        "他",
        "ほか",
        "内",
        "以外",
        "以上",
        "以下",
        "以内",
        "以前",
        "以降",
        "以来",
        "前後",
        "程度",
        "ため",
        "場合",
        "際",
        "時",
        "毎",
        "ごと",
        "中",
        "上",
        "下",
        "間",
        "後",
        "前",
        "当時",
        "側",
        "すべて",
        "全て",
        "自体",
        "同士",
        "のみ",
        "だけ",
        "付近",
        "別",
        "同様",
        "次第",
        "多数",
        "全員",
        "全体",
        "一つ",
    ]
)
_CIRCLED: Final = range(0x2460, 0x2500)
# Of English words these are no part of a term by themselves; the last two as they sound.
FUNCTION_WORDS: Final = frozenset(
    """a an the of to in on at by for and or is are was be it as with from that this オブ アンド""".split()  # noqa: SIM905 - read as words
)


@lru_cache(maxsize=4096)
def pos_flags(pos: tuple[str, ...]) -> int:
    """Return the bits that follow from the part of speech."""
    first, second, third = pos[0], pos[1], pos[2]
    bits = _CLASS.get(first, 0)
    if first == "名詞":
        bits |= 0 if second == "助動詞語幹" else NOUN
        bits |= _NOUNS.get(second, 0) | _FINER.get(third, 0)
    elif first == "形状詞":
        bits |= 0 if second == "助動詞語幹" else NOUN
    elif first == "接尾辞":
        bits |= (NOUN if second in ("名詞的", "形状詞的") else 0) | _FINER.get(third, 0)
    elif first == "形容詞" and pos[5].startswith("連体形"):
        bits |= ADJECTIVE
    elif first == "動詞" and pos[5].startswith("連用形"):
        bits |= VERB_STEM
    return bits


_CLASS: Final = {
    "接頭辞": NOUN | PREFIX,
    "接尾辞": SUFFIX,
    "記号": NOUN,
    "空白": SPACE,
    "代名詞": PRONOUN,
    "助詞": PARTICLE,
}
_NOUNS: Final = {"固有名詞": PROPER, "数詞": NUMERAL}
_FINER: Final = {
    "人名": PERSON,
    "地名": PLACE,
    "副詞可能": ADVERBIAL,
    "助数詞可能": COUNTER,
    "助数詞": COUNTER,
    "サ変可能": SURU,
    "サ変形状詞可能": SURU,
}


def word_flags(word: Word) -> int:
    """Return all bits of a word: of its part of speech, its script and its form."""
    surface = word.surface
    bits = pos_flags(word.pos) | _script_flags(shape(surface), surface)
    if word.oov:
        bits |= UNKNOWN
    if len(surface) == 1:
        bits |= _character_flags(surface)
    elif bits & SPACE:
        bits &= ~NOUN
    if surface == "の" and word.pos[0] == "助詞":
        bits |= NO
    if surface == "な" and word.pos[0] == "助動詞":
        bits |= NA
    if surface in ("は", "が", "を") and word.pos[0] == "助詞":
        bits |= TOPIC
    if surface in _LIGHT or word.normalised in _LIGHT:
        bits |= LIGHT
    if bits & VERB_STEM and len(surface) < 2:
        bits &= ~VERB_STEM
    return bits | _rim_flags(surface)


def _rim_flags(surface: str) -> int:
    bits = NO_START if surface in _NO_START else 0
    if surface in _NO_END:
        bits |= NO_END
    if surface.lower() in FUNCTION_WORDS:
        bits |= NO_START | NO_END
    return bits


def _character_flags(character: str) -> int:
    bits = 0
    if character in _JOINERS:
        bits |= NOUN | JOINER
    if character in _OPEN:
        bits |= OPEN
    if character in _CLOSE:
        bits |= CLOSE
    if character in _STOPS:
        bits |= STOP
    if character in ".．":
        bits |= DOT
    if ord(character) in _CIRCLED:
        bits |= NUMERAL
    return bits


def _script_flags(form_shape: str, surface: str) -> int:
    bits = 0
    if form_shape == "k":
        bits |= KATAKANA
    elif form_shape == "c":
        bits |= KANJI
    elif form_shape == "h":
        bits |= HIRAGANA
    elif form_shape[0] in "aA":
        bits |= LATIN | (CAPITAL if surface[0].isupper() else 0)
    return bits


@lru_cache(maxsize=65536)
def shape(surface: str) -> str:
    """Return the scripts of a form in order, each run as one letter.

    h hiragana, k katakana, c kanji, A and a letters, 0 digits, ``.`` middle dot,
    o others.

    >>> shape("レオ14世"), shape("NATOサミット")
    ('k0c', 'Ak')
    """
    return "".join(letter for letter, _ in groupby(map(_script, surface)))


def _script(character: str) -> str:  # noqa: PLR0911  # a table of ranges
    code = ord(character)
    if 0x3041 <= code <= 0x309F:
        return "h"
    if 0x30A0 < code <= 0x30FA or 0x30FC <= code <= 0x30FE or 0xFF66 <= code <= 0xFF9F:
        return "k"
    if 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or character in "々〇":
        return "c"
    if code == 0x30FB:
        return "."
    if character.isdigit():
        return "0"
    if character.isalpha():
        return "A" if character.isupper() else "a"
    return "o"
