"""Formats that translators exchange: concepts, pairs and rules in and out of files.

Enter :mod:`.parts` for who reads and writes what, :mod:`.detection` for how a file is
recognised, :mod:`.conversion`, :mod:`.inspection` and :mod:`.validation` for what a
user asks; :mod:`.model` for the records that all formats share. Nothing here imports
Polars or a format before one is asked for.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from termbank.errors import InputError
from termbank.messages import say

from .parts import FORMATS, format_of, module

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import polars as pl

    from .model.concept_records import Concept, Losses
    from .model.decision_rows import DecisionRow

__all__ = [
    "FORMATS",
    "format_of",
    "module",
    "read_concepts",
    "read_decisions",
    "read_segments",
    "write_concepts",
    "write_segments",
]


def read_concepts(
    path: str | os.PathLike[str], *, name: str | None = None
) -> Iterator[Concept]:
    """Yield the concepts of a file of any format that holds terms.

    Args:
        path: File to read.
        name: Format; told by the file itself where absent.

    Raises:
        FormatError: The file breaks the rules of its format; line and column are named.
        InputError: It cannot be read, or holds no terms.
    """
    from .detection import recognise_format

    place = os.fspath(path)
    reader = module(name or recognise_format(place))
    if not hasattr(reader, "concepts"):
        raise InputError(
            place,
            say("対訳のファイル", "a file of segments"),
            say(
                "用語のファイル: TBX・CSV・UTX など", "a file of terms: TBX, CSV, UTX …"
            ),
        )
    from .model.language_check import with_possible_languages

    yield from with_possible_languages(reader.concepts(place), place)


def read_decisions(
    path: str | os.PathLike[str], *, name: str | None = None
) -> list[DecisionRow]:
    """Return the decisions that a file carries beside its concepts; most carry none.

    Args:
        path: File to read.
        name: Format; told by the file itself where absent.
    """
    from .detection import recognise_format

    place = os.fspath(path)
    reader = module(name or recognise_format(place))
    return list(reader.decisions(place)) if hasattr(reader, "decisions") else []


def write_concepts(
    records: Iterable[Concept],
    path: str | os.PathLike[str],
    *,
    name: str | None = None,
    decisions: Iterable[DecisionRow] = (),
    **options: Any,
) -> Losses:
    """Write concepts and return what the format could not carry.

    A format that holds only pairs gets a pair for each form of the source language.

    Args:
        records: Concepts.
        path: File to replace; after a failure it is what it was, to the byte.
        name: Format; the suffix of ``path`` decides where absent.
        decisions: What people decided; counted as lost by a format that has no place.
        options: Those of the format; ``source`` and ``target`` for pairs.

    Raises:
        InputError: The file cannot be written, or no format has its suffix.
    """
    from .model.concept_records import Losses

    place = os.fspath(path)
    writer = module(name or format_of(place))
    rows = list(decisions)
    homeless = Losses()
    if rows and getattr(writer, "CARRIES_DECISIONS", False):
        options["decisions"] = rows
    elif rows:
        homeless.add("decisions", "no place for decisions", len(rows))
        if options.get("strict"):
            homeless.refuse(place)
    losses = write_with(writer, records, place, options)
    losses.include(homeless)
    return losses


def write_with(
    writer: Any, records: Iterable[Concept], place: str, options: dict[str, Any]
) -> Losses:
    """Write concepts by one format: as concepts, else as pairs; return what was lost.

    Raises:
        InputError: The file cannot be written, or the format is only read.
    """
    if hasattr(writer, "write_records"):
        options = {"refuse_empty": True, **options}
        written: Losses = writer.write_records(records, place, **options)
        return written
    if not hasattr(writer, "write_segments"):
        raise InputError(
            place,
            say("読み取り専用の形式", "a format we only read"),
            say("書き出せる形式", "a format that we write"),
        )
    from .model.pair_records import pairs_of_concepts

    source, target = options.get("source") or "ja", options.get("target") or "en"
    from .model.concept_records import Losses

    left_out = Losses()
    pairs = pairs_of_concepts(records, source, target, left_out)
    strict = bool(options.get("strict"))
    losses: Losses = writer.write_segments(pairs, place, strict=strict)
    losses.include(left_out)
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
        name: Format; told by the file itself where absent.
        source: Language of the source text. In TMX it chooses the source variant; in
            other formats it fills in where the file names no language.
        target: Language of the translation, likewise.

    Yields:
        Frames of at most 10,000 rows, so that the file may be larger than memory.

    Raises:
        FormatError: The file breaks the rules of its format; line and column are named.
        InputError: It cannot be read, or its format holds no pairs.
    """
    from .detection import recognise_format
    from .model.segment_frames import frames

    place = os.fspath(path)
    format_name = name or recognise_format(place)
    chosen = module(format_name)
    if not hasattr(chosen, "segments"):
        expected = say(
            "対訳ファイル: TMX・XLIFF・PO・CSV", "a bilingual file: TMX, XLIFF, PO, CSV"
        )
        raise InputError(place, format_name, expected)
    from .model.language_check import pairs_with_possible_languages

    pairs = chosen.segments(place, source=source, target=target)
    yield from frames(pairs_with_possible_languages(pairs, place), place)


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
    from .model.segment_frames import pairs_of

    place = os.fspath(path)
    chosen = name or format_of(place)
    writer = module(chosen)
    if not hasattr(writer, "write_segments"):
        raise no_pairs(place, chosen)
    losses: Losses = writer.write_segments(pairs_of(segments), place, strict=strict)
    return losses


def no_pairs(place: str, name: str) -> InputError:
    """Return the error for a format that takes no pairs; those that do are named."""
    takers = [
        other for other, part in FORMATS.parts() if hasattr(part, "write_segments")
    ]
    problem = say(f"形式 {name!r}", f"format {name!r}")
    names = " ".join(sorted(takers))
    return InputError(
        place, problem, say(f"対訳の形式: {names}", f"a format of pairs: {names}")
    )
