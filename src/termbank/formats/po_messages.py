"""Messages of PO files: their texts, flags, and where each string stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from termbank.errors import FormatError
from termbank.messages import say

from .safe_files import bom_of, chunks, python_codec

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHARSET: Final = re.compile(rb"charset=([A-Za-z0-9_.:-]+)")
_HEAD: Final = 1 << 14  # bytes in which the header's charset has to stand
_STRING: Final = re.compile(r'\s*"((?:[^"\\]|\\.)*)"\s*')
_KEYWORD: Final = re.compile(
    r"(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?(?=[\s\"]|$)"
)
_ESCAPE: Final = re.compile(r"\\([0-7]{1,3}|x[0-9A-Fa-f]{1,2}|.)")
_ESCAPED: Final = {
    **{"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"},
    **{"\\": "\\", '"': '"'},
}
_ESCAPES: Final = str.maketrans(
    {
        "\\": "\\\\",
        '"': '\\"',
        "\n": "\\n",
        "\t": "\\t",
        "\r": "\\r",
        "\v": "\\v",
        "\f": "\\f",
    }
)
_CHARACTER: Final = re.compile(r"\\(?:[0-7]{1,3}|x[0-9A-Fa-f]{1,2}|.)|.", re.DOTALL)


class PoString:
    """One quoted string of a message.

    Attributes:
        start: Offset of its first character in the file, after the quote.
        end: Offset of the quote that closes it.
    """

    __slots__ = ("end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end

    def characters(self, document: str) -> Iterator[tuple[str, int, int]]:
        """Yield each character of the text, with its begin and end in the file."""
        for match in _CHARACTER.finditer(document, self.start, self.end):
            yield unescape(match[0]), match.start(), match.end()

    def written(self, text: str) -> str:
        """Return text as it is written between quotes."""
        return escape(text)


class Message:
    """One entry of a PO file.

    Attributes:
        line: Line of its first keyword, from 1.
        start: Offset of its first keyword in the file.
        flags: Offset after ``#,`` of its line of flags, None where it has none.
        fuzzy: Whether a person has yet to confirm the translation.
        obsolete: Whether it is commented out with ``#~``.
        texts: By keyword: msgctxt, msgid, msgid_plural, msgstr, msgstr[0] …
        strings: By keyword: the quoted strings that make up the text.
    """

    __slots__ = ("flags", "fuzzy", "line", "obsolete", "start", "strings", "texts")

    def __init__(self, line: int) -> None:
        self.line, self.start = line, 0
        self.flags: int | None = None
        self.fuzzy = self.obsolete = False
        self.texts: dict[str, str] = {}
        self.strings: dict[str, list[PoString]] = {}


def messages(path: str) -> Iterator[Message]:
    """Yield the entries of a file, header first, obsolete ones too.

    Raises:
        FormatError: A string is not closed, a keyword is unknown, or the bytes are not
            of the charset that the header names.
    """
    yield from entries(decode(b"".join(chunks(path)), path)[0], path)


def entries(document: str, path: str = "") -> Iterator[Message]:
    """Yield the entries of the text of a file, as :func:`messages` does."""
    reader = _Entries(path)
    at = len(document) - len(document.lstrip("\ufeff"))
    number = 0
    while at < len(document):
        number += 1
        end = document.find("\n", at)
        end = len(document) if end < 0 else end
        yield from reader.line(number, document[at:end], at)
        at = end + 1
    yield from reader.finished()


class _Entries:
    """Puts entries together line by line."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._message = Message(1)
        self._flags = self._keyword = ""
        self._flags_at: int | None = None
        self._number = 0

    def line(self, number: int, written: str, at: int) -> Iterator[Message]:
        """Take one line; yield the entry before it once a new one begins."""
        self._number = number
        text = written.strip()
        at += len(written) - len(written.lstrip())
        obsolete = text.startswith("#~") and not text.startswith("#~|")
        if obsolete:
            at += 2 + len(text[2:]) - len(text[2:].lstrip())
            text = text[2:].strip()
        elif text.startswith("#"):
            if self._keyword.startswith("msgstr"):
                yield from self.finished()
            if text.startswith("#,"):
                self._flags += text[2:]
                self._flags_at = at + 2
            return
        match = _KEYWORD.match(text)
        if match is None:
            if text:
                self._string(text, at)
            return
        if match[1] == "msgctxt" or (
            match[1] == "msgid" and self._keyword != "msgctxt"
        ):
            yield from self.finished()
            self._begin(obsolete, at)
        self._keyword = match[1] + (f"[{match[2]}]" if match[2] else "")
        self._message.texts[self._keyword] = ""
        self._message.strings[self._keyword] = []
        if text[match.end() :].strip():
            self._string(text[match.end() :], at + match.end())

    def _begin(self, obsolete: bool, at: int) -> None:
        message = self._message
        message.line, message.start, message.obsolete = self._number, at, obsolete
        message.fuzzy = "fuzzy" in self._flags
        message.flags, self._flags_at, self._flags = self._flags_at, None, ""

    def _string(self, text: str, at: int) -> None:
        string = _STRING.fullmatch(text)
        if string is None or not self._keyword:
            expected = say(
                'msgctxt・msgid・msgstr か、閉じた "文字列"',
                'msgctxt, msgid, msgstr or a closed "string"',
            )
            raise FormatError(self._path, self._number, repr(text[:40]), expected)
        self._message.texts[self._keyword] += unescape(string[1])
        place = PoString(at + string.start(1), at + string.end(1))
        self._message.strings[self._keyword].append(place)

    def finished(self) -> Iterator[Message]:
        """Yield the entry that is being put together, if there is one."""
        message = self._message
        if message.texts:
            _complete(self._path, self._number, message)
            yield message
        self._message, self._keyword = Message(self._number), ""


