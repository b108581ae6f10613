"""Engines by name: where the work of a large job is done.

A job is a kernel, a pure function named by its module path, and parts to call it with.
An engine calls it with each part, in this process, in several, or on other machines, and
yields the results in the order of the parts: the same results whatever the engine. Other
packages offer theirs as entry points of the group ``termbank.engines``.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from termbank.errors import ConfigError
from termbank.messages import say
from termbank.processors import processors
from termbank.registry import Point

from .kernel import Engine, Kernel

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGINES: Final = Point(
    "engines",
    {
        "serial": "termbank.engines.serial:SerialEngine",
        "processes": "termbank.engines.processes:ProcessEngine",
        "ray": "termbank.engines.ray_engine:RayEngine",
    },
)


def chosen_engine(name: str | None, workers: int | None, *, large: bool) -> str:
    """Return the name of the engine for a job.

    Args:
        name: What the user asked for; None leaves the choice to the job.
        workers: Processes asked for; more than one asks for ``processes``.
        large: Whether the job is large enough to pay for starting processes.

    >>> chosen_engine(None, None, large=False)
    'serial'
    >>> chosen_engine(None, 4, large=False)
    'processes'
    """
    if name is not None:
        return name
    several = large and processors() > 1 if workers is None else workers > 1
    return "processes" if several else "serial"


@contextmanager
def running_engine(
    name: str, workers: int | None = None, address: str | None = None
) -> Iterator[Engine]:
    """Start an engine, and end it with all its workers afterwards.

    Args:
        name: serial, processes, ray, or one that another package offers.
        workers: Kernels that run at once; None for one a processor.
        address: Of a cluster, for engines that join one.

    Raises:
        ConfigError: ``workers`` is below 1.
        PluginError: Nobody offers the engine, or its package is not installed.

    >>> with running_engine("serial") as engine:
    ...     list(engine.map(Kernel("operator:neg"), [1, 2]))
    [-1, -2]
    """
    if workers is not None and workers < 1:
        raise ConfigError("workers", str(workers), say("1 以上", "1 or more"))
    engine: Engine = ENGINES.find(name)(workers, address)
    try:
        yield engine
    finally:
        engine.close()


__all__ = ["ENGINES", "Engine", "Kernel", "chosen_engine", "running_engine"]
