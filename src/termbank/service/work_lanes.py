"""Where calls run: at once, in a pool of threads, or one after another in one thread.

A look-up takes less time than handing it to a thread; a check or a search does not. All
that touches the project runs in one thread, in order.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, TypeVar

from termbank.messages import say
from termbank.processors import processors

from .http_refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
READING_THREADS: Final = 4  # more only make each other wait: one interpreter, one lock
MOST_WAITING: Final = 64  # calls of a lane; the next one is told to come again


class Lane:
    """Threads with a queue that has an end.

    Args:
        name: Of the threads.
        threads: How many.
        seconds: Longest time from asking to answer; the work itself goes on.
    """

    def __init__(self, name: str, threads: int, seconds: float) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._seconds = seconds
        self._running, self._counting = 0, Lock()

    async def run(self, call: Callable[..., T], *arguments: Any) -> T:
        """Return what a call returns.

        Raises:
            Refusal: 503: too many calls wait, or this one took too long.
        """
        if self._running >= MOST_WAITING:
            detail = say("混み合っています", "too many requests are waiting")
            raise Refusal(503, detail, headers={"Retry-After": "1"})
        with self._counting:
            self._running += 1
        future = self._pool.submit(call, *arguments)
        # Counted until the work ends, though nobody may wait for it any longer.
        future.add_done_callback(self._end)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), self._seconds)
        except TimeoutError:
            detail = say(
                f"{self._seconds:g} 秒で終わりませんでした",
                f"not finished in {self._seconds:g} s; a change may still be made",
            )
            raise Refusal(503, detail, headers={"Retry-After": "5"}) from None

    def close(self) -> None:
        """Wait for what runs; begin nothing more."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _end(self, _: object) -> None:
        with self._counting:
            self._running -= 1


class Lanes:
    """The lanes of one service.

    Args:
        seconds: Longest time of a call.
    """

    def __init__(self, seconds: float) -> None:
        self.reading = Lane("reading", processors(at_most=READING_THREADS), seconds)
        self.project = Lane("project", 1, seconds)

    def close(self) -> None:
        """Wait for what runs."""
        self.reading.close()
        self.project.close()
