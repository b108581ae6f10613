"""What readers see of markup: values of attributes, of short codes and of front matter.

A masked tag, short code or front matter is no prose as a whole; the texts in it that are
shown (alt, title, caption) are.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWN = (
    rb"\b(?:alt|title|text|label|summary|caption|placeholder|description|aria-label)"
    rb"\s*=\s*(?:\"([^\"<>\n]*)\"|'([^'<>\n]*)')"
)
_SHOWN_IN_FRONT_MATTER = (
    rb"(?m)^(?:title|linkTitle|description|summary|sidebar_label|subtitle|caption)[ \t]*[:=][ \t]*"
    rb"(?:\"((?:\\.|[^\"\\\n])*)\"|'([^'\n]*)'|([^\s\"'|>&*!\[{#][^\n]*))"
)


def unseen_parts(content: bytes, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a masked stretch that readers do not see.

    Args:
        content: UTF-8.
        begin: First byte of the stretch.
        end: One past the last.

    >>> text = b'<img alt="a b" src="c">'
    >>> [text[slice(*part)] for part in unseen_parts(text, 0, len(text))]
    [b'<img alt="', b'" src="c">']
    """
    visible = _shown_in(content, begin, end)
    if visible is not None:
        for value in re.compile(visible).finditer(content, begin, end):
            start, stop = value.span(value.lastindex or 0)
            yield begin, start
            begin = stop
    yield begin, end


def _shown_in(content: bytes, begin: int, end: int) -> bytes | None:
    head = content[begin : begin + 3]
    if head in (b"---", b"+++") and not begin:
        return _SHOWN_IN_FRONT_MATTER
    short_code = head in (b"{{<", b"{{%")
    tag = head[:1] == b"<" and content.find(b">", begin, end) == end - 1
    return _SHOWN if short_code or tag else None
