r"""String tables of programs: where their values stand, keys and comments left out.

A table is read in place: a value keeps its line and offset, so that what is found in it can
be pointed at in the file. Escapes of code points (``\u3042``) are decoded on reading, see
:func:`decoded_escapes`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

# Each pattern holds the value in its first group that took part.
_PATTERNS: Final = {
    # A string that no colon follows is a value; the others, and what is never closed, are
    # read past.
    "json": re.compile(
        r'"(?:\\.|[^"\\])*+(?:"\s{0,100}:|\\?\Z)|"((?:\\.|[^"\\])*+)"', re.S
    ),
    # A plain value holds no colon before a space; what ends in one is a key.
    "yaml": re.compile(
        r"^[ \t]*(?:-[ \t]+)*(?:(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'#:-][^:\n]*):(?=[ \t\r\n]))?[ \t]*"
        r"(?:\"((?:\\.|[^\"\\\n])*)\"|'((?:''|[^'\n])*)'"
        r"|([^\s#\"'|>&*!-](?:(?!:[ \t\r\n]|[ \t]\#)[^\n])*)(?=[ \t]*\r?$|[ \t]+\#))",
        re.M,
    ),
    "xml": re.compile(
        r"<(?:string|item|value|g:string)\b[^<>]*>"
        r"(?:((?:[^<]|<(?!/(?:string|item|value)\b))*+)</|(?s:.*)\Z)"
    ),
    "strings": re.compile(r'=\s*"((?:\\.|[^"\\])*+)"\s*;'),
    "properties": re.compile(
        r"^[ \t]*(?![#!])[^\s=:#!][^=:\n]*?[ \t]*[=:][ \t]*((?:\\\r?\n|[^\n])*)$", re.M
    ),
    "fluent": re.compile(
        r"^(?:-?[A-Za-z][\w-]*[ \t]*=|[ \t]+\.[A-Za-z][\w-]*[ \t]*=|[ \t]*\*?\[[^\]\n]*\]|[ \t]+(?![.*\[}]))[ \t]*([^\n]+)$",
        re.M,
    ),
    # Of Ren'Py: what is said and what a menu offers; old, new of its translations.
    "renpy": re.compile(
        r'^[ \t]*(?:[A-Za-z_][\w.]*(?:[ \t]+[a-z_]\w*)*[ \t]+)?"((?:\\.|[^"\\\n])*)"[^"\n]*$'
        r'|_\([ \t]*"((?:\\.|[^"\\\n])*)"',
        re.M,
    ),
    # A quoted cell, or one without quotes; the first column holds the keys.
    "csv": re.compile(r'(?:[,\t;])(?:"((?:""|[^"])*+)"|([^",\t;\n\r]+))'),
}
STRING_TABLES: Final = {
    ".json": "json",
    ".arb": "json",
    ".xcstrings": "json",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".resx": "xml",
    "strings.xml": "xml",
    ".strings": "strings",
    ".stringsdict": "xml",
    ".properties": "properties",
    ".ftl": "fluent",
    ".rpy": "renpy",
    ".csv": "csv",
    ".tsv": "csv",
}
# ARB keeps what is said about a string under a key with @; xcstrings its comments.
_META: Final = re.compile(r'"(?:@[^"]*|comment|extractionState|state)"\s*:\s*\Z')
_SPEAKERLESS: Final = re.compile(
    r"^\s*(?:image|play|scene|show|hide|define|default|style|use|jump|call|label|transform|screen|add|stop|queue|voice|\$)\b"
)
_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
_JAPANESE: Final = re.compile(r"[ぁ-ゖァ-ヺ一-鿿]")


def string_values(text: str, table: str) -> Iterator[tuple[int, int]]:
    """Yield the places of the Japanese values of a table, in order.

    Args:
        text: The whole file.
        table: A value of ``STRING_TABLES``.

    >>> text = '{"停戦": "合意", "n": 1}'
    >>> [text[start:end] for start, end in string_values(text, "json")]
    ['合意']
    """
    for match in _PATTERNS[table].finditer(text):
        group = match.lastindex
        if not group or not _JAPANESE.search(text, *match.span(group)):
            continue
        if table == "renpy" and _SPEAKERLESS.match(match.group()):
            continue
        if table == "json" and _META.search(
            text, max(0, match.start() - 80), match.start()
        ):
            continue
        yield match.span(group)


def decoded_escapes(text: str) -> str:
    r"""Return the text with escapes of code points as characters; lines stay.

    >>> decoded_escapes(r'{"a": "\u505c\u6226"}')
    '{"a": "停戦"}'
    """
    if "\\u" not in text:
        return text
    # Characters beyond the 16 bits of an escape are written as two of them.
    decoded_text = _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text)
    return decoded_text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
