r"""Translations of Ren'Py games: ``translate japanese …`` blocks of ``.rpy`` files.

Keeps: what is said with its speaker, strings of ``old`` and ``new``, their places.
Drops: Python, styles, everything that is no text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from termbank.errors import FormatError
from termbank.messages import say
from termbank.text.japanese import mostly_japanese
from termbank.text.language_tags import primary_language

from .entries import StringEntry, backslash_escapes, entry_of_stretch
from .key_pairing import unit_of
from .language_names import language_named
from .string_table import StringTable
from .table_sides import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.formats.model.bilingual_units import BilingualUnit
    from termbank.formats.model.file_head import Head

_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_BLOCK: Final = re.compile(r"translate[ \t]+(\w+)[ \t]+(\w+)[ \t]*:")
_SAID: Final = re.compile(
    r"[ \t]+(?P<comment>#[ \t]*)?(?P<who>(?:[^\s\"'#]+[ \t]+)*?(?:\"(?:\\.|[^\"\\])*\"[ \t]+)?)"
    r'"(?P<text>(?:\\.|[^"\\\n])*)"(?P<after>[^"\n]*)$'
)
_STRING: Final = re.compile(
    r'[ \t]+(?P<word>old|new)[ \t]+(?P<quote>["\'])(?P<text>(?:\\.|(?!(?P=quote))[^\\\n])*)(?P=quote)'
)
_STATEMENT: Final = re.compile(r"(?:voice|play|queue|stop|show|scene|hide|nvl|style)\b")
_ESCAPES: Final = backslash_escapes(
    {"n": "\n", "t": "\t"}, {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
)


def units(
    document: str, *, source: str | None, target: str | None, path: str
) -> Iterator[BilingualUnit]:
    """Yield what is said and the strings, each with its translation.

    Raises:
        FormatError: The file holds no block of translations.
    """
    pairs = list(_pairs(document))
    if not pairs and not _BLOCK.search(document):
        raise FormatError(
            path,
            1,
            say("translate のない .rpy", "a .rpy without translate blocks"),
            say(
                "game/tl/japanese/ の下の翻訳ファイル",
                "a file of translations below game/tl/japanese/",
            ),
        )
    to = target or next((lang for lang, _, _ in pairs if lang), "") or "und"
    lang = source or _language_of([mine.text for _, mine, _ in pairs], to)
    for _, mine, theirs in pairs:
        if mine.text.strip():
            yield unit_of(mine, theirs, lang, to)


def _language_of(texts: list[str], to: str) -> str:
    if primary_language(to) != "ja" and mostly_japanese(texts):
        return "ja"
    return "en" if primary_language(to) != "en" else "ja"


def _pairs(document: str) -> Iterator[tuple[str, StringEntry, StringEntry | None]]:
    """Yield language, source and translation of each text."""
    lang, block, at = "", "", 0
    waiting: list[StringEntry] = []
    number = 0
    for line in _LINE.finditer(document):
        number += 1
        text, at = line[0].rstrip("\r\n"), line.start()
        if text and not text[0].isspace() and not text.startswith(("#", "\ufeff#")):
            for entry in waiting:
                yield lang, entry, None
            waiting = []
            match = _BLOCK.match(text.lstrip("\ufeff"))
            lang = language_named(match[1]) if match else ""
            block = match[2] if match else ""
            continue
        if not block:
            continue
        text_entry = _text_of(document, text, at, block, number)
        if text_entry is None:
            continue
        is_source, entry = text_entry
        if is_source:
            waiting.append(entry)
        elif waiting:
            mine = waiting.pop(0)
            entry.key = mine.key
            yield lang, mine, entry
    for entry in waiting:
        yield lang, entry, None


def _text_of(
    document: str, line: str, at: int, block: str, number: int
) -> tuple[bool, StringEntry] | None:
    """Return whether a line is a source, and its text; None where it holds none."""
    if block == "strings":
        match = _STRING.match(line)
        is_source = match is not None and match["word"] == "old"
        key = block
    else:
        match = _SAID.match(line)
        if match is None or _STATEMENT.match(match["who"]):
            return None
        is_source = match["comment"] is not None
        who = match["who"].strip()
        key = f"{block} {who}" if who else block
    if match is None:
        return None
    start, end = match.span("text")
    entry = entry_of_stretch(document, key, at + start, at + end, _ESCAPES)
    entry.line = number
    return is_source, entry


def _recognise(head: Head) -> bool:
    return head.suffix == ".rpy"


FORMAT: Final = StringTable("renpy", (".rpy",), Reading(units=units), _recognise)
