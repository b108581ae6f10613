"""Where a name's words or neighbours settle its kind beyond what the model weighs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from termbank.mining.terms.term_phrases import Spans
from termbank.mining.tokens.token_flags import (
    CLOSE,
    HIRAGANA,
    JOINER,
    KANJI,
    KATAKANA,
    LATIN,
    LIGHT,
    NO,
    NO_START,
    NUMERAL,
    OPEN,
    PERSON,
    PLACE,
    PROPER,
    SPACE,
    UNKNOWN,
)
from termbank.mining.tokens.token_lexicon import is_paper
from termbank.mining.tokens.word_lists import STRONG_ORGANIZATIONS
from termbank.table_columns import KINDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from termbank.mining.tokens.token_lexicon import Lexicon, Slot
    from termbank.mining.tokens.token_table import Sheet

_PERSON, _PLACE, _BODY = map(KINDS.index, ("person", "place", "organization"))
_PRODUCT, _EVENT = KINDS.index("product"), KINDS.index("event")
_UNCOMMON: Final = PROPER | UNKNOWN | KATAKANA | LATIN
_PERSONAL: Final = PERSON | PROPER | UNKNOWN | KATAKANA | LATIN | HIRAGANA
_HONORIFICS: Final = frozenset(
    ["氏", "さん", "様", "殿", "君", "ちゃん", "容疑者", "被告"]
)
_STRONG: Final = tuple(STRONG_ORGANIZATIONS)
# Offices of states, not of companies: before 会長 stands ファーウェイ as well as a person.
_OFFICES: Final = (
    "大統領",
    "首相",
    "長官",
    "大臣",
    "報道官",
    "補佐官",
    "特使",
    "上級代表",
    "国王",
    "皇太子",
    "大使",
)
_BODIES: Final = STRONG_ORGANIZATIONS | frozenset(
    [
        "政府",
        "政権",
        "軍",
        "陸軍",
        "海軍",
        "空軍",
        "議会",
        "社",
        "株式会社",
        "大学院",
        "カウンシル",
        "グループ",
    ]
)


_SITES: Final = (
    "神社",
    "大社",
    "神宮",
    "寺",
    "寺院",
    "大聖堂",
    "城",
    "城跡",
    "砦",
    "要塞",
    "基地",
    "橋",
    "大橋",
    "駅",
    "空港",
    "港",
    "公園",
    "庭園",
    "遊園地",
    "動物園",
    "植物園",
    "水族館",
    "美術館",
    "博物館",
    "記念館",
    "図書館",
    "会館",
    "劇場",
    "座",
    "球場",
    "競技場",
    "スタジアム",
    "アリーナ",
    "ドーム",
    "ホール",
    "タワー",
    "ビル",
    "ビルディング",
    "ホテル",
    "病院",
    "温泉",
    "通り",
    "街道",
    "バイパス",
    "高速道路",
    "自動車道",
    "トンネル",
    "ダム",
    "運河",
    "墓地",
    "古墳",
    "遺跡",
    "不動尊",
    "地蔵尊",
    "観音堂",
    "山",
    "山脈",
    "岳",
    "峠",
    "川",
    "河",
    "湖",
    "沼",
    "島",
    "諸島",
    "列島",
    "群島",
    "半島",
    "岬",
    "湾",
    "海峡",
    "海岸",
    "平野",
    "盆地",
    "高原",
    "砂漠",
    "地区",
    "県",
    "市",
    "町",
    "村",
    "郡",
    "州",
)
# Bodies of a kind, named by what stands before them: 連合軍 is none, 国連軍 is.
_WEAK_BODIES: Final = frozenset(
    [
        "軍",
        "軍隊",
        "部隊",
        "政府",
        "政権",
        "団",
        "組",
        "組織",
        "集団",
        "勢力",
        "警察",
        "官",
        "員",
        "班",
        "隊",
        "チーム",
        "グループ",
        "企業",
        "業者",
        "業界",
        "企業",
        "団体",
        "機関",
        "当局",
        "会社",
        "メーカー",
        "検察官",
        "陪審",
        "陪審員",
        "裁判",
        "法廷",
        "弁護団",
        "派",
    ]
)


_STRETCHED: Final = re.compile(r"([ぁ-ゖァ-ヺー])\1{2,}")
_LAWS: Final = frozenset(["法", "法律", "条例", "規則", "規約", "契約", "政令", "省令"])
# Ends of the names of substances and medicines, after the rules of nomenclature and INN stems.
_SUBSTANCES: Final = (
    "酸",
    "酸塩",
    "塩酸塩",
    "水和物",
    "水塩",
    "エステル",
    "エステル類",
    "ナトリウム",
    "カリウム",
    "カルシウム",
    "マグネシウム",
    "アンモニウム",
    "クロリド",
    "エーテル",
    "エーテル類",
    "グリコール",
    "アルコール",
    "アミン",
    "アミド",
    "シロキサン",
    "セルロース",
    "ペプチド",
    "タンパク質",
    "蛋白質",
    "硫酸塩",
    "リン酸塩",
    "脂肪酸",
    "アミノ酸",
    "ヒマシ油",
    "ステロール",
    "ラノリン",
    "ソルビタン",
    "ピボキシル",
    "アキセチル",
    "メドキソミル",
    "プロキセチル",
    "ステアリル",
    "スタノール",
    "サルフェート",
    "酵素",
    "阻害剤",
    "製剤",
    "拮抗薬",
    "造影剤",
    "錠",
    "カプセル",
    "細粒",
    "顆粒",
    "軟膏",
    "点眼液",
    "注射液",
    "マイシン",
    "シリン",
    "スタチン",
    "サルタン",
    "プラゾール",
    "コナゾール",
    "フロキサシン",
    "テグラビル",
    "テルビル",
    "セチン",
    "ゼパム",
    "カイン",
    "トレン",
)
# Katakana ends of English nouns and adjectives that are derived from other words: -ity,
# -able, -tion, -ment, -ization. Nobody is called so.
_DERIVED: Final = re.compile(
    r".{2,}(?:[ビティシラ]リティー?|ティビティー?|シビティー?|[アカサタナマラガザダバパ]ブル|"
    r"[ァ-ヺ]ゼーション|[ケキ]ーション|レーション|メント|ナイザー)"
)
# Ends by which the WHO names classes of medicines.
_STEMS: Final = (
    "マイシン",
    "シリン",
    "サイクリン",
    "キサシン",
    "スタチン",
    "サルタン",
    "チニブ",
    "マブ",
    "グリプチン",
    "グリフロジン",
    "プラゾール",
    "コナゾール",
    "ニダゾール",
    "ナプリル",
    "ラプリル",
    "ノプリル",
    "トプリル",
    "ジピン",
    "ゼパム",
    "ゾラム",
    "プロフェン",
    "フェナク",
    "トリプタン",
    "セトロン",
    "ピリン",
    "ペネム",
    "カイニド",
    "オロール",
    "ノロール",
    "プロロール",
)
_LEAST_STEMMED: Final = 5  # kana of a name with its stem; shorter ones are other words
_STEMMED: Final = re.compile(rf"[ァ-ヺー]{{2,}}(?:{'|'.join(_STEMS)})")
_LAST_LETTERS: Final = frozenset(end[-1] for end in (*_SUBSTANCES, *_STEMS))
# What happens somewhere: テロ襲撃事件 is none, 松川事件 is an event.
_HAPPENINGS: Final = frozenset(["事件", "事故", "会談", "会議"])


def settle_kinds(
    sheet: Sheet, lexicon: Lexicon, names: Spans, kinds: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the kinds with the certain cases put right.

    A word that the dictionary knows as a place only is a place; joined katakana with a
    title after it, unknown katakana before an office (イエレン財務長官), and anything before
    氏 or さん, is a person; 研究所, 政権 and their like end the names of organizations; what
    紙 or 誌 introduces is a product; Latin letters in brackets are what stands before them.
    """
    if not len(kinds):
        return kinds
    out = kinds.copy()
    slots = np.append(sheet.slots, 0)
    before = slots[names.first - 1]
    last, after = slots[names.last - 1], slots[names.last]
    length = names.last - names.first

    def all_have(bits: int) -> NDArray[np.bool_]:
        counts = np.append(0, np.cumsum((sheet.flags & bits) != 0))
        whole: NDArray[np.bool_] = counts[names.last] - counts[names.first] == length
        return whole

    has_joint = all_have(KATAKANA | JOINER) & (length > 2)
    out[all_have(PLACE) & (length == 1)] = _PLACE
    out[has_joint & lexicon.titles[after]] = _PERSON
    out[lexicon.slots_where(_is_honorific)[after]] = _PERSON
    out[lexicon.slots_where(_ends_body)[last] & (length > 1)] = _BODY
    out[lexicon.slots_where(_ends_site)[last] & ~all_have(PERSON)] = _PLACE
    of_paper = lexicon.slots_where(is_paper)[before]
    out[of_paper & all_have(KATAKANA | LATIN | JOINER)] = _PRODUCT
    single = np.flatnonzero(all_have(UNKNOWN) & all_have(KATAKANA) & (length == 1))
    for row in single.tolist():
        if _holds_office(sheet, lexicon, int(names.last[row])):
            out[row] = _PERSON
    flags = np.append(sheet.flags, np.uint32(0))
    in_brackets = (flags[names.first - 1] & OPEN != 0) & (
        flags[names.last] & CLOSE != 0
    )
    beside = np.append(False, names.last[:-1] == names.first[1:] - 1)
    same = np.flatnonzero(in_brackets & beside & all_have(LATIN))
    out[same] = out[same - 1]
    return out


