"""The HTTP server under the service: uvicorn, with limits on slow and silent clients.

uvicorn waits without end for the rest of a request's head and for a client that does
not read its answer; both end here. Signals end the service once running requests are
answered.
"""

from __future__ import annotations

import logging
import signal
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import uvicorn

from .request_log import ServerMessages

if TYPE_CHECKING:
    import socket
    from asyncio import TimerHandle

    from starlette.types import ASGIApp

    from .request_log import JsonLog

HEAD_SECONDS: Final = 10.0  # for the head of a request
SENDING_SECONDS: Final = 30.0  # in which a client reads nothing of its answer
STOPPING_SECONDS: Final = 20  # for what still runs when the service is to end
_LARGEST_HEAD: Final = 64 << 10  # bytes that come before a head is complete


class Listening(NamedTuple):
    """How the server meets the network.

    Attributes:
        connections: Most at once; further ones are answered with 503.
        trusted_proxies: Addresses whose X-Forwarded headers are believed; none where
            empty.
    """

    connections: int = 512
    trusted_proxies: tuple[str, ...] = ()


def serve(
    application: ASGIApp,
    listener: socket.socket,
    log: JsonLog,
    listening: Listening = Listening(),  # noqa: B008  # an immutable value
) -> None:
    """Serve until a signal ends it; what runs then is answered."""
    for name in ("uvicorn.error", "asyncio"):
        messages = logging.getLogger(name)
        messages.handlers, messages.propagate = [ServerMessages(log)], False
        messages.setLevel(logging.WARNING)
    settings = uvicorn.Config(
        application,
        http=bounded_protocol(),
        ws="none",
        lifespan="on",
        log_config=None,
        log_level=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(listening.trusted_proxies),
        forwarded_allow_ips=list(listening.trusted_proxies),
        limit_concurrency=listening.connections,
        timeout_graceful_shutdown=STOPPING_SECONDS,
    )
    # uvicorn raises the signal that ended it once more; the service then ends with 0.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    uvicorn.Server(settings).run(sockets=[listener])


def bounded_protocol() -> type[Any]:
    """Return uvicorn's protocol, the faster one where it is installed, with limits."""
    name, attribute = "h11_impl", "H11Protocol"
    if find_spec("httptools"):
        name, attribute = "httptools_impl", "HttpToolsProtocol"
    base = getattr(import_module(f"uvicorn.protocols.http.{name}"), attribute)
    return type("BoundedProtocol", (_Bounded, base), {})


class _Bounded:
    """What is put before a protocol of uvicorn."""

    # Of uvicorn's protocols.
    transport: Any
    loop: Any
    cycle: Any

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._head_timer: TimerHandle | None = None
        self._sending_timer: TimerHandle | None = None
        self._head_bytes = 0

    def connection_made(self, transport: Any) -> None:
        """Give the first request's head its time."""
        super().connection_made(transport)  # type: ignore[misc]
        self._await_head()

    def data_received(self, received: bytes) -> None:
        """Take bytes; end the connection where a head never gets complete."""
        super().data_received(received)  # type: ignore[misc]
        if self.transport is None or self.transport.is_closing():
            return
        if self.cycle is not None and not self.cycle.response_complete:
            self._head_bytes = 0
            self._stop_head_timer()
            return
        self._head_bytes += len(received)
        if self._head_bytes > _LARGEST_HEAD:
            self.transport.close()
        elif self._head_timer is None:
            self._await_head()

    def pause_writing(self) -> None:
        """Give a client that does not read its time."""
        super().pause_writing()  # type: ignore[misc]
        if self._sending_timer is None:
            abort = self.transport.abort
            self._sending_timer = self.loop.call_later(SENDING_SECONDS, abort)

    def resume_writing(self) -> None:
        """Note that a client reads again."""
        self._stop_sending_timer()
        super().resume_writing()  # type: ignore[misc]

    def connection_lost(self, error: Exception | None) -> None:
        """Stop the clocks."""
        self._stop_head_timer()
        self._stop_sending_timer()
        super().connection_lost(error)  # type: ignore[misc]

    def _await_head(self) -> None:
        end = self.transport.close
        self._head_timer = self.loop.call_later(HEAD_SECONDS, end)

    def _stop_head_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _stop_sending_timer(self) -> None:
        if self._sending_timer is not None:
            self._sending_timer.cancel()
            self._sending_timer = None
