"""Token buckets: how many requests a caller may send at once and over time."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_CALLERS: Final = (
    10_000  # that are remembered; the longest silent one is forgotten
)


class RateLimit:
    """A limit for each of many callers.

    Args:
        rate: Requests a second in the long run; 0 for no limit.
        burst: Requests at once after a silence, at least 1.
        clock: Returns seconds that never go back.

    >>> limit = RateLimit(1, 2, lambda: 0.0)
    >>> [limit.wait_for("葵"), limit.wait_for("葵"), limit.wait_for("葵")]
    [0.0, 0.0, 1.0]
    """

    def __init__(self, rate: float, burst: float, clock: Callable[[], float]) -> None:
        self._rate, self._burst, self._clock = rate, max(burst, 1.0), clock
        # What a caller has left, and when that was so.
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_for(self, caller: str, cost: float = 1.0) -> float:
        """Take a request into account; return the seconds until it is allowed.

        0.0 means that it is allowed now; a refused request costs nothing. A request
        that costs more than the burst is allowed when the bucket is full.
        """
        if not self._rate:
            return 0.0
        now = self._clock()
        left, then = self._left.get(caller, (self._burst, now))
        left = min(self._burst, left + (now - then) * self._rate)
        seconds_of_work = min(cost, self._burst)
        if left < seconds_of_work:
            return (seconds_of_work - left) / self._rate
        self._left[caller] = (left - cost, now)
        self._left.move_to_end(caller)
        if len(self._left) > _MOST_CALLERS:
            self._left.popitem(last=False)
        return 0.0
