"""The engine of small jobs: everything in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .kernel import Kernel


class SerialEngine:
    """Runs kernels one after the other, where the caller is."""

    def __init__(self, workers: int | None = None, address: str | None = None) -> None:
        del workers, address

    def map(self, kernel: Kernel, parts: Iterable[Any]) -> Iterator[Any]:
        """Yield what a kernel makes of each part, when it is asked for."""
        return (kernel(part) for part in parts)

    def close(self) -> None:
        """Do nothing: there are no workers."""
