"""Who may talk to the pages: the token's owner, from the same origin, by the right name.

A page on the loopback address is within reach of every web site that the browser shows:
a form elsewhere can post to it, and a host name can be made to point to it. So each
request must bear the token (from the address once, then from a cookie that no other site
can send), name a host that was meant, and, where it changes something, come from a page
of ours. No page runs a script or shows a picture that is not ours.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from starlette.responses import PlainTextResponse, RedirectResponse

from termbank.messages import say

if TYPE_CHECKING:
    from starlette.middleware.base import RequestResponseEndpoint
    from starlette.requests import Request
    from starlette.responses import Response

TOKEN: Final = "token"  # noqa: S105  # name of the parameter
LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]", "::1")
_SAFE: Final = ("GET", "HEAD")
_LARGEST: Final = 1 << 20  # bytes of a form
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
PAGE_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def new_token() -> str:
    """Return a token nobody guesses."""
    return secrets.token_urlsafe(24)


class Guard:
    """Lets requests through, or says why not.

    Args:
        token: Secret of this run.
        hosts: Host names under which the pages are meant to be reached.
        port: Port; cookies of several runs on one host are told apart by it.
    """

    def __init__(self, token: str, hosts: tuple[str, ...], port: int) -> None:
        self._token, self._hosts = token, hosts
        self._cookie = f"termbank_{port}"

    async def __call__(
        self, request: Request, call_next: RequestResponseEndpoint
    ) -> Response:
        """Answer a request, or refuse it with 400, 403 or 413."""
        response = self._refusal(request) or self._welcome(request)
        if response is None:
            response = await call_next(request)
        for name, value in PAGE_HEADERS.items():
            response.headers[name] = value
        if request.url.path.startswith("/static/"):
            response.headers["Cache-Control"] = "max-age=3600"
        return response

    def _refusal(self, request: Request) -> Response | None:
        host = request.headers.get("host", "").rpartition(":")[0]
        host = host or request.headers.get("host", "")
        if self._hosts and host not in self._hosts:
            return _refuse(400, say("不明なホスト名です", "unknown host name"))
        own_token = request.query_params.get(TOKEN) or request.cookies.get(
            self._cookie, ""
        )
        if not secrets.compare_digest(own_token.encode(), self._token.encode()):
            hint = say(
                "端末に表示されたアドレスを開いてください",
                "open the address that the terminal shows",
            )
            return _refuse(403, hint)
        if request.method not in _SAFE and not self._same_origin(request):
            return _refuse(
                403, say("ほかのサイトからの送信です", "sent by another site")
            )
        length = request.headers.get("content-length", "0")
        if not length.isdigit() or int(length) > _LARGEST:
            return _refuse(413, say("大きすぎます", "too large"))
        return None

    def _same_origin(self, request: Request) -> bool:
        origin = request.headers.get("origin")
        site = request.headers.get("sec-fetch-site", "same-origin")
        ours = f"{request.url.scheme}://{request.headers.get('host', '')}"
        return (
            site in ("same-origin", "none")
            and origin in (None, ours)
            and bool(origin or request.headers.get("sec-fetch-site"))
        )

    def _welcome(self, request: Request) -> Response | None:
        """Put the token of the address into a cookie, and the address right."""
        if TOKEN not in request.query_params or request.method not in _SAFE:
            return None
        rest = [pair for pair in request.query_params.multi_items() if pair[0] != TOKEN]
        place = request.url.path + (f"?{urlencode(rest)}" if rest else "")
        response = RedirectResponse(place, 303)
        response.set_cookie(self._cookie, self._token, httponly=True, samesite="strict")
        return response


def _refuse(status: int, reason: str) -> Response:
    return PlainTextResponse(f"termbank: {reason}\n", status)
