"""What the machine proposes and people decide on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import dataframely as dy
    import polars as pl

    from termbank.schemas import Concepts, Links, Terms

_SHOWN: Final = 20  # links that a notebook shows, those to decide first


class Proposal(NamedTuple):
    """What reconciliation proposes; people decide (``Glossary.apply``).

    Attributes:
        links: Pairs joined, asked about, or kept apart by a person.
        concepts: One row a group of forms; a new one has the status ``proposed``.
        terms: One row a form; status ``preferred`` for the canonical form, ``admitted``
            for forms joined to it, ``proposed`` for forms that need a person (a link of
            theirs has the verdict ``ask``), ``deprecated`` for a name that gave way to
            another on a known day. A form of the glossary keeps its status.
    """

    links: dy.DataFrame[Links]
    concepts: dy.DataFrame[Concepts]
    terms: dy.DataFrame[Terms]

    def __repr__(self) -> str:
        questions = sum(verdict == "ask" for verdict in self.links["verdict"])
        return (
            f"<Proposal: {self.concepts.height} concepts, {self.terms.height} terms, "
            f"{self.links.height} links ({questions} to decide)>"
        )

    def _repr_html_(self) -> str:
        from termbank.text.columns import html_table

        open_first = self.links.sort(
            self.links["verdict"] != "ask", maintain_order=True
        )
        columns = ("left", "right", "similarity", "relation", "verdict")
        rows = open_first.select(columns).head(_SHOWN).iter_rows()
        cells = [
            (left, right, f"{similarity:.1f}", relation or "", verdict)
            for left, right, similarity, relation, verdict in rows
        ]
        return html_table(repr(self), columns, cells)


class MinedProposal(Proposal):
    """A proposal that still has the mentions it was made from.

    They rank its terms: ``Glossary.apply`` takes in the best ones only.

    Attributes:
        mentions: Frame of schema ``Mentions``.
    """

    mentions: pl.DataFrame
