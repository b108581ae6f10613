"""One file of a pair of string tables, and how the files of a format are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from termbank.errors import FormatError
from termbank.formats.safe_files import bom_of, chunks
from termbank.messages import say
from termbank.text.japanese import mostly_japanese

from .entries import Lines
from .language_names import language_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from termbank.formats.model.bilingual_units import BilingualUnit

    from .entries import StringEntry


class ReadEntries(Protocol):
    """Reads the values of a table of one language."""

    def __call__(self, document: str, path: str = "") -> Iterator[StringEntry]:
        """Yield the values in order."""
        ...


class ReadUnits(Protocol):
    """Reads the pairs of a file that holds both languages."""

    def __call__(
        self,
        document: str,
        *,
        source: str | None,
        target: str | None,
        path: str,
    ) -> Iterator[BilingualUnit]:
        """Yield the pairs in order."""
        ...


class Reading(NamedTuple):
    """How the files of a format are read.

    Attributes:
        entries: Reads the values of a file of one language.
        units: Reads the pairs of a file of two languages or more.
        joined: Pairs the values of two files; by key where absent.
        codecs: Encodings that are tried in order where no mark names one.
        beyond: Returns a text with escapes for what an encoding does not have.
        many: Whether a file may hold more than two languages.
        warnings: Returns what a person should know of a file of both languages.
    """

    entries: ReadEntries | None = None
    units: ReadUnits | None = None
    joined: Callable[[Side, Side], list[BilingualUnit]] | None = None
    codecs: tuple[str, ...] = ("utf-8",)
    beyond: Callable[[str, str], str] | None = None
    many: bool = False
    warnings: Callable[[str], list[str]] | None = None


class Side:
    """One file of a pair.

    Attributes:
        path: The file.
        lang: Language tag; empty where neither name nor file says it.
        text: Its text, byte order mark included.
        codec: Python's name of its encoding.
        content: Its bytes.
        entries: Its values in order.
    """

    def __init__(self, reading: Reading, path: str, content: bytes | None) -> None:
        self.path = path
        self.content = b"".join(chunks(path)) if content is None else content
        self.text, self.codec = decode(self.content, path, reading.codecs)
        self.lang = ""
        self.entries: list[StringEntry] = []
        if reading.entries is not None:
            self.entries = list(reading.entries(self.text, path))
        lines = Lines(self.text)
        for entry in self.entries:
            entry.line = lines.at(entry.start)
        self._strip_root()

    def _strip_root(self) -> None:
        """Take a language off the keys where all values stand under it, as in Rails."""
        roots = {entry.key.partition(".")[0] for entry in self.entries}
        if len(roots) == 1 and all("." in entry.key for entry in self.entries):
            self.lang = language_named(roots.pop())
            if self.lang:
                for entry in self.entries:
                    entry.key = entry.key.partition(".")[2]
                    entry.parent = entry.parent[1:]

    def of_roots(self) -> list[Side]:
        """Return a side for each language where all values stand under languages."""
        roots = dict.fromkeys(entry.key.partition(".")[0] for entry in self.entries)
        langs = {root: language_named(root) for root in roots}
        if len(roots) < 2 or not all(langs.values()):
            return []
        sides = []
        for root, lang in langs.items():
            mine = [e for e in self.entries if e.key.startswith(f"{root}.")]
            for entry in mine:
                entry.key, entry.parent = entry.key[len(root) + 1 :], entry.parent[1:]
            sides.append(self.of_texts(mine, lang))
        return sides

    def of_texts(self, entries: list[StringEntry], lang: str) -> Side:
        """Return a side with the same keys and other texts, in another language."""
        side = Side.__new__(Side)
        side.path, side.content, side.text = self.path, self.content, self.text
        side.codec, side.lang, side.entries = self.codec, lang, entries
        return side

    @property
    def is_japanese(self) -> bool:
        """Whether most of its values are Japanese."""
        return mostly_japanese([e.text for e in self.entries if e.text])

    def has_gaps_beside(self, other: Side) -> bool:
        """Whether a value is empty here that holds a text in the other file."""
        texts = {entry.key for entry in other.entries if entry.text.strip()}
        return any(e.key in texts and not e.text.strip() for e in self.entries)


def decode(
    content: bytes, path: str, codecs: Sequence[str] = ("utf-8",)
) -> tuple[str, str]:
    """Return the text of a file and its encoding: by its mark, else the first that fits.

    Raises:
        FormatError: The bytes are of none of the encodings.
    """
    bom_codec, _ = bom_of(content[:4])
    for codec in (bom_codec,) if bom_codec else codecs:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError as fault:
            line = content.count(b"\n", 0, fault.start) + 1
            continue
        if text.encode(codec) == content:
            return text, codec
        line = 1
    problem = say("読めない文字", "bytes that are no text")
    raise FormatError(
        path, line, problem, " | ".join((bom_codec,) if bom_codec else codecs)
    )
