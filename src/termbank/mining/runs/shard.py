"""One of several parts of a job that machines do without knowing of each other."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from termbank.errors import ConfigError
from termbank.messages import say

_WRITTEN: Final = re.compile(r"(\d{1,6})/(\d{1,6})")


class Shard(NamedTuple):
    """The i-th of n parts.

    Attributes:
        number: From 1.
        total: How many there are.
    """

    number: int
    total: int

    def holds(self, unit: int, record: int) -> bool:
        """Whether a document belongs to it.

        Args:
            unit: Number of the file among all sources.
            record: Number of the document in the file.

        >>> [unit for unit in range(7) if Shard(2, 3).holds(unit, 0)]
        [1, 4]
        """
        return (unit + record) % self.total == self.number - 1


def parse_shard(text: str) -> Shard:
    """Return a shard from the way it is written: ``2/7``.

    Raises:
        ConfigError: It is written otherwise, or there is no such part.

    >>> parse_shard("2/7")
    Shard(number=2, total=7)
    """
    written = _WRITTEN.fullmatch(text.strip())
    if written:
        shard = Shard(int(written[1]), int(written[2]))
        if 1 <= shard.number <= shard.total:
            return shard
    raise ConfigError("shard", text, say("i/n (例 1/4)", "i/n, for example 1/4"))
