"""What people decided about a glossary, on its way through formats that carry it."""

from __future__ import annotations

from typing import Final

# The columns of the table of decisions; action says what was decided of left (and right).
FIELDS: Final = ("lang", "action", "left", "right", "who", "when", "why")
# One decision; a field that says nothing is empty.
DecisionRow = tuple[str, ...]


def row_of(values: dict[str, str]) -> DecisionRow:
    """Return a decision from its fields by name; unknown names are passed over.

    >>> row_of({"lang": "ja", "action": "reject", "left": "キエフ"})
    ('ja', 'reject', 'キエフ', '', '', '', '')
    """
    return tuple([values.get(name, "") for name in FIELDS])


def is_whole(row: DecisionRow) -> bool:
    """Return whether a decision names its language, action and form."""
    return all(row[:3])
