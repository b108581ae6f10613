"""Processes that search side by side.

Plain subprocesses rather than ``multiprocessing``: a script without a main guard is not
run again, and nothing is forked while other libraries hold threads.
"""

from __future__ import annotations

import marshal
import os
import struct
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Lock
from typing import IO, TYPE_CHECKING, Any, Final

from termbank.errors import EngineError
from termbank.isolation.child_processes import environment, python_command
from termbank.messages import say
from termbank.types import Match

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_SIZE: Final = struct.Struct("<Q")
_PART: Final = (
    64  # texts sent at once: small enough to keep all workers busy to the end
)


def send(pipe: IO[bytes], value: Any) -> None:
    """Write one value of plain types."""
    body = marshal.dumps(value)
    pipe.write(_SIZE.pack(len(body)) + body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """Read one value, None at the end."""
    head = pipe.read(_SIZE.size)
    if len(head) < _SIZE.size:
        return None
    return marshal.loads(pipe.read(*_SIZE.unpack(head)))  # noqa: S302  # our own child


class Crew:
    """Worker processes of one memory, kept until it is closed."""

    def __init__(self, folder: Path, count: int) -> None:
        command = python_command(
            "termbank.memory.search.worker", str(folder.absolute())
        )
        # One search at a time: two would mix their requests in the workers' pipes.
        self._lock = Lock()
        self._process = os.getpid()
        self._command, self._count = command, count
        self._workers = self._start()

    def _start(self) -> list[subprocess.Popen[bytes]]:
        return [
            subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment(),
            )
            for _ in range(self._count)
        ]

    @property
    def is_inherited(self) -> bool:
        """Whether a fork brought it here: its pipes are the parent's."""
        return self._process != os.getpid()

    def search(
        self, texts: Sequence[str], limit: int, at_least: float, lang: str | None
    ) -> list[list[Match]]:
        """Return the matches of each text, in the order of the texts."""
        with self._lock:
            # Another thread may have closed them since this one asked for the crew.
            if not self._workers:
                self._workers = self._start()
                try:
                    return self._search(texts, limit, at_least, lang)
                finally:
                    self._close()
            return self._search(texts, limit, at_least, lang)

    def _search(
        self, texts: Sequence[str], limit: int, at_least: float, lang: str | None
    ) -> list[list[Match]]:
        parts = [texts[at : at + _PART] for at in range(0, len(texts), _PART)]
        results: list[list[list[Match]]] = [[] for _ in parts]
        waiting = iter(range(len(parts)))

        def serve(worker: subprocess.Popen[bytes]) -> None:
            for number in waiting:
                request = (list(parts[number]), limit, at_least, lang)
                results[number] = _ask(worker, request)

        with ThreadPoolExecutor(len(self._workers)) as pool:
            for _ in pool.map(serve, self._workers):
                pass
        return [matches for part in results for matches in part]

    def close(self) -> None:
        """End the workers, once nobody searches with them."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        for worker in self._workers:
            if worker.stdin:
                with suppress(OSError):  # one that has ended already
                    worker.stdin.close()
        for worker in self._workers:
            if worker.stdout:
                worker.stdout.close()
            worker.wait()
        self._workers = []


def _ask(worker: subprocess.Popen[bytes], request: Any) -> list[list[Match]]:
    if worker.stdin is None or worker.stdout is None:
        raise EngineError(
            say("検索プロセスとつながっていません", "a search worker has no pipes")
        )
    try:
        send(worker.stdin, request)
    except OSError as fault:
        raise EngineError(
            f"{say('検索プロセスが終了しました', 'a search worker ended')}: {fault}"
        ) from fault
    answer = receive(worker.stdout)
    if answer is None:
        raise EngineError(
            say("検索プロセスが途中で終了しました", "a search worker ended early")
        )
    return [[Match(*fields) for fields in matches] for matches in answer]
