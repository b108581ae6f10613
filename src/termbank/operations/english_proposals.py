"""English that the machine proposes, put before people: nothing refused comes back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from termbank.glossary.csv_folder import rows_of_frame
from termbank.table_columns import TERMS
from termbank.text.normalise import norm

from .row_changes import RowChange

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

    from .glossary_rows import GlossaryRows
    from .project import Project
    from .row_changes import Author, Change

_SCORE: Final = re.compile(r"^termbank enrich: \S+ (\d+(?:\.\d+)?)$")


def propose_english(
    project: Project, terms: pl.DataFrame, by: Author, *, dry: bool = False
) -> Change:
    """Add proposed English forms to the concepts they are for.

    Args:
        project: Where to.
        terms: Frame of schema ``Terms``, as :func:`termbank.equivalents.enriching.as_terms`
            makes it. A form that its concept has, or that a person refused, stays out.
        by: Who asked for them.
        dry: Whether nothing is written.
    """
    proposals = rows_of_frame(terms.select(TERMS))

    def edit(rows: GlossaryRows) -> Iterable[RowChange]:
        for row in proposals:
            concept, lang, form = row[:3]
            if (concept,) not in rows.tables["concepts"]:
                continue
            is_rejected = any(
                decision[1] == "reject" and norm(decision[2]) == norm(form)
                for decision in rows.decisions(lang, form)
            )
            if not is_rejected and concept not in rows.concepts(form, lang):
                yield RowChange("terms", row[:3], None, row)

    step = project.preview if dry else project.change
    return step("enrich", f"{len(proposals)}", edit, by)


def score_of(source: str) -> float:
    """Return how sure a proposed form is, 0-100; 0 where its source does not tell.

    >>> score_of("termbank enrich: brackets 99"), score_of("standard")
    (99.0, 0.0)
    """
    match = _SCORE.match(source)
    return float(match[1]) if match else 0.0
