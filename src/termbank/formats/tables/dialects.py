"""The table of delimited dialects: one row each, read by one writer."""

from __future__ import annotations

from typing import Final, NamedTuple

MIB: Final = 1 << 20


class Dialect(NamedTuple):
    """How one tool wants its delimited glossary.

    Attributes:
        name: Format name.
        shape: long, wide, pair, omegat or utx.
        separator: Between cells.
        header: Names of the columns; ``{source}`` and ``{target}`` stand for languages.
        fields: What each column holds: source, target, a term field of the target, or
            a concept field.
        suffixes: First is the usual one.
        approved: Whether only preferred and admitted forms may go in.
        side_bytes: Most bytes of one form in UTF-8; 0 for no limit.
        file_bytes: Most bytes of the file; 0 for no limit.
        unique: Whether a source form may stand only once.
        source: Where the rules are written down.
        newline: Line end.
        mark: Whether the file begins with a byte order mark.
    """

    name: str
    shape: str
    separator: str
    header: tuple[str, ...] = ()
    fields: tuple[str, ...] = ("source", "target")
    suffixes: tuple[str, ...] = (".csv",)
    approved: bool = False
    side_bytes: int = 0
    file_bytes: int = 0
    unique: bool = False
    source: str = ""
    newline: str = "\n"
    mark: bool = False


DIALECTS: Final[dict[str, Dialect]] = {
    dialect.name: dialect
    for dialect in (
        Dialect("csv", "long", ",", source="docs/reference/frames.md"),
        Dialect(
            "tsv", "long", "\t", suffixes=(".tsv",), source="docs/reference/frames.md"
        ),
        Dialect("csv-wide", "wide", ",", source="one column a language"),
        Dialect(
            "tsv-wide", "wide", "\t", suffixes=(".tsv",), source="one column a language"
        ),
        Dialect(
            "omegat",
            "omegat",
            "\t",
            fields=("source", "target", "note"),
            suffixes=(".tab", ".txt", ".utf8"),
            source="OmegaT manual, Glossaries",
        ),
        Dialect(
            "utx", "utx", "\t", suffixes=(".utx",), source="AAMT, UTX 1.11 and 1.20"
        ),
        Dialect(
            "deepl",
            "pair",
            "\t",
            suffixes=(".tsv",),
            approved=True,
            side_bytes=1024,
            file_bytes=10 * MIB,
            unique=True,
            source="DeepL API, Glossaries",
        ),
        Dialect(
            "deepl-csv",
            "pair",
            ",",
            approved=True,
            side_bytes=1024,
            file_bytes=10 * MIB,
            unique=True,
            source="DeepL API, Glossaries",
        ),
        Dialect(
            "google",
            "pair",
            ",",
            approved=True,
            side_bytes=1024,
            file_bytes=10_485_760,
            unique=True,
            source="Google Cloud Translation, unidirectional glossary",
        ),
        Dialect(
            "amazon",
            "pair",
            ",",
            header=("{source}", "{target}"),
            approved=True,
            side_bytes=200,
            file_bytes=10_485_760,
            unique=True,
            source="Amazon Translate, custom terminology",
        ),
        Dialect(
            "azure",
            "pair",
            "\t",
            suffixes=(".tsv",),
            approved=True,
            file_bytes=10 * MIB,
            unique=True,
            source="Azure document translation, glossaries",
        ),
        Dialect(
            "immersive-translate",
            "pair",
            ",",
            header=("source", "target", "tgt_lng"),
            fields=("source", "target", "target_lang"),
            approved=True,
            unique=True,
            source="Immersive Translate, custom AI terms; also BabelDOC",
        ),
        Dialect(
            "memoq",
            "pair",
            ",",
            header=(
                *("Entry_ID", "Entry_Domain", "{Source}", "{Target}"),
                *("Term_Info", "Term_Example", "Entry_Note"),
            ),
            fields=(
                *("concept_id", "domain", "source", "target"),
                *("status", "context", "note"),
            ),
            source="memoQ, term base import from CSV",
            mark=True,
        ),
        Dialect(
            "phrase",
            "pair",
            ",",
            header=(
                "Concept ID",
                "Subject",
                "{source}",
                "{target}",
                "Status",
                "Usage",
                "Note",
            ),
            fields=(
                *("concept_id", "domain", "source", "target"),
                *("status", "context", "note"),
            ),
            source="Phrase, term base import",
        ),
        Dialect(
            "trados",
            "pair",
            "\t",
            header=(
                *("Entry number", "Subject", "{Source}", "{Target}"),
                *("Status", "Example", "Note"),
            ),
            fields=(
                *("concept_id", "domain", "source", "target"),
                *("status", "context", "note"),
            ),
            suffixes=(".txt",),
            source="MultiTerm Convert, tab-separated",
            mark=True,
        ),
        Dialect(
            "xtm",
            "pair",
            ",",
            header=(
                "Concept ID",
                "Domain",
                "{source}",
                "{target}",
                "Status",
                "Context",
                "Remarks",
            ),
            fields=(
                *("concept_id", "domain", "source", "target"),
                *("status", "context", "note"),
            ),
            source="XTM terminology import",
        ),
    )
}
# How a tool calls our statuses, where its import layout has a column for them.
STATUS_LABELS: Final = {
    "xtm": {
        "preferred": "VALID",
        "admitted": "VALID",
        "proposed": "NOT_APPROVED",
        "deprecated": "REJECTED",
        "forbidden": "FORBIDDEN",
    },
    "phrase": {"preferred": "Approved", "admitted": "Approved", "proposed": "New"},
}
LANGUAGE_NAMES: Final = {
    "ja": "Japanese",
    "en": "English",
    "de": "German",
    "fr": "French",
    "zh": "Chinese",
    "ko": "Korean",
    "es": "Spanish",
    "it": "Italian",
    "ru": "Russian",
    "uk": "Ukrainian",
    "pt": "Portuguese",
}
