"""What is added to a memory: frames and bilingual files turned into rows."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from termbank import strict_csv
from termbank.errors import FormatError, InputError
from termbank.memory.search.match_scoring import skeleton
from termbank.messages import say
from termbank.schemas import Segments, checked

from .store import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termbank.formats.model.concept_records import Segment as Pair

_BATCH: Final = 50_000  # rows turned into Python values at once
# Formats whose units stand in the order of a document, untranslated ones among them; the
# units of a TMX file are in no order that means anything.
_DOCUMENTS: Final = frozenset(("xliff", "xliff1", "po"))
# A pair is one pair when these agree; they make its identifier.
_IDENTITY: Final = (
    "source",
    "target",
    "source_lang",
    "target_lang",
    "previous",
    "next",
    "origin",
)
_PLACES: Final = [COLUMNS.index(name) for name in _IDENTITY]
_TIMES: Final = ("changed", "created")
_SEPARATORS: Final = {".csv": ",", ".tsv": "\t"}


def batches(
    segments: pl.DataFrame | str | Path, *, lang: str | None, to: str | None
) -> Iterator[pl.DataFrame]:
    """Yield checked frames of segments, one after another.

    Args:
        segments: Frame of schema ``Segments``, or a bilingual file.
        lang: Language of the sources where none is named.
        to: Language of the translations where none is named.

    Raises:
        InputError: The file cannot be read, or a column is absent.
    """
    if isinstance(segments, pl.DataFrame):
        place, frames = "segments", iter([segments])
    else:
        place, frames = str(segments), _frames(Path(segments), lang, to)
    for frame in frames:
        whole: pl.DataFrame = checked(Segments, frame, place)
        whole = whole.with_columns(
            pl.coalesce("source_lang", pl.lit(lang, pl.String)).alias("source_lang"),
            pl.coalesce("target_lang", pl.lit(to, pl.String)).alias("target_lang"),
        )
        yield from whole.iter_slices(_BATCH)


def rows(batch: pl.DataFrame) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a checked frame as the store takes them."""
    times = [pl.col(name).dt.epoch("us") for name in _TIMES]
    for row in batch.with_columns(times).select(COLUMNS).iter_rows():
        identifier = row[0] or _identifier(row)
        yield (skeleton(row[1]), identifier, *row[1:])


def _frames(path: Path, lang: str | None, to: str | None) -> Iterator[pl.DataFrame]:
    if not path.is_file():
        raise InputError(
            str(path),
            say("ファイルがありません", "no file"),
            say("対訳ファイル", "a bilingual file"),
        )
    if path.suffix == ".parquet":
        yield _parquet(path)
    elif path.suffix == ".xlsx":
        yield _workbook(path)
    elif (table := _own_table(path)) is not None:
        yield table
    else:
        yield from _foreign(path, lang, to)


def _foreign(path: Path, lang: str | None, to: str | None) -> Iterator[pl.DataFrame]:
    from termbank.formats import module, read_segments
    from termbank.formats.detection import recognised
    from termbank.formats.model.segment_frames import frames

    name = recognised(str(path))
    if name in _DOCUMENTS:
        pairs = module(name).segments(str(path), source=lang, target=to)
        found = frames(_in_context(pairs), str(path))
    else:
        found = read_segments(path, name=name, source=lang, target=to)
    # Unit 1 of one file is not unit 1 of another; ours are made from the content.
    ours = pl.col("segment_id").str.contains("^[0-9a-f]{16}$")
    for frame in found:
        yield frame.with_columns(
            pl.when(ours).then("segment_id").alias("segment_id"),
            pl.col("origin").fill_null(path.name),
        )


def _in_context(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Yield the pairs of a document, each with the sources before and after it."""
    before: Pair | None = None
    for pair in pairs:
        if before is not None:
            before.next = before.next or pair.source
            pair.previous = pair.previous or before.source
            yield before
        before = pair
    if before is not None:
        yield before


def _parquet(path: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as fault:
        found = f"{say('読めません', 'what cannot be read')}: {fault}"
        expected = say("Parquet ファイル", "a Parquet file")
        raise InputError(str(path), found, expected) from fault


def _own_table(path: Path) -> pl.DataFrame | None:
    """Return a CSV or TSV with the columns of ``Segments``, None for other tables."""
    separator = _SEPARATORS.get(path.suffix)
    if separator is None:
        return None
    with open(path, "rb") as file:
        head = file.readline(10_000).removeprefix(b"\xef\xbb\xbf").strip()
    names = {name.strip(b'"') for name in head.split(separator.encode())}
    if not {b"source", b"target"} <= names:
        return None
    try:
        table = pl.read_csv(path, separator=separator, infer_schema=False)
    except pl.exceptions.PolarsError as fault:
        _explain(str(path), separator)
        reason = str(fault).splitlines()[0]
        found = f"{say('読めません', 'what cannot be read')}: {reason}"
        raise InputError(str(path), found, say("表", "a table")) from fault
    return _timed(table)


def _explain(path: str, separator: str) -> None:
    """Raise the error that names the line for which a table cannot be read."""
    lines = strict_csv.records(
        path, strict_csv.text_of(path) or "", separator=separator
    )
    _, head = next(lines, (1, []))
    for line, fields in lines:
        if len(fields) > len(head):
            expected = say(
                f"1 行目と同じ {len(head)} 列。{separator!r} を含む文は引用符で囲む",
                f"{len(head)} as in line 1; quotes around a text with {separator!r}",
            )
            found = say(f"{len(fields)} 列", f"{len(fields)} fields")
            raise FormatError(path, line, found, expected)


def _workbook(path: Path) -> pl.DataFrame:
    from termbank.formats.tables.xlsx import Sheet

    lines = Sheet(str(path)).lines()
    _, head = next(lines, (0, []))
    if not {"source", "target"} <= set(head):
        expected = say("列 source と target", "columns source and target")
        raise InputError(str(path), ", ".join(head), expected)
    kept = [at for at, name in enumerate(head) if name in COLUMNS]
    # A short row comes without its empty cells.
    cells = [[line[at] if at < len(line) else "" for at in kept] for _, line in lines]
    names = dict.fromkeys([head[at] for at in kept], pl.String)
    return _timed(pl.DataFrame(cells, schema=names, orient="row"))


def _timed(table: pl.DataFrame) -> pl.DataFrame:
    """Turn empty cells into null and ISO times into times."""
    blank = [
        pl.when(pl.col(name) != "").then(name).alias(name)
        for name in table.columns
        if name not in ("source", "target")
    ]
    times = [
        pl.col(name).str.to_datetime(time_unit="us", time_zone="UTC", strict=False)
        for name in _TIMES
        if name in table.columns
    ]
    sides = [pl.col(name).fill_null("") for name in ("source", "target")]
    return table.with_columns(*blank, *sides).with_columns(times)


def _identifier(row: tuple[str | None, ...]) -> str:
    parts = "\0".join([row[place] or "" for place in _PLACES])
    return sha256(parts.encode()).hexdigest()[:16]
