"""What people decided, as pairs and statuses of the forms at hand."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl

from termbank.errors import GlossaryError
from termbank.messages import say
from termbank.text.normalise import norm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .constrained_clusters import Groups

STATUS_OF: Final = {
    "prefer": "preferred",
    "admit": "admitted",
    "deprecate": "deprecated",
    "retire": "deprecated",
}


class Decided(NamedTuple):
    """Decisions about the forms at hand, as row numbers.

    Attributes:
        same: Pairs (low, high) that belong together.
        different: Pairs (low, high) that must stay apart.
        status: Row to the status a person gave it.
        reason: Row to the reason the person gave.
    """

    same: frozenset[tuple[int, int]]
    different: frozenset[tuple[int, int]]
    status: Mapping[int, str]
    reason: Mapping[int, str]


def decisions_about(decisions: pl.DataFrame | None, forms: pl.DataFrame) -> Decided:
    """Return the decisions that speak of the forms at hand.

    A decision names a form in any width or case. Of two decisions about one pair or one
    form the later holds; at the same time, or without one, the more careful one does:
    different over same, and the lower status over the higher.

    Args:
        decisions: Frame of schema ``Decisions``, or None.
        forms: Frame of :mod:`.forms`.
    """
    if decisions is None or decisions.is_empty():
        return Decided(frozenset(), frozenset(), {}, {})
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, (lang, form) in enumerate(forms.select("lang", "form").iter_rows()):
        rows[lang, norm(form)].append(row)
    pairs: dict[tuple[int, int], str] = {}
    status: dict[int, str] = {}
    reason: dict[int, str] = {}
    for lang, action, left, right, why in _oldest_first(decisions):
        ours, theirs = rows[lang, norm(left)], rows[lang, norm(right)]
        if action in ("same", "different"):
            for a in ours:
                pairs |= {(min(a, b), max(a, b)): action for b in theirs if a != b}
        elif action in STATUS_OF:
            exact = [row for row in ours if forms["form"][row] == left] or ours
            status |= dict.fromkeys(exact, STATUS_OF[action])
            reason |= dict.fromkeys(exact, why)
    return Decided(
        frozenset(pair for pair, action in pairs.items() if action == "same"),
        frozenset(pair for pair, action in pairs.items() if action == "different"),
        status,
        reason,
    )


def refuse_contradictions(groups: Groups, known: Decided, forms: pl.DataFrame) -> None:
    """Raise GlossaryError where ``same`` decisions chain forms that must stay apart."""
    for low, high in sorted(known.different):
        if groups.of(low) == groups.of(high):
            left, right = forms["form"][low], forms["form"][high]
            raise GlossaryError(
                left,
                say(
                    f"ほかの決定をたどると {right} と同じ語になるが、別の語とする決定もあります",
                    f"decisions that join it with {right} by way of others, and one that parts them",
                ),
                say(
                    "どちらかを除いた decisions.csv",
                    "decisions.csv without one of them",
                ),
            )


def _oldest_first(decisions: pl.DataFrame) -> list[tuple[str, str, str, str, str]]:
    careful = {
        "same": 0,
        "different": 1,
        "prefer": 0,
        "admit": 1,
        "deprecate": 2,
        "retire": 3,
    }
    rank = pl.col("action").cast(pl.String).replace_strict(careful, default=9)
    return (
        decisions.with_columns(rank=rank)
        .sort("when", "rank", "left", "right", nulls_last=False)
        .select(
            "lang",
            pl.col("action").cast(pl.String),
            "left",
            "right",
            pl.col("why").fill_null(""),
        )
        .rows()
    )
