"""The review: a list of cards, one card in full, and what its buttons do."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from starlette.responses import HTMLResponse

from termbank.errors import TermbankError
from termbank.operations import deciding, term_editing
from termbank.operations.deciding import Choice, StaleCardError
from termbank.operations.finding_queue import close_finding
from termbank.operations.requests import close_request
from termbank.operations.review_queue import QUEUES
from termbank.operations.row_changes import Author
from termbank.operations.term_values import Update
from termbank.text.normalise import norm

from .rendering import WHO_COOKIE, caller_of, language_of, page, words_of

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from termbank.operations.project import Project
    from termbank.operations.review_queue import Card, Heading, ReviewQueue

ROWS: Final = 100  # of the list in one answer
SAMPLE: Final = 12  # cards shown before a decision on many
_LINES: Final = 6  # of a document on either side of a place


class Desk:
    """What the pages of one run share.

    Args:
        project: Whose cards.
        queue: Its cards.
        who: Name of the reviewer who gives none.
    """

    def __init__(self, project: Project, queue: ReviewQueue, who: str) -> None:
        self.project, self.queue, self.who = project, queue, who
        self.decided = 0
        self.begun = monotonic()

    def author(self, request: Request, why: str = "") -> Author:
        """Return who decides: the token's holder, else the name in the cookie or default."""
        caller = caller_of(request)
        who = caller.name if caller else ""
        who = who or unquote(request.cookies.get(WHO_COOKIE, "")) or self.who
        return Author(who, datetime.now(UTC).replace(microsecond=0), why.strip())

    def progress(self) -> dict[str, int]:
        """Return how many cards are decided and left, and about how many minutes."""
        left = sum(self.queue.counts().values())
        pace = (monotonic() - self.begun) / self.decided if self.decided else 0.0
        return {
            "done": self.decided,
            "left": left,
            "minutes": round(pace * left / 60) if self.decided >= 5 else 0,
        }


def desk_of(request: Request) -> Desk:
    """Return what the pages of this run share."""
    desk: Desk = request.app.state.desk
    return desk


async def review(request: Request) -> Response:
    """Show the review page."""
    desk = desk_of(request)
    desk.queue.refresh()
    queue = _queue_of(request.query_params.get("queue", ""), desk)
    search = request.query_params.get("q", "")
    headings = desk.queue.headings(queue, search)
    card_asked_for = request.query_params.get("card", "")
    first = card_asked_for or (headings[0].id if headings else "")
    values = _page_values(request, queue, search)
    values |= _window(desk, headings, 0)
    values |= _card_values(desk, first)
    return page(request, "review.html", values)


async def rows(request: Request) -> Response:
    """Return the next rows of the list."""
    desk = desk_of(request)
    queue = _queue_of(request.query_params.get("queue", ""), desk)
    search = request.query_params.get("q", "")
    start = _number(request.query_params.get("start", "0"))
    headings = desk.queue.headings(queue, search)
    values = _page_values(request, queue, search) | _window(desk, headings, start)
    return page(request, "_rows.html", values)


async def card(request: Request) -> Response:
    """Return one card."""
    desk = desk_of(request)
    values = _page_values(request, request.query_params.get("queue", ""), "")
    values |= _card_values(desk, request.query_params.get("id", ""))
    return page(request, "_card.html", values)


async def decide(request: Request) -> Response:
    """Carry a decision out and show the next card."""
    desk, form = desk_of(request), await request.form()
    identifier = str(form.get("card", ""))
    if identifier.startswith(("request:", "miss:", "finding:")):
        return _close(request, desk, form)
    card = desk.queue.card(identifier)
    try:
        if card is None:
            raise StaleCardError(identifier, identifier)
        choice = _choice(form, card)
        by = desk.author(request, str(form.get("why", "")))
        change = deciding.decide(desk.queue, desk.project, choice, by)
    except StaleCardError as stale:
        return _stale(request, desk, form, stale)
    except TermbankError as fault:
        return _again(request, desk, form, str(fault))
    desk.decided += 1
    words = words_of(language_of(request))
    message = f"{change.subject}: {words['action_name'](change.action)}"
    return _next(request, desk, form, [identifier], message)


async def decide_many(request: Request) -> Response:
    """Carry one decision out on all cards that are ticked in the list."""
    desk, form = desk_of(request), await request.form()
    action = str(form.get("verdict", ""))
    cards = [str(value).rpartition("|") for value in form.getlist("ticked")]
    choices = [Choice(card, version, action) for card, _, version in cards]
    return _carry_out(request, desk, form, choices)


