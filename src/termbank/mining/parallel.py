"""Mining in this process or in several: tasks out, what they return back, in order."""

from __future__ import annotations

import gc
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from termbank.errors import EngineError
from termbank.isolation.child_processes import SafeSpawning, end_with_parent
from termbank.messages import say

from .miner import Miner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import polars as pl

    from termbank.mining.tokens.text_chunks import Stretch

Item = TypeVar("Item")
Result = TypeVar("Result")

# Tasks under way for each worker: one in work, one waiting.
_AHEAD: Final = 2


class Settings(NamedTuple):
    """What a worker needs to make its own miner; tokenisers cannot be pickled."""

    tokeniser: str = "sudachi"
    dictionary: str | None = None
    names: str = "best"


_miner: Miner | None = None
# Miners of earlier calls with the words they met: opening a dictionary and meeting the
# common words again would cost a small job more than its text. One caller has each at a
# time; what a miner finds does not depend on what it read before (a test).
_idle: dict[Settings, Miner] = {}


@contextmanager
def _borrow(settings: Settings, keep: bool) -> Iterator[Miner]:
    miner = _idle.pop(settings, None) or Miner(*settings)
    yield miner
    # Reached only without an error: a miner that stopped half-way is dropped.
    if keep:
        _idle[settings] = miner


class Crew:
    """The processes that mine: this one alone, or workers of a pool.

    Args:
        settings: Of the miners.
        pool: None for this process.
        workers: Processes of the pool.
        keep: Whether this process keeps its miner for the next call. Without it the
            dictionary and all words met are dropped (some 250 MB) when the last batch
            is done.
    """

    def __init__(
        self,
        settings: Settings,
        pool: ProcessPoolExecutor | None,
        workers: int,
        keep: bool,
    ) -> None:
        self._settings = settings
        self._pool = pool
        self._under_way = workers * _AHEAD
        self._keep = keep

    def mined(
        self,
        batches: Iterable[list[Stretch]],
        then: Callable[[int, pl.DataFrame], Result],
    ) -> Iterator[Result]:
        """Yield ``then(number, mentions)`` of each batch, done where it was mined.

        Args:
            batches: What to mine, numbered from 0.
            then: A function that can be pickled.

        Raises:
            EngineError: A worker process died.
        """
        with_numbers = enumerate(batches)
        if self._pool is not None:
            yield from self.done(partial(_mine, then), with_numbers)
            return
        with _borrow(self._settings, self._keep) as miner:
            for number, batch in with_numbers:
                yield then(number, miner.mentions(batch))
        if not self._keep:
            del miner
            gc.collect()  # its parts refer to one another

    def done(
        self, task: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[Result]:
        """Yield what a task that can be pickled makes of each item, in their order.

        Raises:
            EngineError: A worker process died.
        """
        if self._pool is None:
            yield from map(task, items)
            return
        waiting: deque[Future[Result]] = deque()
        try:
            for item in items:
                waiting.append(self._pool.submit(task, item))
                if len(waiting) >= self._under_way:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as fault:
            raise EngineError(
                say(
                    "抽出プロセスが途中で終了しました",
                    "a mining process ended before its work was done",
                )
            ) from fault


@contextmanager
def crew(settings: Settings, workers: int, *, keep: bool = True) -> Iterator[Crew]:
    """Return the processes that mine; with one worker it is this process."""
    if workers <= 1:
        yield Crew(settings, None, 1, keep)
        return
    # The pool starts a process of its own at once, and workers as tasks come.
    with SafeSpawning():
        pool = ProcessPoolExecutor(workers, get_context("spawn"), _start, (settings,))
        try:
            yield Crew(settings, pool, workers, keep)
        finally:
            pool.shutdown(cancel_futures=True)


def _start(settings: Settings) -> None:
    end_with_parent()
    global _miner  # noqa: PLW0603  # one miner a process: it cannot be passed in
    _miner = Miner(*settings)


def _mine(
    then: Callable[[int, pl.DataFrame], Result], item: tuple[int, list[Stretch]]
) -> Result:
    if _miner is None:
        raise EngineError(
            say(
                "抽出プロセスが始まっていません",
                "a mining process that was not started",
            )
        )
    number, batch = item
    return then(number, _miner.mentions(batch))
