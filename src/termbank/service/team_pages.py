"""The review and look-up pages for a team: the pages of one person behind tokens.

A browser logs in with a token, which then lies in a cookie that no script reads and no
other site can send. Who decides is the token's holder, not what a page says. The pages
work on the project in its own thread, in order, like every other change.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from termbank.web.application import PAGES, Page, furnish, static_files
from termbank.web.rendering import CALLER, page
from termbank.web.security import PAGE_HEADERS

from .http_refusals import Refusal
from .request_bodies import read_body
from .request_log import facts_of
from .team_service import refuse_other_sites

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.applications import Starlette
    from starlette.routing import BaseRoute
    from starlette.types import Message, Scope

    from termbank.operations.team.access_tokens import AccessToken

    from .team_service import TeamService

COOKIE: Final = "termbank_token"
_LARGEST_FORM: Final = 1 << 20  # bytes
_AGE: Final = 30 * 86_400  # seconds after which a browser logs in again


def team_pages(application: Starlette, service: TeamService) -> list[BaseRoute]:
    """Return the routes of the pages, and give the application what they need."""
    project = service.resources.project
    if isinstance(project, str):
        return []
    furnish(application, project, "")
    pages = [each for each in PAGES if each.path != "/who"]
    return [
        Route("/login", _log_in_page(service), methods=["GET"]),
        Route("/login", _log_in(service), methods=["POST"]),
        Route("/logout", _log_out(service), methods=["POST"]),
        *(Route(p.path, _guarded(service, p), methods=[p.method]) for p in pages),
        static_files(),
    ]


def _guarded(
    service: TeamService, shown: Page
) -> Callable[[Request], Awaitable[Response]]:
    """Return a page that only those see who may."""

    async def endpoint(request: Request) -> Response:
        facts_of(request.scope).route = f"page {shown.path}"
        if shown.method != "GET":
            refuse_foreign_form(request)
        secret = request.cookies.get(COOKIE, "")
        if not secret or service.tokens.holder(secret) is None:
            return _to_log_in(request)
        caller = service.caller(request, secret)
        service.allow(caller)
        if shown.decides and not caller.may("terminologist"):
            return await _refuse_role(service, request, shown, caller)
        body = await read_body(request, _LARGEST_FORM)
        scope = {**request.scope, CALLER: caller}
        response = await service.lanes.project.run(
            _answer_in_thread, shown, scope, body
        )
        if shown.method != "GET":
            outcome = "done" if response.status_code < 400 else "rejected"
            await _note(service, shown, caller, body, outcome)
        return _with_headers(response)

    return endpoint


def _answer_in_thread(shown: Page, scope: Scope, body: bytes) -> Response:
    """Run a page to its end in this thread."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def answer() -> Response:
        return await shown.answer(Request(scope, receive))

    return asyncio.run(answer())


async def _refuse_role(
    service: TeamService, request: Request, shown: Page, caller: AccessToken
) -> Response:
    if shown.method == "GET":
        return RedirectResponse(f"{_root(request)}/browse", 303)
    await _note(service, shown, caller, b"", "refused")
    raise Refusal(403, "needs the role terminologist")


async def _note(
    service: TeamService, shown: Page, caller: AccessToken, body: bytes, outcome: str
) -> None:
    """Note in the trail what a page changed, and about which card."""
    fields = parse_qs(body.decode("utf-8", "replace"))
    subjects = fields.get("card") or fields.get("number") or fields.get("subject") or []
    await service.lanes.project.run(
        lambda: service.trail.note(
            service.resources.clock(),
            caller.name,
            f"page {shown.path}",
            " ".join(subjects),
            token=caller.id,
            outcome=outcome,
        )
    )


def _log_in_page(service: TeamService) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        facts_of(request.scope).route = "page /login"
        return _log_in_form(request, service, "")

    return endpoint


def _log_in(service: TeamService) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        facts_of(request.scope).route = "page /login"
        refuse_foreign_form(request)
        body = await read_body(request, _LARGEST_FORM)
        secret = parse_qs(body.decode("utf-8", "replace")).get("token", [""])[0].strip()
        try:
            service.caller(request, secret)
        except Refusal as refusal:
            return _log_in_form(request, service, refusal.detail, refusal.status)
        response = RedirectResponse(f"{_root(request)}/", 303)
        response.set_cookie(
            COOKIE,
            secret,
            max_age=_AGE,
            path=_root(request) or "/",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="strict",
        )
        return _with_headers(response)

    return endpoint


def _log_out(service: TeamService) -> Callable[[Request], Awaitable[Response]]:
    del service

    async def endpoint(request: Request) -> Response:
        facts_of(request.scope).route = "page /logout"
        refuse_foreign_form(request)
        response = RedirectResponse(f"{_root(request)}/login", 303)
        response.delete_cookie(COOKIE, path=_root(request) or "/")
        return _with_headers(response)

    return endpoint


def refuse_foreign_form(request: Request) -> None:
    """Refuse a form that does not say that a page of ours sent it.

    Raises:
        Refusal: 403.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site not in (None, "same-origin", "none") or (site is None and origin is None):
        raise Refusal(403, "sent by another site")
    refuse_other_sites(request)


def _log_in_form(
    request: Request, service: TeamService, message: str, status: int = 200
) -> Response:
    project: Any = service.resources.project
    values = {"name": project.name, "message": message}
    return _with_headers(page(request, "login.html", values, status))


def _to_log_in(request: Request) -> Response:
    address = f"{_root(request)}/login"
    if request.headers.get("hx-request"):
        # A script asks for a part of a page; the whole page must go.
        return _with_headers(
            Response(status_code=401, headers={"HX-Redirect": address})
        )
    return _with_headers(RedirectResponse(address, 303))


def _with_headers(response: Response) -> Response:
    response.headers.update(PAGE_HEADERS)
    return response


def _root(request: Request) -> str:
    return str(request.scope.get("root_path", ""))
