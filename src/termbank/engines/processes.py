"""The engine of one machine: kernels in several Python processes.

Plain subprocesses rather than ``multiprocessing``: a script without a main guard is not
run again, nothing is forked while other libraries hold threads, and the death of one
worker does not end the others, as it does in ``ProcessPoolExecutor``.
"""

from __future__ import annotations

import pickle
import struct
import subprocess
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from threading import Lock
from typing import IO, TYPE_CHECKING, Any, Final

from termbank.errors import EngineError
from termbank.isolation.child_processes import environment, python_command
from termbank.messages import say
from termbank.processors import processors

from .read_ahead import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .kernel import Kernel

SIZE: Final = struct.Struct("<Q")
# A part that ended this many workers would end the next one too.
_MOST_DEATHS: Final = 3


class ProcessEngine:
    """Runs kernels in worker processes, which end with this one.

    Args:
        workers: Processes; None for one a processor.
        address: Not used.
    """

    def __init__(self, workers: int | None = None, address: str | None = None) -> None:
        del address
        self._count = workers or processors()
        self._threads = ThreadPoolExecutor(self._count)
        self._idle: SimpleQueue[_Worker | None] = SimpleQueue()
        for _ in range(self._count):
            self._idle.put(None)  # started with the first part
        self._lock = Lock()
        self._workers: list[_Worker] = []
        self._closed = False

    def map(self, kernel: Kernel, parts: Iterable[Any]) -> Iterator[Any]:
        """Yield what a kernel makes of each part, in the order of the parts."""

        def start(part: Any) -> Future[Any]:
            return self._threads.submit(self._answer, (kernel, part))

        return in_order(start, Future.result, parts, self._count)

    def close(self) -> None:
        """End all workers, busy ones too."""
        with self._lock:
            self._closed = True
            for worker in self._workers:
                worker.end()
        self._threads.shutdown(cancel_futures=True)

    @property
    def process_ids(self) -> list[int]:
        """The ids of the worker processes that were started and not replaced."""
        with self._lock:
            return [worker.process.pid for worker in self._workers]

    def _answer(self, request: tuple[Kernel, Any]) -> Any:
        """Return the result of a part, on another worker if one dies over it."""
        message = pickle.dumps(request, pickle.HIGHEST_PROTOCOL)
        for _ in range(_MOST_DEATHS):
            worker = self._idle.get() or self._started()
            try:
                answer = worker.ask(message)
            except (OSError, EOFError):
                self._remove(worker)
                self._idle.put(None)
                continue
            self._idle.put(worker)
            result, fault = answer
            if fault is not None:
                raise fault
            return result
        raise EngineError(
            say(
                f"作業プロセスが同じ処理で {_MOST_DEATHS} 回終了しました"
                " (メモリー不足の可能性があります)",
                f"{_MOST_DEATHS} worker processes ended over the same part of the work"
                " (out of memory?)",
            )
        )

    def _started(self) -> _Worker:
        with self._lock:
            if self._closed:
                raise EngineError(say("処理は終了しています", "the engine is closed"))
            worker = _Worker()
            self._workers.append(worker)
        return worker

    def _remove(self, worker: _Worker) -> None:
        with self._lock:
            if self._closed:
                raise EngineError(say("処理は終了しています", "the engine is closed"))
            worker.end()
            self._workers.remove(worker)


class _Worker:
    """One process, and the pipes to it."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            python_command("termbank.engines.process_worker"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(),
        )

    def ask(self, message: bytes) -> tuple[Any, BaseException | None]:
        """Return the result of a request, or the error its kernel raised.

        Raises:
            OSError, EOFError: The process has ended.
        """
        if self.process.stdin is None or self.process.stdout is None:
            raise EOFError
        send(self.process.stdin, message)
        answer = receive(self.process.stdout)
        if answer is None:
            raise EOFError
        result: tuple[Any, BaseException | None] = pickle.loads(answer)  # noqa: S301  # our own child
        return result

    def end(self) -> None:
        """End the process, whatever it does."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()


def send(pipe: IO[bytes], message: bytes) -> None:
    """Write one message behind its length."""
    pipe.write(SIZE.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """Read one message; None where the other end has gone."""
    head = pipe.read(SIZE.size)
    if len(head) < SIZE.size:
        return None
    (length,) = SIZE.unpack(head)
    message = pipe.read(length)
    return message if len(message) == length else None