async def bulk(request: Request) -> Response:
    """Show how many cards a rule meets, and a sample of them."""
    desk = desk_of(request)
    queue = _queue_of(request.query_params.get("queue", ""), desk)
    at_least = request.query_params.get("at_least", "")
    pattern = request.query_params.get("pattern", "")
    headings = _matching_cards(desk, queue, at_least, pattern)
    step = max(len(headings) // SAMPLE, 1)
    sample = [desk.queue.card(card.id) for card in headings[::step][:SAMPLE]]
    values = _page_values(request, queue, "") | {
        "met": len(headings),
        "sample": [card for card in sample if card is not None],
        "at_least": at_least,
        "pattern": pattern,
        "asked": bool(at_least or pattern),
    }
    return page(request, "bulk.html", values)


async def decide_bulk(request: Request) -> Response:
    """Carry one decision out on all cards that a rule meets, once the sample was seen."""
    desk, form = desk_of(request), await request.form()
    queue = _queue_of(str(form.get("queue", "")), desk)
    at_least, pattern = str(form.get("at_least", "")), str(form.get("pattern", ""))
    headings = _matching_cards(desk, queue, at_least, pattern)
    if len(headings) != _number(str(form.get("met", ""))):
        words = words_of(language_of(request))
        warning = words["t"](
            "その間に対象が変わりました。見本を見直してください",
            "the cards changed meanwhile: look at the sample again",
        )
        values = _page_values(request, queue, "") | {
            "message": warning,
            "tone": "warning",
        }
        return page(request, "_message.html", values, 409)
    version = desk.queue.versions([heading.id for heading in headings])
    action = str(form.get("verdict", ""))
    choices = [Choice(heading.id, version[heading.id], action) for heading in headings]
    try:
        deciding.decide_all(desk.queue, desk.project, choices, desk.author(request))
    except TermbankError as fault:
        desk.queue.refresh()
        values = _page_values(request, queue, "") | {
            "message": str(fault),
            "tone": "warning",
        }
        return page(request, "_message.html", values, 409)
    desk.decided += len(choices)
    t = words_of(language_of(request))["t"]
    message = t(
        f"{len(choices)} 枚を決めました。取り消しは履歴から",
        f"{len(choices)} cards decided; the history takes it back",
    )
    values = _page_values(request, queue, "") | {"message": message, "tone": "done"}
    return page(request, "_message.html", values)


async def mark(request: Request) -> Response:
    """Put a card off or flag it, and show the next one."""
    desk, form = desk_of(request), await request.form()
    identifier, kind = str(form.get("card", "")), str(form.get("verdict", ""))
    kind = kind if kind in deciding.MARKS else ""
    by = desk.author(request)
    note = str(form.get("why", ""))
    deciding.mark(desk.queue, desk.project, identifier, kind, by, note)
    t = words_of(language_of(request))["t"]
    message = (
        t("あとで", "put off") if kind == "later" else t("印を付けました", "flagged")
    )
    if kind != "later":
        return _next(request, desk, form, [], message)
    following = str(form.get("next", "")) or identifier
    return _whole_list(request, desk, form, following, message)


async def undo(request: Request) -> Response:
    """Take this reviewer's last change back and show its card again."""
    desk, form = desk_of(request), await request.form()
    try:
        number = _number(str(form.get("number", ""))) or None
        change = desk.project.undo(desk.author(request), number, own=number is None)
    except TermbankError as fault:
        return _again(request, desk, form, str(fault))
    desk.queue.refresh()
    desk.decided = max(0, desk.decided - 1)
    concepts = {row.key[0] for row in change.rows if row.table in ("concepts", "terms")}
    back = [
        heading.id
        for heading in desk.queue.headings()
        if not concepts.isdisjoint(heading.concepts)
    ]
    t = words_of(language_of(request))["t"]
    message = t(f"取り消しました: {change.subject}", f"undone: {change.subject}")
    return _whole_list(request, desk, form, back[0] if back else "", message)


async def merge(request: Request) -> Response:
    """Merge the concept of a card with the one of a form that was typed."""
    desk, form = desk_of(request), await request.form()
    identifier, target = str(form.get("card", "")), str(form.get("into", ""))
    card = desk.queue.card(identifier)
    if card is None:
        return _stale(request, desk, form, StaleCardError(identifier, identifier))
    try:
        by = desk.author(request, str(form.get("why", "")))
        change = term_editing.merge(desk.project, target, card.heading.title, by=by)
    except TermbankError as fault:
        return _again(request, desk, form, str(fault))
    desk.decided += 1
    desk.queue.refresh()
    return _next(request, desk, form, [identifier], change.subject)


async def edit(request: Request) -> Response:
    """Edit the leading form of a card and show the card anew."""
    desk, form = desk_of(request), await request.form()
    identifier = str(form.get("card", ""))
    card = desk.queue.card(identifier)
    if card is None:
        return _stale(request, desk, form, StaleCardError(identifier, identifier))
    try:
        by = desk.author(request, str(form.get("why", "")))
        place = card.heading.concepts[0]
        update = update_of(form)
        term_editing.edit(desk.project, card.heading.title, update, by, concept=place)
    except TermbankError as fault:
        return _again(request, desk, form, str(fault))
    desk.queue.refresh()
    t = words_of(language_of(request))["t"]
    return _again(request, desk, form, t("書き換えました", "edited"), tone="done")


async def place(request: Request) -> Response:
    """Return the lines around a place of a document that the build has read."""
    desk = desk_of(request)
    document = request.query_params.get("document", "")
    line = _number(request.query_params.get("line", ""))
    document_rows = desk.project.journal.read(
        "SELECT 1 FROM documents WHERE uri = ?", (document,)
    )
    if not document_rows:
        return page(request, "_place.html", {"document": "", "lines": [], "at": 0}, 404)
    lines = _lines_around(desk.project, document, line)
    values = {"document": document, "lines": lines, "at": line}
    return page(request, "_place.html", values)


async def name_reviewer(request: Request) -> Response:
    """Remember the reviewer's name in this browser."""
    form = await request.form()
    from urllib.parse import quote

    who = str(form.get("who", "")).strip()[:80]
    response = HTMLResponse("", 204)
    response.set_cookie(WHO_COOKIE, quote(who), samesite="strict", max_age=31_536_000)
    return response


def update_of(form: FormData) -> Update:
    """Return what an edit form says; an untouched field says nothing."""

    def changed_value(name: str) -> str | None:
        value = form.get(name)
        old = form.get(f"{name}_was")
        return None if value is None or value == old else str(value).strip()

    english = tuple(
        part
        for line in str(form.get("english", "")).splitlines()
        if (part := line.strip())
    )
    return Update(
        changed_value("spelling") or None,
        english,
        changed_value("kind") or None,
        changed_value("domain"),
        changed_value("reading"),
        changed_value("definition"),
        changed_value("note"),
    )


def _choice(form: FormData, card: Card) -> Choice:
    """Return the choice that a card's form holds."""
    members_left_in = {_number(str(value)) for value in form.getlist("member")}
    members = tuple(
        (each.concept, each.form)
        for number, each in enumerate(card.members)
        if number in members_left_in
    )
    lead = form.get("preferred")
    preferred = ""
    if lead is not None and _number(str(lead)) < len(card.members):
        preferred = card.members[_number(str(lead))].form
    proposals = [each.form for each in card.english]
    own_forms = [part.strip() for part in str(form.get("more_english", "")).split(";")]
    chosen = [str(each) for each in form.getlist("english") if str(each) in proposals]
    first = str(form.get("first_english", ""))
    chosen.sort(key=lambda each: each != first)
    english = tuple(dict.fromkeys([*(each for each in own_forms if each), *chosen]))
    return Choice(
        card.heading.id,
        str(form.get("version", "")),
        str(form.get("verdict", "")),
        members if card.members else None,
        preferred if preferred in [form for _, form in members] else "",
        english if (proposals or english) else None,
        str(form.get("kind", "")) if form.get("kind") != card.heading.kind else "",
    )


def _carry_out(
    request: Request, desk: Desk, form: FormData, choices: list[Choice]
) -> Response:
    try:
        deciding.decide_all(
            desk.queue,
            desk.project,
            choices,
            desk.author(request, str(form.get("why", ""))),
        )
    except StaleCardError as stale:
        return _stale(request, desk, form, stale)
    except TermbankError as fault:
        return _again(request, desk, form, str(fault))
    desk.decided += len(choices)
    t = words_of(language_of(request))["t"]
    message = t(f"{len(choices)} 枚を決めました", f"{len(choices)} cards decided")
    return _whole_list(request, desk, form, "", message)


def _close(request: Request, desk: Desk, form: FormData) -> Response:
    identifier = str(form.get("card", ""))
    is_accepted = form.get("verdict") == "accept"
    if identifier.startswith("finding:"):
        close_finding(desk.project, identifier, desk.author(request), fault=is_accepted)
    else:
        state = "done" if is_accepted else "refused"
        close_request(desk.project, identifier, state, desk.author(request))
    desk.decided += 1
    t = words_of(language_of(request))["t"]
    return _next(request, desk, form, [identifier], t("片付けました", "closed"))


def _next(
    request: Request, desk: Desk, form: FormData, gone: list[str], message: str
) -> Response:
    """Return the card that follows in the list, and take the decided ones out of it."""
    queue, search = str(form.get("queue", "")), str(form.get("q", ""))
    following = str(form.get("next", ""))
    waits = desk.queue.card(following) or desk.queue.request(following)
    if not following or waits is None:
        headings = desk.queue.headings(queue, search)
        following = next(
            (heading.id for heading in headings if heading.id not in gone), ""
        )
    values = _page_values(request, queue, search) | _card_values(desk, following)
    values |= {"gone": gone, "message": message, "tone": "done"}
    return page(request, "_decided.html", values)


def _whole_list(
    request: Request, desk: Desk, form: FormData, first: str, message: str
) -> Response:
    """Return the list anew with a card of it."""
    queue, search = str(form.get("queue", "")), str(form.get("q", ""))
    headings = desk.queue.headings(queue, search)
    card = first or (headings[0].id if headings else "")
    values = _page_values(request, queue, search) | _window(desk, headings, 0)
    values |= _card_values(desk, card)
    values |= {"gone": [], "message": message, "tone": "done"}
    return page(request, "_everything.html", values)


def _again(
    request: Request, desk: Desk, form: FormData, message: str, tone: str = "warning"
) -> Response:
    """Return the same card with a message; nothing was changed."""
    queue, search = str(form.get("queue", "")), str(form.get("q", ""))
    values = _page_values(request, queue, search)
    values |= _card_values(desk, str(form.get("card", "")))
    values |= {"gone": [], "message": message, "tone": tone}
    status = 200 if tone == "done" else 422
    return page(request, "_decided.html", values, status)


def _stale(
    request: Request, desk: Desk, form: FormData, stale: StaleCardError
) -> Response:
    """Return the card as it is now, with what happened to it and what was chosen."""
    desk.queue.refresh()
    queue, search = str(form.get("queue", "")), str(form.get("q", ""))
    t = words_of(language_of(request))["t"]
    concept = stale.card.partition(":")[2].partition("+")[0]
    journal = desk.project.journal
    latest = journal.headlines(1, holding=f'"{concept}"') or journal.headlines(1)
    who = ""
    if latest:
        when = latest[0].by.when.astimezone().strftime("%H:%M")
        who = f"{latest[0].by.who} {when} {latest[0].subject}"
    message = t(
        f"先に変更されています ({who})。決定は書いていません",
        f"changed meanwhile ({who}); your decision was not written",
    )
    headings = desk.queue.headings(queue, search)
    identifier = str(form.get("card", ""))
    card = identifier if desk.queue.card(identifier) else ""
    values = _page_values(request, queue, search) | _window(desk, headings, 0)
    values |= _card_values(desk, card or (headings[0].id if headings else ""))
    values |= {"gone": [], "message": message, "tone": "warning"}
    return page(request, "_everything.html", values, 409)


def _page_values(request: Request, queue: str, search: str) -> dict[str, Any]:
    desk = desk_of(request)
    return {
        "queues": QUEUES,
        "counts": desk.queue.counts(),
        "queue": queue,
        "search": search,
        "progress": desk.progress(),
        "who": desk.author(request).who,
        "message": "",
        "tone": "",
        "gone": [],
        "name": desk.project.name,
    }


def _window(desk: Desk, headings: list[Heading], start: int) -> dict[str, Any]:
    window = headings[start : start + ROWS]
    return {
        "rows": window,
        "versions": desk.queue.versions([heading.id for heading in window]),
        "following": start + ROWS if start + ROWS < len(headings) else 0,
        "found": len(headings),
    }


def _card_values(desk: Desk, identifier: str) -> dict[str, Any]:
    card = desk.queue.card(identifier) if identifier else None
    request = desk.queue.request(identifier) if identifier and card is None else None
    return {"card": card, "request_card": request}


def _matching_cards(
    desk: Desk, queue: str, at_least: str, pattern: str
) -> list[Heading]:
    """Return the cards of a queue with a score, and with a sign in their title."""
    try:
        lowest = float(at_least) if at_least else None
    except ValueError:
        lowest = None
    sign = norm(pattern)
    if (lowest is None and not sign) or queue not in ("spelling", "concept", "english"):
        return []
    return [
        heading
        for heading in desk.queue.headings(queue)
        if (lowest is None or heading.score >= lowest)
        and (not sign or sign in norm(heading.title))
    ]


def _lines_around(project: Project, document: str, line: int) -> list[tuple[int, str]]:
    from termbank.sources.readers import text_of

    path = project.folder.parent / document
    if not os.path.isfile(path):
        return []
    lines = text_of(path).splitlines()
    first = max(line - _LINES, 1)
    return list(enumerate(lines[first - 1 : line + _LINES], first))


def _queue_of(name: str, desk: Desk) -> str:
    """Return the queue that was asked for, else the first one that holds a card."""
    if name in QUEUES:
        return name
    counts = desk.queue.counts()
    return next((queue for queue in QUEUES if counts[queue]), QUEUES[0])


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
