"""How much of a job the memory already holds: the table that a quotation is made from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.errors import InputError
from termbank.memory.search.match_scoring import EXACT, Circumstances
from termbank.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from .translation_memory import Memory

# (name, lowest score); each row takes what the rows above it left.
ROWS: Final = (
    ("context", EXACT + 1),
    ("100", EXACT),
    ("95-99", 95.0),
    ("85-94", 85.0),
    ("75-84", 75.0),
    ("50-74", 50.0),
)
NEW, REPETITIONS = "new", "repetitions"
LOWEST: Final = 50.0
_PLAIN: Final = frozenset((".txt", ".md", ".text"))
_JAPANESE: Final = re.compile(r"[ぁ-ヿ㐀-鿿]")


class Analysed(NamedTuple):
    """One row of the table.

    Attributes:
        band: context, 100, 95-99, 85-94, 75-84, 50-74, new or repetitions.
        segments: Number of segments.
        characters: Their characters without white space.
        words: Their words; for Japanese the words of Sudachi.
    """

    band: str
    segments: int
    characters: int
    words: int


def sources(path: Path, lang: str) -> list[str]:
    """Return the source segments of a job: a bilingual file, or a text that is cut.

    Raises:
        InputError: The file cannot be read.
    """
    expected = say(
        "テキスト・XLIFF・PO・TMX のファイル", "a text, XLIFF, PO or TMX file"
    )
    if not path.is_file():
        found = say("ファイルがありません", "no file")
        raise InputError(str(path), found, expected)
    if path.suffix in _PLAIN:
        from termbank.memory.alignment.segmentation import segment
        from termbank.sources import read

        texts = read([str(path)])["text"]
        return [one.text for text in texts for one in segment(text, lang=lang)]
    from termbank.formats import module
    from termbank.formats.detection import recognised

    reader = module(recognised(str(path)))
    if not hasattr(reader, "segments"):
        raise InputError(str(path), reader.NAME, expected)
    return [pair.source for pair in reader.segments(str(path)) if pair.source]


def analysed(memory: Memory, segments: Sequence[str]) -> list[Analysed]:
    """Return the table of a job, always all eight rows.

    A segment that stood earlier in the job counts as a repetition, as it is translated
    once; its first occurrence counts by its best match.
    """
    names = [name for name, _ in ROWS]
    members: dict[str, list[str]] = {name: [] for name in (*names, NEW, REPETITIONS)}
    seen: set[str] = set()
    for number, text in enumerate(segments):
        if text in seen:
            members[REPETITIONS].append(text)
            continue
        seen.add(text)
        around = Circumstances(
            previous=segments[number - 1] if number else None,
            next=segments[number + 1] if number + 1 < len(segments) else None,
        )
        found = memory.search(text, limit=1, at_least=LOWEST, around=around)
        members[_row(found[0].score if found else 0.0)].append(text)
    return [_counted(name, texts) for name, texts in members.items()]


def _row(score: float) -> str:
    return next((name for name, least in ROWS if score >= least), NEW)


def _counted(name: str, texts: Iterable[str]) -> Analysed:
    every = list(texts)
    characters = sum(len("".join(text.split())) for text in every)
    return Analysed(name, len(every), characters, sum(map(_words, every)))


def _words(text: str) -> int:
    if not _JAPANESE.search(text):
        return len(text.split())
    from termbank.tokenise import tokeniser

    return sum(token.surface.strip() != "" for token in tokeniser().tokens(text))
