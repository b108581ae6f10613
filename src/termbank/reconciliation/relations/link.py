"""A link between two forms, and how sure the links of each rule are."""

from __future__ import annotations

from typing import Final, NamedTuple

# Similarities of links that rest on a rule, not on the model: read as the share of such
# links that are right. Tables are written by hand; brackets and surnames were counted
# on the source documents and the sample (no wrong one among 40).
BY_TABLE: Final = 99.0


BY_BRACKET: Final = 95.0


BY_SURNAME: Final = 90.0


UNSURE: Final = 50.0


JOINING: Final = frozenset({"same", "related"})


class Link(NamedTuple):
    """A pair of rows of the frame of forms, lower row first.

    Attributes:
        lesser: Row of the short or outdated form, which is never preferred; -1 if none.
        note: Day of a renaming, or empty.
    """

    left: int
    right: int
    similarity: float
    relation: str
    reasons: tuple[str, ...]
    verdict: str
    by: str = "rule"
    lesser: int = -1
    note: str = ""

    @property
    def joins(self) -> bool:
        """Whether the link wants both forms in one concept; compositions never do."""
        return self.verdict in JOINING and self.relation != "composition"


def make_link(
    a: int,
    b: int,
    similarity: float,
    relation: str,
    reasons: tuple[str, ...],
    verdict: str,
    *,
    lesser: int = -1,
    note: str = "",
) -> Link:
    """Return the link with its lower row first."""
    return Link(
        min(a, b),
        max(a, b),
        similarity,
        relation,
        reasons,
        verdict,
        "rule",
        lesser,
        note,
    )
