"""How much of a job the memory already holds: the table that a quotation is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from termbank.errors import InputError
from termbank.formats.model.bilingual_units import OPEN, PROTECTED, BilingualUnit
from termbank.formats.model.concept_records import Segment
from termbank.memory.search.match_scoring import EXACT
from termbank.messages import say

from .bilingual_files import in_context
from .job_matching import (
    Target,
    best_match,
    both_directions,
    is_open,
    targets_of_units,
)
from .word_count import size_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from .translation_memory import Memory

# (name, lowest score); each row takes what the rows above it left.
ROWS: Final = (
    ("context", EXACT + 1),
    ("100", EXACT),
    ("95-99", 95.0),
    ("85-94", 85.0),
    ("75-84", 75.0),
    ("50-74", 50.0),
)
NEW, REPETITIONS, LOCKED = "new", "repetitions", "locked"
REPORTED: Final = (*(name for name, _ in ROWS), NEW, REPETITIONS, LOCKED)
LOWEST: Final = 50.0
# A match whose codes a person has to place counts as a fuzzy one at best.
_WITH_CODES: Final = 94.0
_PLAIN: Final = frozenset((".txt", ".md", ".text", ".markdown", ".html", ".htm"))


class Analysed(NamedTuple):
    """One row of the table.

    Attributes:
        band: context, 100, 95-99, 85-94, 75-84, 50-74, new, repetitions or locked.
        segments: Number of segments.
        characters: Their characters without white space.
        words: Their words as Word and CAT tools count them: each Japanese character is
            one (:mod:`termbank.memory.word_count`).
    """

    band: str
    segments: int
    characters: int
    words: int


class Job(NamedTuple):
    """What is to be translated.

    Attributes:
        targets: Targets that wait for a translation.
        left_out: Targets that are translated, waiting for review or protected.
        contexts: Whether the format tells contexts apart.
        locked: Those of the targets left out that nobody may change.
    """

    targets: list[Target]
    left_out: int
    contexts: bool
    locked: tuple[Target, ...] = ()


def job_of(path: Path, lang: str) -> Job:
    """Return what a file leaves to be translated: a bilingual file, or a text to cut.

    In XLIFF and PO what is translated, waits for review or is protected is not counted;
    likewise in TMX where a translation is open. Else all sources of TMX are counted,
    and those of tables.

    Raises:
        InputError: The file cannot be read.
    """
    expected = say(
        "テキスト・XLIFF・PO・TMX のファイル", "a text, XLIFF, PO or TMX file"
    )
    if not path.is_file():
        problem = say("ファイルが見つかりません", "no file")
        raise InputError(str(path), problem, expected)
    if path.suffix in _PLAIN:
        from termbank.memory.alignment.document_alignment import prose_sentences
        from termbank.sources import read

        texts = read([str(path)])["text"]
        cut = [part for text in texts for part in prose_sentences(text, lang=lang)]
        return Job(_plain_targets(Segment(text, None) for text in cut), 0, False)
    from termbank.formats import module
    from termbank.formats.detection import recognise_format

    name = recognise_format(str(path))
    reader = module(name)
    if hasattr(reader, "document"):
        return _document_job(reader.document(str(path)))
    job = _document_job(reader.job(str(path))) if hasattr(reader, "job") else None
    if job is not None and job.targets:
        return job
    if not hasattr(reader, "segments"):
        raise InputError(str(path), reader.NAME, expected)
    return Job(_plain_targets(reader.segments(str(path))), 0, False)


def _document_job(document: Any) -> Job:
    targets = targets_of_units(document.read())
    waiting = [target for target in targets if is_open(target)]
    closed_targets = tuple(target for target in targets if target.state == PROTECTED)
    left_out = len(targets) - len(waiting)
    return Job(waiting, left_out, document.name == "po", closed_targets)


def _plain_targets(segments: Iterable[Segment]) -> list[Target]:
    units = (BilingualUnit(segment, OPEN, "", 0) for segment in segments)
    return [
        Target((unit,), OPEN)
        for unit in in_context(units)
        if unit.segment.source.strip()
    ]


def analyse_jobs(memory: Memory, jobs: Sequence[Job]) -> list[Analysed]:
    """Return the table of some jobs in all, always eight rows.

    A segment that stood earlier in the jobs counts as a repetition, as it is translated
    once; its first occurrence counts by its best match. Pairs of the memory answer in
    both directions.
    """
    tables = analysed_by_job(memory, jobs)
    return [
        sum_of(name, [table[row] for table in tables])
        for row, name in enumerate(REPORTED)
        if name != LOCKED
    ]


def sum_of(name: str, rows: Sequence[Analysed]) -> Analysed:
    """Return one row that counts what several rows count."""
    return Analysed(
        name,
        sum(row.segments for row in rows),
        sum(row.characters for row in rows),
        sum(row.words for row in rows),
    )


def analysed_by_job(memory: Memory, jobs: Sequence[Job]) -> list[list[Analysed]]:
    """Return the table of each job: the eight rows of :func:`analyse_jobs`, then locked.

    What stood in an earlier job is a repetition in a later one.
    """
    sources: set[tuple[str, str]] = set()
    tables = []
    for job in jobs:
        members: dict[str, list[str]] = {name: [] for name in REPORTED}
        members[LOCKED] = [target.units[0].segment.source for target in job.locked]
        with both_directions(memory, job.targets) as memories:
            for target, score in _scores(memories, job, sources):
                name = REPETITIONS if score is None else _row(score)
                members[name].append(target.units[0].segment.source)
        tables.append([_count(name, texts) for name, texts in members.items()])
    return tables


def _scores(
    memories: tuple[Memory, ...], job: Job, sources: set[tuple[str, str]]
) -> Iterator[tuple[Target, float | None]]:
    """Yield each target with its best score, None for a repetition."""
    for target in job.targets:
        unit = target.units[0]
        key = (unit.segment.source, unit.context)
        if key in sources:
            yield target, None
            continue
        sources.add(key)
        match = best_match(memories, target, at_least=LOWEST, contexts=job.contexts)
        score = match.score if match is not None else 0.0
        can_carry = unit.writer is None or target.fillable
        yield target, score if can_carry else min(score, _WITH_CODES)


def _row(score: float) -> str:
    return next((name for name, least in ROWS if score >= least), NEW)


def _count(name: str, texts: Sequence[str]) -> Analysed:
    sizes = [size_of(text) for text in texts]
    characters = sum(size.characters for size in sizes)
    return Analysed(name, len(sizes), characters, sum(size.words for size in sizes))
