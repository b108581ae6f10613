"""Uses of a word whose spelling is settled by grammar, not by taste.

みる after て is a subsidiary verb and written in kana, 見る elsewhere in kanji; こと after
a verb is a formal noun, 事 a thing. Two uses of one word are no two spellings of it.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .word_context import Word

_FORMAL = frozenset(
    ("事", "物", "所", "時", "為", "訳", "方", "上", "内", "中", "頃", "程", "通り", "他",
     "元", "下", "筈", "儘", "毎", "際", "様", "後", "先", "外")
)  # fmt: skip
_MODIFIERS = ("動詞", "形容詞", "助動詞", "連体詞", "形状詞")
_QUOTING = ("と", "って", "とは")
_NEGATED = ("助動詞", "動詞", "形容詞")


def grammatical_use(word: Word, previous: Word | None, text: str) -> str:
    """Return subsidiary, negation, quoting, formal, or the empty string.

    Args:
        word: Of the analysed text.
        previous: The word before it; None at the beginning.
        text: What was analysed.
    """
    if previous is None:
        return ""
    before, kind = text[previous.start : previous.end], word.part_of_speech[0]
    if word.normalised == "無い" and (
        previous.part_of_speech[0] in _NEGATED or before in ("は", "も", "で", "じゃ")
    ):
        return "negation"
    if kind in ("動詞", "形容詞") and word.part_of_speech[1] == "非自立可能":
        after_te = before in ("て", "で") and previous.part_of_speech[0] == "助詞"
        stem = previous.part_of_speech[5].startswith("連用形")
        return "subsidiary" if after_te or stem else ""
    if word.normalised == "言う" and before in _QUOTING:
        return "quoting"
    if word.normalised in _FORMAL and kind == "名詞":
        modified = previous.part_of_speech[0] in _MODIFIERS or before == "の"
        return "formal" if modified else ""
    return ""
