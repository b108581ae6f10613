"""Formats that translators exchange: who reads and writes which, found by name.

Nothing here imports Polars, lxml or a format before one is asked for.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from termbank.errors import InputError
from termbank.messages import say
from termbank.plugins import find

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

    import polars as pl

    from termbank.formats.model.concept_records import Losses
    from termbank.glossary import Glossary

__all__ = [
    "ALIASES",
    "FORMATS",
    "format_of",
    "module",
    "read",
    "read_segments",
    "write",
    "write_segments",
]

_HERE: Final = "termbank.formats"
# name: module, or module:dialect for the delimited ones, which are rows of one table.
FORMATS: Final = {
    "tbx": f"{_HERE}.tbx.format",
    "tbx-dct": f"{_HERE}.tbx.format:DCT",
    "tbx2": f"{_HERE}.tbx.format:V2",
    "tbx-min": f"{_HERE}.tbx.format:MIN",
    "tbx-min-dct": f"{_HERE}.tbx.format:MIN_DCT",
    "tbx-core": f"{_HERE}.tbx.format:CORE",
    "tbx-core-dct": f"{_HERE}.tbx.format:CORE_DCT",
    "csv": f"{_HERE}.tables.delimited:CSV",
    "tsv": f"{_HERE}.tables.delimited:TSV",
    "csv-wide": f"{_HERE}.tables.delimited:CSV_WIDE",
    "tsv-wide": f"{_HERE}.tables.delimited:TSV_WIDE",
    "utx": f"{_HERE}.utx",
    "omegat": f"{_HERE}.tables.delimited:OMEGAT",
    "deepl": f"{_HERE}.tables.delimited:DEEPL",
    "deepl-csv": f"{_HERE}.tables.delimited:DEEPL_CSV",
    "google": f"{_HERE}.tables.delimited:GOOGLE",
    "amazon": f"{_HERE}.tables.delimited:AMAZON",
    "azure": f"{_HERE}.tables.delimited:AZURE",
    "memoq": f"{_HERE}.tables.delimited:MEMOQ",
    "phrase": f"{_HERE}.tables.delimited:PHRASE",
    "trados": f"{_HERE}.tables.delimited:TRADOS",
    "xtm": f"{_HERE}.tables.delimited:XTM",
    "xlsx": f"{_HERE}.tables.xlsx",
    "tmx": f"{_HERE}.tmx",
    "jsonl": f"{_HERE}.jsonlines",
    "multiterm": f"{_HERE}.multiterm",
    "xliff-glossary": f"{_HERE}.xliff_glossary",
    "prh": f"{_HERE}.rule_lists:PRH",
    "textlint": f"{_HERE}.rule_lists:TEXTLINT",
    "vale": f"{_HERE}.rule_lists:VALE",
    "vale-vocabulary": f"{_HERE}.rule_lists:VOCABULARY",
    "sudachi": f"{_HERE}.sudachi_dictionary",
    "skos": f"{_HERE}.skos",
    "xliff": f"{_HERE}.xliff",
    "xliff1": f"{_HERE}.xliff",
    "po": f"{_HERE}.po",
}
# Other names people use for the same.
ALIASES: Final = {
    "tbx-dca": "tbx",
    "tbx3": "tbx",
    "tbx3-dca": "tbx",
    "tbx-basic": "tbx",
    "tbx3-dct": "tbx-dct",
    "tbx-v2": "tbx2",
    "martif": "tbx2",
    "csv-long": "csv",
    "tsv-long": "tsv",
}
_SUFFIXES: Final = {
    ".tbx": "tbx",
    ".csv": "csv",
    ".tsv": "tsv",
    ".utx": "utx",
    ".tab": "omegat",
    ".txt": "omegat",
    ".utf8": "omegat",
    ".xlsx": "xlsx",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".ttl": "skos",
    ".tmx": "tmx",
    ".xlf": "xliff",
    ".xliff": "xliff",
    ".sdlxliff": "xliff",
    ".mqxliff": "xliff",
    ".mxliff": "xliff",
    ".po": "po",
    ".pot": "po",
}


def format_of(path: str | os.PathLike[str]) -> str:
    """Return the format that a file name asks for.

    Args:
        path: File to be written; its suffix decides, whatever the letter case.

    Raises:
        InputError: No format has this suffix.

    >>> format_of("out/terms.TBX")
    'tbx'
    """
    name = os.fspath(path).casefold()
    suffix = os.path.splitext(name.removesuffix(".gz"))[1]
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    known = " | ".join(sorted(_SUFFIXES))
    raise InputError(
        os.fspath(path),
        say(f"拡張子 {suffix!r}", f"suffix {suffix!r}"),
        known,
    )


def module(name: str) -> ModuleType | Any:
    """Return the format called ``name``: NAME, SUFFIXES, DROPS and read, write or both.

    Raises:
        PluginError: There is no such format; the error lists those known.
    """
    return find("formats", ALIASES.get(name, name), FORMATS)


def read(path: str | os.PathLike[str], *, name: str | None = None) -> Glossary:
    """Return the glossary in a file.

    Args:
        path: File of any format that holds terms.
        name: Format in :data:`FORMATS`; told by the file itself where absent.

    Raises:
        FormatError: The file breaks the rules of its format; line and column are named.
        InputError: It cannot be read, or holds no terms.
    """
    from .detection import recognised

    place = os.fspath(path)
    chosen = module(name or recognised(place))
    if not hasattr(chosen, "read"):
        raise InputError(
            place,
            say("分節のファイル", "a file of segments"),
            say(
                "用語のファイル: TBX・CSV・UTX など", "a file of terms: TBX, CSV, UTX …"
            ),
        )
    glossary: Glossary = chosen.read(place)
    return glossary


def write(
    glossary: Glossary,
    path: str | os.PathLike[str],
    *,
    name: str | None = None,
    **options: Any,
) -> Losses:
    """Write a glossary and return what the format could not carry.

    Args:
        glossary: What to write.
        path: File to replace; after a failure it is what it was, to the byte.
        name: Format in :data:`FORMATS`; the suffix of ``path`` decides where absent.
        options: Those of the format.

    Raises:
        InputError: The file cannot be written, or no format has its suffix.
    """
    place = os.fspath(path)
    target = module(name or format_of(place))
    if not hasattr(target, "write"):
        raise InputError(
            place,
            say("読み取り専用の形式", "a format we only read"),
            say("書き出せる形式", "a format that we write"),
        )
    losses: Losses = target.write(glossary, place, **options)
    return losses


def read_segments(
    path: str | os.PathLike[str],
    *,
    name: str | None = None,
    source: str | None = None,
    target: str | None = None,
) -> Iterator[pl.DataFrame]:
    """Yield the translated pairs of a bilingual file in frames of schema Segments.

    Args:
        path: TMX, XLIFF, PO or a table of two columns.
        name: Format in :data:`FORMATS`; told by the file itself where absent.
        source: Language of the source text. In TMX it chooses the source variant; in
            other formats it fills in where the file names no language.
        target: Language of the translation, likewise.

    Yields:
        Frames of at most 10,000 rows, so that the file may be larger than memory.

    Raises:
        FormatError: The file breaks the rules of its format; line and column are named.
        InputError: It cannot be read, or its format holds no pairs.
    """
    from termbank.formats.model.segment_frames import frames

    from .detection import recognised

    place = os.fspath(path)
    format_name = name or recognised(place)
    chosen = module(format_name)
    if not hasattr(chosen, "segments"):
        expected = say(
            "対訳ファイル: TMX・XLIFF・PO・CSV", "a bilingual file: TMX, XLIFF, PO, CSV"
        )
        raise InputError(place, format_name, expected)
    yield from frames(chosen.segments(place, source=source, target=target), place)


def write_segments(
    segments: pl.DataFrame | Iterable[pl.DataFrame],
    path: str | os.PathLike[str],
    *,
    name: str | None = None,
    strict: bool = False,
) -> Losses:
    """Write pairs as TMX, XLIFF, PO or a table and return what was lost.

    Args:
        segments: Frame of schema Segments, or frames one after another.
        path: File to replace; after a failure it is what it was, to the byte.
        name: tmx, xliff (2.0), xliff1 (1.2), po, csv or tsv; the suffix decides where
            absent.
        strict: Whether to raise, with nothing written, when a field would be lost.

    Raises:
        InputError: The file cannot be written, or the format takes no pairs.
    """
    from termbank.formats.model.segment_frames import pairs_of

    from .conversion import write_pairs

    place = os.fspath(path)
    return write_pairs(
        pairs_of(segments), place, name or format_of(place), strict=strict
    )
