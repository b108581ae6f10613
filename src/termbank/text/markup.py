r"""Where a marked-up text holds no prose: code, addresses, tags, placeholders.

Ranges are found in the bytes, so nothing moves; the patterns are those of
:mod:`.markup_patterns`. Mining, checking and alignment ask here.
"""

from __future__ import annotations

import re

from .markup_patterns import PATTERNS, PROSE_GROUPS, RULE_LIST
from .reader_text import unseen_parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_Range = tuple[int, int]

FORMATS = (*PATTERNS, *PROSE_GROUPS)
# Names of languages that people say instead.
ALIASES = {
    "text": "plain",
    "md": "markdown",
    "mdx": "markdown",
    "vue": "html",
    "adoc": "asciidoc",
    "restructuredtext": "rst",
    "tex": "latex",
    "python": "hash",
    "shell": "hash",
    "ruby": "hash",
    "yml": "yaml",
    "javascript": "scripts",
    "typescript": "scripts",
    "java": "slashes",
    "c": "slashes",
    "go": "slashes",
    "rust": "slashes",
    "tmx": "xliff",
}
# Of these the prose is messages with placeholders; of the others only addresses go.
_MESSAGES = ("po", "xliff", "scripts")
# Groups of a pattern that are comments; what comes after is a string, prose where it
# holds Japanese.
_COMMENT_GROUPS = {"scripts": 2}
_JAPANESE = re.compile(rb"[\xe3-\xe9][\x80-\xbf][\x80-\xbf]")
_pattern_cache: dict[str, re.Pattern[bytes]] = {}


def resolve_markup(format: str) -> str:  # noqa: A002
    """Return the name of a markup without aliases: ``hash`` for ``python``.

    Raises:
        ConfigError: An unknown name.
    """
    name = ALIASES.get(format, format)
    if name not in FORMATS:
        from termbank.errors import ConfigError

        raise ConfigError("format", format, " | ".join((*FORMATS, *ALIASES)))
    return name


def masked_ranges(content: bytes, format: str) -> list[_Range]:  # noqa: A002
    """Return the byte ranges that hold no prose, sorted, not overlapping.

    Args:
        content: The text as UTF-8.
        format: One of :data:`FORMATS` or :data:`ALIASES`.

    Raises:
        ConfigError: An unknown format.

    >>> masked_ranges(b"a `b` c", "markdown")
    [(2, 5)]
    """
    name = resolve_markup(format)
    if name in PROSE_GROUPS:
        return _merge(_outside(content, name))
    if name == "yaml" and re.search(RULE_LIST, content):
        return _merge(_outside(content, "hash"))
    ranges = [
        part
        for match in _pattern(name).finditer(content)
        for part in unseen_parts(content, *match.span())
    ]
    if name == "prose":
        ranges += _placeholder_ranges(content, 0, len(content))
    return _merge(ranges)


def blank_markup(text: str, format: str, fill: str = " ") -> str:  # noqa: A002
    """Return the text with all that is no prose turned into spaces, offsets unmoved.

    Args:
        text: Untouched.
        format: One of :data:`FORMATS` or :data:`ALIASES`.
        fill: The character that stands for each masked one; line ends stay.

    >>> blank_markup("`サーバ` と [図](a/サーバ.png)", "markdown")
    '      と  図           '
    """
    content = text.encode("utf-8", "replace")
    ranges = masked_ranges(content, format)
    if not ranges:
        return text
    parts, last, at = [], 0, 0
    for start, end in ranges:
        begin = at + len(content[last:start].decode())
        markup = content[start:end].decode()
        parts.append(text[at:begin])
        parts.append("".join("\n" if char == "\n" else fill for char in markup))
        at, last = begin + len(markup), end
    parts.append(text[at:])
    return "".join(parts)


def _pattern(name: str) -> re.Pattern[bytes]:
    pattern = _pattern_cache.get(name)
    if pattern is None:
        pattern = _pattern_cache[name] = re.compile(
            b"|".join(PATTERNS[name]), re.MULTILINE
        )
    return pattern


def _outside(content: bytes, name: str) -> Iterator[_Range]:
    """Yield what lies between the prose, and the marks inside the prose."""
    if name not in _pattern_cache:
        _pattern_cache[name] = re.compile(PROSE_GROUPS[name], re.MULTILINE)
    prose_end = 0
    inner = _placeholder_ranges if name in _MESSAGES else _address_ranges
    for match in _pattern_cache[name].finditer(content):
        group = match.lastindex
        if not group:
            continue
        start, end = match.span(group)
        comment = group <= _COMMENT_GROUPS.get(name, group)
        if not comment and _JAPANESE.search(content, start, end) is None:
            continue
        yield prose_end, start
        yield from inner(content, start, end)
        if name in ("po", "scripts"):
            yield from _seams(content, start, end)
        prose_end = end
    yield prose_end, len(content)


def _address_ranges(content: bytes, start: int, end: int) -> Iterator[_Range]:
    return (match.span() for match in _pattern("plain").finditer(content, start, end))


def _placeholder_ranges(content: bytes, start: int, end: int) -> Iterator[_Range]:
    from .placeholders import placeholders

    text = content[start:end].decode("utf-8", "replace")
    at, place = 0, start
    for placeholder in placeholders(text):
        begin = place + len(text[at : placeholder.start].encode())
        at, place = placeholder.end, begin + len(placeholder.text.encode())
        yield begin, place


def _seams(content: bytes, start: int, end: int) -> Iterator[_Range]:
    """Yield the quotes, line ends and escapes of a PO string."""
    for match in re.compile(rb'"\s*"|"|\\.').finditer(content, start, end):
        yield match.span()


def _merge(ranges: Iterable[_Range]) -> list[_Range]:
    merged_ranges: list[_Range] = []
    for start, end in sorted(ranges):
        if start == end:
            continue
        if merged_ranges and start <= merged_ranges[-1][1]:
            if end > merged_ranges[-1][1]:
                merged_ranges[-1] = (merged_ranges[-1][0], end)
        else:
            merged_ranges.append((start, end))
    return merged_ranges
