"""What is wrong with stored pairs: found, never removed without being asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.memory.search.match_scoring import folded
from termbank.memory.search.placeables import placeables
from termbank.text.language_tags import primary_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .memory_row import Row

KINDS: Final = ("duplicate", "untranslated", "language", "swapped", "numbers")
_LETTER: Final = re.compile(r"[^\W\d_]")
_JAPANESE: Final = re.compile(r"[ぁ-ゖァ-ヺ㐀-鿿々]")
_LATIN: Final = re.compile(r"[A-Za-zÀ-ɏ]")
# Share of Japanese among the letters from which a text is Japanese: names of products
# and code stand in Latin letters in Japanese texts, rarely the other way round.
_MOSTLY: Final = 0.3


class Fault(NamedTuple):
    """A pair that a person should look at.

    Attributes:
        kind: duplicate, untranslated, language, swapped or numbers.
        segment_id: The pair.
        source: Its source.
        target: Its translation.
        detail: What is wrong: the other pair, the missing numbers.
    """

    kind: str
    segment_id: str
    source: str
    target: str
    detail: str


def faults(rows: Iterable[Row]) -> Iterator[Fault]:
    """Yield the faults of pairs in the order of the pairs."""
    seen: dict[tuple[str, str], str] = {}
    for row in rows:
        key = (folded(row.source).strip(), folded(row.target).strip())
        first = seen.setdefault(key, row.segment_id)
        if first != row.segment_id:
            yield _fault("duplicate", row, first)
        elif kind := _languages(row):
            yield _fault(kind, row, "")
        elif missing := _numbers(row):
            yield _fault("numbers", row, missing)


def _fault(kind: str, row: Row, detail: str) -> Fault:
    return Fault(kind, row.segment_id, row.source, row.target, detail)


def _languages(row: Row) -> str:
    if not _LETTER.search(row.source):
        return ""
    if not row.target.strip() or row.target.strip() == row.source.strip():
        # A name, a path or code stays as it is in both languages.
        same_by_right = row.target.strip() and not _JAPANESE.search(row.source)
        return "" if same_by_right else "untranslated"
    source, target = _tongue(row.source), _tongue(row.target)
    wanted = (primary_language(row.source_lang), primary_language(row.target_lang))
    if "ja" not in wanted or not source or not target:
        return ""
    if wanted == ("ja", wanted[1]) and (source, target) == ("other", "ja"):
        return "swapped"
    if wanted[1] == "ja" and (source, target) == ("ja", "other"):
        return "swapped"
    side = target if wanted[1] == "ja" else source
    other = source if wanted[1] == "ja" else target
    return "language" if side != "ja" or other == "ja" else ""


def _tongue(text: str) -> str:
    japanese, latin = len(_JAPANESE.findall(text)), len(_LATIN.findall(text))
    if not japanese + latin:
        return ""
    # A character of Japanese carries about as much as two Latin letters.
    return "ja" if 2 * japanese / (2 * japanese + latin) >= _MOSTLY else "other"


def _numbers(row: Row) -> str:
    """Return numbers of digits that one side lacks; words such as "one" may be either."""
    mine, theirs = placeables(row.source), placeables(row.target)
    written = {
        str(one.value)
        for one in (*mine, *theirs)
        if any(char.isdigit() for char in one.text)
    }
    left, right = ({str(one.value) for one in side} for side in (mine, theirs))
    missing = sorted((left ^ right) & written)
    return ", ".join(missing)
