"""The statements that merge staged segments into those of a store."""

from __future__ import annotations

from typing import Final

from .protocol import SEGMENT_COLUMNS

# Types and how a column differs: SQLite 3.39 and PostgreSQL 15 both know these words.
_LARGE: Final = ("changed", "created")
COLUMN_TYPES: Final = ", ".join(
    f"{name} {'bigint' if name in _LARGE else 'text'}" for name in SEGMENT_COLUMNS
)
_NAMES: Final = ", ".join(SEGMENT_COLUMNS)
_REST: Final = SEGMENT_COLUMNS[2:]  # all but segment_id and source
_FRESH: Final = "(segments.retired OR segments.source <> excluded.source)"
_KEPT: Final = {name: f"coalesce(excluded.{name}, segments.{name})" for name in _REST}

COUNT_STAGED: Final = "SELECT count(DISTINCT segment_id) FROM staged"
COUNT_KNOWN: Final = (
    "SELECT count(*) FROM segments WHERE NOT retired"
    " AND segment_id IN (SELECT segment_id FROM staged)"
)
COUNT_TURNS: Final = (
    "SELECT coalesce(max(times), 0) FROM"
    " (SELECT count(*) AS times FROM staged GROUP BY segment_id) AS counted"
)
# Values: number of the transaction, segments added before it, turn.
INSERT_TURN: Final = (
    f"INSERT INTO segments (version, added, retired, {_NAMES})"  # noqa: S608  # ours
    f" SELECT CAST(? AS bigint), CAST(? AS bigint) + place, FALSE, {_NAMES} FROM"
    f" (SELECT place, {_NAMES}, row_number() OVER"
    "   (PARTITION BY segment_id ORDER BY place) AS turn FROM staged) AS numbered"
    " WHERE turn = ? ORDER BY place"
    " ON CONFLICT (segment_id) DO UPDATE SET version = excluded.version,"
    f" added = CASE WHEN {_FRESH} THEN excluded.added ELSE segments.added END,"
    " retired = FALSE, source = excluded.source, "
    + ", ".join(
        f"{name} = CASE WHEN {_FRESH} THEN excluded.{name} ELSE {value} END"
        for name, value in _KEPT.items()
    )
    + f" WHERE {_FRESH} OR "
    + " OR ".join(
        f"{value} IS DISTINCT FROM segments.{name}" for name, value in _KEPT.items()
    )
)
