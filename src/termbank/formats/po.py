"""Gettext PO as bilingual segments; nothing but text, context and place is read.

Keeps: source and translation, plural forms, context as part of the identifier.
Drops: comments, flags, references.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from termbank.errors import FormatError
from termbank.formats.model.concept_records import Segment
from termbank.messages import say

from .safe_files import bom_of, chunks, python_codec

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME: Final = "po"
SUFFIXES: Final = (".po", ".pot")
DROPS: Final = ("comments", "flags", "references")

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
# Gettext's manual asks for English in msgid where nothing else is said.
_DEFAULT_SOURCE: Final = "en"


class Message:
    """One entry of a PO file.

    Attributes:
        line: Line of its first keyword, from 1.
        fuzzy: Whether a person has yet to confirm the translation.
        obsolete: Whether it is commented out with ``#~``.
        texts: By keyword: msgctxt, msgid, msgid_plural, msgstr, msgstr[0] …
    """

    __slots__ = ("fuzzy", "line", "obsolete", "texts")

    def __init__(self, line: int) -> None:
        self.line = line
        self.fuzzy = self.obsolete = False
        self.texts: dict[str, str] = {}


def messages(path: str) -> Iterator[Message]:
    """Yield the entries of a file, header first, obsolete ones too.

    Raises:
        FormatError: A string is not closed, a keyword is unknown, or the bytes are not
            of the charset that the header names.
    """
    entries = _Entries(path)
    for line, text in _lines(path):
        yield from entries.line(line, text.strip())
    yield from entries.finished()


class _Entries:
    """Puts entries together line by line."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._message = Message(1)
        self._flags = self._keyword = ""
        self._number = 0

    def line(self, number: int, text: str) -> Iterator[Message]:
        """Take one line; yield the entry before it once a new one begins."""
        self._number = number
        obsolete = text.startswith("#~") and not text.startswith("#~|")
        if obsolete:
            text = text[2:].strip()
        elif text.startswith("#"):
            if self._keyword.startswith("msgstr"):
                yield from self.finished()
            self._flags += text[2:] if text.startswith("#,") else ""
            return
        found = _KEYWORD.match(text)
        if found is None:
            if text:
                self._string(text)
            return
        if found[1] == "msgctxt" or (
            found[1] == "msgid" and self._keyword != "msgctxt"
        ):
            yield from self.finished()
            self._message.line = number
            self._message.fuzzy, self._message.obsolete = (
                "fuzzy" in self._flags,
                obsolete,
            )
            self._flags = ""
        self._keyword = found[1] + (f"[{found[2]}]" if found[2] else "")
        self._message.texts[self._keyword] = ""
        if text[found.end() :].strip():
            self._string(text[found.end() :])

    def _string(self, text: str) -> None:
        string = _STRING.fullmatch(text)
        if string is None or not self._keyword:
            expected = say(
                'msgctxt・msgid・msgstr か、閉じた "文字列"',
                'msgctxt, msgid, msgstr or a closed "string"',
            )
            raise FormatError(self._path, self._number, repr(text[:40]), expected)
        self._message.texts[self._keyword] += _unescaped(string[1])

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


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    code = found[1]
    if code in _ESCAPED:
        return _ESCAPED[code]
    if code[0] == "x" and len(code) > 1:
        return chr(int(code[1:], 16))
    return chr(int(code, 8)) if code.isdigit() else found[0]


def _lines(path: str) -> Iterator[tuple[int, str]]:
    pieces = chunks(path)
    head = b""
    for piece in pieces:
        head += piece
        if len(head) >= _HEAD:
            break
    marked, length = bom_of(head)
    named = _CHARSET.search(head[:_HEAD])
    label = named[1].decode("ascii") if named else "utf-8"
    codec = marked or python_codec("utf-8" if label == "CHARSET" else label)
    if codec is None:
        raise FormatError(
            path,
            1,
            say(f"文字コード {label!r}", f"charset {label!r}"),
            say("知られた文字コード", "a charset we know"),
        )
    number = 0
    rest = head[length:]
    if codec.startswith(("utf-16", "utf-32")):
        rest += b"".join(pieces)
        for number, text in enumerate(_decoded(path, 1, rest, codec).splitlines(), 1):
            yield number, text
        return
    while True:
        *whole, rest = rest.split(b"\n")
        for raw in whole:
            number += 1
            yield number, _decoded(path, number, raw, codec)
        piece = next(pieces, b"")
        if not piece:
            break
        rest += piece
    if rest:
        yield number + 1, _decoded(path, number + 1, rest, codec)


def _decoded(path: str, line: int, raw: bytes, codec: str) -> str:
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError as fault:
        byte = f"0x{raw[fault.start]:02X}"
        found = say(f"{codec} ではないバイト {byte}", f"byte {byte}")
        expected = say(f"{codec} のテキスト", f"text in {codec}")
        raise FormatError(path, line, found, expected, fault.start + 1) from None
    if "\0" in text:
        found, expected = say("NUL 文字", "a NUL character"), say("テキスト", "text")
        raise FormatError(path, line, found, expected, text.index("\0") + 1)
    return text


def header_of(message: Message) -> dict[str, str]:
    """Return the fields of the header entry, names in lower case."""
    fields = {}
    for line in message.texts.get("msgstr", "").split("\n"):
        name, separator, value = line.partition(":")
        if separator:
            fields[name.strip().lower()] = value.strip()
    return fields


def segments(
    path: str, *, source: str | None = None, target: str | None = None
) -> Iterator[Segment]:
    """Yield the pairs of a file; fuzzy and obsolete ones have no translation.

    Args:
        path: PO file.
        source: Language of msgid; X-Source-Language or English where absent.
        target: Language of msgstr; the header's where absent.
    """
    for message in messages(path):
        texts = message.texts
        if not texts.get("msgid") and "msgctxt" not in texts:
            fields = header_of(message)
            source = source or fields.get("x-source-language") or _DEFAULT_SOURCE
            target = target or fields.get("language") or None
            continue
        if message.obsolete:
            continue
        for original, translated in _texts(texts):
            good = translated and not message.fuzzy
            pair = Segment(original, translated if good else None)
            context = texts.get("msgctxt")
            pair.segment_id = f"{context}\x04{original}" if context else None
            pair.source_lang, pair.target_lang = source or _DEFAULT_SOURCE, target
            yield pair


def _texts(texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    if "msgid_plural" not in texts:
        yield texts["msgid"], texts.get("msgstr", "")
        return
    forms = [text for key, text in sorted(texts.items()) if key.startswith("msgstr[")]
    yield texts["msgid"], forms[0] if forms else ""
    yield texts["msgid_plural"], forms[-1] if forms else ""
