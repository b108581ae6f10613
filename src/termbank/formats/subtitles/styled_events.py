r"""Advanced SubStation Alpha (ASS, SSA): a line an event, styles apart.

Keeps: texts with their override tags, times, styles as context.
Drops: drawings, comments, everything but dialogue.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from termbank.formats.strings.entries import Escapes
from termbank.formats.strings.string_table import StringTable
from termbank.formats.strings.table_sides import Reading

from .cues import Cue, cue_of, milliseconds, refuse_time, units_by_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.formats.model.file_head import Head

_DIALOGUE: Final = re.compile(r"^Dialogue:[ \t]*([^\r\n]*)", re.MULTILINE)
_FORMAT: Final = re.compile(r"^\[Events\][^\[]*?^Format:[ \t]*([^\r\n]*)", re.M)
_USUAL: Final = [
    "layer",
    "start",
    "end",
    "style",
    "name",
    "marginl",
    "marginr",
    "marginv",
    "effect",
    "text",
]
_LEADING: Final = re.compile(r"(?:\{[^{}]*\})*")
_DRAWING: Final = re.compile(r"\{[^{}]*\\p[1-9]")
_CLOCK: Final = re.compile(r"\d+:\d{1,2}:\d{1,2}[.,]\d{1,3}")
_ESCAPES: Final = Escapes(
    re.compile(r"\\[Nnh]|."),
    lambda written: {"\\N": "\n", "\\n": "\n", "\\h": "\xa0"}.get(written, written),
    lambda text: text.replace("\n", "\\N").replace("\xa0", "\\h"),
)


def cues(document: str, path: str = "") -> Iterator[Cue]:
    """Yield the events of dialogue; override tags before the text stay outside of it.

    Raises:
        FormatError: An event has no times.
    """
    header = _FORMAT.search(document)
    names = _USUAL
    if header:
        names = [name.strip().casefold() for name in header[1].split(",")]
    fields = len(names) - 1
    for event in _DIALOGUE.finditer(document):
        cells = event[1].split(",", fields)
        row = dict(zip(names, cells, strict=False))
        times = [row.get(name, "").strip() for name in ("start", "end")]
        if len(cells) <= fields or not all(map(_CLOCK.fullmatch, times)):
            raise refuse_time(document, event.start(), path)
        text = cells[-1]
        if _DRAWING.match(text):
            continue
        start = event.end(1) - len(text)
        start += _LEADING.match(text).end()  # type: ignore[union-attr]
        end = max(start, event.end(1) - (len(text) - len(text.rstrip())))
        span = (milliseconds(times[0]), milliseconds(times[1]))
        cue = cue_of(document, (start, end), span, _ESCAPES)
        cue.note = row.get("name", "").strip()
        yield cue


def _recognise(head: Head) -> bool:
    return head.suffix in (".ass", ".ssa") or head.text.startswith("[Script Info]")


FORMAT: Final = StringTable(
    "ass",
    (".ass", ".ssa"),
    Reading(entries=cues, joined=units_by_time, codecs=("utf-8", "cp932")),
    _recognise,
)
