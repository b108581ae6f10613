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
# Verbs whose て-form is a conjunction where nothing governs it: したがって, よって.
_CONJUNCTIVE = frozenset(("従う", "因る", "依る", "拠る", "併せる", "却る"))
_NEGATED = ("助動詞", "動詞", "形容詞")


def grammatical_use(word: Word, previous: Word | None, text: str) -> str:
    """Return subsidiary, negation, quoting, governed, formal, or the empty string.

    Args:
        word: Of the analysed text.
        previous: The word before it; None at the beginning.
        text: What was analysed.
    """
    if previous is None:
        return ""  # nothing governs or modifies it
    kind = word.part_of_speech[0]
    if kind in ("動詞", "形容詞"):
        return _use_of_verb(word, previous, text[previous.start : previous.end])
    if kind == "名詞" and word.normalised in _FORMAL:
        before = text[previous.start : previous.end]
        has_modifier = previous.part_of_speech[0] in _MODIFIERS or before == "の"
        return "formal" if has_modifier else ""
    return ""


def _use_of_verb(word: Word, previous: Word, before: str) -> str:
    tag, kind = previous.part_of_speech, word.part_of_speech[1]
    if word.normalised == "無い":
        is_negation = tag[0] in _NEGATED or before in ("は", "も", "で", "じゃ")
        return "negation" if is_negation else ""
    if word.normalised in _CONJUNCTIVE:
        return "governed" if tag[1] == "格助詞" else ""
    if word.normalised == "言う":
        return "quoting" if before in _QUOTING else ""
    after_te = before in ("て", "で") and tag[0] == "助詞"
    subsidiary = kind == "非自立可能" and (after_te or tag[5].startswith("連用形"))
    return "subsidiary" if subsidiary else ""
