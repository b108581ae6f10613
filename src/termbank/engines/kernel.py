"""The unit of work that every engine runs, and what an engine must offer."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Kernel(NamedTuple):
    """A function named by its place, with the arguments all parts share.

    Workers import the function by its name: nothing of the caller's memory goes along,
    and what cannot be pickled (a tokeniser) is made in the worker by name. The function
    must be pure: a part may be run again where a worker was lost.

    Attributes:
        place: ``module:function``.
        shared: Arguments after the part, the same for all parts; picklable.

    >>> Kernel("builtins:pow", (2,))(5)
    25
    """

    place: str
    shared: tuple[Any, ...] = ()

    def __call__(self, part: Any) -> Any:
        """Return what the function makes of a part."""
        module, _, name = self.place.partition(":")
        return getattr(import_module(module), name)(part, *self.shared)


class Engine(Protocol):
    """What a part of the point ``termbank.engines`` must offer.

    It is a class called with ``workers`` (kernels that run at once, None for the
    engine's own choice) and ``address`` (of a cluster, or None).
    """

    def map(self, kernel: Kernel, parts: Iterable[Any]) -> Iterator[Any]:
        """Yield what a kernel makes of each part, in the order of the parts.

        Parts are taken as the work goes on, a few ahead of what was yielded, so that
        memory does not grow with their number. A worker that dies costs only what it
        was working on, which is run again. An error that the kernel raises is raised
        here.

        Raises:
            EngineError: A part ends its worker every time, or the workers are gone.
        """
        ...

    def close(self) -> None:
        """End all workers; work under way is dropped."""
        ...
