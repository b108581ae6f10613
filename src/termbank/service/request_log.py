"""Logs as lines of JSON: what was asked and answered, without texts unless asked.

The line of a request names its route, never its address: queries and identifiers stay
out of logs, as do the bodies of requests and the messages of errors, which quote them.
"""

from __future__ import annotations

import json
import logging
import secrets
import traceback
from datetime import UTC, datetime
from itertools import count
from threading import Lock
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

FACTS: Final = "termbank.facts"  # key of a request's facts in its scope
_HEADERS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
)


class JsonLog:
    """Writes events as lines of JSON.

    Args:
        stream: Where they go; None for nowhere.
        clock: Returns the time in UTC.
        with_texts: Whether texts that were sent may stand in it.
    """

    def __init__(
        self,
        stream: TextIO | None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        with_texts: bool = False,
    ) -> None:
        self._stream, self._clock, self._lock = stream, clock, Lock()
        self.with_texts = with_texts

    def write(self, event: str, **values: Any) -> None:
        """Write one event; empty values are left out."""
        if self._stream is None:
            return
        at = self._clock().isoformat(timespec="milliseconds")
        content = {
            name: value for name, value in values.items() if value not in ("", None)
        }
        line = json.dumps({"at": at, "event": event, **content}, ensure_ascii=True)
        try:
            with self._lock:
                self._stream.write(line + "\n")
                self._stream.flush()
        except OSError:  # a full disk must not end the service
            return

    def fault(self, error: BaseException, **values: Any) -> None:
        """Write an error of ours: its class and where it was raised."""
        frames = traceback.extract_tb(error.__traceback__)[-8:]
        places = [f"{frame.name}:{frame.lineno}" for frame in frames]
        message = str(error) if self.with_texts else ""
        name = type(error).__name__
        self.write("fault", error=name, places=places, message=message, **values)


class ServerMessages(logging.Handler):
    """Takes the messages of the HTTP server into the log."""

    def __init__(self, log: JsonLog) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Write one message."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            self._log.fault(error)
        else:
            self._log.write("server", message=str(record.msg))


class Facts:
    """What is learnt about a request while it is answered."""

    __slots__ = ("detail", "id", "route", "texts", "token")

    def __init__(self, identifier: str) -> None:
        self.id = identifier
        self.route = self.token = self.detail = ""
        self.texts: Any = None


class RequestLog:
    """Gives each request an identifier, and logs its answer and faults of ours.

    Args:
        app: What answers.
        log: Where the lines go.
    """

    def __init__(self, app: ASGIApp, log: JsonLog) -> None:
        self._app, self._log = app, log
        self._run, self._numbers = secrets.token_hex(3), count(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        facts = Facts(f"{self._run}-{next(self._numbers):x}")
        scope[FACTS] = facts
        begun, status = perf_counter(), 0

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _with_ours(message["headers"], facts.id)
            await send(message)

        try:
            await self._app(scope, receive, send_on)
        except Exception as error:  # whatever it is, the service goes on
            self._log.fault(error, request=facts.id, route=facts.route)
        self._log.write(
            "request",
            request=facts.id,
            method=scope["method"],
            route=facts.route,
            status=status,
            ms=round((perf_counter() - begun) * 1000, 2),
            token=facts.token,
            client=(scope["client"] or ("",))[0],
            detail=facts.detail if self._log.with_texts else "",
            texts=facts.texts,
        )


def facts_of(scope: Scope) -> Facts:
    """Return the facts of a request; new ones outside of a log, as in a test."""
    facts: Facts = scope.setdefault(FACTS, Facts(""))
    return facts


def _with_ours(
    headers: list[tuple[bytes, bytes]], identifier: str
) -> list[tuple[bytes, bytes]]:
    there = {name.lower() for name, _ in headers}
    ours = [pair for pair in _HEADERS if pair[0] not in there]
    return [*headers, *ours, (b"x-request-id", identifier.encode())]
