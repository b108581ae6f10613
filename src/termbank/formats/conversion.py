"""One file into another, a few concepts or pairs at a time."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from termbank.errors import InputError
from termbank.messages import say

from . import no_pairs
from .detection import recognised
from .model.concept_records import Concept, Losses, Segment
from .model.pair_records import concept_of_pair, pairs_of_concepts
from .parts import format_of, module

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
    reader = module(name or recognised(start))
    writer = module(to or format_of(end))
    if not (hasattr(reader, "concepts") or hasattr(reader, "segments")):
        raise _unreadable(start, reader.NAME)
    if _family(reader) == _family(writer) and hasattr(writer, "rewrite"):
        rewritten: Losses = writer.rewrite(start, end, strict=strict)
        return rewritten
    codes = Losses()
    refused = end if strict else None
    if _holds_pairs(reader) and hasattr(writer, "write_segments"):
        langs = {key: options.get(key) for key in ("source", "target")}
        pairs = _without_codes(reader.segments(start, **langs), codes, refused)
        losses: Losses = writer.write_segments(pairs, end, strict=strict)
    else:
        records = _without_codes(_concepts(start, reader, options), codes, refused)
        losses = _write(writer, records, end, strict, options)
    losses.include(codes)
    return losses


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
    if _holds_pairs(writer) and writer.NAME != "tmx":
        source, target = options.get("source") or "ja", options.get("target") or "en"
        pairs = pairs_of_concepts(records, source, target)
        paired: Losses = writer.write_segments(pairs, end, strict=strict)
        return paired
    if not hasattr(writer, "write_records"):
        if hasattr(writer, "write_segments"):
            raise no_pairs(end, writer.NAME)
        raise InputError(
            end,
            say(f"形式 {writer.NAME!r}", f"format {writer.NAME!r}"),
            say("用語を書ける形式", "a format that takes terms"),
        )
    losses: Losses = writer.write_records(records, end, **{**options, "strict": strict})
    return losses


def _unreadable(start: str, name: str) -> InputError:
    return InputError(
        start,
        say(f"形式 {name!r}", f"format {name!r}"),
        say("用語か対訳のファイル", "a file of terms or of pairs"),
    )


def _without_codes(
    records: Iterable[Record], losses: Losses, refused: str | None
) -> Iterator[Record]:
    """Yield the records; count their inline codes as lost, or refuse ``refused``."""
    for record in records:
        if record.codes:
            losses.add("segments.codes", "inline codes", record.codes)
            if refused:
                losses.refuse(refused)
        yield record


def _concepts(start: str, reader: Any, options: dict[str, Any]) -> Iterator[Concept]:
    if hasattr(reader, "concepts"):
        yield from reader.concepts(start)
        return
    langs = {key: options.get(key) for key in ("source", "target")}
    for pair in reader.segments(start, **langs):
        yield concept_of_pair(pair)
