"""The Model Context Protocol at ``/mcp``: streamable HTTP, each answer one JSON object.

No stream is opened and nothing of a session is kept: the session's identifier only tells
whose request a cancellation means. Headers of the protocol of 2026 must say what the
body says, so that a proxy that reads only headers is not deceived.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import secrets
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import Response

from .http_refusals import Refusal, json_bytes
from .mcp_server import (
    HANDSHAKE_VERSIONS,
    METHOD,
    MODERN_VERSIONS,
    PARAMS,
    PARSE,
    REQUEST,
    UNSUPPORTED_VERSION,
    VERSION_KEY,
    McpServer,
    error_answer,
)
from .mcp_tools import TOOLS
from .request_bodies import parse_json, read_body, require_json

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from starlette.requests import Request

    from termbank.operations.team.access_tokens import AccessToken

    from .team_service import TeamService

HEADER_MISMATCH: Final = -32020
CANCELLED: Final = -32800
UNAVAILABLE: Final = -32000  # too many calls wait, or this one took too long
_VERSION, _SESSION = "mcp-protocol-version", "mcp-session-id"
_NAMES: Final = {"tools/call": "name", "resources/read": "uri", "prompts/get": "name"}
# What the protocol of 2026 says of the status of an error.
_STATUSES: Final = dict.fromkeys(
    (PARSE, REQUEST, PARAMS, HEADER_MISMATCH, UNSUPPORTED_VERSION), 400
) | {METHOD: 404}
_MOST_MESSAGES: Final = 50  # of one batch, which the protocol of March 2025 knows


async def answer_agent(service: TeamService, request: Request) -> Response:
    """Answer one POST of an agent.

    Raises:
        Refusal: By token, rate, kind, size or time; what the protocol itself refuses is
            answered as JSON-RPC.
    """
    caller = service.caller(request)
    _require_json_wanted(request)
    require_json(request)
    body = await read_body(request, service.limits.largest)
    try:
        message = parse_json(body)
    except Refusal:
        return _json(error_answer(None, PARSE, "a body that is no JSON"), 400)
    messages = message if isinstance(message, list) and message else [message]
    if not all(isinstance(each, dict) for each in messages):
        return _json(error_answer(None, REQUEST, "a request is an object"), 400)
    exchange = _Exchange(service, request, caller)
    service.allow(caller, min(len(messages), _MOST_MESSAGES))
    if isinstance(message, list):
        return await exchange.answer_batch(messages)
    fault = header_fault(request, message)
    if fault is not None:
        return _json(fault, 400)
    answer = await _unless_gone(request, exchange.answer(message))
    return _response(request, message, answer)


class _Exchange:
    """One request of an agent."""

    def __init__(
        self, service: TeamService, request: Request, caller: AccessToken
    ) -> None:
        self._service, self._caller = service, caller
        self._session = request.headers.get(_SESSION, "")
        self._has_version = _VERSION in request.headers
        may_write = caller.may("translator")
        on = service.resources._replace(who=caller.name, may_write=may_write)
        self._server = McpServer(on)

    async def answer_batch(self, messages: list[Any]) -> Response:
        """Answer several messages, as only the protocol of March 2025 has them."""
        if len(messages) > _MOST_MESSAGES or self._has_version:
            return _json(error_answer(None, REQUEST, "one message a request"), 400)
        answers = [await self.answer(message) for message in messages]
        spoken = [answer for answer in answers if answer is not None]
        return _json(spoken) if spoken else Response(status_code=202)

    async def answer(self, message: Any) -> dict[str, Any] | None:
        """Return the answer to one message; None to a notification."""
        self._cancel(message)
        method = message.get("method") if isinstance(message, dict) else None
        if method not in ("tools/call", "resources/read"):
            return self._server.answer(message)
        identifier = _hashable(message.get("id"))
        key = (self._caller.id, self._session, identifier)
        work = asyncio.ensure_future(self._work(message))
        self._service.agent_calls[key] = work
        try:
            return await work
        except asyncio.CancelledError:
            if not work.cancelled():
                raise
            return error_answer(identifier, CANCELLED, "cancelled")
        except Refusal as refusal:
            return error_answer(identifier, UNAVAILABLE, refusal.detail)
        finally:
            self._service.agent_calls.pop(key, None)

    async def _work(self, message: Any) -> dict[str, Any] | None:
        service, tool = self._service, _tool_of(message)
        await service.compile_glossary()
        if tool in TOOLS and TOOLS[tool].writes:
            return await service.lanes.project.run(self._write, message, tool)
        return await service.lanes.reading.run(self._server.answer, message)

    def _write(self, message: Any, tool: str) -> dict[str, Any] | None:
        """Call a tool that changes something, and note it in the trail."""
        answer = self._server.answer(message)
        result = (answer or {}).get("result", {"isError": True})
        arguments = message["params"].get("arguments")
        term = arguments.get("term") if isinstance(arguments, dict) else ""
        if_failed = "rejected" if self._caller.may("translator") else "refused"
        self._service.trail.note(
            self._service.resources.clock(),
            self._caller.name,
            tool,
            str(term or ""),
            token=self._caller.id,
            outcome=if_failed if result.get("isError") else "done",
        )
        return answer

    def _cancel(self, message: Any) -> None:
        if not isinstance(message, dict) or not self._session:
            return
        params = message.get("params")
        if message.get("method") == "notifications/cancelled":
            identifier = params.get("requestId") if isinstance(params, dict) else None
            key = (self._caller.id, self._session, _hashable(identifier))
            work = self._service.agent_calls.get(key)
            if work is not None:
                work.cancel()


async def _unless_gone(
    request: Request, work: Coroutine[Any, Any, dict[str, Any] | None]
) -> dict[str, Any] | None:
    """Return what work gives; where the client closes the connection, give up."""
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_disconnection(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            task.cancel()
            return None
        return task.result()
    finally:
        gone.cancel()


def header_fault(request: Request, message: Any) -> dict[str, Any] | None:
    """Return the error of a message that its headers contradict; None where none does."""
    identifier = message.get("id") if isinstance(message, dict) else None
    version = request.headers.get(_VERSION)
    if version is not None and version not in (*HANDSHAKE_VERSIONS, *MODERN_VERSIONS):
        versions = {"supported": list(MODERN_VERSIONS), "requested": version[:40]}
        about = "Unsupported protocol version"
        return error_answer(identifier, UNSUPPORTED_VERSION, about, versions)
    if not isinstance(message, dict) or "method" not in message:
        return None
    params = message.get("params")
    params = params if isinstance(params, dict) else {}
    meta = params.get("_meta")
    version_in_body = meta.get(VERSION_KEY) if isinstance(meta, dict) else None
    if version_in_body is None and version not in MODERN_VERSIONS:
        return None
    contradictions = [
        name
        for name, header, value in (
            (_VERSION, version, version_in_body),
            ("mcp-method", request.headers.get("mcp-method"), message["method"]),
            _name_header(request, message["method"], params),
        )
        if header != value
    ]
    if not contradictions or "id" not in message:
        return None
    about = f"{contradictions[0]} header does not say what the body says"
    return error_answer(identifier, HEADER_MISMATCH, about)


def _name_header(
    request: Request, method: object, params: dict[str, Any]
) -> tuple[str, str | None, object]:
    key = _NAMES.get(method) if isinstance(method, str) else None
    if key is None or key not in params:
        return "mcp-name", None, None
    return "mcp-name", _decoded(request.headers.get("mcp-name")), params[key]


def _decoded(header: str | None) -> str | None:
    """Return a header's text, which may stand in base64 where it is not ASCII."""
    if header is None or not (header.startswith("=?base64?") and header.endswith("?=")):
        return header
    try:
        return base64.b64decode(header[9:-2], validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None


def _response(
    request: Request, message: Any, answer: dict[str, Any] | None
) -> Response:
    if answer is None:
        return Response(status_code=202)
    error = answer.get("error")
    is_modern = request.headers.get(_VERSION) in MODERN_VERSIONS
    status = _STATUSES.get(error["code"], 200) if error and is_modern else 200
    response = _json(answer, status)
    if (
        isinstance(message, dict)
        and message.get("method") == "initialize"
        and not error
    ):
        response.headers[_SESSION] = secrets.token_hex(16)
    return response


def _json(value: Any, status: int = 200) -> Response:
    return Response(json_bytes(value), status, media_type="application/json")


def _require_json_wanted(request: Request) -> None:
    accept = request.headers.get("accept", "*/*")
    kinds = {part.partition(";")[0].strip().lower() for part in accept.split(",")}
    if not kinds & {"application/json", "application/*", "*/*"}:
        raise Refusal(406, "Accept: application/json, text/event-stream")


async def _disconnection(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _tool_of(message: dict[str, Any]) -> str:
    params = message.get("params")
    return str(params.get("name")) if isinstance(params, dict) else ""


def _hashable(identifier: object) -> object:
    return identifier if isinstance(identifier, (str, int)) else None
