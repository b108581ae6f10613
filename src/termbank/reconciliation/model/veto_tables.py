"""Tables of words that are never spellings of each other, read once."""

from __future__ import annotations

from csv import DictReader
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.text.normalise import norm

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER: Final = Path(__file__).parents[1] / "relations" / "tables"


class VetoTables(NamedTuple):
    """What is known of words that look alike and are two.

    Attributes:
        opposites: Both orders of two opposite words or kanji.
        offices: Both orders of an office and its body, as names end: 相, 省.
        states: Name of a state to its code.
    """

    opposites: frozenset[tuple[str, str]]
    offices: frozenset[tuple[str, str]]
    states: Mapping[str, str]

    @property
    def words(self) -> frozenset[str]:
        """Whole words that the tables know, in their normal form."""
        return frozenset(self.states) | {left for left, _ in self.opposites}

    def two_states(self, left: str, right: str) -> bool:
        """Tell whether the forms name two states.

        >>> shipped_vetoes().two_states("ニジェール", "ナイジェリア")
        True
        >>> shipped_vetoes().two_states("アメリカ", "アメリカ合衆国")
        False
        """
        ours, theirs = self.states.get(norm(left)), self.states.get(norm(right))
        return ours is not None and theirs is not None and ours != theirs

    def opposite_words(self, left: str, right: str) -> bool:
        """Tell whether opposite words are all that parts the forms.

        >>> shipped_vetoes().opposite_words("オフのとき", "オンのとき")
        True
        """
        if (left, right) in self.opposites:
            return True
        return any(
            word in left and other in right and left.replace(word, other, 1) == right
            for word, other in self.opposites
            if len(word) > 1
        )

    def office_and_body(self, left: str, right: str) -> bool:
        """Tell whether one form is an office and the other its body, or a higher office.

        >>> shipped_vetoes().office_and_body("財務相", "財務省")
        True
        >>> shipped_vetoes().office_and_body("大統領府", "大統領")
        True
        >>> shipped_vetoes().office_and_body("取引相手", "取引所")
        False
        """
        common = 0
        for ours, other in zip(left, right, strict=False):
            if ours != other:
                break
            common += 1
        # What differs may be the end of what the table has: 大統領, 大統領府.
        return any(
            (left[at:], right[at:]) in self.offices
            for at in range(common + 1)
            if at < len(left) and at < len(right)
        )


@cache
def shipped_vetoes() -> VetoTables:
    """Return the tables that come with termbank."""
    return VetoTables(
        _both_orders("opposites", "left", "right"),
        _both_orders("offices", "office", "body"),
        {norm(row["name"]): row["code"] for row in _rows("states")},
    )


def _both_orders(stem: str, left: str, right: str) -> frozenset[tuple[str, str]]:
    pairs = {(row[left], row[right]) for row in _rows(stem)}
    return frozenset(pairs | {(other, first) for first, other in pairs})


def _rows(stem: str) -> list[dict[str, str]]:
    with (FOLDER / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
        return list(DictReader(file))
