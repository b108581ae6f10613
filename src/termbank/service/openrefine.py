"""OpenRefine's reconciliation service, version 0.2: cells of a table become concepts.

OpenRefine sends no Authorization header, so the address itself may bear a token, and
then only one of a reader: addresses end up in settings, histories and logs of proxies.
Such an address may be asked from pages of any site, as OpenRefine's own pages do.

Source: Reconciliation Service API 0.2, W3C Entity Reconciliation Community Group.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs

from starlette.responses import Response
from starlette.routing import Route

from termbank.operations.concept_details import ConceptDetails, concept_details
from termbank.table_columns import KINDS
from termbank.term_search import lookup
from termbank.text.normalise import norm

from .argument_schemas import argument_fault
from .call_schemas import LONGEST_QUERY
from .http_refusals import Refusal, json_bytes
from .request_bodies import parse_json, read_body
from .request_log import facts_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request

    from termbank.types import Entry

    from .json_calls import Resources
    from .team_service import TeamService

VERSIONS: Final = ["0.1", "0.2"]
PROPERTIES: Final = {
    "ja": "日本語 (Japanese)",
    "en": "英語 (English)",
    "avoid": "避ける語形 (forms to avoid)",
    "reading": "読み (reading)",
    "definition": "定義 (definition)",
    "kind": "種類 (kind)",
}
_MOST_QUERIES: Final = 500  # of one batch; OpenRefine sends ten
_MOST_IDS: Final = 1_000
_MOST_CANDIDATES: Final = 50
_FEW: Final = 10  # candidates where no number is asked for
_CONTRADICTED: Final = 20.0  # taken off the score of a candidate that a column denies
_EXACT: Final = 100.0
_PREVIEW: Final = (400, 180)  # width and height, pixels
_USABLE: Final = ("preferred", "admitted", "proposed")
_ANYWHERE: Final = {"Access-Control-Allow-Origin": "*"}
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
_QUERY: Final[dict[str, Any]] = {"type": "string", "maxLength": LONGEST_QUERY}
_ID: Final[dict[str, Any]] = {"type": "string", "maxLength": 100}


def openrefine_routes(service: TeamService) -> list[Route]:
    """Return the addresses: with a token in the header, or in the path."""
    answers = {
        "": _answer,
        "/suggest/entity": _suggest_entities,
        "/suggest/type": _suggest_types,
        "/suggest/property": _suggest_properties,
        "/properties": _propose_properties,
        "/preview": _preview,
    }
    return [
        Route(
            base + path, _endpoint(service, answer), methods=["GET", "POST", "OPTIONS"]
        )
        for base in ("/reconcile", "/reconcile/key/{key}")
        for path, answer in answers.items()
    ]


def _endpoint(
    service: TeamService,
    answer: Callable[[TeamService, Request, Mapping[str, str]], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        facts_of(request.scope).route = "reconcile"
        key = request.path_params.get("key")
        try:
            if request.method == "OPTIONS":
                response = Response(status_code=204)
                response.headers["Access-Control-Allow-Methods"] = "GET, POST"
            else:
                fields = await _fields(service, request, key)
                response = await answer(service, request, fields)
        except Refusal as refusal:
            response = refusal.response()
        if key is not None:
            response.headers.update(_ANYWHERE)
        return response

    return endpoint


async def _fields(
    service: TeamService, request: Request, key: str | None
) -> Mapping[str, str]:
    """Return the fields of the address and of a form, once the caller is known."""
    caller = service.caller(request, key, from_anywhere=key is not None)
    if key is not None and caller.role != "reader":
        raise Refusal(403, "only a reader's token may stand in an address")
    service.allow(caller)
    fields = dict(request.query_params)
    if request.method == "POST":
        body = await read_body(request, service.limits.largest)
        form = parse_qs(body.decode("utf-8", "replace"), max_num_fields=20)
        fields |= {name: values[0] for name, values in form.items()}
    await service.compile_glossary()
    return fields


async def _answer(
    service: TeamService, request: Request, fields: Mapping[str, str]
) -> Response:
    on = service.resources
    if "queries" in fields:
        queries = _queries(fields["queries"])
        work = service.lanes.reading.run(_candidates_of_all, on, queries)
        return _json(await work)
    if "extend" in fields:
        request_body = parse_json(fields["extend"].encode("utf-8", "replace"))
        fault = argument_fault(request_body, _EXTEND, ["ids", "properties"])
        if fault:
            raise Refusal(422, fault)
        ids, chosen = (
            request_body["ids"],
            [each["id"] for each in request_body["properties"]],
        )
        return _json(await service.lanes.reading.run(_rows, on, ids, chosen))
    return _json(_manifest(request))


def _manifest(request: Request) -> dict[str, Any]:
    # The address as the client sees it: behind a proxy the one that it forwards.
    host = request.headers.get("host", "")
    root = f"{request.url.scheme}://{host}{request.scope.get('root_path', '')}"
    key = request.path_params.get("key")
    here = f"{root}/reconcile/key/{key}" if key else f"{root}/reconcile"

    def suggested(what: str) -> dict[str, str]:
        return {"service_url": here, "service_path": f"/suggest/{what}"}

    width, height = _PREVIEW
    return {
        "versions": VERSIONS,
        "name": "termbank",
        "identifierSpace": f"{root}/concept/",
        "schemaSpace": f"{root}/reconcile/properties/",
        "defaultTypes": [_type(kind) for kind in KINDS],
        "view": {"url": f"{root}/concept/{{{{id}}}}"},
        "preview": {
            "url": f"{here}/preview?id={{{{id}}}}",
            "width": width,
            "height": height,
        },
        "suggest": {what: suggested(what) for what in ("entity", "type", "property")},
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/properties"},
            "property_settings": [],
        },
    }


def _queries(text: str) -> dict[str, dict[str, Any]]:
    queries = parse_json(text.encode("utf-8", "replace"))
    if not isinstance(queries, dict) or len(queries) > _MOST_QUERIES:
        raise Refusal(422, f"queries: an object of at most {_MOST_QUERIES} queries")
    for name, query in queries.items():
        if not isinstance(query, dict):
            raise Refusal(422, f"queries: {name[:40]}: a query is an object")
        own_fields = {field: query[field] for field in _FIELDS if field in query}
        fault = argument_fault(own_fields, _FIELDS, ["query"])
        if fault:
            raise Refusal(422, f"queries: {name[:40]}: {fault}")
    return queries


_FIELDS: Final[dict[str, Any]] = {
    "query": _QUERY,
    "limit": {"type": "integer"},
    "properties": {
        "type": "array",
        "items": {"type": "object"},
        "maxItems": len(PROPERTIES) * 4,
    },
}
_EXTEND: Final[dict[str, Any]] = {
    "ids": {"type": "array", "items": _ID, "maxItems": _MOST_IDS},
    "properties": {
        "type": "array",
        "maxItems": 20,
        "items": {
            "type": "object",
            "properties": {"id": _ID, "settings": {"type": "object"}},
            "required": ["id"],
        },
    },
}


def _candidates_of_all(
    on: Resources, queries: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    return {name: {"result": _candidates(on, query)} for name, query in queries.items()}


def _candidates(on: Resources, query: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the candidates of one cell, the best first."""
    limit_in_query = query.get("limit", _FEW)
    limit = min(max(int(limit_in_query), 1), _MOST_CANDIDATES)
    entries = lookup(query["query"], limit=_MOST_CANDIDATES, glossary=on.glossary)
    kinds = query.get("type")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if isinstance(kinds, list) and kinds:
        entries = [entry for entry in entries if entry.kind in kinds]
    by_score = _scored(on, entries, query.get("properties") or [])
    certain = [score for score, _ in by_score if score >= _EXACT]
    return [
        {
            "id": entry.concept_id,
            "name": entry.preferred,
            "description": entry.definition or " / ".join(entry.equivalents[:3]),
            "type": [_type(entry.kind)],
            "score": score,
            "match": score >= _EXACT and len(certain) == 1,
        }
        for score, entry in by_score[:limit]
    ]


