"""Browse and look up: a list as one types, a concept with its history, requests."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import HTMLResponse, RedirectResponse

from termbank.errors import TermbankError
from termbank.operations.browsing import Filter, concept_page, search
from termbank.operations.requests import ask as ask_for
from termbank.operations.requests import note_miss

from .rendering import language_of, page, words_of
from .review_pages import desk_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_FORMS: Final = 12  # offered where a form is typed
_SHORTEST_MISS: Final = 2  # code points; less is somebody still typing


async def browse(request: Request) -> Response:
    """Show the look-up page."""
    values = _search(request)
    query, total = values["query"], values["total"]
    if len(query) >= _SHORTEST_MISS and not total:
        desk = desk_of(request)
        note_miss(desk.project, query, desk.author(request))
    return page(request, "browse.html", values)


async def found(request: Request) -> Response:
    """Return what a query finds, as one types."""
    return page(request, "_found.html", _search(request))


async def concept(request: Request) -> Response:
    """Show one concept."""
    desk = desk_of(request)
    concept_values = concept_page(desk.project, request.path_params["concept"])
    if concept_values is None:
        root = request.scope.get("root_path", "")
        return RedirectResponse(f"{root}/browse", 303)
    values = {**_frame(request), **concept_values._asdict()}
    return page(request, "concept.html", values)


async def forms(request: Request) -> Response:
    """Return the forms that begin with what is typed, for a list of choices."""
    desk = desk_of(request)
    query = request.query_params.get("into", "")
    hits, _ = search(desk.project, Filter(query), limit=_FORMS)
    from html import escape

    options = "".join(f'<option value="{escape(hit.lead)}">' for hit in hits)
    return HTMLResponse(f'<datalist id="forms">{options}</datalist>')


async def ask(request: Request) -> Response:
    """Take a request in."""
    desk, form = desk_of(request), await request.form()
    t = words_of(language_of(request))["t"]
    try:
        ask_for(
            desk.project,
            str(form.get("kind", "")),
            str(form.get("subject", "")),
            str(form.get("body", "")),
            desk.author(request),
        )
    except TermbankError as fault:
        values = {"message": str(fault), "tone": "warning"}
        return page(request, "_message.html", values, 422)
    thanks = t("受け付けました", "taken in; the review shows it")
    return page(request, "_message.html", {"message": thanks, "tone": "done"})


async def history(request: Request) -> Response:
    """Show what was done, the newest first."""
    values = _frame(request) | {
        "changes": desk_of(request).project.journal.headlines(200)
    }
    return page(request, "history.html", values)


async def undo_change(request: Request) -> Response:
    """Take one change back from the history page."""
    desk, form = desk_of(request), await request.form()
    number = str(form.get("number", ""))
    values = _frame(request)
    try:
        desk.project.undo(desk.author(request), int(number) if number.isdigit() else 0)
    except TermbankError as fault:
        values |= {"message": str(fault), "tone": "warning"}
    desk.queue.refresh()
    values["changes"] = desk.project.journal.headlines(200)
    return page(request, "history.html", values)


async def table(request: Request) -> Response:
    """Return what a query finds as CSV, for a spreadsheet."""
    values = _search(request, limit=1_000_000)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["concept_id", "ja", "en", "kind", "status"])
    for hit in values["found_rows"]:
        row = (hit.concept, hit.lead, "; ".join(hit.english), hit.kind, hit.status)
        writer.writerow(row)
    return HTMLResponse("\ufeff" + out.getvalue(), media_type="text/csv")


def _search(request: Request, limit: int = 50) -> dict[str, Any]:
    params = request.query_params
    conditions = Filter(
        params.get("q", ""),
        params.get("kind", ""),
        params.get("domain", ""),
        params.get("status", ""),
        params.get("since", ""),
    )
    hits, total = search(desk_of(request).project, conditions, limit=limit)
    return {
        **_frame(request),
        "found_rows": hits,
        "total": total,
        "query": conditions.query,
        "kind": conditions.kind,
        "domain": conditions.domain,
        "status": conditions.status,
        "since": conditions.since,
        "domains": _domains(request),
    }


def _domains(request: Request) -> list[str]:
    rows = desk_of(request).project.rows().tables["concepts"].values()
    return sorted({row[2] for row in rows if row[2]})


def _frame(request: Request) -> dict[str, Any]:
    desk = desk_of(request)
    return {
        "name": desk.project.name,
        "who": desk.author(request).who,
        "message": "",
        "tone": "",
    }