def _ends_site(slot: Slot) -> bool:
    """Tell 豊岩稲荷 | 神社 and 歌舞伎座: buildings, grounds and waters by their last word."""
    whole = slot.whole.surface
    return slot.place == slot.parts - 1 and (
        slot.part.surface in _SITES or (len(whole) > 2 and whole.endswith(_SITES))
    )


def _is_honorific(slot: Slot) -> bool:
    return slot.part.surface in _HONORIFICS


def _ends_body(slot: Slot) -> bool:
    whole = slot.whole.surface
    return slot.part.surface in _BODIES or whole in _BODIES or whole.endswith(_STRONG)


def _holds_office(sheet: Sheet, lexicon: Lexicon, row: int) -> bool:
    """Tell whether a run of at most five kanji words from a row on ends in an office."""
    end = row
    while end < min(row + 5, len(sheet.slots)) and sheet.flags[end] & KANJI:
        end += 1
    text = "".join(
        lexicon.slots[int(slot)].part.surface for slot in sheet.slots[row:end]
    )
    return text.endswith(_OFFICES)


def drop_common_names(
    sheet: Sheet, lexicon: Lexicon, names: Spans, kinds: NDArray[np.int64]
) -> tuple[Spans, NDArray[np.int64]]:
    """Return the names without what is made of common words alone.

    Persons of common kanji nouns (恒久和平), things with の between common nouns
    (安全の保証), and bodies, places and products of common nouns without a word or quotes that
    make them one (占領軍, 住宅地区, 現行憲法), which are terms. Where a person's name is not in
    the dictionary it falls into single characters (韓丙起), so a word of one character speaks
    for one.
    """
    short = np.append(0, np.cumsum(sheet.ends - sheet.starts == 1))

    def some_have(bits: int) -> NDArray[np.bool_]:
        counts = np.append(0, np.cumsum((sheet.flags & bits) != 0))
        some: NDArray[np.bool_] = counts[names.last] > counts[names.first]
        return some

    length = names.last - names.first
    personal = some_have(_PERSONAL) | (length == 1)
    personal |= short[names.last] > short[names.first]
    phrase = some_have(NO) & ~some_have(_UNCOMMON)
    keep = np.where(kinds == _PERSON, personal, (kinds != _PRODUCT) | ~phrase)
    common = ~some_have(_UNCOMMON | PLACE | PERSON) & (length > 1)
    whole = lexicon.slots_where(_is_proper_whole)[sheet.slots[names.first]]
    keep &= ~common | whole | _evident(sheet, lexicon, names, kinds)
    # 刑事訴訟法 is a term, no body; ステアリン酸エステル a substance; 君 is nobody's name; nor is しゅうりょう, unless known.
    last = sheet.slots[names.last - 1]
    keep &= (kinds != _BODY) | ~lexicon.slots_where(_is_law)[last]
    substance = _substances(sheet, lexicon, names) & ~_fills_quotes(sheet, names)
    # セフジトレン　ピボキシル is one name, which only names of two words are.
    with_space = substance & _is_spaced(sheet, names)
    kinds = np.where(with_space, _PRODUCT, kinds)
    keep |= with_space
    keep &= ~substance | with_space
    empty = (sheet.flags[names.first] & (LIGHT | NO_START)) != 0
    empty |= lexicon.slots_where(_is_pronoun)[sheet.slots[names.first]]
    keep &= ~empty | (length > 1)
    keep &= ~_shouts(sheet, lexicon, names) & ~_judge_inflection(sheet, names)
    hiragana = np.append(0, np.cumsum((sheet.flags & HIRAGANA) != 0))
    plain = hiragana[names.last] - hiragana[names.first] == length
    has_title = lexicon.titles[np.append(sheet.slots, 0)[names.last]]
    plain &= kinds == _PERSON
    is_derived = (length == 1) & np.isin(kinds, (_PERSON, _BODY))
    is_derived &= lexicon.slots_where(_is_derived_word)[sheet.slots[names.first]]
    keep &= ~is_derived | has_title | _fills_quotes(sheet, names)
    keep &= (
        ~plain
        | some_have(PROPER | PERSON | PLACE)
        | has_title
        | _fills_quotes(sheet, names)
    )
    return Spans(names.first[keep], names.last[keep]), kinds[keep]