def _complete(path: str, line: int, message: Message) -> None:
    if "msgid" not in message.texts:
        raise FormatError(
            path,
            line,
            say("msgid のない項目", "an entry without msgid"),
            say("msgid と msgstr", "msgid and msgstr"),
        )


def unescape(text: str) -> str:
    r"""Return what a quoted string means.

    >>> unescape(r"a\tb") == "a\tb"
    True
    """
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(match: re.Match[str]) -> str:
    code = match[1]
    if code in _ESCAPED:
        return _ESCAPED[code]
    if code[0] == "x" and len(code) > 1:
        return chr(int(code[1:], 16))
    return chr(int(code, 8)) if code.isdigit() else match[0]


def escape(text: str) -> str:
    r"""Return text as it is written between quotes.

    >>> escape('say "ja"\n') == r'say \"ja\"\n'
    True
    """
    return text.translate(_ESCAPES)


def decode(content: bytes, path: str) -> tuple[str, str]:
    """Return the text of a file, byte order mark included, and its codec.

    Raises:
        FormatError: The bytes are not of the charset that the header names.
    """
    bom_codec, _ = bom_of(content)
    charset = _CHARSET.search(content[:_HEAD])
    label = charset[1].decode("ascii") if charset else "utf-8"
    codec = bom_codec or python_codec("utf-8" if label == "CHARSET" else label)
    if codec is None:
        raise FormatError(
            path,
            1,
            say(f"文字コード {label!r}", f"charset {label!r}"),
            say("対応している文字コード", "a charset we know"),
        )
    try:
        document = content.decode(codec)
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        column = fault.start - content.rfind(b"\n", 0, fault.start)
        byte = f"0x{content[fault.start]:02X}"
        problem = say(f"{codec} ではないバイト {byte}", f"byte {byte}")
        expected = say(f"{codec} のテキスト", f"text in {codec}")
        raise FormatError(path, line, problem, expected, column) from None
    if "\0" in document:
        at = document.index("\0")
        line, column = document.count("\n", 0, at) + 1, at - document.rfind("\n", 0, at)
        problem, expected = say("NUL 文字", "a NUL character"), say("テキスト", "text")
        raise FormatError(path, line, problem, expected, column)
    return document, codec


def header_of(message: Message) -> dict[str, str]:
    """Return the fields of the header entry, names in lower case."""
    fields = {}
    for line in message.texts.get("msgstr", "").split("\n"):
        name, separator, value = line.partition(":")
        if separator:
            fields[name.strip().lower()] = value.strip()
    return fields
