"""Where a string stands in the memory, on either side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from termbank.text.language_tags import is_same_language
from termbank.types import Match

from .match_scoring import folded
from .sql_prefilter import narrow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.memory.memory_row import Row
    from termbank.memory.store import Store


def found(store: Store, query: str, *, lang: str | None, limit: int) -> list[Match]:
    """Return segments that hold the string, in order of entry."""
    if not query.strip("*?"):
        return []
    pattern = _pattern(query)
    kept: list[Match] = []
    for row in _rows(store, query, pattern):
        for text, spoken in (
            (row.source, row.source_lang),
            (row.target, row.target_lang),
        ):
            if lang and spoken and not is_same_language(spoken, lang):
                continue
            if pattern.search(folded(text)):
                kept.append(_match(row))
                break
        if len(kept) >= limit:
            break
    return kept


def _pattern(query: str) -> re.Pattern[str]:
    pieces = re.split(r"([*?])", folded(query))
    marks = {"*": ".*?", "?": "."}
    return re.compile("".join(marks.get(one) or re.escape(one) for one in pieces), re.S)


def _rows(store: Store, query: str, pattern: re.Pattern[str]) -> Iterator[Row]:
    # SQLite narrows by itself first: a call into Python costs it more than a row does.
    search = pattern.search
    with store.pinned() as connection:
        connection.create_function(
            "termbank_holds", 1, lambda text: search(folded(text)) is not None
        )
        longest = max(re.split("[*?]", folded(query)), key=len)
        test = f"({narrow(connection, longest)} AND termbank_holds({{side}}))"
        either = " OR ".join(test.format(side=side) for side in ("source", "target"))
        yield from store.select(f"({either}) ORDER BY id")


def _match(row: Row) -> Match:
    return Match(
        row.source, row.target, 100.0, "exact", (), row.segment_id, row.origin or ""
    )
