"""The review as one web application over a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    from termbank.operations.project import Project


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
            Route("/", review_pages.review),
            Route("/rows", review_pages.rows),
            Route("/card", review_pages.card),
            Route("/decide", review_pages.decide, methods=["POST"]),
            Route("/decide-many", review_pages.decide_many, methods=["POST"]),
            Route("/bulk", review_pages.bulk),
            Route("/bulk", review_pages.decide_bulk, methods=["POST"]),
            Route("/mark", review_pages.mark, methods=["POST"]),
            Route("/undo", review_pages.undo, methods=["POST"]),
            Route("/merge", review_pages.merge, methods=["POST"]),
            Route("/edit", review_pages.edit, methods=["POST"]),
            Route("/place", review_pages.place),
            Route("/who", review_pages.name_reviewer, methods=["POST"]),
            Route("/browse", glossary_pages.browse),
            Route("/found", glossary_pages.found),
            Route("/forms", glossary_pages.forms),
            Route("/table.csv", glossary_pages.table),
            Route("/concept/{concept}", glossary_pages.concept),
            Route("/ask", glossary_pages.ask, methods=["POST"]),
            Route("/history", glossary_pages.history),
            Route("/undo-change", glossary_pages.undo_change, methods=["POST"]),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ],
        middleware=[
            Middleware(BaseHTTPMiddleware, dispatch=Guard(token, hosts, port)),
        ],
    )
    application.state.templates = environment()
    application.state.desk = Desk(project, ReviewQueue(project), who)
    return application
