"""The review as one web application over a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from termbank.operations.review_queue import ReviewQueue

from . import glossary_pages, review_pages
from .rendering import HERE, environment
from .review_pages import Desk
from .security import LOOPBACK, Guard

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from termbank.operations.project import Project


class Page(NamedTuple):
    """One method of one address.

    Attributes:
        path: With parameters in braces.
        answer: Does it.
        method: GET or POST.
        decides: Whether it shows or changes what only a terminologist decides.
    """

    path: str
    answer: Callable[[Request], Awaitable[Response]]
    method: str = "GET"
    decides: bool = False


PAGES: Final = (
    Page("/", review_pages.review, decides=True),
    Page("/rows", review_pages.rows, decides=True),
    Page("/card", review_pages.card, decides=True),
    Page("/decide", review_pages.decide, "POST", decides=True),
    Page("/decide-many", review_pages.decide_many, "POST", decides=True),
    Page("/bulk", review_pages.bulk, decides=True),
    Page("/bulk", review_pages.decide_bulk, "POST", decides=True),
    Page("/mark", review_pages.mark, "POST", decides=True),
    Page("/undo", review_pages.undo, "POST", decides=True),
    Page("/merge", review_pages.merge, "POST", decides=True),
    Page("/edit", review_pages.edit, "POST", decides=True),
    Page("/place", review_pages.place, decides=True),
    Page("/who", review_pages.name_reviewer, "POST"),
    Page("/browse", glossary_pages.browse),
    Page("/found", glossary_pages.found),
    Page("/forms", glossary_pages.forms),
    Page("/table.csv", glossary_pages.table),
    Page("/concept/{concept}", glossary_pages.concept),
    Page("/ask", glossary_pages.ask, "POST"),
    Page("/history", glossary_pages.history),
    Page("/undo-change", glossary_pages.undo_change, "POST", decides=True),
)


def review_application(
    project: Project,
    *,
    token: str,
    who: str,
    port: int,
    hosts: tuple[str, ...] = LOOPBACK,
) -> Starlette:
    """Return the pages of a project.

    Args:
        project: Whose glossary and queue.
        token: What the address must bear; see :mod:`.security`.
        who: Reviewer who gives no other name.
        port: Port that the pages are served on.
        hosts: Host names under which they may be reached; empty for any.
    """
    application = Starlette(
        routes=[
            *(Route(page.path, page.answer, methods=[page.method]) for page in PAGES),
            static_files(),
        ],
        middleware=[
            Middleware(BaseHTTPMiddleware, dispatch=Guard(token, hosts, port)),
        ],
    )
    furnish(application, project, who)
    return application


def furnish(application: Starlette, project: Project, who: str) -> None:
    """Give an application what its pages need: templates, and the cards of a project."""
    application.state.templates = environment()
    application.state.desk = Desk(project, ReviewQueue(project), who)


def static_files() -> Mount:
    """Return the route of scripts and styles."""
    return Mount("/static", StaticFiles(directory=HERE / "static"))
