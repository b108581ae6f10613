"""Concepts as translated pairs and pairs as concepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.text.language_tags import answers

from .concept_records import Concept, Losses, Segment, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def concept_of_pair(pair: Segment) -> Concept:
    """Return a pair as a concept with a form in each language."""
    record = Concept(pair.segment_id or "")
    record.codes = pair.codes
    record.terms.append(Term(pair.source_lang or "und", pair.source))
    if pair.target:
        record.terms.append(Term(pair.target_lang or "und", pair.target))
    return record


def pairs_of_concepts(
    records: Iterable[Concept], source: str, target: str, losses: Losses
) -> Iterator[Segment]:
    """Yield a pair for each form in ``source``, with the first form in ``target``.

    What no pair carries is counted as lost.
    """
    for record in records:
        left = [t for t in record.terms if t.form and answers(t.lang, source)]
        right = [t for t in record.terms if t.form and answers(t.lang, target)]
        losses.concept(record, "no place in a file of pairs")
        for term in record.terms:
            if term.form and term not in left and term not in right[:1]:
                losses.add("terms.form", "another language, or no pair for it")
            losses.unset(term, "no place in a file of pairs")
        for term in left:
            pair = Segment(term.form, right[0].form if right else None)
            pair.source_lang, pair.target_lang = source, target
            pair.segment_id = record.id or None
            yield pair
