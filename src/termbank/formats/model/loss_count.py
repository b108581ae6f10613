"""What a format carried: the cells of what went in against those that come out.

Formats that cannot hold everything are measured, not described: a writer reads its own
rows back and counts each field that is not there, so that the report is exact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .concept_records import CONCEPT_FIELDS, TERM_FIELDS, Concept, Extra, Losses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Cell = tuple[str, ...]


def cells(record: Concept, *, own: bool = True) -> Iterator[tuple[str, Cell]]:
    """Yield each stated field of a concept by name, with what makes it one of a kind.

    Args:
        record: A concept.
        own: Whether to yield the fields of the concept itself too.
    """
    if own:
        yield from _own_cells(record)
    for each in record.definitions:
        yield "definitions.text", (each.lang.casefold(), each.text)
        if each.source:
            yield "definitions.source", (each.lang.casefold(), each.text, each.source)
    for term in record.terms:
        key = (term.lang.casefold(), term.form)
        if term.form:
            yield "terms.form", key
        for field in TERM_FIELDS:
            value = getattr(term, field)
            if value:
                yield f"terms.{field}", (*key, field, value)
        if term.extra:
            yield "terms.extra", (*key, "extra", _comparable_text(term.extra))


def _own_cells(record: Concept) -> Iterator[tuple[str, Cell]]:
    for field in CONCEPT_FIELDS:
        value = getattr(record, field)
        # What every reader takes for granted is not a field that can be lost.
        if value and (field, value) not in (("kind", "term"), ("status", "preferred")):
            yield f"concepts.{field}", (field, value)
    if record.extra:
        yield "concepts.extra", ("extra", _comparable_text(record.extra))


def _comparable_text(extra: Extra) -> str:
    return repr(sorted(extra.items(), key=str))


def count_lost(
    record: Concept,
    again: Iterable[Concept],
    losses: Losses,
    reason: Callable[[str, Cell], str],
) -> None:
    """Count each field of a concept that is nowhere in what was read back.

    Args:
        record: What was to be written.
        again: What a reader makes of the rows written.
        losses: Where to count.
        reason: Says why a field is not there.
    """
    there = {each for other in again for each in cells(other)}
    for name, cell in cells(record):
        if (name, cell) not in there:
            losses.add(name, reason(name, cell))
