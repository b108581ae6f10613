"""What is added to a memory: frames, pairs and bilingual files turned into rows."""

from __future__ import annotations

from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from termbank import strict_csv
from termbank.errors import FormatError, InputError
from termbank.memory.search.match_scoring import skeleton
from termbank.messages import say
from termbank.schemas import Segments, check_frame
from termbank.text.japanese import mostly_japanese
from termbank.text.language_syntax import canonical_language
from termbank.text.lone_surrogates import without_surrogates

from .import_report import ImportReport
from .store import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termbank.formats.model.concept_records import Segment as Pair

_BATCH: Final = 50_000  # rows turned into Python values at once
_SAMPLE: Final = 1_000  # pairs from which the languages are told that no file names
# The pair of languages that a memory is for where the caller names none.
PAIR: Final = ("ja", "en")
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
_CONTEXT: Final = COLUMNS.index("context")
_TIMES: Final = ("changed", "created")
_SEPARATORS: Final = {".csv": ",", ".tsv": "\t"}
_LANGUAGES: Final = ("source_lang", "target_lang")


def batches(
    segments: pl.DataFrame | str | Path | Iterable[tuple[str, str]],
    *,
    lang: str | None,
    to: str | None,
    report: ImportReport | None = None,
) -> Iterator[pl.DataFrame]:
    """Yield checked frames of segments, one after another.

    Args:
        segments: Frame of schema ``Segments``, pairs of texts, or a bilingual file.
        lang: One language of the pairs, that of the sources where none is named.
        to: The other language, that of the translations where none is named. Of a file,
            pairs in other languages are left out; both directions of the pair are taken.
        report: Is filled while the frames are read.

    Raises:
        InputError: The file cannot be read, holds no pair in these languages, or a
            column is absent.
    """
    if isinstance(segments, pl.DataFrame):
        frames: Iterator[pl.DataFrame] = iter([segments])
        place = "segments"
    elif isinstance(segments, str | Path):
        place = str(segments)
        frames = _frames(Path(segments), lang, to, report or ImportReport())
    else:
        place, frames = "segments", iter([_frame_of_pairs(segments)])
    for frame in frames:
        whole: pl.DataFrame = check_frame(Segments, frame, place)
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


def _frame_of_pairs(pairs: Iterable[tuple[str, str]]) -> pl.DataFrame:
    """Return pairs (source, translation) as a frame.

    Raises:
        InputError: Something else than pairs of texts.
    """
    expected = say(
        "SEGMENTS のフレーム、対訳ファイルのパス、(原文, 訳文) の並び",
        "a frame SEGMENTS, the path of a bilingual file, or pairs (source, target)",
    )
    try:
        pair_list = list(pairs)
    except TypeError:
        raise InputError("segments", _type_label(pairs), expected) from None
    for number, pair in enumerate(pair_list):
        good = isinstance(pair, tuple | list) and len(pair) == 2
        if not good or not all(isinstance(side, str) for side in pair):
            raise InputError(f"segments[{number}]", _type_label(pair), expected)
        if any(without_surrogates(side) != side for side in pair):
            problem = say("孤立したサロゲート", "a lone surrogate")
            raise InputError(f"segments[{number}]", problem, expected)
    schema = {"source": pl.String(), "target": pl.String()}
    return pl.DataFrame([tuple(pair) for pair in pair_list], schema, orient="row")


def _type_label(value: object) -> str:
    return f"{type(value).__name__} {value!r}"[:80]


def _frames(
    path: Path, lang: str | None, to: str | None, report: ImportReport
) -> Iterator[pl.DataFrame]:
    if not path.is_file():
        raise InputError(
            str(path),
            say("ファイルが見つかりません", "no file"),
            say("対訳ファイル", "a bilingual file"),
        )
    langs = (lang or PAIR[0], to or PAIR[1])
    own = _parquet(path) if path.suffix == ".parquet" else _own_table(path)
    if own is None:
        yield from _foreign(path, lang, to, langs, report)
    elif frames := list(_own_pairs(own, langs, report)):
        yield from frames
    report.refuse_nothing(str(path), langs)


def _own_pairs(
    table: pl.DataFrame, wanted_langs: tuple[str, str], report: ImportReport
) -> Iterator[pl.DataFrame]:
    """Yield the rows of a table of ours that are pairs in the languages wanted."""
    absent = [name for name in _LANGUAGES if name not in table.columns]
    table = table.with_columns(pl.lit(None, pl.String).alias(name) for name in absent)
    full = (pl.col("source") != "") & (pl.col("target") != "")
    report.leave_out("no translation", table.filter(~full).height)
    table = table.filter(full)
    for key, part in table.group_by(*_LANGUAGES, maintain_order=True):
        sides = part.head(_SAMPLE).select("source", "target").to_dict(as_series=False)
        langs = guessed_languages(
            (str(key[0] or ""), str(key[1] or "")),
            sides["source"],
            sides["target"],
            wanted_langs,
        )
        if not report.count(*langs, part.height, wanted_langs):
            continue
        named_langs = zip(_LANGUAGES, langs, strict=True)
        yield part.with_columns(pl.lit(lang).alias(name) for name, lang in named_langs)


