"""Mining in several processes: batches out, frames of mentions back, in order."""

from __future__ import annotations

import gc
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final, NamedTuple

from ..errors import EngineError
from .miner import Miner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import polars as pl

    from .stretches import Stretch

# Batches under way for each worker: one in work, one waiting.
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
def _borrowed(settings: Settings) -> Iterator[Miner]:
    miner = _idle.pop(settings, None) or Miner(*settings)
    yield miner
    # Reached only without an error: a miner that stopped half-way is dropped.
    _idle[settings] = miner


def mined(
    batches: Iterable[list[Stretch]],
    settings: Settings,
    workers: int,
    *,
    keep: bool = True,
) -> Iterator[pl.DataFrame]:
    """Yield the mentions of each batch, in the order of the batches.

    Args:
        batches: What to mine.
        settings: Of the miner.
        workers: Processes; with one it is this process.
        keep: Whether this process keeps its miner for the next call. Without it the
            dictionary and all words met are dropped (some 250 MB) when the last batch
            is done.

    Raises:
        EngineError: A worker process died.
    """
    if workers <= 1:
        with _borrowed(settings) as miner:
            yield from map(miner.mentions, batches)
        if not keep:
            del miner, _idle[settings]
            gc.collect()  # its parts refer to one another
        return
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _start, (settings,))
    waiting: deque[Future[pl.DataFrame]] = deque()
    with pool:
        try:
            for batch in batches:
                waiting.append(pool.submit(_mine, batch))
                if len(waiting) >= workers * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as fault:
            raise EngineError(
                "a mining process ended before its work was done"
            ) from fault


def _start(settings: Settings) -> None:
    global _miner  # noqa: PLW0603  # one miner a process: it cannot be passed in
    _miner = Miner(*settings)


def _mine(batch: list[Stretch]) -> pl.DataFrame:
    if _miner is None:
        raise EngineError("a mining process that was not started")
    return _miner.mentions(batch)