def _evident(
    sheet: Sheet, lexicon: Lexicon, names: Spans, kinds: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Tell which names of common words something else shows to be names of their kind."""
    in_quotes = _fills_quotes(sheet, names)
    last = sheet.slots[names.last - 1]
    brief = names.last - names.first < 4
    weak = lexicon.slots_where(_is_weak_body)[last] & brief
    happening = lexicon.slots_where(_is_happening)[last] & brief
    prize = lexicon.slots_where(_is_prize)[last]
    is_evident: NDArray[np.bool_] = np.select(
        [kinds == _BODY, kinds == _PLACE, kinds == _PRODUCT, kinds == _EVENT],
        [~weak, in_quotes, in_quotes | prize, ~happening],
        True,
    )
    return is_evident


def _fills_quotes(sheet: Sheet, names: Spans) -> NDArray[np.bool_]:
    """Tell the names that fill quotes or brackets."""
    flags = np.append(sheet.flags, np.uint32(0))
    in_quotes: NDArray[np.bool_] = (flags[names.first - 1] & OPEN != 0) & (
        flags[names.last] & CLOSE != 0
    )
    return in_quotes


def _is_derived_word(slot: Slot) -> bool:
    return bool(_DERIVED.fullmatch(slot.whole.surface))


def _is_law(slot: Slot) -> bool:
    return slot.part.surface in _LAWS or (
        slot.place == slot.parts - 1 and slot.whole.surface.endswith("法")
    )


def _substances(sheet: Sheet, lexicon: Lexicon, names: Spans) -> NDArray[np.bool_]:
    """Tell アモキシシリン水和物 and ベルソムラ錠: names that end as substances do."""
    maybe = lexicon.slots_where(_may_end_substance)[sheet.slots[names.last - 1]]
    for row in np.flatnonzero(maybe).tolist():
        rows = sheet.slots[names.first[row] : names.last[row]][-4:].tolist()
        end = "".join(lexicon.slots[slot].part.surface for slot in rows)
        word = re.split(r"[\s\u3000]", end)[-1]
        has_stem = len(word) >= _LEAST_STEMMED and _STEMMED.fullmatch(word) is not None
        maybe[row] = has_stem or end.endswith(_SUBSTANCES)
    return maybe


def _is_spaced(sheet: Sheet, names: Spans) -> NDArray[np.bool_]:
    """Tell the names of words with a space between them."""
    counts = np.append(0, np.cumsum((sheet.flags & SPACE) != 0))
    with_space: NDArray[np.bool_] = counts[names.last] > counts[names.first]
    return with_space


def _shouts(sheet: Sheet, lexicon: Lexicon, names: Spans) -> NDArray[np.bool_]:
    """Tell ギャアアアアア: a kana three times in a row or more."""
    short = lexicon.slots_where(_is_stretched)[sheet.slots[names.last - 1]]
    is_shout: NDArray[np.bool_] = short & (names.last - names.first == 1)
    return is_shout


def _is_stretched(slot: Slot) -> bool:
    return _STRETCHED.search(slot.part.surface) is not None


def _judge_inflection(sheet: Sheet, names: Spans) -> NDArray[np.bool_]:
    """Tell 打ち合わせ: one common word of kanji and kana together, without quotes."""
    scripts = KANJI | HIRAGANA | KATAKANA | LATIN | PROPER | UNKNOWN | NUMERAL
    inflects = (sheet.flags[names.first] & scripts) == 0
    is_inflection: NDArray[np.bool_] = (
        inflects & (names.last - names.first == 1) & ~_fills_quotes(sheet, names)
    )
    return is_inflection


def _may_end_substance(slot: Slot) -> bool:
    return slot.part.surface[-1:] in _LAST_LETTERS


def _is_pronoun(slot: Slot) -> bool:
    return slot.part.pos[0] in ("代名詞", "助動詞", "感動詞", "副詞", "接続詞")


def _is_proper_whole(slot: Slot) -> bool:
    return slot.whole.pos[1] == "固有名詞"


def _is_weak_body(slot: Slot) -> bool:
    return slot.part.surface in _WEAK_BODIES


def _is_happening(slot: Slot) -> bool:
    return slot.part.surface in _HAPPENINGS


def _is_prize(slot: Slot) -> bool:
    return slot.part.surface[-1:] == "賞"
