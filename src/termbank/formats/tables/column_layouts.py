"""What the columns of a table mean, told from its first row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.formats.model.concept_records import TERM_FIELDS

from .long_table import COLUMN_ALIASES
from .long_table import COLUMNS as LONG
from .status_labels import canonical_language, language_fault

if TYPE_CHECKING:
    from collections.abc import Sequence

_SOURCE: Final = ("source", "src", "source term", "原語", "原文")
_TARGET: Final = ("target", "tgt", "target term", "訳語", "訳文", "translation")
_CONCEPT_NAMES: Final = ("concept_id", "kind", "domain")
_NAMES: Final = {
    **{name.replace("_", " "): name for name in LONG},
    **COLUMN_ALIASES,
}
_SPACES: Final = re.compile(r"[\s_]+")
_LANGUAGE_NAMES: Final = {
    **{"japanese": "ja", "日本語": "ja", "english": "en", "英語": "en"},
    **{"german": "de", "french": "fr", "chinese": "zh", "korean": "ko"},
    **{"spanish": "es", "italian": "it", "russian": "ru", "ukrainian": "uk"},
    **{"portuguese": "pt", "dutch": "nl", "polish": "pl", "arabic": "ar"},
}
_CODE: Final = re.compile(r"[a-z]{2,3}([-_][a-z0-9]{2,8})*", re.IGNORECASE)
# Two-letter words that are column names or plain words more often than languages.
_NOT_CODES: Final = frozenset(("id", "no", "pos", "src", "tgt", "key", "yes", "tag"))
_KANA: Final = re.compile("[\u3041-\u30ff]")
_KANJI: Final = re.compile("[\u4e00-\u9fff]")
_LATIN: Final = re.compile("[A-Za-z]")
SAMPLE: Final = 200  # rows from which the languages of a bare table are told


class Column(NamedTuple):
    """What one column holds.

    Attributes:
        field: form, a field of a term, concept_id, kind, domain, definition …; empty
            for a column that nothing takes and that is kept by name.
        lang: Language, where each language has a column of its own.
        side: source, target, or empty.
        name: As the file names it.
    """

    field: str
    lang: str = ""
    side: str = ""
    name: str = ""


class Layout(NamedTuple):
    """The columns of a table.

    Attributes:
        kind: long, wide, pair or bare.
        columns: From left to right.
        header: Whether the first row holds names and no terms.
    """

    kind: str
    columns: tuple[Column, ...]
    header: bool


def duplicates(cells: Sequence[str]) -> list[str]:
    """Return names that stand over more than one column of a header."""
    names = [cell.strip().casefold() for cell in cells if cell.strip()]
    return sorted({name for name in names if names.count(name) > 1})


def layout_of(cells: Sequence[str]) -> Layout:
    """Return what the first row of a table says about its columns."""
    names = [cell.strip() for cell in cells]
    lower = [_NAMES.get(_plain(name), _plain(name)) for name in names]
    if "form" in lower and ("lang" in lower or "concept_id" in lower):
        return Layout("long", _long(names, lower), True)
    sides = [_side(name) for name in lower]
    if "source" in sides and "target" in sides:
        return Layout("pair", _paired(names, lower, sides), True)
    wide = [_wide(name, plain) for name, plain in zip(names, lower, strict=True)]
    forms = [column for column in wide if column and column.field == "form"]
    if len({column.lang for column in forms}) > 1 and all(wide):
        return Layout("wide", tuple(filter(None, wide)), True)
    return Layout("bare", _bare(len(cells)), False)


def _plain(name: str) -> str:
    return _SPACES.sub(" ", name).strip().casefold()


def _long(names: list[str], lower: list[str]) -> tuple[Column, ...]:
    return tuple(
        Column(plain if plain in LONG else "", "", "", name)
        for name, plain in zip(names, lower, strict=True)
    )


def _side(name: str) -> str:
    if name in _SOURCE:
        return "source"
    return "target" if name in _TARGET else ""


def _paired(names: list[str], lower: list[str], sides: list[str]) -> tuple[Column, ...]:
    columns = []
    for name, plain, side in zip(names, lower, sides, strict=True):
        if side:
            columns.append(Column("form", "", side, name))
        elif plain in ("source lang", "source language"):
            columns.append(Column("lang", "", "source", name))
        elif plain in ("target lang", "target language"):
            columns.append(Column("lang", "", "target", name))
        elif plain in TERM_FIELDS or plain in _CONCEPT_NAMES or plain == "definition":
            columns.append(Column(plain, "", "", name))
        else:
            columns.append(Column("", "", "", name))
    return tuple(columns)


def _wide(name: str, plain: str) -> Column | None:
    if plain in _CONCEPT_NAMES or plain in ("note", "concept_definition"):
        return Column(plain, "", "", name)
    head, _, tail = re.sub(r"[:\[(]", " ", name).strip(" ])").partition(" ")
    lang = _language(head)
    field = _NAMES.get(_plain(tail), _plain(tail)) if tail else "form"
    if lang and (field in TERM_FIELDS or field in ("form", "definition")):
        return Column(field, lang, "", name)
    return None


def _language(name: str) -> str:
    if name.casefold() in _LANGUAGE_NAMES:
        return _LANGUAGE_NAMES[name.casefold()]
    if name.casefold() in _NOT_CODES or not _CODE.fullmatch(name):
        return ""
    tag = name.replace("_", "-")
    return tag if not language_fault(tag) else canonical_language(tag)


def _bare(width: int) -> tuple[Column, ...]:
    columns = [Column("form", "", "source"), Column("form", "", "target")]
    columns.append(Column("note"))
    columns += [Column("", "", "", str(number)) for number in range(4, width + 1)]
    # A third column is a remark wherever it occurs, even if the first row has none.
    return tuple(columns[: max(width, 3)] if width > 1 else columns[:1])


def guessed_language(cells: Sequence[str]) -> str:
    """Return the language that a column of forms seems to be in, ``und`` if unclear.

    >>> guessed_language(["エラー", "NATO"]), guessed_language(["error"])
    ('ja', 'en')
    """
    text = "".join(cells)
    if _KANA.search(text):
        return "ja"
    if _LATIN.search(text) and text.isascii():
        return "en"
    # Kanji alone are Japanese here: this is what termbank is for.
    return "ja" if _KANJI.search(text) else "und"
