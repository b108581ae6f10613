"""Groups of forms that one wrong link cannot chain together."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray


class Edge(NamedTuple):
    """A link that wants two forms in one group; stronger ones are heard first."""

    strength: float
    left: int
    right: int


class Groups:
    """Disjoint groups that refuse to hold two forms which must stay apart.

    Args:
        size: Number of forms.
        apart: Tells whether the members of two groups may never meet.
    """

    def __init__(
        self, size: int, apart: Callable[[list[int], list[int]], bool]
    ) -> None:
        self._group = list(range(size))
        self._members: dict[int, list[int]] = {}
        self._apart = apart

    def of(self, form: int) -> int:
        """Return the lowest form of the group that holds ``form``."""
        return self._group[form]

    def members(self, form: int) -> list[int]:
        """Return all forms of the group that holds ``form``, in order."""
        return self._members.get(self._group[form], [form])

    def join(self, edges: Iterable[Edge], *, whatever: bool = False) -> None:
        """Join what the edges ask for, strongest first, unless it must stay apart.

        Args:
            edges: Links.
            whatever: Join even what must stay apart: a person said so.
        """
        group, members = self._group, self._members
        by_strength = sorted(edges, key=itemgetter(1, 2))
        by_strength.sort(key=itemgetter(0), reverse=True)  # stable: ties stay in order
        for _, low, high in by_strength:
            left, right = group[low], group[high]
            if left == right:
                continue
            ours, theirs = members.get(left, [left]), members.get(right, [right])
            if not whatever and self._apart(ours, theirs):
                continue
            union = sorted([*ours, *theirs])
            members.pop(left, None)
            members.pop(right, None)
            members[union[0]] = union
            for form in union:
                group[form] = union[0]

    def larger(self, size: int) -> list[list[int]]:
        """Return the groups of more than ``size`` forms, each in order."""
        return sorted(group for group in self._members.values() if len(group) > size)

    def numbers(self) -> NDArray[np.int64]:
        """Return for each form the lowest form of its group."""
        return np.array(self._group, np.int64)

    def all(self) -> list[list[int]]:
        """Return the groups, each in order, ordered by their first form."""
        lone = [
            [form]
            for form, group in enumerate(self._group)
            if form == group and group not in self._members
        ]
        return sorted([*lone, *self._members.values()])
