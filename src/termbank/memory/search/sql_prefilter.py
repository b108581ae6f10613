"""Which rows may hold a string, in SQLite's own terms: a condition it tests without us.

A text holds a string of folded width and case either as it is, or where one of its
characters becomes one of the string's when folded: Ｎ or N for n, ㌔ for キロ, か with a
combining mark for が. SQL's LIKE finds the first and looks for each of the others where
they are few; what passes is still tested by the one who asks.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from .match_scoring import fold_width_and_case

if TYPE_CHECKING:
    import sqlite3

# Where characters stand that folding changes or composes; all others it leaves alone.
_CHANGED: Final = (
    range(0x80, 0x3400),
    range(0xA640, 0xAC00),
    range(0xF900, 0x10000),
    range(0x10400, 0x12000),
    range(0x16E00, 0x16F00),
    range(0x1D100, 0x1E000),
    range(0x1E900, 0x1FC00),
    range(0x2F800, 0x2FA20),
)
# Beyond this many SQLite is slower to look for each than to call us.
_FEW: Final = 8
_NAME: Final = "termbank_folds"


# Letters, digits and kana that folding changes: accents and capitals beyond ASCII, signs
# made of letters, combining marks, units in a square, half and full width. Punctuation is
# left out: full-width marks stand in half of all Japanese texts.
_FOLDS: Final = re.compile(
    "[\u00a8-\u00ba\u00bc-\u00d6\u00d8-\u200b\u202f\u205f-\u218f\u2460-\u24ff\u2c00-\u2dff"
    "\u2e9f-\u2fdf\u3036-\u303a\u3099-\u309f\u30ff-\u3400\ua640-\uabff\uf900-\ufe0f"
    "\ufe70-\ufeff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff65-\uffdc\U00010400-\U0010ffff]"
)


def folds(*texts: str) -> bool:
    """Return whether folding changes more in some texts than ASCII capitals and marks.

    >>> folds("NATO（北大西洋）、停戦！"), folds("ＮＡＴＯ"), folds("か\u3099"), folds("ﾊﾞｽ")
    (False, True, True, True)
    """
    return any(not text.isascii() and _FOLDS.search(text) for text in texts)


def narrow(
    connection: sqlite3.Connection, string: str, *, flagged: bool = False
) -> str:
    r"""Return an SQL condition on ``{side}`` that every text passes which holds a string.

    Args:
        connection: Where the condition is used; it may take a function of ours.
        string: Folded, one character or more.
        flagged: The rows have a column ``folds``, see :func:`folds`.

    >>> import sqlite3
    >>> sql = narrow(sqlite3.connect(":memory:"), "停戦").format(side="source")
    >>> print(sql)
    (instr(source, '停戦'))
    """
    tests = [_as_it_is(string)]
    others = "".join(map(chr, _sources(string)))
    if flagged and not _FOLDS.sub("", others):
        tests.append("folds IS NOT 0")
    elif len(others) <= _FEW:
        tests += [f"instr({{side}}, {_quote(char)})" for char in others]
    else:
        search = re.compile(f"[{_class(others)}]").search
        connection.create_function(_NAME, 1, lambda text: search(text) is not None)
        # Only a text with more than ASCII can hold one of them.
        longer = "length(CAST({side} AS BLOB)) > length({side})"
        tests.append(f"({longer} AND {_NAME}({{side}}))")
    return f"({' OR '.join(tests)})"


def _as_it_is(string: str) -> str:
    """Return a test for the very string, ASCII letters in either case."""
    # instr is the faster one, but where the first byte stands in every Japanese text.
    if string[0] >= "\u3400" and not any("a" <= char <= "z" for char in string):
        return f"instr({{side}}, {_quote(string)})"
    plain = "".join(f"\\{char}" if char in "\\%_" else char for char in string)
    return f"{{side}} LIKE {_quote(f'%{plain}%')} ESCAPE '\\'"


def _class(chars: str) -> str:
    """Return the characters for a regular expression; all beyond the BMP if one is.

    Each single one of those would be compared apart, where the others are looked up.
    """
    near = "".join(char for char in chars if char <= "\uffff")
    return near if near == chars else near + "\U00010000-\U0010ffff"


def _quote(text: str) -> str:
    """Return a string of SQL inside a pattern of ``str.format``."""
    escaped_text = text.replace("'", "''").replace("{", "{{").replace("}", "}}")
    return f"'{escaped_text}'"


def _sources(string: str) -> list[int]:
    """Return the code points that folding may turn into a part of the string."""
    parts = [normalize("NFKD", char) for char in string]
    marks = {mark for part in parts for mark in part[1:]}
    points = {ord(mark) for mark in marks}
    for char in {*string, *marks}:
        points.update(_fold_sources().get(char, ()))
    return sorted(points)


@cache
def _fold_sources() -> dict[str, list[int]]:
    """Return for each character those that become it, or more with it, when folded."""
    table: dict[str, list[int]] = {}
    for code in chain.from_iterable(_CHANGED):
        char = chr(code)
        plain = fold_width_and_case(char)
        if plain != char:
            for part in set(plain):
                table.setdefault(part, []).append(code)
    return table
