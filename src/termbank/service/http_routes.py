"""All addresses of the JSON service, as data: routed and described from one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from starlette.responses import Response

from termbank.version import __version__

from . import call_schemas as schema
from .argument_schemas import argument_fault
from .http_calls import CALLS
from .http_refusals import Refusal, json_bytes
from .mcp_over_http import answer_agent
from .request_bodies import parse_json, read_body, require_json
from .request_log import facts_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from termbank.operations.team.access_tokens import AccessToken

    from .http_calls import HttpCall
    from .team_service import TeamService

_MOST_EVENTS: Final = 1000
REFUSED: Final = (400, 401, 403, 408, 413, 415, 422, 429, 503)
_REFUSED_WITHOUT_BODY: Final = (401, 403, 422, 429, 503)


class HttpRoute(NamedTuple):
    """One method of one address.

    Attributes:
        name: Unique; operationId of the description.
        method: GET, POST or PATCH.
        path: With ``{id}`` where the address holds an argument.
        summary: One sentence.
        role: Least role; empty where no token is needed.
        query: JSON schema of each parameter of the query.
        body: JSON schema of the body; None for none.
        gives: JSON schema of the answer.
        statuses: Of answers that are problems.
        answer: Does it.
        silent: Statuses of answers without a body.
        own_errors: Statuses whose body may be JSON of a protocol and no problem.
    """

    name: str
    method: str
    path: str
    summary: str
    role: str
    query: dict[str, Any]
    body: dict[str, Any] | None
    gives: dict[str, Any]
    statuses: tuple[int, ...]
    answer: Callable[[TeamService, Request], Awaitable[Response]]
    silent: tuple[int, ...] = ()
    own_errors: tuple[int, ...] = ()


def json_response(value: Any, status: int = 200) -> Response:
    """Return an answer of JSON."""
    return Response(json_bytes(value), status, media_type="application/json")


def route_of(call: HttpCall) -> HttpRoute:
    """Return the address of a call."""
    in_path = "{id}" in call.path
    has_body = call.method != "GET"
    statuses = set(REFUSED if has_body else _REFUSED_WITHOUT_BODY)
    statuses |= {404} if in_path or call.needs_memory else set()
    statuses |= {409} if call.may_conflict else set()
    takes = {
        name: s for name, s in call.takes.items() if not (in_path and name == "id")
    }
    optional = [name for name in takes if name not in call.required]
    return HttpRoute(
        call.name,
        call.method,
        call.path,
        call.summary,
        call.role,
        {},
        schema.shaped(takes, *optional) if has_body else None,
        schema.shaped(call.gives),
        tuple(sorted(statuses)),
        _answer_of(call),
    )


def _answer_of(call: HttpCall) -> Callable[[TeamService, Request], Awaitable[Response]]:
    async def answer(service: TeamService, request: Request) -> Response:
        caller = service.caller(request)
        service.allow(caller)
        arguments: Any = {}
        if call.method != "GET":
            arguments = await _json_body(service, request)
        if request.path_params:
            if isinstance(arguments, dict) and "id" in arguments:
                raise Refusal(422, "no 'id'; the address holds it")
            if isinstance(arguments, dict):
                arguments = {**arguments, **request.path_params}
        _note_texts(service, request, arguments)
        return json_response(await service.carry_out(call, arguments, caller))

    return answer


async def _json_body(service: TeamService, request: Request) -> Any:
    require_json(request)
    return parse_json(await read_body(request, service.limits.largest))


def _note_texts(service: TeamService, request: Request, arguments: Any) -> None:
    if service.log.with_texts:
        facts_of(request.scope).texts = arguments


async def _answer_batch(service: TeamService, request: Request) -> Response:
    caller = service.caller(request)
    arguments = await _json_body(service, request)
    fault = argument_fault(arguments, {"calls": schema.CALLS}, ["calls"])
    if fault:
        raise Refusal(422, fault)
    service.allow(caller, max(1, len(arguments["calls"])))
    _note_texts(service, request, arguments)
    answers = [await _answer_in_batch(service, caller, c) for c in arguments["calls"]]
    return json_response({"answers": answers})


async def _answer_in_batch(
    service: TeamService, caller: AccessToken, asked: dict[str, Any]
) -> dict[str, Any]:
    try:
        call = CALLS.get(asked["call"])
        if call is None:
            raise Refusal(404, f"no such call; there are {', '.join(CALLS)}")
        answer = await service.carry_out(call, asked["arguments"], caller)
    except Refusal as refusal:
        return {"status": refusal.status, "problem": refusal.problem()}
    return {"status": 200, "answer": answer}


async def _answer_who(service: TeamService, request: Request) -> Response:
    caller = service.caller(request)
    service.allow(caller)
    return json_response(
        {
            "name": caller.name,
            "role": caller.role,
            "version": __version__,
            "memory": bool(service.resources.memory),
        }
    )


async def _answer_audit(service: TeamService, request: Request) -> Response:
    caller = service.caller(request)
    service.allow(caller)
    if not caller.may("terminologist"):
        raise Refusal(403, "needs the role terminologist")
    limit = _number(request, "limit", 50, _MOST_EVENTS, least=1)
    before = _number(request, "before", 0, 2**53)
    events = await service.lanes.project.run(service.trail.newest, limit, before)
    return json_response({"events": [event._asdict() for event in events]})


async def _answer_health(service: TeamService, request: Request) -> Response:
    del request
    if service.stopping:
        raise Refusal(503, "stopping")
    await service.compile_glossary()
    return json_response({"status": "ok"})


def _number(
    request: Request, name: str, default: int, most: int, *, least: int = 0
) -> int:
    text = request.query_params.get(name, str(default))
    digits = text.isascii() and text.isdigit() and len(text) < 17
    if not digits or not least <= int(text) <= most:
        raise Refusal(422, f"{name}: a whole number, {least} to {most}, is needed")
    return int(text)


def shared_routes() -> tuple[HttpRoute, ...]:
    """Return all addresses that take and give JSON, but for the description itself."""
    calls = tuple(route_of(call) for call in CALLS.values())
    return (*calls, BATCH, WHO, AUDIT, MCP, HEALTH)


MCP: Final = HttpRoute(
    "mcp",
    "POST",
    "/mcp",
    "Model Context Protocol, streamable HTTP: one message of JSON-RPC",
    "reader",
    {},
    schema.MESSAGES,
    schema.MESSAGES,
    (400, 401, 403, 404, 406, 408, 413, 415, 429),
    answer_agent,
    silent=(202,),
    own_errors=(400, 404),
)
BATCH: Final = HttpRoute(
    "batch",
    "POST",
    "/v1/batch",
    "Several calls in one request, answered in order; each counts for the rate",
    "reader",
    {},
    schema.shaped({"calls": schema.CALLS}),
    schema.shaped({"answers": schema.ANSWERS}),
    REFUSED,
    _answer_batch,
)
WHO: Final = HttpRoute(
    "who",
    "GET",
    "/v1/who",
    "Whose token this is, and what it may",
    "reader",
    {},
    None,
    schema.shaped(schema.CALLER),
    (401, 403, 429),
    _answer_who,
)
AUDIT: Final = HttpRoute(
    "audit",
    "GET",
    "/v1/audit",
    "Who asked for which change, and what came of it",
    "terminologist",
    {
        "limit": schema.integer("How many at most", 1, _MOST_EVENTS),
        "before": schema.integer(
            "Only events with a lower number; 0 for all", 0, 2**53
        ),
    },
    None,
    schema.shaped({"events": schema.EVENTS}),
    _REFUSED_WITHOUT_BODY,
    _answer_audit,
)
HEALTH: Final = HttpRoute(
    "health",
    "GET",
    "/health",
    "Whether the service can answer",
    "",
    {},
    None,
    schema.shaped({"status": schema.WORD}),
    (503,),
    _answer_health,
)
