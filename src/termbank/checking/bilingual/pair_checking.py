"""Bilingual files to findings: pairs read, rendered terms judged, places found again."""

from __future__ import annotations

import os

from termbank.rules import row_of, rule
from termbank.text.language_tags import primary_language
from termbank.types import Finding, Span

from .renderings import Pair

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .renderings import Terms


SUFFIXES = (
    ".po",
    ".xlf",
    ".xliff",
    ".sdlxliff",
    ".mqxliff",
    ".mxliff",
    ".tmx",
    ".csv",
    ".tsv",
)


def is_bilingual(path: str) -> bool:
    """Answer whether a file name stands for pairs of segments."""
    return os.path.splitext(path)[1].lower() in SUFFIXES


def read_pairs(path: str, *, source: str = "", target: str = "") -> list[Pair]:
    """Return the translated segments of a bilingual file.

    Args:
        path: PO, XLIFF, TMX, or a table of two columns.
        source: Language of the source where the file names none.
        target: Language of the target where the file names none.

    Raises:
        InputError: The file is broken, or holds no pairs.
    """
    from termbank.formats import read_segments

    pairs: list[Pair] = []
    for frame in read_segments(path, source=source or None, target=target or None):
        columns = ("source", "target", "source_lang", "target_lang")
        for left, right, lang, other in frame.select(columns).iter_rows():
            first = primary_language(lang or source) or guessed(left)
            second = primary_language(other or target) or guessed(right)
            if first == second:  # PO names no source language; its reader says en
                first, second = guessed(left), guessed(right)
            pairs.append(Pair(left, right, path, len(pairs), first, second))
    return pairs


def counterpart(path: str, folder: str) -> str:
    """Return the source text of a translated file: the longest path that is in both.

    Args:
        path: The translation, for example ``docs/en/a/b.md``.
        folder: Folder of the sources; ``a/b.md`` there comes before ``b.md``.

    Returns:
        Its path, empty where there is none.
    """
    parts = os.path.normpath(os.path.abspath(path)).split(os.sep)
    for first in range(1, len(parts)):
        candidate = os.path.join(folder, *parts[first:])
        other = os.path.abspath(candidate) != os.path.abspath(path)
        if other and os.path.isfile(candidate):
            return candidate
    return ""


def aligned_pairs(source_path: str, path: str, target: str) -> list[Pair]:
    """Return the sentences of a source file with those of its translation.

    Args:
        source_path: File of the source text.
        path: File of the translation.
        target: Its text.

    Raises:
        InputError: The source text cannot be read.
    """
    from termbank.checking.files.source_file import read
    from termbank.memory.alignment.document_alignment import align

    source = read(source_path).content.decode()
    lang, to = guessed(source), guessed(target)
    segments = align(source, target, lang=lang, to=to, origin=path).segments
    pairs = segments.select("source", "target").iter_rows()
    return [
        Pair(left, right, path, number, lang, to)
        for number, (left, right) in enumerate(pairs)
    ]


def guessed(text: str) -> str:
    """Return ja where a text holds kana or kanji, else en."""
    return "ja" if any("\u3040" <= char <= "\u9fff" for char in text) else "en"


def findings(
    pairs: Sequence[Pair], terms: Terms, codes: Sequence[str]
) -> list[Finding]:
    """Return what the bilingual rules find, without lines and columns.

    Args:
        pairs: Of any direction.
        terms: Of the glossaries.
        codes: Rules to run.
    """
    directions: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs:
        key = (pair.source_lang, pair.target_lang)
        directions.setdefault(key, []).append(pair)
    found: list[Finding] = []
    for listed in directions.values():
        rendered = list(terms.rendered(listed))
        for code in codes:
            reads = row_of(code).reads
            if reads == "pairs":
                found += rule(code).check_pairs(listed)
            elif reads == "renderings":
                found += rule(code).check_renderings(rendered)
    return found


def placed(
    found: Iterable[Finding], pairs: Sequence[Pair], text: str
) -> Iterator[Finding]:
    """Yield findings with line, column and span in the file, where the text is there.

    Args:
        found: Findings whose ``line`` is the number of the pair, from 0, and whose span
            lies in the target.
        pairs: Of the file.
        text: The file. A segment that was escaped is not found again as it stands; its
            finding then names the first line that holds its beginning, else line 1.
    """
    starts = _starts(pairs, text)
    for one in found:
        begin = starts.get(one.line)
        at = 0 if begin is None else begin + one.span.start
        line = text.count("\n", 0, at) + 1
        column = at - text.rfind("\n", 0, at)
        length = 0 if begin is None else one.span.end - one.span.start
        fix = one.fix and one.fix._replace(span=Span(at, at + length))
        yield one._replace(
            line=line,
            column=column,
            span=Span(at, at + length),
            fix=fix if length else None,
        )


def _starts(pairs: Sequence[Pair], text: str) -> dict[int, int]:
    from xml.sax.saxutils import escape

    starts, done = {}, 0
    for pair in pairs:
        for target in (pair.target, escape(pair.target), pair.target[:20]):
            at = text.find(target, done) if target else -1
            if at >= 0:
                starts[pair.number] = done = at
                break
    return starts
