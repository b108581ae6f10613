"""The body of a request: read within limits of size and time, and parsed."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Final, NoReturn

from termbank.messages import say

from .http_refusals import Refusal

if TYPE_CHECKING:
    from starlette.requests import Request

BODY_SECONDS: Final = 15.0  # from the head of a request to the end of its body


async def read_body(request: Request, largest: int) -> bytes:
    """Return the body.

    Args:
        request: Whose.
        largest: Bytes that are accepted.

    Raises:
        Refusal: 413 too large, 400 a wrong length, 408 too slow or gone away.
    """
    length = request.headers.get("content-length", "0")
    if not length.isascii() or not length.isdigit() or len(length) > 18:
        raise Refusal(400, "Content-Length")
    if int(length) > largest:
        raise _too_large(largest)
    chunks, size = [], 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await request.receive()
                if message["type"] == "http.disconnect":
                    raise _too_slow()
                chunk = message.get("body", b"")
                size += len(chunk)
                if size > largest:
                    raise _too_large(largest)
                chunks.append(chunk)
                if not message.get("more_body"):
                    return b"".join(chunks)
    except TimeoutError:
        raise _too_slow() from None


def parse_json(body: bytes) -> Any:
    """Return what a body of JSON holds.

    Raises:
        Refusal: 400: it is no JSON in UTF-8.
    """
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        detail = say("UTF-8 の JSON ではありません", "the body is no JSON in UTF-8")
        raise Refusal(400, detail) from None


def require_json(request: Request) -> None:
    """Refuse a body that does not say that it is JSON, as a form elsewhere cannot.

    Raises:
        Refusal: 415.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refusal(415, "Content-Type: application/json")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _too_large(largest: int) -> Refusal:
    detail = say(f"{largest} バイトまで", f"at most {largest} bytes")
    return Refusal(413, detail, headers={"Connection": "close"})


def _too_slow() -> Refusal:
    detail = say(
        f"本文が {BODY_SECONDS:g} 秒で届きません",
        f"the body did not arrive in {BODY_SECONDS:g} s",
    )
    return Refusal(408, detail, headers={"Connection": "close"})
