"""The OpenAPI description of the service, made from the table that routes are made from."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from termbank.version import __version__

from .call_schemas import CONCEPT_ID, PROBLEM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .http_routes import HttpRoute

_PROBLEM: Final = {
    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
}
_ABOUT: Final = (
    "Terms, checks of translations and a translation memory for Japanese and English."
    " Offsets are code points of the text as it was sent. Not described here: the pages"
    " for people, and /reconcile, which follows the Reconciliation Service API 0.2."
)


def description(routes: Iterable[HttpRoute], root: str = "") -> dict[str, Any]:
    """Return the description of routes.

    Args:
        routes: In the order in which they are shown.
        root: Path under which a reverse proxy offers the service.
    """
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "termbank",
            "version": __version__,
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": root or "/"}],
        "paths": paths,
        "components": {
            "schemas": {"Problem": PROBLEM},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(route: HttpRoute) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary,
        "responses": {
            "200": {
                "description": "OK",
                "content": {"application/json": {"schema": route.gives}},
            },
            **{str(status): _refused(status, route) for status in route.statuses},
            **{str(status): {"description": "OK"} for status in route.silent},
        },
        "security": [{"token": []}] if route.role else [],
    }
    parameters = [
        {"name": name, "in": "query", "required": False, "schema": schema}
        for name, schema in route.query.items()
    ]
    if "{id}" in route.path:
        parameters.append(
            {"name": "id", "in": "path", "required": True, "schema": CONCEPT_ID}
        )
    if parameters:
        operation["parameters"] = parameters
    if route.role:
        operation["description"] = f"Least role: {route.role}."
    if route.body is not None:
        content = {"application/json": {"schema": route.body}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _refused(status: int, route: HttpRoute) -> dict[str, Any]:
    own = {"application/json": {"schema": {"type": "object"}}}
    content = {**_PROBLEM, **(own if status in route.own_errors else {})}
    return {"description": HTTPStatus(status).phrase, "content": content}
