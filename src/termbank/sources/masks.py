"""What of a document is no prose, blanked without moving an offset, by its suffix."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from termbank.text.markup import blanked
from termbank.text.placeholders import masked_placeholders

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MARKUP: Final = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".rst": "rst",
    ".tex": "latex",
}
_JAPANESE: Final = re.compile(r"[ぁ-ゖァ-ヺ一-鿿]")
# Strings of PO files and units of XLIFF: of both sides the Japanese one is read.
_PO: Final = re.compile(
    r'^(?:msgid|msgid_plural|msgstr(?:\[\d+\])?)?[ \t]*"((?:\\.|[^"\\\n])*)"', re.M
)
_XLIFF: Final = re.compile(r"<(source|target)\b[^<>]*>(.*?)</\1>", re.S)
_CUE: Final = re.compile(
    r"^\ufeff?(?:WEBVTT[^\n]*|\d+[ \t]*|(?:NOTE|STYLE|REGION)\b(?:[^\n]+\n?)*"
    r"|(?:\d+:)?\d+:\d+[.,]\d+[ \t]*-->[^\n]*)\r?$|<[^<>\n]*>|\{\\[^{}\n]*\}",
    re.M,
)
_ADDRESS_HINTS: Final = ("://", "@", "www.")


def masked(text: str, uri: str) -> str:
    r"""Return the text with markup, code, addresses and time codes as spaces.

    Args:
        text: As read.
        uri: Its suffix tells the format; without a known one only addresses go.

    >>> masked("1\n00:01,0 --> 00:02,0\nキーウ", "a.srt").split()
    ['キーウ']
    """
    suffix = uri[uri.rfind(".") :].lower()
    if suffix in _MARKUP:
        return blanked(text, _MARKUP[suffix])
    if suffix in _BLANKERS:
        return _BLANKERS[suffix](text)
    if any(hint in text for hint in _ADDRESS_HINTS):
        return blanked(text, "plain")
    return text


def _only(text: str, prose: Iterable[tuple[int, int]]) -> str:
    """Return the text with all but some ranges as spaces, line ends kept."""
    parts, done = [], 0
    for start, end in prose:
        parts += [_spaces(text[done:start]), masked_placeholders(text[start:end])]
        done = end
    parts.append(_spaces(text[done:]))
    return "".join(parts)


def _spaces(text: str) -> str:
    return "".join("\n" if char == "\n" else " " for char in text)


def _gap(match: re.Match[str]) -> str:
    return _spaces(match.group())


def _po(text: str) -> str:
    strings = (match.span(1) for match in _PO.finditer(text))
    return _only(text, (span for span in strings if _JAPANESE.search(text, *span)))


def _xliff(text: str) -> str:
    units = (match.span(2) for match in _XLIFF.finditer(text))
    return _only(text, (span for span in units if _JAPANESE.search(text, *span)))


def _subtitles(text: str) -> str:
    return _CUE.sub(_gap, text)


_BLANKERS: Final[dict[str, Callable[[str], str]]] = {
    ".po": _po,
    ".pot": _po,
    ".xliff": _xliff,
    ".xlf": _xliff,
    ".sdlxliff": _xliff,
    ".srt": _subtitles,
    ".vtt": _subtitles,
}
