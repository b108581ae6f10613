"""One worker process of the engine ``processes``: ``python -m termbank.engines.process_worker``.

Requests come in on standard input, answers go out on what was standard output. It ends
as soon as its parent has gone, in the middle of a request too: a parent that is killed
closes nothing else.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from queue import SimpleQueue
from threading import Thread
from typing import Any

from termbank.errors import EngineError

from .processes import receive, send


def main() -> None:
    """Answer requests until there are no more."""
    # Ctrl-C goes to the whole group; the parent ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a library prints must not mix with the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    requests: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_read, args=(requests,), daemon=True).start()
    while True:
        send(answers, _answer(requests.get()))


def _read(requests: SimpleQueue[bytes]) -> None:
    while (message := receive(sys.stdin.buffer)) is not None:
        requests.put(message)
    os._exit(0)


def _answer(message: bytes) -> bytes:
    result: Any = None
    fault: Exception | None = None
    try:
        kernel, part = pickle.loads(message)  # noqa: S301  # from our own parent
        result = kernel(part)
    except Exception as raised:  # whatever it is, it is the caller's
        fault = raised
    try:
        return pickle.dumps((result, fault), pickle.HIGHEST_PROTOCOL)
    except Exception as refused:  # a result or an error that cannot be pickled
        lost = EngineError(f"{type(refused).__name__}: {refused} ({fault!r})")
        return pickle.dumps((None, lost), pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    main()
