"""Targets of bilingual files changed in place: no byte outside them becomes another.

:func:`bilingual_units` reads the bytes of an XLIFF (1.x, 2.x, sdlxliff, mqxliff,
mxliff), TMX or PO file into units, and :func:`edit_targets` changes some of their
targets. Declarations, quotes, entities, CDATA, byte order mark and line ends stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from termbank.errors import FormatError, TermbankError
from termbank.formats import po_messages, po_units, tmx_units, xliff_units
from termbank.formats.model.bilingual_units import BilingualUnit, Splice, splices_of
from termbank.formats.model.language_check import (
    refuse_impossible,
    units_with_possible_languages,
)
from termbank.formats.safe_files import CHUNK
from termbank.messages import say
from termbank.text.language_tags import is_same_language

from .safe_bytes import encoding_of
from .subtree_reader import units_of_any_prefix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from termbank.formats.model.bilingual_documents import BilingualDocument
    from termbank.formats.model.bilingual_units import TargetEdit

_ROOT: Final = re.compile(
    r"\ufeff?(?:\s++|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*+(?:\[.*?\]\s*+)?>)*+"
    r"<(?:[\w.-]++:)?(xliff|tmx)\b",
    re.DOTALL,
)
_READERS: Final[dict[str, Callable[..., Iterator[BilingualUnit]]]] = {
    "xliff": xliff_units.bilingual_units,
    "tmx": tmx_units.bilingual_units,
    "po": po_units.bilingual_units,
}


class Document:
    """A bilingual file as text, with all that is needed to write it again.

    Attributes:
        name: xliff, tmx or po.
        text: The whole file, byte order mark included; offsets count in it.
        codec: Python's name of its encoding.
        path: What it is called in errors.
        marks_drafts: Whether a translation can be marked for review.
    """

    def __init__(self, content: bytes, *, path: str = "", name: str = "") -> None:
        """Read a file.

        Args:
            content: Its bytes.
            path: What it is called in errors.
            name: Format that it has to be of: xliff, tmx or po; any where absent.

        Raises:
            FormatError: It is broken, holds what is refused, or is of another format.
        """
        self._content, self.path = content, path
        self.name, self.text, self.codec = _decode(content, path)
        self.marks_drafts = self.name != "tmx"
        if name and self.name != name:
            expected = say(f"{name} のファイル", f"a file in {name}")
            raise FormatError(path, 1, self.name, expected)

    def holds_language(self, lang: str) -> bool:
        """Answer whether a TMX file has a text in a language."""
        langs = tmx_units.languages_of(self.text)
        return any(is_same_language(other, lang) for other in langs)

    def read(
        self, *, source: str | None = None, target: str | None = None
    ) -> Iterator[BilingualUnit]:
        """Yield the units one after another, as :meth:`units` returns them."""
        units = _READERS[self.name](self.text, source=source, target=target)
        yield from units_with_possible_languages(units, self.path)

    def units(
        self, *, source: str | None = None, target: str | None = None
    ) -> list[BilingualUnit]:
        """Return the units in the order of the file.

        Args:
            source: Language of the sources where the file names none; in TMX it chooses
                the source variant.
            target: Language of the targets, likewise.
        """
        return list(self.read(source=source, target=target))

    def edited(
        self, units: Iterable[BilingualUnit], edits: Iterable[TargetEdit]
    ) -> bytes:
        """Return the bytes of the file with some targets changed.

        Args:
            units: As :meth:`units` returned them.
            edits: What to change.

        Raises:
            IndexError: An edit names a unit or characters that are not there.
            ValueError: Two edits change the same characters.
            FormatError: A text cannot be written in the encoding of the file.
        """
        splices = splices_of(self.text, units, edits)
        return b"".join(self._pieces(splices))

    def _pieces(self, splices: Iterable[Splice]) -> Iterator[bytes]:
        # What stays is cut out of the bytes and never encoded again: some encodings
        # have two byte sequences for one character.
        at = copied_to = 0
        for splice in splices:
            length = len(self.text[copied_to : splice.start].encode(self.codec))
            yield self._content[at : at + length]
            at += length
            yield self._encode(splice.text)
            at += len(self.text[splice.start : splice.end].encode(self.codec))
            copied_to = splice.end
        yield self._content[at:]

    def _encode(self, text: str) -> bytes:
        errors = "strict" if self.name == "po" else "xmlcharrefreplace"
        try:
            return text.encode(self.codec, errors)
        except UnicodeEncodeError as fault:
            char = fault.object[fault.start]
            problem = say(
                f"{self.codec} にない文字 {char}", f"{char} outside {self.codec}"
            )
            expected = say("UTF-8 のファイル", "a file in UTF-8")
            raise FormatError(self.path, 1, problem, expected) from None


def bilingual_units(
    content: bytes,
    *,
    source: str | None = None,
    target: str | None = None,
    path: str = "",
) -> list[BilingualUnit]:
    """Return the units of a bilingual file in its order.

    Args:
        content: Bytes of an XLIFF, TMX or PO file, of a string table or subtitles.
        source: Language of the sources where the file names none.
        target: Language of the targets where the file names none.
        path: The file: what it is called in errors, and of string tables and subtitles
            beside what the file in the other language stands.

    Raises:
        FormatError: The file is broken, holds what is refused, or is of another format.
    """
    return _document(content, path).units(source=source, target=target)


def edit_targets(
    content: bytes,
    edits: Iterable[TargetEdit],
    *,
    source: str | None = None,
    target: str | None = None,
    path: str = "",
) -> bytes:
    r"""Return the bytes of a bilingual file with some targets changed.

    Args:
        content: Bytes of an XLIFF, TMX or PO file, or of the translation among the two
            files of a string table or of subtitles.
        edits: By number of unit, as :func:`bilingual_units` numbers them for the same
            ``source`` and ``target``.
        source: As for :func:`bilingual_units`.
        target: As for :func:`bilingual_units`.
        path: What the file is called in errors.

    Raises:
        FormatError: The file is broken, or a text cannot be written in its encoding.
        IndexError: An edit names a unit or characters that are not there.
        ValueError: Two edits change the same characters.

    >>> from termbank.formats.model.bilingual_units import TargetEdit
    >>> edit_targets(b'msgid "Open"\nmsgstr ""\n', [TargetEdit(0, "開く")]).decode()
    'msgid "Open"\nmsgstr "開く"\n'
    """
    document = _document(content, path)
    units = document.units(source=source, target=target)
    if path and document.path != path:
        problem = say("原文のファイル", "the file of the sources")
        raise FormatError(path, 1, problem, document.path)
    return document.edited(units, edits)


def _document(content: bytes, path: str) -> BilingualDocument:
    """Return a document by the name of its file; without one it is XLIFF, TMX or PO."""
    from termbank.formats.detection import recognise_format
    from termbank.formats.parts import module

    try:
        part = module(recognise_format(path, content)) if path else None
    except TermbankError:  # a name of no format: the content decides
        part = None
    opener = getattr(part, "document", None) or getattr(part, "job", None)
    if opener is None:
        return Document(content, path=path)
    document: BilingualDocument = opener(path, content)
    return document


def _pieces(content: bytes) -> Iterator[bytes]:
    for at in range(0, len(content), CHUNK):
        yield content[at : at + CHUNK]


def _decode(content: bytes, path: str) -> tuple[str, str, str]:
    """Return format, text and codec of a file that has been read without a fault."""
    head = content.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1]
    if head != b"<":
        document, codec = po_messages.decode(content, path)
        for _ in po_messages.entries(document, path):
            pass
        return "po", document, codec
    whole = ("trans-unit", "unit", "tu")
    pieces = units_of_any_prefix(path, whole, source=lambda: _pieces(content))
    for element, _ in pieces:
        refuse_impossible(element.get("srclang", ""), path)
    codec = encoding_of(path, content[: 1 << 12])
    document = content.decode(codec)
    root = _ROOT.match(document)
    if root is None:
        raise FormatError(
            path,
            1,
            say("ほかの XML ファイル", "another XML file"),
            say("XLIFF・TMX・PO のファイル", "an XLIFF, TMX or PO file"),
        )
    return root[1], document, codec
