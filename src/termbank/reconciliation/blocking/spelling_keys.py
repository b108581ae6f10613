"""Keys under which spellings of one word meet, for whole columns at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termbank.text.kana import FULL_STOPS, HYPHENS, SEPARATORS

if TYPE_CHECKING:
    import polars as pl

_HIRAGANA: Final = {chr(code): chr(code + 0x60) for code in range(0x3041, 0x3097)}
_VU: Final = {
    "ヴァ": "バ",
    "ヴィ": "ビ",
    "ヴェ": "ベ",
    "ヴォ": "ボ",
    "ヴュ": "ビュ",
    "ヴ": "ブ",
}
_LARGE: Final = dict(
    zip(
        "ァィゥェォャュョヮヵヶヂヅヰヱヲ",
        "アイウエオヤユヨワカケジズイエオ",
        strict=True,
    )
)
_LARGE_ONLY: Final = dict(
    zip("ァィゥェォッャュョヮヵヶヂヅ", "アイウエオツヤユヨワカケジズ", strict=True)
)
_SEPARATORS: Final = dict.fromkeys("'" + SEPARATORS + HYPHENS + FULL_STOPS, "")
_LENGTH: Final = {"ー": "", "ッ": ""}


def plain(form: pl.Expr) -> pl.Expr:
    """Return the form in NFKC and lower case without separators."""
    return _replace(form.str.normalize("NFKC").str.to_lowercase(), _SEPARATORS)


def fold(plain_form: pl.Expr) -> pl.Expr:
    """Return :func:`plain` without vowel length, doubling and the size of kana."""
    return _replace(_replace(_replace(plain_form, _HIRAGANA), _VU), _LARGE | _LENGTH)


def loose(form: pl.Expr) -> pl.Expr:
    """Return what :func:`termbank.text.kana.loose_key` gives for forms in kana."""
    text = _replace(plain(form), _HIRAGANA)
    return _replace(_replace(text, _VU | {"ー": ""}), _LARGE_ONLY)


def without_no(plain_form: pl.Expr) -> pl.Expr:
    """Return :func:`plain` with の dropped between two kanji or katakana (捕虜の交換)."""
    inner = r"([\p{Han}\p{Katakana}ー])の([\p{Han}\p{Katakana}])"
    return plain_form.str.replace_all(inner, "${1}${2}")


def _replace(column: pl.Expr, table: dict[str, str]) -> pl.Expr:
    return column.str.replace_many(list(table), list(table.values()), leftmost=True)
