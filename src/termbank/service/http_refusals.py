"""What the service answers when it does not do what was asked: RFC 9457 problems."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from starlette.responses import Response


class Refusal(Exception):  # noqa: N818  # an answer, not a fault
    """A request that is not carried out.

    Attributes:
        status: HTTP status, 400-599.
        detail: Why, and what would be right.
        headers: For the answer, for example Retry-After.
        more: Further members of the problem.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(status, detail)
        self.status, self.detail = status, detail
        self.headers, self.more = headers, more

    def problem(self) -> dict[str, Any]:
        """Return the body of the answer."""
        return {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            **self.more,
        }

    def response(self) -> Response:
        """Return the answer."""
        return Response(
            json_bytes(self.problem()),
            self.status,
            self.headers,
            "application/problem+json",
        )


def json_bytes(value: Any) -> bytes:
    """Return JSON in UTF-8; half of a surrogate pair, which UTF-8 lacks, becomes a ?."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")
