"""Parts given out a few ahead of the results, which come back in order."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# Parts under way for each worker: one in work, one waiting.
_AHEAD: Final = 2


def in_order(
    start: Callable[[Any], Any],
    finish: Callable[[Any], Any],
    parts: Iterable[Any],
    workers: int,
) -> Iterator[Any]:
    """Yield the results of parts that are worked on at the same time, in their order.

    Args:
        start: Gives a part out; returns at once with a promise.
        finish: Waits for a promise; returns its result.
        parts: What to give out; taken as results are yielded.
        workers: How many are worked on at once.

    >>> list(in_order(abs, lambda promise: promise, [-1, 2, -3], workers=1))
    [1, 2, 3]
    """
    waiting: deque[Any] = deque()
    for part in parts:
        waiting.append(start(part))
        if len(waiting) >= workers * _AHEAD:
            yield finish(waiting.popleft())
    while waiting:
        yield finish(waiting.popleft())
