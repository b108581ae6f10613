"""Units of PO files: the messages as pairs, their direction, and where msgstr stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from termbank.formats.model.bilingual_units import (
    OPEN,
    REVIEW,
    TRANSLATED,
    BilingualUnit,
    Splice,
    TargetEdit,
)
from termbank.formats.model.concept_records import Segment
from termbank.text.japanese import mostly_japanese
from termbank.text.language_tags import is_same_language, primary_language

from .po_messages import Message, entries, escape, header_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Gettext's manual asks for English in msgid where nothing else is said.
_DEFAULT_SOURCE: Final = "en"
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
SOURCE_FIELDS: Final = ("x-source-language", "source-language", "x-sourcelanguage")


def bilingual_units(
    document: str,
    *,
    source: str | None = None,
    target: str | None = None,
    path: str = "",
) -> Iterator[BilingualUnit]:
    """Yield the messages that are in use, a plural message as two units.

    Args:
        document: Text of the file.
        source: Language of msgid. Where absent, the header's X-Source-Language, else
            English, or Japanese where the header names English as the translation's.
        target: Language of msgstr where the header names none.
        path: What the file is called in an error.
    """
    messages = [entry for entry in entries(document, path) if not entry.obsolete]
    header = next((header_of(entry) for entry in messages if _is_header(entry)), {})
    langs = _languages(header, messages, source, target)
    number = 0
    for entry in messages:
        if _is_header(entry):
            continue
        for unit in _units(entry):
            unit.number, unit.line = number, entry.line
            unit.segment.source_lang, unit.segment.target_lang = langs
            number += 1
            yield unit


def _is_header(entry: Message) -> bool:
    return not entry.texts.get("msgid") and "msgctxt" not in entry.texts


def _languages(
    header: dict[str, str],
    messages: Sequence[Message],
    source: str | None,
    target: str | None,
) -> tuple[str, str | None]:
    header_lang = header.get("language") or target
    other = header_lang or _language_of_translations(messages)
    header_source = next(
        (header[name] for name in SOURCE_FIELDS if header.get(name)), None
    )
    default = "ja" if primary_language(other) == "en" else _DEFAULT_SOURCE
    for candidate in (source, header_source):
        # A source that is the language of the translations is the pair turned round.
        if candidate and not is_same_language(candidate, other):
            return candidate, header_lang or other
    return default, header_lang or other


def _language_of_translations(messages: Sequence[Message]) -> str | None:
    """Return ja or en as most msgstr are, None where no message is translated."""
    texts = [
        text
        for entry in messages
        if not _is_header(entry)
        for key, text in entry.texts.items()
        if key.startswith("msgstr") and text
    ]
    if not texts:
        # Nothing is translated yet: the other language than that of most msgid.
        texts = [entry.texts["msgid"] for entry in messages if entry.texts.get("msgid")]
        if not texts:
            return None
        return "en" if mostly_japanese(texts) else None
    return "ja" if mostly_japanese(texts) else "en"


def _units(entry: Message) -> Iterator[BilingualUnit]:
    texts = entry.texts
    writer = _MessageWriter(entry)
    forms = sorted(key for key in texts if key.startswith("msgstr["))
    if "msgid_plural" in texts and not forms:
        return
    keys = [("msgid", "msgstr")]
    if forms:
        keys = [("msgid", forms[0])]
        if "msgid_plural" in texts:
            keys.append(("msgid_plural", forms[-1]))
    for original, translation_key in keys:
        text = texts.get(translation_key, "")
        state = REVIEW if entry.fuzzy else TRANSLATED
        unit = BilingualUnit(Segment(texts[original], None), OPEN, text, 0)
        if text:
            unit.state = state
            unit.segment.target = text if state == TRANSLATED else None
        unit.part = translation_key
        unit.runs = entry.strings.get(translation_key, ())
        unit.writer = writer if unit.runs else None
        context = texts.get("msgctxt")
        if context:
            unit.context = unit.segment.context = context
        if original == "msgid_plural":
            unit.segment.plural_of = texts["msgid"]
            unit.segment.unread += max(len(forms) - 2, 0)
        yield unit


class _MessageWriter:
    """Writes msgstr, and the flag fuzzy where asked."""

    def __init__(self, entry: Message) -> None:
        self._entry = entry

    def splices(
        self, document: str, changes: Sequence[tuple[BilingualUnit, TargetEdit]]
    ) -> Iterator[Splice]:
        """Yield the changes of the strings of one message."""
        entry = self._entry
        if any(edit.fuzzy for _, edit in changes) and not entry.fuzzy:
            yield _flag(document, entry)
        written_parts: set[str] = set()
        for unit, edit in changes:
            strings = entry.strings[unit.part]
            if unit.part in written_parts:
                continue
            written_parts.add(unit.part)
            start, end = strings[0].start - 1, strings[-1].end + 1
            yield Splice(start, end, _quote(edit.text, _newline(document)))


def _newline(document: str) -> str:
    return "\r\n" if "\r\n" in document[:4096] else "\n"


def _quote(text: str, newline: str) -> str:
    """Return a text as strings; one of several lines as msgcat writes it."""
    lines = _LINE.findall(text) if "\n" in text[:-1] else [text]
    strings = [f'"{escape(line)}"' for line in lines]
    return newline.join(['""', *strings] if len(strings) > 1 else strings)


def _flag(document: str, entry: Message) -> Splice:
    if entry.flags is not None:
        rest = document[entry.flags : document.find("\n", entry.flags)]
        space = "" if rest[:1] in (" ", "\t") else " "
        return Splice(entry.flags, entry.flags, f" fuzzy,{space}")
    newline = _newline(document)
    return Splice(entry.start, entry.start, f"#, fuzzy{newline}")
