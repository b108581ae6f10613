"""The engine of several machines: Ray (extra ``ray``), here or on a cluster.

Without an address Ray is started on the loopback interface and ends with the job; with
one the job joins that cluster, whose machines need termbank installed. A program that has
joined a cluster already is left in it. A task whose machine goes away is run on another.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from termbank.errors import EngineError, PluginError
from termbank.messages import say
from termbank.processors import processors

from .read_ahead import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .kernel import Kernel

_EXTRA: Final = "pip install 'termbank[ray]'"
# Deaths of workers or machines that a part may meet.
_RETRIES: Final = 5


class RayEngine:
    """Runs kernels as tasks of Ray.

    Args:
        workers: Tasks at once; None for one a processor (of the cluster).
        address: Of a running cluster (``host:6379``, ``auto``); None starts one here.

    Raises:
        PluginError: Ray is not installed.
        EngineError: The cluster cannot be joined.
    """

    def __init__(self, workers: int | None = None, address: str | None = None) -> None:
        # Nothing is reported to anybody, and no task prints into the caller's output.
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
        try:
            ray: Any = import_module("ray")
        except ImportError as fault:
            raise PluginError("termbank.engines", "ray", _EXTRA) from fault
        self._ray = ray
        self._is_ours = not ray.is_initialized()
        if self._is_ours:
            self._start(workers, address)
        self._workers = workers or max(int(ray.cluster_resources().get("CPU", 1)), 1)
        self._run = ray.remote(max_retries=_RETRIES)(_run)

    def _start(self, workers: int | None, address: str | None) -> None:
        quiet = {"log_to_driver": False, "logging_level": "ERROR"}
        try:
            if address:
                self._ray.init(address=address, **quiet)
                return
            self._ray.init(
                address="local",  # never whatever cluster runs on this machine
                num_cpus=workers or processors(),
                include_dashboard=False,
                _node_ip_address="127.0.0.1",
                **quiet,
            )
        except (ConnectionError, RuntimeError, ValueError) as fault:
            place = address or say("この計算機", "this machine")
            reason = " ".join(str(fault).split())[:200]
            raise EngineError(f"ray {place}: {reason}") from fault

    def map(self, kernel: Kernel, parts: Iterable[Any]) -> Iterator[Any]:
        """Yield what a kernel makes of each part, in the order of the parts."""

        def start(part: Any) -> Any:
            return self._run.remote(kernel, part)

        return in_order(start, self._result, parts, self._workers)

    def _result(self, promise: Any) -> Any:
        try:
            return self._ray.get(promise)
        except self._ray.exceptions.RayTaskError as fault:
            # Ray raises a class made of its own and the kernel's.
            raise getattr(fault, "cause", None) or fault from None
        except self._ray.exceptions.RayError as fault:
            raise EngineError(f"ray: {' '.join(str(fault).split())[:200]}") from fault

    def close(self) -> None:
        """Leave the cluster; one that was started here ends."""
        if self._is_ours:
            self._ray.shutdown()


def _run(kernel: Kernel, part: Any) -> Any:
    return kernel(part)
