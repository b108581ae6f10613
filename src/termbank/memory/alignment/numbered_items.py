"""Lists inside a line: 1) … 2), a. … b., ①…②."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_BULLET: Final = r"[•⁃‣◦・*]"
_ITEM: Final = re.compile(
    rf"(?P<bullet>{_BULLET}[ \t\u3000]{{0,2}})?"
    r"(?:(?P<number>[0-9０-９]{1,3})(?P<style>[.．]?[)）]|[.．])"
    r"|(?P<letter>[a-z])(?P<mark>\.?\)|\.)|(?P<circled>[①-⑳])"
    r"|(?P<open>[(（])(?P<inside>[0-9０-９]{1,3}|[a-z])(?P<shut>[)）]))"
    r"(?=[ \t\u3000]{1,3}\S|[ぁ-ヿ一-鿿])"
)
_LINE: Final = re.compile(r"[^\r\n]+")
_ENDS: Final = re.compile(r"[。．.！？!?：:][ \t\u3000]{0,3}\Z")
_FIRST: Final = frozenset((1, ord("a")))
_BEFORE: Final = re.compile(r"[\s。．.！？!?；;、,]")


class _Item(NamedTuple):
    start: int
    end: int
    value: int
    style: str


def numbered_items(text: str) -> list[tuple[int, int]]:
    """Return where items of lists inside a line begin, and where their numbers end.

    A list opens its line, or follows a sentence and counts from 1 or a; only items that
    count on belong to it: "see 2) below" and "第2. 章" do not.

    >>> numbered_items("1) First 2) Second"), numbered_items("First 2) Second")
    ([(0, 2), (9, 11)], [])
    """
    return [
        (item.start, item.end)
        for line in _LINE.finditer(text)
        for item in _list(text, *line.span())
    ]


def _list(text: str, start: int, stop: int) -> list[_Item]:
    """Return the items of one line that count on from its first; none for a lone one."""
    run: list[_Item] = []
    opens = False
    for item in _items(text, start, stop):
        if not run:
            opens = not text[start : item.start].strip()
            if opens or (item.value in _FIRST and _after_sentence(text, item.start)):
                run.append(item)
        elif item.style == run[0].style and item.value == run[-1].value + 1:
            run.append(item)
    return run if opens or len(run) > 1 else []


def _after_sentence(text: str, at: int) -> bool:
    return _ENDS.search(text, max(0, at - 5), at) is not None


def _items(text: str, start: int, stop: int) -> Iterator[_Item]:
    for match in _ITEM.finditer(text, start, stop):
        at = match.start()
        has_mark = match["bullet"] or match["circled"] or match["open"]
        if at > start and not has_mark and not _BEFORE.match(text[at - 1]):
            continue
        number = match["number"] or match["letter"] or match["inside"]
        value = ord(match["circled"] or "①") - ord("①") + 1
        if number:
            value = int(number) if number.isdecimal() else ord(number)
        style = "".join(
            match[name] or "" for name in ("style", "mark", "open", "shut")
        ) or ("①" if match["circled"] else "")
        bullet = (match["bullet"] or "").strip()
        yield _Item(at, match.end(), value, bullet + style)
