"""The web application of a team server: the JSON service, agents, pages."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route

from .http_refusals import Refusal
from .http_routes import HttpRoute, json_response, shared_routes
from .openapi import description
from .openrefine import openrefine_routes
from .request_log import RequestLog, facts_of
from .team_pages import team_pages

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

    from .team_service import TeamService

_LARGEST_HEAD: Final = 32 << 10  # bytes of all headers and the address


def team_application(service: TeamService, *, root: str = "") -> ASGIApp:
    """Return the application.

    Args:
        service: What all requests share.
        root: Path under which a reverse proxy offers the service, for example
            ``/terms``; empty for none.
    """
    by_path: dict[str, dict[str, HttpRoute]] = {}
    for route in (*shared_routes(), _openapi(root)):
        by_path.setdefault(route.path, {})[route.method] = route
    application = Starlette(
        routes=[_starlette_route(service, *each) for each in by_path.items()],
        exception_handlers={
            Refusal: _refuse,
            HTTPException: _refuse_address,
            Exception: _confess,
        },
        lifespan=_lifespan_of(service),
    )
    application.router.routes.extend(openrefine_routes(service))
    application.router.routes.extend(team_pages(application, service))
    return RequestLog(_Entrance(application, root.rstrip("/")), service.log)


def _openapi(root: str) -> HttpRoute:
    async def answer(service: TeamService, request: Request) -> Response:
        del service, request
        return json_response(document)

    route = HttpRoute(
        "openapi",
        "GET",
        "/openapi.json",
        "This description",
        "",
        {},
        None,
        {"type": "object"},
        (),
        answer,
    )
    document = description((*shared_routes(), route), root)
    return route


def _starlette_route(
    service: TeamService, path: str, by_method: dict[str, HttpRoute]
) -> Route:
    """Return all methods of an address as one route, so that a 405 names them all."""

    async def endpoint(request: Request) -> Response:
        method = "GET" if request.method == "HEAD" else request.method
        route = by_method[method]
        facts_of(request.scope).route = route.name
        return await route.answer(service, request)

    return Route(path, endpoint, methods=list(by_method))


def _lifespan_of(service: TeamService) -> Any:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await service.compile_glossary()
        yield
        service.stopping = True
        service.close()
        service.log.write("stopped")

    return lifespan


class _Entrance:
    """Refuses heads that are too large, and takes the proxy's path off addresses."""

    def __init__(self, app: ASGIApp, root: str) -> None:
        self._app, self._root = app, root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            head = sum(len(name) + len(value) for name, value in scope["headers"])
            if head + len(scope["path"]) + len(scope["query_string"]) > _LARGEST_HEAD:
                refusal = Refusal(431, f"at most {_LARGEST_HEAD} bytes of headers")
                await refusal.response()(scope, receive, send)
                return
            if self._root:
                self._put_under_root(scope)
        await self._app(scope, receive, send)

    def _put_under_root(self, scope: Scope) -> None:
        # A proxy may take its path off, or leave it on: both are understood.
        path = scope["path"]
        if not path.startswith(self._root + "/"):
            scope["path"] = self._root + path
        scope["root_path"] = self._root


async def _refuse(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)  # registered for this class
    facts_of(request.scope).detail = refusal.detail
    return refusal.response()


async def _refuse_address(request: Request, error: Exception) -> Response:
    del request
    assert isinstance(error, HTTPException)  # registered for this class
    headers = dict(error.headers or {})
    return Refusal(error.status_code, str(error.detail), headers=headers).response()


async def _confess(request: Request, error: Exception) -> Response:
    del request, error  # the log is written once it has passed all of Starlette
    return Refusal(500, "a fault of termbank's own; the log names it").response()