def _scored(
    on: Resources, entries: list[Entry], properties: list[dict[str, Any]]
) -> list[tuple[float, Entry]]:
    """Return entries with scores, lowered where another column denies them."""
    values_stated = [
        (each["pid"], norm(str(each["v"])))
        for each in properties
        if each.get("pid") in PROPERTIES
        and isinstance(each.get("v"), (str, int, float))
    ]
    details = concept_details([entry.concept_id for entry in entries], on.glossary)
    by_score = []
    for entry in entries:
        score, concept = entry.score, details.get(entry.concept_id)
        if concept is not None:
            values = {
                pid: {*map(norm, _values(concept, pid))} for pid, _ in values_stated
            }
            score -= sum(
                _CONTRADICTED
                for pid, value in values_stated
                if value not in values[pid]
            )
        by_score.append((max(score, 0.0), entry))
    by_score.sort(key=lambda pair: -pair[0])
    return by_score


def _values(concept: ConceptDetails, name: str) -> list[str]:
    """Return the values of a property of a concept."""
    if name in ("ja", "en"):
        return [
            f
            for lang, f, status, _ in concept.forms
            if lang == name and status in _USABLE
        ]
    if name == "avoid":
        return [f for _, f, status, _ in concept.forms if status not in _USABLE]
    if name == "reading":
        return list(dict.fromkeys(r for *_, r in concept.forms if r))
    if name == "definition":
        return list(concept.definitions.values())
    return [concept.kind] if name == "kind" else []


