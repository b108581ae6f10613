"""Texts cut into segments by SRX rules."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.arguments import require_language, require_path, require_text

from .enclosures import enclosures
from .numbered_items import numbered_items
from .srx_rules import BUILT_IN, WINDOW, Rule, Rules, read

if TYPE_CHECKING:
    from collections.abc import Iterator

# An aside in the middle of a sentence does not end it: 彼は（そう言った。）去った。
_ASIDE: Final = re.compile(r"[^\s。．.！？!?｡…」』”][（(]")
_LINE_BREAK: Final = re.compile(r"[ \t\u3000]*(?:\r\n|\r|\n)[ \t\u3000]*")


class Segment(NamedTuple):
    """One sentence or line of a text.

    Attributes:
        start: First code point in the untouched text.
        end: One past the last; white space around the segment is left out.
        text: The segment; a line break inside it is joined as its script joins words.
    """

    start: int
    end: int
    text: str


def segment(
    text: str, *, lang: str = "ja", rules: str | Path | None = None
) -> list[Segment]:
    """Cut a text into segments.

    Args:
        text: Any text.
        lang: BCP 47 language, which chooses among the rules.
        rules: SRX file; termbank's own rules for Japanese and English where absent.

    Raises:
        InputError: The SRX file cannot be read.
        FormatError: It is no SRX, or holds a pattern that could run for very long.

    >>> [one.text for one in segment("「停戦だ。」と述べた。交渉は続く…。次は？")]
    ['「停戦だ。」と述べた。', '交渉は続く…。', '次は？']
    >>> [one.text for one in segment("Mr. Vance met J. D. Smith. He left.", lang="en")]
    ['Mr. Vance met J. D. Smith.', 'He left.']
    """
    require_text("text", text)
    require_language("lang", lang, optional=False)
    if rules is not None:
        require_path("rules", rules)
    chosen = _read(BUILT_IN if rules is None else Path(rules)).of(lang)
    places = _places(text, chosen)
    if rules is None:
        places = _with_structure(text, places)
    segments, start = [], 0
    for place in [*places, len(text)]:
        piece = text[start:place]
        bare = piece.strip()
        if bare:
            at = start + len(piece) - len(piece.lstrip())
            segments.append(Segment(at, at + len(bare), _joined_lines(bare)))
        start = place
    return segments


def _with_structure(text: str, places: list[int]) -> list[int]:
    """Leave out places inside brackets, and add the items of lists inside a line."""
    breaks = set(places)
    for start, end in enclosures(text):
        goes_on = start > 0 and _ASIDE.match(text, start - 1)
        breaks.difference_update(range(start + 1, end + bool(goes_on)))
    items = numbered_items(text)
    breaks.difference_update(end for _, end in items)
    breaks.update(start for start, _ in items if start)
    return sorted(breaks)


def _joined_lines(text: str) -> str:
    """Return a segment on one line: Japanese joins without a blank, Latin with one."""
    if "\n" not in text and "\r" not in text:
        return text
    return _LINE_BREAK.sub(lambda match: " " if _latin(match) else "", text)


def _latin(match: re.Match[str]) -> bool:
    text = match.string
    return text[match.start() - 1] < "\u2e80" and text[match.end()] < "\u2e80"


def _places(text: str, rules: list[Rule]) -> list[int]:
    """Return where to break: the first rule that fits a place decides."""
    breaks: set[int] = set()
    for number, rule in enumerate(rules):
        if not rule.breaks:
            continue
        earlier = [exception for exception in rules[:number] if not exception.breaks]
        for place in _matches(text, rule):
            if place not in breaks and not any(
                _fits(text, place, exception) for exception in earlier
            ):
                breaks.add(place)
    return sorted(breaks)


def _matches(text: str, rule: Rule) -> Iterator[int]:
    """Yield the places of a rule; each search sees a bounded window of the text."""
    start = 0
    while start < len(text):
        match = rule.both.search(text, start, start + 2 * WINDOW)
        if match is None or match.start() >= start + WINDOW:
            start += WINDOW
            continue
        if 0 < match.end() < len(text):
            yield match.end()
        start = match.start() + 1  # also after a match of nothing


def _fits(text: str, place: int, rule: Rule) -> bool:
    if rule.after.match(text, place, place + WINDOW) is None:
        return False
    return rule.before.search(text[max(0, place - WINDOW) : place]) is not None


@lru_cache(maxsize=8)
def _read_once(path: str, stamp: int) -> Rules:  # noqa: ARG001  # a changed file is read
    return read(Path(path))


def _read(path: Path) -> Rules:
    stamp = path.stat().st_mtime_ns if path.is_file() else 0
    return _read_once(str(path), stamp)
