"""An engine for Dask: a leaf that another package can offer.

Its ``pyproject.toml`` needs two lines::

    [project.entry-points."termbank.engines"]
    dask = "my_package.dask_engine:DaskEngine"

and then ``termbank mine --engine dask --address tcp://scheduler:8786 …`` runs on the
cluster, whose machines need termbank installed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from distributed import Client, LocalCluster

from termbank.engines.read_ahead import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termbank.engines import Kernel


class DaskEngine:
    """Runs kernels as tasks of Dask.

    Args:
        workers: Tasks at once; None for one a thread of the cluster.
        address: Of a scheduler; None starts a cluster here.
    """

    def __init__(self, workers: int | None = None, address: str | None = None) -> None:
        self._cluster: Any = None
        if address is None:
            how = {"threads_per_worker": 1, "dashboard_address": None}
            self._cluster = LocalCluster(n_workers=workers, host="127.0.0.1", **how)
        self._client = Client(address or self._cluster)
        self._workers = workers or sum(self._client.nthreads().values())

    def map(self, kernel: Kernel, parts: Iterable[Any]) -> Iterator[Any]:
        """Yield what a kernel makes of each part, in the order of the parts."""

        def start(part: Any) -> Any:
            # Pure, but not worth remembering: each part comes once.
            return self._client.submit(kernel, part, pure=False, retries=3)

        return in_order(start, lambda future: future.result(), parts, self._workers)

    def close(self) -> None:
        """Leave the cluster; one that was started here ends."""
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()