def _foreign(
    path: Path,
    lang: str | None,
    to: str | None,
    langs: tuple[str, str],
    report: ImportReport,
) -> Iterator[pl.DataFrame]:
    from termbank.formats.model.language_check import pairs_with_possible_languages
    from termbank.formats.model.segment_frames import frames

    from .bilingual_files import pairs_of

    file_pairs = pairs_of(path, lang, to, langs, report)
    file_pairs = pairs_with_possible_languages(file_pairs, str(path))
    pairs = _select(file_pairs, langs, report)
    # Unit 1 of one file is not unit 1 of another; ours are made from the content.
    ours = pl.col("segment_id").str.contains("^[0-9a-f]{16}$")
    for frame in frames(pairs, str(path)):
        yield frame.with_columns(
            pl.when(ours).then("segment_id").alias("segment_id"),
            pl.col("origin").fill_null(path.name),
        )


def _select(
    pairs: Iterator[Pair], langs: tuple[str, str], report: ImportReport
) -> Iterator[Pair]:
    """Yield the translated pairs in the languages wanted, their languages named."""
    sample = list(islice(pairs, _SAMPLE))
    left = [pair.source for pair in sample]
    right = [pair.target or "" for pair in sample]
    langs_of: dict[tuple[str, str], tuple[str, str]] = {}
    for pair in chain(sample, pairs):
        key = (pair.source_lang or "", pair.target_lang or "")
        if key not in langs_of:
            langs_of[key] = guessed_languages(key, left, right, langs)
        pair.source_lang, pair.target_lang = langs_of[key]
        if not pair.source.strip() or not (pair.target or "").strip():
            report.leave_out("no translation")
        elif report.count(*langs_of[key], 1, langs):
            yield pair


def guessed_languages(
    named: tuple[str, str],
    sources: Iterable[str],
    targets: Iterable[str],
    wanted: tuple[str, str],
) -> tuple[str, str]:
    """Return the languages of pairs: those named, else what most texts are written in.

    Args:
        named: Languages of source and target as the file names them; empty or und where
            it does not.
        sources: Some sources.
        targets: Their translations.
        wanted: The two languages of the memory.

    >>> guessed_languages(("", ""), ["Open"], ["開く"], ("ja", "en"))
    ('en', 'ja')
    """
    source, target = (
        "" if lang.casefold() in ("", "und") else canonical_language(lang)
        for lang in named
    )
    if source and target:
        return source, target
    others = [lang for lang in wanted if lang.partition("-")[0] != "ja"]
    if len(others) == 1:
        other = others[0]
        japanese = next(lang for lang in wanted if lang != other)
        sides = (mostly_japanese(sources), mostly_japanese(targets))
        if sides[0] != sides[1]:
            by_script = (japanese, other) if sides[0] else (other, japanese)
            return source or by_script[0], target or by_script[1]
    return source or wanted[0], target or wanted[1]


def _parquet(path: Path) -> pl.DataFrame:
    try:
        table = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as fault:
        problem = f"{say('読めません', 'what cannot be read')}: {fault}"
        expected = say("Parquet ファイル", "a Parquet file")
        raise InputError(str(path), problem, expected) from fault
    return check_frame(Segments, table, str(path))


def _own_table(path: Path) -> pl.DataFrame | None:
    """Return a CSV or TSV with columns of ``Segments`` alone, None for other tables."""
    separator = _SEPARATORS.get(path.suffix)
    if separator is None:
        return None
    with open(path, "rb") as file:
        head = file.readline(10_000).removeprefix(b"\xef\xbb\xbf").strip()
    names = {
        name.strip(b'"').decode("latin-1") for name in head.split(separator.encode())
    }
    if not {"source", "target"} <= names <= set(COLUMNS):
        return None
    try:
        table = pl.read_csv(path, separator=separator, infer_schema=False)
    except pl.exceptions.PolarsError as fault:
        _explain(str(path), separator)
        reason = str(fault).splitlines()[0]
        problem = f"{say('読めません', 'what cannot be read')}: {reason}"
        raise InputError(str(path), problem, say("表", "a table")) from fault
    return _parse_times(table)


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
            problem = say(f"{len(fields)} 列", f"{len(fields)} fields")
            raise FormatError(path, line, problem, expected)


def _parse_times(table: pl.DataFrame) -> pl.DataFrame:
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
    parts = [row[place] or "" for place in _PLACES]
    if row[_CONTEXT]:  # pairs without one keep the identifiers they always had
        parts.append(row[_CONTEXT] or "")
    return sha256("\0".join(parts).encode()).hexdigest()[:16]
