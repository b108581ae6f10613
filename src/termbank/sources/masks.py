"""What of a document is no prose, blanked without moving an offset, by its suffix."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from termbank.text.markup import blank_markup
from termbank.text.placeholders import placeholders

from .string_tables import STRING_TABLES, string_values
from .wrapped_lines import with_joined_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_MARKUP: Final = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "markdown",
    ".qmd": "markdown",
    ".ipynb": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".vue": "html",
    ".svelte": "html",
    ".epub": "plain",
    ".odt": "plain",
    ".rst": "rst",
    ".adoc": "asciidoc",
    ".asciidoc": "asciidoc",
    ".tex": "latex",
}
_CUED: Final = frozenset([".srt", ".vtt", ".ass", ".ssa"])
_JAPANESE: Final = re.compile(r"[ぁ-ゖァ-ヺ一-鿿]")
# Strings of PO files and units of XLIFF and TMX: of both sides the Japanese one is read.
_PO: Final = re.compile(
    r'^(?:msgid|msgid_plural|msgstr(?:\[\d+\])?)?[ \t]*"((?:\\.|[^"\\\n])*)"', re.M
)
_UNIT_SIDE: Final = re.compile(r"<(source|target|seg)\b[^<>]*>")
_CUE: Final = re.compile(
    r"^\ufeff?(?:WEBVTT[^\n]*|\d+[ \t]*|(?:NOTE|STYLE|REGION)\b(?:[^\n]+\n?)*"
    r"|(?:\d+:)?\d+:\d+[.,]\d+[ \t]*-->[^\n]*)\r?$|<[^<>\n]*>|\{\\[^{}\n]*\}",
    re.M,
)
# The spoken text of an ASS or SSA line is its last field, the tenth.
_ASS_LINE: Final = re.compile(r"^Dialogue:(?:[^,\n]*,){9}([^\n]*)$", re.M)
_ASS_MARK: Final = re.compile(r"\{[^{}\n]*\}|\\[Nnh]")
# Marks without one of these characters do not exist; most news has none of them.
_HINTS: Final = re.compile(
    r"[*_`#|<>{}\\\[\]$%~@|《［]|://|www\.|^[ \t　]*[-+=:・•◆-●■□★☆※0-9件宛差SFTCBD]",
    re.M,
)


def mask_markup(text: str, uri: str) -> str:
    r"""Return the text with markup, code, addresses and time codes as line ends.

    A line end parts words, sentences and names, so nothing found spans what is masked.
    The line ends inside wrapped lines become joints (:mod:`.wrapped_lines`).

    Args:
        text: As read.
        uri: Its suffix tells the format; without a known one, whatever looks like a mark
            of any format is masked. ``''``: nothing is (the text is masked already).

    >>> mask_markup("1\n00:01,0 --> 00:02,0\nキーウ", "a.srt").split()
    ['キーウ']
    """
    if not uri:
        return text
    path = PurePath(uri)
    suffix = path.suffix.lower()
    if suffix in _MARKUP:
        visible = blank_markup(text, _MARKUP[suffix], fill="\n")
        return with_joined_lines(text, visible, "markup")
    if suffix in _BLANKERS:
        visible = _BLANKERS[suffix](text)
        return with_joined_lines(text, visible, "cue") if suffix in _CUED else visible
    if table := STRING_TABLES.get(suffix) or STRING_TABLES.get(path.name.lower()):
        return _only(text, string_values(text, table), "prose")
    visible = blank_markup(text, "prose", fill="\n") if _HINTS.search(text) else text
    return with_joined_lines(text, visible, "plain")


def mask_kind(uri: str) -> str:
    """Return what of an address decides how a text is masked: its suffix or name.

    >>> mask_kind("2024/a.MD"), mask_kind("res/strings.xml")
    ('.md', 'strings.xml')
    """
    path = PurePath(uri)
    name = path.name.lower()
    return name if name in STRING_TABLES else path.suffix.lower()


def _only(text: str, prose: Iterable[tuple[int, int]], markup: str = "") -> str:
    """Return the text with all but some ranges as line ends."""
    parts, copied_to = [], 0
    for start, end in prose:
        if start < copied_to:
            continue
        value = text[start:end]
        visible = blank_markup(value, markup, fill="\n") if markup else _message(value)
        parts += ["\n" * (start - copied_to), visible]
        copied_to = end
    parts.append("\n" * (len(text) - copied_to))
    return "".join(parts)


def _message(text: str) -> str:
    """Return a message with its placeholders as line ends."""
    parts, copied_to = [], 0
    for mark in placeholders(text):
        parts += [text[copied_to : mark.start], "\n" * (mark.end - mark.start)]
        copied_to = mark.end
    return "".join([*parts, text[copied_to:]])


def _gap(match: re.Match[str]) -> str:
    return "\n" * len(match.group())


def _po(text: str) -> str:
    strings = (match.span(1) for match in _PO.finditer(text))
    return _only(text, (span for span in strings if _JAPANESE.search(text, *span)))


def _xliff(text: str) -> str:
    sides = _unit_sides(text)
    return _only(text, (span for span in sides if _JAPANESE.search(text, *span)))


def _unit_sides(text: str) -> Iterator[tuple[int, int]]:
    """Yield the contents of elements that hold one side of a unit, once over the text."""
    passed_to, without_end = 0, set()
    for tag in _UNIT_SIDE.finditer(text):
        name = tag[1]
        if tag.start() < passed_to or name in without_end:
            continue
        end = text.find(f"</{name}>", tag.end())
        if end < 0:
            without_end.add(name)
            continue
        yield tag.end(), end
        passed_to = end


def _subtitles(text: str) -> str:
    return _CUE.sub(_gap, text)


def _ass(text: str) -> str:
    spoken = _only(text, (match.span(1) for match in _ASS_LINE.finditer(text)), "plain")
    return _ASS_MARK.sub(_gap, spoken)


_BLANKERS: Final[dict[str, Callable[[str], str]]] = {
    ".po": _po,
    ".pot": _po,
    ".xliff": _xliff,
    ".xlf": _xliff,
    ".sdlxliff": _xliff,
    ".tmx": _xliff,
    ".srt": _subtitles,
    ".vtt": _subtitles,
    ".ass": _ass,
    ".ssa": _ass,
}
