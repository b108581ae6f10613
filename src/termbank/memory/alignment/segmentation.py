"""Texts cut into segments by SRX rules."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .srx_rules import BUILT_IN, WINDOW, Rule, Rules, read

if TYPE_CHECKING:
    from collections.abc import Iterator


class Segment(NamedTuple):
    """One sentence or line of a text.

    Attributes:
        start: First code point in the untouched text.
        end: One past the last; white space around the segment is left out.
        text: The segment.
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
    chosen = _read(BUILT_IN if rules is None else Path(rules)).of(lang)
    found, start = [], 0
    for place in [*_places(text, chosen), len(text)]:
        piece = text[start:place]
        bare = piece.strip()
        if bare:
            at = start + len(piece) - len(piece.lstrip())
            found.append(Segment(at, at + len(bare), bare))
        start = place
    return found


def _places(text: str, rules: list[Rule]) -> list[int]:
    """Return where to break: the first rule that fits a place decides."""
    decided: set[int] = set()
    for number, rule in enumerate(rules):
        if not rule.breaks:
            continue
        earlier = [one for one in rules[:number] if not one.breaks]
        for place in _matches(text, rule):
            if place not in decided and not any(
                _fits(text, place, one) for one in earlier
            ):
                decided.add(place)
    return sorted(decided)


def _matches(text: str, rule: Rule) -> Iterator[int]:
    found = rule.both.search(text)
    while found:
        if 0 < found.end() < len(text):
            yield found.end()
        found = rule.both.search(text, found.start() + 1)


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
