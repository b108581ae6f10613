"""Words of running text by their dictionary form, and the uses that grammar settles.

みる after て is a subsidiary verb and written in kana, 見る elsewhere in kanji; こと after a
verb is a formal noun, 事 a thing. Two such uses of one word are no two spellings of it,
whichever of them a text has.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.text.kana import JOINTS
from termbank.tokenise import tokeniser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termbank.tokenise.token import Token

KATAKANA: Final = re.compile(rf"[ァ-ヺー]{{2,}}(?:[{JOINTS}][ァ-ヺー]{{2,}})*")
LATIN: Final = re.compile(
    r"(?<![\w.@/#$:-])[A-Za-z][A-Za-z0-9]{2,}(?![\w@/=(:]|[.-]\w)", re.ASCII
)
_CONTENT: Final = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞"})
_LETTERS: Final = re.compile(r"[\u3400-\u9fff々ぁ-ゖァ-ヺー]+")
_SENTENCE: Final = re.compile(r"[^\n。！？!?]+")
# Normal spellings of formal and adverbial nouns, and of verbs that grammar uses.
_FORMAL: Final = frozenset(
    [
        "事",
        "物",
        "者",
        "所",
        "時",
        "為",
        "訳",
        "方",
        "上",
        "内",
        "中",
        "頃",
        "程",
        "通り",
        "他",
        "元",
        "下",
        "筈",
        "儘",
        "毎",
        "際",
        "様",
        "後",
        "先",
        "外",
        "度",
        "点",
        "位",
        "場合",
        "故",
        "等",
        "達",
        "共",
        "途端",
        "間",
        "癖",
        "余り",
        "其れ",
        "此れ",
        "何れ",
        "何処",
        "何時",
        "幾つ",
        "一つ",
        "辺り",
        "限り",
        "代わり",
        "以外",
        "由",
        "積もり",
        "折",
        "手前",
        "上手",
        "つもり",
        "付き",
        "付け",
        "毎に",
    ]
)
_GRAMMAR: Final = frozenset(
    [
        "言う",
        "居る",
        "有る",
        "無い",
        "成る",
        "為る",
        "出来る",
        "下さる",
        "下さい",
        "頂く",
        "致す",
        "仕舞う",
        "置く",
        "行く",
        "来る",
        "見る",
        "知れる",
        "良い",
        "因る",
        "依る",
        "於く",
        "従う",
        "対する",
        "関する",
        "伴う",
        "基づく",
        "付く",
        "掛かる",
        "掛ける",
        "越す",
        "過ぎる",
    ]
)
_SUBSIDIARY: Final = "非自立可能"
_BOUND: Final = frozenset(
    {"助動詞", "接続詞", "感動詞", "連体詞", "接尾辞", "接頭辞", "代名詞"}
)


class Use(NamedTuple):
    """A word standing in a text.

    Attributes:
        form: Dictionary form.
        start: First code point in the text.
        key: Part of speech and normal spelling, which all spellings of the word share;
            empty for katakana and Latin words, of which sounds and letters decide.
        bound: Whether grammar settles how this use is spelled.
    """

    form: str
    start: int
    key: str
    bound: bool


def uses(text: str) -> Iterator[Use]:
    """Yield the words of a text that may have several spellings.

    Args:
        text: Prose; katakana are taken as whole runs, Latin words from three letters.
    """
    for match in KATAKANA.finditer(text):
        yield Use(match.group(), match.start(), "", bound=False)
    for match in LATIN.finditer(text):
        yield Use(match.group(), match.start(), "", bound=False)
    for sentence in _SENTENCE.finditer(text):
        piece = KATAKANA.sub(lambda run: "、" * len(run.group()), sentence.group())
        tokens = list(tokeniser().tokens(piece))
        for at in range(len(tokens)):
            use = _use(tokens, at, sentence.start())
            if use is not None:
                yield use


def _use(tokens: Sequence[Token], at: int, offset: int) -> Use | None:
    token = tokens[at]
    if token.oov or not _LETTERS.fullmatch(token.surface):
        return None  # 名前（キー） is an entry of the dictionary, too
    kind = token.pos[0]
    bound = kind in _BOUND or _is_bound(tokens, at)
    if kind not in _CONTENT and not bound:
        return None
    return Use(
        token.dictionary_form,
        offset + token.start,
        f"{kind} {token.normalised}",
        bound,
    )


def _is_bound(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether grammar settles the spelling of a word where it stands."""
    token = tokens[at]
    before = tokens[at - 1] if at else None
    if token.normalised in _GRAMMAR or token.pos[1] == _SUBSIDIARY:
        return True
    if token.pos[0] == "名詞":
        return token.normalised in _FORMAL
    if token.pos[0] != "動詞":
        return False
    # したがって、 and よって、 are conjunctions; してでる is して and an auxiliary.
    opens = before is None or before.pos[0] in ("補助記号", "空白")
    if opens and at + 2 < len(tokens) and tokens[at + 1].surface in ("て", "で"):
        return tokens[at + 2].pos[0] == "補助記号"
    return before is not None and before.pos[0] == "動詞"


@lru_cache(maxsize=65_536)
def reading_of(form: str) -> str:
    """Return the reading of a dictionary form: 使う and 使える are two words.

    >>> reading_of("行なう") == reading_of("行う"), reading_of("使う") == reading_of("使える")
    (True, False)
    """
    return "".join(token.reading for token in tokeniser().tokens(form))
