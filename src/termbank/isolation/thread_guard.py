"""Objects that one thread may use at a time, and that no forked process inherits."""

from __future__ import annotations

import os
from _thread import allocate_lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class Guarded:
    """An object that is made on first use, lent to one thread, and remade after a fork.

    A fork copies locks as they are at that moment, held ones included, and objects that
    another thread is in the middle of using: a child starts with new ones.

    Args:
        make: Makes the object.

    >>> with Guarded(list) as letters:
    ...     letters.append("a")
    """

    __slots__ = ("_lock", "_make", "_object", "_process")

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._object: Any = None
        self._process, self._lock = os.getpid(), allocate_lock()

    def __enter__(self) -> Any:
        if self._process != os.getpid():
            self._renew()
        self._lock.acquire()
        if self._object is None:
            try:
                self._object = self._make()
            except BaseException:
                self._lock.release()
                raise
        return self._object

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def _renew(self) -> None:
        self._process, self._lock = os.getpid(), allocate_lock()
        self._object = None
