r"""What programs print: nothing in a file's content or name can command a terminal.

People see symbols in place of control signs, escapes and marks that turn the direction
of a line. Machines get JSON and XML that are well formed in whatever encoding standard
output has, and paths that are no UTF-8 or hold line ends.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TextIO

# What a text is written for. Data are bytes that somebody asked for: tables, patches.
TEXT, DATA, JSON, XML = "text", "data", "json", "xml"

_TAB, _LINE_FEED, _DELETE = 0x09, 0x0A, 0x7F
_TURNING = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_SYMBOLS: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    _DELETE: "\u2421",
    **{code: f"<U+{code:04X}>" for code in (*range(0x80, 0xA0), *_TURNING)},
    **{code: f"<U+{code:04X}>" for code in (0x2028, 0x2029)},
}
_IN_TEXT = {k: v for k, v in _SYMBOLS.items() if k not in (_TAB, _LINE_FEED)}
_IN_CELL = {
    **{code: sign if len(sign) == 1 else "\ufffd" for code, sign in _SYMBOLS.items()},
    _TAB: " ",
}
# XML 1.0 has no place for these, not even as references.
_NOT_IN_XML: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if code not in (9, 10, 13)},
    0xFFFE: "\\ufffe",
    0xFFFF: "\\uffff",
}


def visible(text: str) -> str:
    r"""Return a text of several lines with symbols for what commands a terminal.

    >>> visible("\x1b[2Jサーバ\n\tx")
    '␛[2Jサーバ\n\tx'
    """
    return text if text.isprintable() else text.translate(_IN_TEXT)


def visible_line(text: str) -> str:
    r"""Return a text on one line: line ends and tabs become symbols, too.

    >>> visible_line("a\nb\u202e.md")
    'a␊b<U+202E>.md'
    """
    return text if text.isprintable() else text.translate(_SYMBOLS)


def visible_cells(text: str) -> str:
    r"""Return a text with one symbol for each sign, so that places in it stay the same.

    A tab becomes a space.

    >>> visible_cells("a\tb\u202e")
    'a b\ufffd'
    """
    return text if text.isprintable() else text.translate(_IN_CELL)


def fitting(text: str, medium: str, encoding: str) -> str:
    r"""Return a text that an output can take whole.

    Args:
        text: May hold lone surrogates, which stand for bytes of file names.
        medium: text, data, json or xml.
        encoding: Python's name of the encoding of the output.

    >>> fitting('"é\udcff😀"', "json", "cp932")
    '"\\u00e9\\udcff\\ud83d\\ude00"'
    >>> fitting("<a b='サ\x1b'/>", "xml", "ascii")
    "<a b='&#12469;&#9243;'/>"
    """
    if text.isascii() and medium in (DATA, JSON):
        return text
    if medium == TEXT:
        text = visible(text)
    elif medium == XML:
        text = text.translate(_NOT_IN_XML)
    wide = encoding.replace("_", "-").lower() in ("utf-8", "utf8")
    if not wide and medium == JSON:
        return _json_escaped(text)
    if not wide and medium == XML:
        text = text.encode("utf-8", "backslashreplace").decode()
        return text.encode("ascii", "xmlcharrefreplace").decode()
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        # Of JSON in UTF-8 only lone surrogates remain, for which \udcff is JSON as well.
        return text.encode(encoding, "backslashreplace").decode(encoding)
    except LookupError:
        pass
    return text


def _json_escaped(text: str) -> str:
    units = text.encode("utf-16-be", "surrogatepass")
    pairs = zip(units[::2], units[1::2], strict=True)
    return "".join(
        chr(low) if not high and low < 0x80 else f"\\u{high:02x}{low:02x}"
        for high, low in pairs
    )


class SafeStream:
    """A standard stream that shows what is printed to people as symbols where need be.

    Args:
        stream: Standard output or standard error.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self._encoding = getattr(stream, "encoding", None) or "utf-8"

    def write(self, text: str) -> int:
        """Write a text for people."""
        return self.write_as(text, TEXT)

    def write_as(self, text: str, medium: str) -> int:
        """Write a text in one of the media."""
        self.stream.write(fitting(text, medium, self._encoding))
        return len(text)

    def writelines(self, texts: Any) -> None:
        """Write texts for people."""
        for text in texts:
            self.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def write_as(text: str, medium: str) -> None:
    """Write to standard output for machines: ``json``, ``xml`` or ``data``.

    Data go to a terminal as text does.
    """
    stream: Any = sys.stdout
    if not isinstance(stream, SafeStream):
        stream = SafeStream(stream)
    if medium == DATA and stream.isatty():
        medium = TEXT
    stream.write_as(text, medium)