def _rows(on: Resources, ids: list[str], chosen: list[str]) -> dict[str, Any]:
    """Return values of properties for concepts, for new columns."""
    details = concept_details(ids, on.glossary)
    rows = {
        identifier: {
            name: [{"str": value} for value in _values(details[identifier], name)]
            if identifier in details
            else []
            for name in chosen
        }
        for identifier in ids
    }
    meta = [{"id": name, "name": PROPERTIES.get(name, name)} for name in chosen]
    return {"meta": meta, "rows": rows}


async def _suggest_entities(
    service: TeamService, request: Request, fields: Mapping[str, str]
) -> Response:
    del request
    prefix = fields.get("prefix", "")[:LONGEST_QUERY]
    query = {"query": prefix}
    candidates = await service.lanes.reading.run(_candidates, service.resources, query)
    return _json(
        {
            "result": [
                {
                    "id": each["id"],
                    "name": each["name"],
                    "description": each["description"],
                    "notable": each["type"],
                }
                for each in candidates
            ]
        }
    )


async def _suggest_types(
    service: TeamService, request: Request, fields: Mapping[str, str]
) -> Response:
    del service, request
    prefix = fields.get("prefix", "").lower()
    return _json({"result": [_type(kind) for kind in KINDS if kind.startswith(prefix)]})


async def _suggest_properties(
    service: TeamService, request: Request, fields: Mapping[str, str]
) -> Response:
    del service, request
    prefix = fields.get("prefix", "").lower()
    properties = [
        {"id": name, "name": label}
        for name, label in PROPERTIES.items()
        if name.startswith(prefix) or prefix in label.lower()
    ]
    return _json({"result": properties})


async def _propose_properties(
    service: TeamService, request: Request, fields: Mapping[str, str]
) -> Response:
    del service, request
    properties = [{"id": name, "name": label} for name, label in PROPERTIES.items()]
    answer: dict[str, Any] = {"properties": properties}
    if fields.get("type"):
        answer["type"] = fields["type"][:100]
    return _json(answer)


async def _preview(
    service: TeamService, request: Request, fields: Mapping[str, str]
) -> Response:
    """Return a small page about a concept, which OpenRefine shows in a frame."""
    del request
    identifier = fields.get("id", "")
    concept = concept_details([identifier], service.resources.glossary).get(identifier)
    if concept is None:
        raise Refusal(404, "no such concept")
    english = " / ".join(_values(concept, "en"))
    definition = next(iter(concept.definitions.values()), "")
    page = (
        '<!doctype html><meta charset="utf-8"><style>body{font:14px sans-serif;margin:8px}'
        f"</style><strong>{escape(concept.name)}</strong> {escape(english)}"
        f"<p>{escape(definition)}</p>"
    )
    headers = {"Content-Security-Policy": _POLICY}
    return Response(page, media_type="text/html", headers=headers)


def _type(kind: str) -> dict[str, str]:
    return {"id": kind, "name": kind}


def _json(value: Any) -> Response:
    return Response(json_bytes(value), media_type="application/json")
