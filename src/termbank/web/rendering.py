"""Templates, the reader's language, and what every page shows."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse

from termbank.messages import language

from .words import ACTIONS, KINDS, QUEUES, REASONS, RELATIONS, STATUSES

if TYPE_CHECKING:
    from starlette.requests import Request

    from termbank.operations.team.access_tokens import AccessToken

HERE: Final = Path(__file__).parent
CALLER: Final = "termbank.caller"  # key of a scope: whose token, where a team is served
LANGUAGE_COOKIE: Final = "termbank_lang"
WHO_COOKIE: Final = "termbank_who"


def environment() -> Environment:
    """Return the templates; everything they show is escaped."""
    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["quoted"] = partial(quote, safe="")
    templates.filters["slug"] = slug
    return templates


def slug(identifier: str) -> str:
    """Return a name for an element from any identifier."""
    return sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def language_of(request: Request) -> str:
    """Return ja or en: what the reader chose, the command line, or the browser."""
    chosen = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    if chosen in ("ja", "en"):
        return chosen
    if language() in ("ja", "en"):
        return language()
    header = request.headers.get("accept-language", "")
    first = header.split(",")[0].strip().lower()
    return "en" if first.startswith("en") else "ja"


def caller_of(request: Request) -> AccessToken | None:
    """Return whose token a request bears; None where one person is served."""
    caller: AccessToken | None = request.scope.get(CALLER)
    return caller


def words_of(lang: str) -> dict[str, Any]:
    """Return what templates word things with, in one language."""
    place = 0 if lang == "ja" else 1

    def named(table: dict[str, tuple[str, str]], word: str) -> str:
        return table.get(word, (word, word))[place]

    def worded(japanese: str, english: str) -> str:
        return (japanese, english)[place]

    return {
        "t": worded,
        "lang": lang,
        "kind_name": partial(named, KINDS),
        "status_name": partial(named, STATUSES),
        "queue_name": partial(named, QUEUES),
        "reason_name": partial(named, REASONS),
        "relation_name": partial(named, RELATIONS),
        "action_name": partial(named, ACTIONS),
        "kinds": list(KINDS),
    }


def page(
    request: Request, template: str, values: dict[str, Any], status: int = 200
) -> HTMLResponse:
    """Return a page or a fragment of one."""
    lang = language_of(request)
    root = request.scope.get("root_path", "")
    caller = caller_of(request)
    all_values = {
        **words_of(lang),
        **values,
        "root": root,
        "path": request.url.path.removeprefix(root),
        "account": caller,
        "may_decide": caller is None or caller.may("terminologist"),
    }
    text = request.app.state.templates.get_template(template).render(all_values)
    response = HTMLResponse(text, status)
    if request.query_params.get("lang") in ("ja", "en"):
        response.set_cookie(LANGUAGE_COOKIE, lang, samesite="strict")
    return response
