"""One row of a memory as the store holds it."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """One stored segment."""

    id: int
    skeleton: int
    segment_id: str
    source: str
    target: str
    source_lang: str | None
    target_lang: str | None
    previous: str | None
    next: str | None
    origin: str | None
    changed: int | None
    author: str | None
    created: int | None
    client: str | None
    domain: str | None
    note: str | None
    method: str | None
    context: str | None
