"""What a glossary holds and what it lacks, counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from .glossary_rows import CONCEPT_STATUS, KIND, LANG, STATUS
from .review_queue import ReviewQueue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .project import Project


class Statistics(NamedTuple):
    """Counts of one glossary.

    Attributes:
        concepts: All concepts.
        terms: All forms, by language.
        kinds: Concepts by kind.
        statuses: Forms by status.
        proposed: Concepts that wait for approval.
        without_english: Reviewed concepts without a usable English form.
        without_definition: Reviewed concepts without a definition.
        decisions: Decisions by action.
        people: Decisions by person.
        queues: Cards of the review by queue.
    """

    concepts: int
    terms: dict[str, int]
    kinds: dict[str, int]
    statuses: dict[str, int]
    proposed: int
    without_english: int
    without_definition: int
    decisions: dict[str, int]
    people: dict[str, int]
    queues: dict[str, int]


def statistics(project: Project) -> Statistics:
    """Count a project's glossary."""
    rows = project.rows()
    concepts = rows.tables["concepts"].values()
    terms = rows.tables["terms"].values()
    with_review = {row[0] for row in concepts if row[CONCEPT_STATUS] != "proposed"}
    usable = ("preferred", "admitted")
    english = {
        row[0]
        for row in terms
        if row[LANG].partition("-")[0] == "en" and row[STATUS] in usable
    }
    with_definition = {key[0] for key in rows.tables["definitions"]}
    decisions = rows.tables["decisions"].values()
    return Statistics(
        len(concepts),
        _count(row[LANG] for row in terms),
        _count(row[KIND] for row in concepts),
        _count(row[STATUS] for row in terms),
        len(concepts) - len(with_review),
        len(with_review - english),
        len(with_review - with_definition),
        _count(row[1] for row in decisions),
        _count(row[4] for row in decisions if row[4]),
        ReviewQueue(project).counts(),
    )


def _count(values: Iterable[str]) -> dict[str, int]:
    counts = Counter(values)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
