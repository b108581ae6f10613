"""Kernels in threads of this process."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from termbank.engines.read_ahead import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termbank.engines import Kernel


class ThreadEngine:
    """Runs kernels side by side; the address is ignored."""

    def __init__(self, workers: int | None = None, address: str | None = None) -> None:
        del address
        self._count = workers or 2
        self._pool = ThreadPoolExecutor(self._count)

    def map(self, kernel: Kernel, parts: Iterable[Any]) -> Iterator[Any]:
        """Yield what a kernel makes of each part, in the order of the parts."""

        def start(part: Any) -> Future[Any]:
            return self._pool.submit(kernel, part)

        return in_order(start, Future.result, parts, self._count)

    def close(self) -> None:
        """End the threads; parts that wait are dropped."""
        self._pool.shutdown(cancel_futures=True)
