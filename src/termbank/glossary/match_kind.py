"""How a query met a form of the glossary."""

from __future__ import annotations

from termbank.records import NamedTuple

WHYS = ("exact", "variant", "equivalent", "reading", "part", "compound", "near")


class Meeting(NamedTuple):
    """One way from a query to a form; sorted, the best comes first.

    Attributes:
        minus_score: 0 to -100.
        unlike: Whether the form is written otherwise than the query.
        why: Place in :data:`WHYS`.
        concept: Place in ``Names.concepts``.
        tongue: Place in the concept's tongues.
        form: Place in the tongue's forms.
    """

    minus_score: float
    unlike: bool
    why: int
    concept: int
    tongue: int
    form: int
