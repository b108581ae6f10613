"""Lines that go on in the next one: joined for reading, every offset kept.

A mail, a manual or a subtitle breaks lines inside words. The break is replaced by a mark
that the miner takes out before it reads and puts back when it counts offsets.
"""

from __future__ import annotations

import re
from typing import Final

from termbank.text.columns import width

# A code point that no text holds (a noncharacter of Unicode): taken out for reading.
JOINT: Final = "\ufdd0"
_LETTER: Final = r"[ぁ-ゖァ-ヺー一-鿿々]"
_BREAK: Final = re.compile(rf"(?<={_LETTER})\n[ \t　]*(?={_LETTER})")
# Columns (a kanji has two) of the shortest line that is taken to be wrapped where the
# format says that a line end is a space: shorter ones are labels and verse.
_SHORTEST: Final = 40
# A plain text is wrapped where so many lines end within so many columns of the longest,
# without a full stop, and the longest is no longer than a mail or a print-out.
_LEAST_LINES: Final = 3
_RAGGED: Final = 4
_LONGEST: Final = 90
_LEAST_SHARE: Final = 0.4
_ENDS: Final = tuple("。．！？!?」』）)…：:；;、，")


def with_joined_lines(text: str, masked: str, style: str) -> str:
    """Return a masked text with the breaks inside wrapped lines as joints.

    Args:
        text: Untouched.
        masked: The same without what is no prose.
        style: ``cue`` joins all lines side by side, ``markup`` long ones that are no
            heading, ``plain`` those as long as the longest of a wrapped text.
    """
    breaks = [match for match in _BREAK.finditer(masked) if text[match.start()] == "\n"]
    if not breaks:
        return masked
    full = _full_width(text) if style == "plain" else 0
    if style == "plain" and not full:
        return masked
    parts, copied_to = [], 0
    for match in breaks:
        begin = text.rfind("\n", 0, match.start()) + 1
        if _goes_on(text[begin : match.start()], style, full):
            parts += [masked[copied_to : match.start()], JOINT * len(match.group())]
            copied_to = match.end()
    return "".join([*parts, masked[copied_to:]])


def _goes_on(line: str, style: str, full: int) -> bool:
    if style == "cue":
        return True
    if style == "markup":
        heading = line.lstrip()[:1] in ("#", "|", "=", ".", ":")
        return not heading and width(line) >= _SHORTEST
    return width(line) >= full - _RAGGED


def _full_width(text: str) -> int:
    """Return the columns at which a plain text is wrapped; 0 where it is not."""
    lines = [line.rstrip() for line in text.split("\n")]
    widths = [width(line) for line in lines]
    longest = max(widths)
    if not _SHORTEST <= longest <= _LONGEST:
        return 0
    open_ends = [
        columns
        for line, columns in zip(lines, widths, strict=True)
        if line and not line.endswith(_ENDS)
    ]
    full = sum(columns >= longest - _RAGGED for columns in open_ends)
    full_lines = full >= _LEAST_LINES and full >= _LEAST_SHARE * len(open_ends)
    return longest if full_lines else 0


def reading(text: str) -> tuple[str, list[int] | None]:
    """Return a text without its joints, and where each of its code points was.

    The places are None where there are no joints. The last one is the text's length.
    """
    if JOINT not in text:
        return text, None
    places = [at for at, char in enumerate(text) if char != JOINT]
    return text.replace(JOINT, ""), [*places, len(text)]
