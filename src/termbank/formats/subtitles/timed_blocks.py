"""SubRip (SRT) and WebVTT: blocks of a line of times and lines of text.

Keeps: texts with their markup, times.
Drops: numbers, settings, notes and styles.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from termbank.formats.strings.entries import Escapes
from termbank.formats.strings.string_table import StringTable
from termbank.formats.strings.table_sides import Reading

from .cues import LINE_BREAKS, Cue, cue_of, milliseconds, refuse_time, units_by_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.formats.model.file_head import Head

_CLOCK: Final = r"(?:\d{1,3}:)?\d{1,2}:\d{1,2}[,.]\d{1,3}"
_TIMES: Final = re.compile(rf"[ \t]*({_CLOCK})[ \t]*-->[ \t]*({_CLOCK})[^\n]*")
_BLOCK: Final = re.compile(r"(?:[ \t]*\r?\n)+")
_LINE: Final = re.compile(r"[^\n]*(?:\n|$)")
_SRT: Final = re.compile(rf"(?:\d{{1,9}}[ \t]*\r?\n)?[ \t]*{_CLOCK}[ \t]*-->")
_CODECS: Final = ("utf-8", "cp932")
_ENTITY: Final = re.compile(r"\r\n|&(?:amp|lt|gt|nbsp|lrm|rlm);|.", re.DOTALL)
_TAG: Final = re.compile(r"</?(?:[a-z]+|\d[\d:.]*)[^<>]*>|[&<>]")
_WRITTEN: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\xa0": "&nbsp;"}
_NO_CUES: Final = ("WEBVTT", "NOTE", "STYLE", "REGION", "X-TIMESTAMP")


def cues(document: str, path: str = "") -> Iterator[Cue]:
    """Yield the cues in the order of the file.

    Raises:
        FormatError: A block is there that has no times.
    """
    escapes = _escapes(document)
    at = len(document) - len(document.lstrip("\ufeff"))
    while at < len(document):
        gap = _BLOCK.match(document, at)
        at = gap.end() if gap else at
        if at >= len(document):
            return
        times = _times_at(document, at)
        if times is None:
            if not document.startswith(_NO_CUES, at):
                if not document[at:].strip():
                    return
                raise refuse_time(document, at, path)
            at = _end_of_block(document, at)
            continue
        begin = min(times.end() + 1, len(document))
        at = _end_of_block(document, begin)
        stop = begin + len(document[begin:at].rstrip("\r\n \t"))
        span = (milliseconds(times[1]), milliseconds(times[2]))
        yield cue_of(document, (begin, max(begin, stop)), span, escapes)


def _times_at(document: str, at: int) -> re.Match[str] | None:
    """Return the line of times of a block: its first line, or its second."""
    match = _TIMES.match(document, at)
    if match is None:
        line = _LINE.match(document, at)
        match = _TIMES.match(document, line.end()) if line else None
    return match


def _end_of_block(document: str, at: int) -> int:
    """Return where the lines of a block end: before a blank line, or at the end."""
    while at < len(document):
        line = _LINE.match(document, at)
        if line is None or not line[0].strip():
            # Some files have a blank line within a text.
            following = _BLOCK.match(document, at)
            after = following.end() if following else len(document)
            if after >= len(document) or _begins_block(document, after):
                return at
        at = line.end() if line and line.end() > at else len(document)
    return at


def _begins_block(document: str, at: int) -> bool:
    return _times_at(document, at) is not None or document.startswith(_NO_CUES, at)


def _escapes(document: str) -> Escapes:
    newline = "\r\n" if "\r\n" in document[:4096] else "\n"

    def lines(text: str) -> str:
        return re.sub(r"\n+", newline, text.strip("\n"))

    if not document.removeprefix("\ufeff").startswith("WEBVTT"):
        return Escapes(LINE_BREAKS.pattern, LINE_BREAKS.read, lines)
    return Escapes(_ENTITY, _read, lambda text: lines(_TAG.sub(_escape, text)))


def _read(written: str) -> str:
    if len(written) > 1 and written[0] == "&":
        return unescape(written)
    return LINE_BREAKS.read(written)


def _escape(match: re.Match[str]) -> str:
    return _WRITTEN.get(match[0], match[0])  # markup stays


def _is_srt(head: Head) -> bool:
    return head.suffix in (".srt", ".txt", "") and bool(_SRT.match(head.text.lstrip()))


def _is_vtt(head: Head) -> bool:
    return head.text.startswith("WEBVTT")


SRT: Final = StringTable(
    "srt",
    (".srt",),
    Reading(entries=cues, joined=units_by_time, codecs=_CODECS),
    _is_srt,
)
VTT: Final = StringTable(
    "vtt", (".vtt",), Reading(entries=cues, joined=units_by_time), _is_vtt
)
