"""One file into another, a few concepts or pairs at a time."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from termbank.errors import InputError
from termbank.messages import say

from . import write_with
from .detection import recognise_format
from .model.bilingual_units import REVIEW
from .model.concept_records import Concept, Losses, Segment
from .model.language_check import (
    pairs_with_possible_languages,
    with_possible_languages,
)
from .model.pair_records import concept_of_pair
from .pair_directions import (
    direction_of_concepts,
    direction_of_pairs,
    in_direction,
)
from .parts import format_of, is_writable, module

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeVar

    Record = TypeVar("Record", Segment, Concept)


def convert(
    given: str | os.PathLike[str],
    wanted: str | os.PathLike[str],
    *,
    name: str | None = None,
    to: str | None = None,
    strict: bool = False,
    **options: Any,
) -> Losses:
    """Convert a file and return what the new format could not carry.

    Nothing but a few concepts or pairs is held in memory, except by tables with an
    identifier column, whose rows are gathered first, and by the wide table.

    Args:
        given: File to read.
        wanted: File to replace; after a failure it is what it was, to the byte.
        name: Format of ``given``; told by the file itself where absent.
        to: Format of ``wanted``; its suffix decides where absent.
        strict: Whether to raise, with nothing written, when a field would be lost.
        options: Of the writer: source, target, regions, escape, style.

    Raises:
        FormatError: ``given`` breaks the rules of its format, with the place.
        InputError: A file cannot be read or written, or no such conversion exists.
    """
    start, end = os.fspath(given), os.fspath(wanted)
    reader = module(name or recognise_format(start))
    writer = module(to or format_of(end))
    if not (hasattr(reader, "concepts") or hasattr(reader, "segments")):
        raise _unreadable(start, reader.NAME)
    if _family(reader) == _family(writer) and hasattr(writer, "rewrite"):
        rewritten: Losses = writer.rewrite(start, end, strict=strict)
        return rewritten
    before = Losses()
    strict_path = end if strict else None
    if hasattr(writer, "write_segments") and _reads_pairs(reader, start, writer):
        pairs = _directed_pairs(start, reader, writer, options, before)
        pairs_without_codes = _without_codes(pairs, before, strict_path)
        losses: Losses = writer.write_segments(pairs_without_codes, end, strict=strict)
    else:
        if _holds_one_pair(writer):
            options = _with_direction(start, reader, options)
        records = _without_codes(
            _concepts(start, reader, options, before), before, strict_path
        )
        options = _with_decisions(start, end, reader, writer, strict, options, before)
        losses = _write(writer, records, end, strict, options)
    losses.include(before)
    return losses


def _with_decisions(
    start: str,
    end: str,
    reader: Any,
    writer: Any,
    strict: bool,
    options: dict[str, Any],
    losses: Losses,
) -> dict[str, Any]:
    """Return the options with the decisions of a file, or count them as lost."""
    rows = list(reader.decisions(start)) if hasattr(reader, "decisions") else []
    if rows and getattr(writer, "CARRIES_DECISIONS", False):
        return {**options, "decisions": rows}
    if rows:
        losses.add("decisions", "no place for decisions", len(rows))
        if strict:
            losses.refuse(end)
    return options


def _reads_pairs(reader: Any, start: str, writer: Any) -> bool:
    """Say whether a file is read as pairs of segments and not as concepts."""
    if not hasattr(reader, "holds_pairs"):
        return _holds_pairs(reader)
    pairs: bool = reader.holds_pairs(start, bare=_holds_one_pair(writer))
    return pairs


def _directed_pairs(
    start: str, reader: Any, writer: Any, options: dict[str, Any], losses: Losses
) -> Iterator[Segment]:
    """Return the pairs of a file; for a format of one pair of languages in one direction."""
    source, target = options.get("source"), options.get("target")
    pairs = _pairs(start, reader, source, target)
    if source and target:
        pairs = in_direction(pairs, (source, target), start, losses)
    elif _holds_one_pair(writer):
        direction = direction_of_pairs(pairs, start)
        pairs = _pairs(start, reader, source, target)
        pairs = in_direction(pairs, direction, start, losses)
    if hasattr(reader, "document"):
        waiting = sum(u.state == REVIEW for u in reader.document(start).read())
        if waiting:
            losses.add("segments.target", "nobody has confirmed it", waiting)
    return pairs


def _pairs(
    start: str, reader: Any, source: str | None, target: str | None
) -> Iterator[Segment]:
    langs: dict[str, Any] = {"source": source, "target": target}
    if source and target and getattr(reader, "HOLDS_MANY", False):
        langs = {"pair": (source, target)}
    return pairs_with_possible_languages(reader.segments(start, **langs), start)


def _with_direction(start: str, reader: Any, options: dict[str, Any]) -> dict[str, Any]:
    """Return the options with the two languages of the concepts in a file."""
    if options.get("source") and options.get("target"):
        return options
    records = _concepts(start, reader, options, Losses())
    source, target = direction_of_concepts(records, start)
    return {**options, "source": source, "target": target}


def _holds_one_pair(part: Any) -> bool:
    return bool(getattr(part, "ONE_PAIR", False))


def _family(part: Any) -> str:
    family: str = getattr(part, "FAMILY", part.NAME)
    return family


def _holds_pairs(part: Any) -> bool:
    return getattr(part, "HOLDS", "concepts") == "pairs"


def _write(
    writer: Any,
    records: Iterable[Concept],
    end: str,
    strict: bool,
    options: dict[str, Any],
) -> Losses:
    if not is_writable(writer):
        raise InputError(
            end,
            say(f"形式 {writer.NAME!r}", f"format {writer.NAME!r}"),
            say("用語を書ける形式", "a format that takes terms"),
        )
    options = {**options, "strict": strict, "refuse_empty": True}
    return write_with(writer, records, end, options)


def _unreadable(start: str, name: str) -> InputError:
    return InputError(
        start,
        say(f"形式 {name!r}", f"format {name!r}"),
        say("用語か対訳のファイル", "a file of terms or of pairs"),
    )


def _without_codes(
    records: Iterable[Record], losses: Losses, strict_path: str | None
) -> Iterator[Record]:
    """Yield the records; count their inline codes as lost, or refuse ``strict_path``."""
    for record in records:
        if isinstance(record, Segment) and record.unread:
            losses.add(
                "segments.extra", "properties that no field takes", record.unread
            )
            if strict_path:
                losses.refuse(strict_path)
        if record.codes:
            losses.add("segments.codes", "inline codes", record.codes)
            if strict_path:
                losses.refuse(strict_path)
        yield record


def _concepts(
    start: str, reader: Any, options: dict[str, Any], losses: Losses
) -> Iterator[Concept]:
    if hasattr(reader, "reader"):
        langs = {key: options.get(key) for key in ("source", "target")}
        rows = reader.reader(start, split=bool(options.get("split")), **langs)
        yield from with_possible_languages(rows.concepts(), start)
        losses.understood += [*rows.understood(), *rows.warnings]
        return
    if hasattr(reader, "concepts"):
        yield from with_possible_languages(reader.concepts(start), start)
        return
    langs = {key: options.get(key) for key in ("source", "target")}
    pairs = reader.segments(start, **langs)
    for pair in pairs_with_possible_languages(pairs, start):
        yield concept_of_pair(pair)
