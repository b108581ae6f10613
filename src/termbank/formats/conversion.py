"""One file into another, a few concepts or pairs at a time."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from termbank.atomic_files import replacing_bytes
from termbank.errors import InputError
from termbank.formats.model.concept_records import Concept, Losses, Segment, Term
from termbank.formats.tbx.reader import Tbx
from termbank.messages import say

from . import ALIASES, format_of, module, tmx, utx
from .detection import recognised
from .model import segment_writers
from .safe_files import chunks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeVar

    Record = TypeVar("Record", Segment, Concept)

# Formats of pairs; the others are of concepts. TMX is both.
_PAIRED: Final = ("tmx", "xliff", "xliff1", "po")
_TABLES: Final = {"csv": ",", "tsv": "\t"}


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
    old = _known(name or recognised(start))
    new = _known(to or format_of(end))
    if old == "srx":
        raise InputError(
            start,
            say("分節の規則", "segmentation rules"),
            say("用語か対訳のファイル", "a file of terms or of pairs"),
        )
    if old == new and old in ("xliff", "po"):
        return _copied(start, end, old)
    if old == new == "tmx":
        return tmx.rewrite(start, end)
    if old in _PAIRED and (new in _PAIRED or new in _TABLES):
        return _convert_pairs(start, end, old, new, strict, options)
    return _convert_concepts(start, end, old, new, strict, options)


def _known(name: str) -> str:
    return ALIASES.get(name, name)


def _copied(start: str, end: str, name: str) -> Losses:
    """Copy a file that needs no change, once all of it has been read without a fault."""
    for _ in module(name).segments(start):
        pass
    with replacing_bytes(end) as file:
        for piece in chunks(start):
            file.write(piece)
    return Losses()


def _convert_pairs(
    start: str, end: str, given: str, wanted: str, strict: bool, options: dict[str, Any]
) -> Losses:
    langs = {key: options.get(key) for key in ("source", "target")}
    pairs: Iterator[Segment] = module(given).segments(start, **langs)
    codes = Losses()
    counted = _without_codes(pairs, codes, end if strict else None)
    losses = write_pairs(counted, end, wanted, strict=strict)
    losses.include(codes)
    return losses


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


def write_pairs(
    pairs: Iterable[Segment], path: str, name: str, *, strict: bool = False
) -> Losses:
    """Write pairs in a format that takes them.

    Raises:
        InputError: The format takes no pairs.
    """
    if name in _TABLES:
        return segment_writers.write_table(pairs, path, separator=_TABLES[name])
    if name == "tmx":
        return tmx.write_segments(pairs, path, strict=strict)
    if name in ("xliff", "xliff1"):
        version = "1.2" if name == "xliff1" else "2.0"
        return segment_writers.write_xliff(pairs, path, version=version, strict=strict)
    if name == "po":
        return segment_writers.write_po(pairs, path, strict=strict)
    raise InputError(
        path,
        say(f"形式 {name!r}", f"format {name!r}"),
        say(
            "対訳の形式: tmx xliff po csv tsv",
            "a format of pairs: tmx xliff po csv tsv",
        ),
    )


def _convert_concepts(
    start: str, end: str, given: str, wanted: str, strict: bool, options: dict[str, Any]
) -> Losses:
    if given == wanted == "utx":
        reader = utx.Utx(start)
        rows = reader.concepts(joined=False)
        return utx.write_records(_peeked(rows), end, original=reader, strict=strict)
    codes = Losses()
    refused = end if strict else None
    writer = module(wanted)
    if given.startswith("tbx") and wanted.startswith("tbx"):
        file = Tbx(start)
        records = _peeked(file.concepts())
        return _losses(writer, records, end, {"header": file.header, "strict": strict})
    if wanted in ("xliff", "xliff1", "po"):
        counted = _without_codes(_concepts(start, given, options), codes, refused)
        losses = write_pairs(_pairs_of(counted, options), end, wanted, strict=strict)
        losses.include(codes)
        return losses
    if not hasattr(writer, "write_records"):
        raise InputError(
            end,
            say(f"形式 {wanted!r}", f"format {wanted!r}"),
            say("用語を書ける形式", "a format that takes terms"),
        )
    records = _without_codes(_concepts(start, given, options), codes, refused)
    losses = _losses(writer, records, end, {**options, "strict": strict})
    losses.include(codes)
    return losses


def _losses(
    writer: Any, records: Iterable[Concept], end: str, options: dict[str, Any]
) -> Losses:
    losses: Losses = writer.write_records(records, end, **options)
    return losses


def _peeked(records: Iterator[Concept]) -> Iterator[Concept]:
    # The first record is read before the writer starts, so that it knows the header.
    from itertools import chain

    first = next(records, None)
    return iter(()) if first is None else chain([first], records)


def _concepts(start: str, given: str, options: dict[str, Any]) -> Iterator[Concept]:
    reader = module(given)
    if hasattr(reader, "concepts"):
        yield from reader.concepts(start)
        return
    if not hasattr(reader, "segments"):
        raise InputError(
            start,
            say(f"形式 {given!r}", f"format {given!r}"),
            say("用語を含む形式", "a format that holds terms"),
        )
    langs = {key: options.get(key) for key in ("source", "target")}
    for pair in reader.segments(start, **langs):
        yield _concept_of(pair)


def _concept_of(pair: Segment) -> Concept:
    record = Concept(pair.segment_id or "")
    record.codes = pair.codes
    record.terms.append(Term(pair.source_lang or "und", pair.source))
    if pair.target:
        record.terms.append(Term(pair.target_lang or "und", pair.target))
    return record


def _pairs_of(records: Iterable[Concept], options: dict[str, Any]) -> Iterator[Segment]:
    from termbank.formats.tables.status_labels import answers

    source, target = options.get("source") or "ja", options.get("target") or "en"
    for record in records:
        left = [t for t in record.terms if t.form and answers(t.lang, source)]
        right = [t for t in record.terms if t.form and answers(t.lang, target)]
        for term in left:
            pair = Segment(term.form, right[0].form if right else None)
            pair.source_lang, pair.target_lang = source, target
            pair.segment_id = record.id or None
            yield pair
