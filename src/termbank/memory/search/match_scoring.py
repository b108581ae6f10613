"""Scores a translator knows, and what they are made of.

The score of a match is 100 × Levenshtein's normalised similarity of the sources, by
characters where either is Japanese, else by words with a share of characters. It is
raised to 95-99 where they differ only in numbers, dates, units, tags, width, case or
punctuation and what differs can be put into the translation; where words differ it stays
below 95. It is 101 or 102 where an exact match also has the neighbours of the query.
Penalties are taken off for what the caller asked to compare (origin, domain, age) and for
how the translation was made (machine, alignment). docs/design/memory.md has the table.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import normalize
from zlib import crc32

from rapidfuzz.distance import Levenshtein

from termbank.text.placeholders import TAG, placeholders

from .measure_units import AFTER_FOLDED, one_kind, one_unit
from .placeables import KANJI_NUMERALS, Placeable, placeables, tags, without_tags
from .placeholder_swap import FORMATTING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from termbank.memory.memory_row import Row

EXACT: Final = 100.0
# Points off 100 for a difference that leaves the sentence as it is; together at most 5,
# so that such a match stays in the band 95-99.
DIFFERENCES: Final = {
    "width": 1.0,
    "case": 2.0,
    "punctuation": 2.0,
    "tags": 3.0,
    "numbers": 4.0,
    "units": 4.0,
}
NEAR_EXACT: Final = 95.0
WORDS_DIFFER: Final = 94.0  # at most, however long the sentence
# Share of the words in the likeness of two texts without Japanese; the rest is by
# characters, so that "file" and "files" are not as unlike as "file" and "window".
_WORD_SHARE: Final = 0.88
# Points off for where the translation comes from. Trados and memoQ ship 1 to 5 points
# for alignment and machine translation and 1 for another project.
PENALTIES: Final = {
    "machine": 5.0,
    "alignment": 3.0,
    "origin": 1.0,
    "domain": 2.0,
    "age": 1.0,
    "context": 2.0,
}
OLD_YEARS: Final = 5  # a translation older than this loses the points of "age"
_PUNCTUATION: Final = re.compile(r"[^\w\ufffc]+|_+")
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_TAG: Final = re.compile(TAG)
_JAPANESE: Final = re.compile(r"[ぁ-ゖァ-ヺ㐀-鿿々]")
_NUMERAL: Final = rf"[\d{KANJI_NUMERALS}]"
_COARSE: Final = re.compile(
    rf"[\W\d_{KANJI_NUMERALS}元年月日曜]+"
    # With the unit, if the run ends in a numeral, or in one and a space or hyphen.
    rf"(?:(?:(?<={_NUMERAL})|(?<={_NUMERAL}[ -]))(?P<unit>{AFTER_FOLDED}))?"
    r"|令和|平成|昭和|大正|明治|[火水木金土](?:曜日?|(?=[)]))"
)
_ENGLISH: Final = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|one|two|three|four|five|six|"
    r"seven|eight|nine|ten|eleven|twelve|hundred|thousand|million|billion|trillion)\b"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\d(?:st|nd|rd|th)\b"
)
_LONGEST_DATE: Final = 40  # code points: Wednesday, the 23rd of September, 2025
_DATE_ALONE: Final = crc32(b"a date and nothing else")
_MARK: Final = "\ufffc"  # stands for a placeable


class Circumstances(NamedTuple):
    """What the caller knows of the place where the query stands.

    Attributes:
        previous: Segment before the query in its document.
        next: Segment after it.
        origin: Project or file worked on; a match from elsewhere loses a point.
        domain: Field worked in; likewise.
        as_of: Day from which age is counted; age is not counted without it.
        context: What tells segments with one source apart (msgctxt of PO, a key); empty
            for a place without. A match from another context loses two points.
    """

    previous: str | None = None
    next: str | None = None
    origin: str | None = None
    domain: str | None = None
    as_of: date | None = None
    context: str | None = None

    @property
    def compares(self) -> bool:
        """Whether a match may lose points for where it comes from."""
        facts = (self.origin, self.domain, self.as_of, self.context)
        return any(fact is not None for fact in facts)


NOWHERE: Final = Circumstances()


class Scored(NamedTuple):
    """Score, band and the names of all differences and penalties that lowered it."""

    score: float
    band: str
    penalties: tuple[str, ...]


class Shape(NamedTuple):
    """A segment taken apart once, to be compared with many.

    Attributes:
        text: Untouched.
        tags: Its mark-up.
        placeables: Its numbers, dates and measures, places counted without mark-up.
        frame: What remains, with a mark for each placeable.
        skeleton: What :func:`skeleton` gives for it.
    """

    text: str
    tags: tuple[str, ...]
    placeables: list[Placeable]
    frame: str
    skeleton: int


def skeleton(text: str) -> int:
    """Return a number that texts share when only their placeables or punctuation differ.

    The store keeps it for every source, so that near-exact matches are found whatever
    their similarity. Other texts may share it too; :func:`score_match` decides.

    >>> skeleton("令和7年11月23日、停戦。") == skeleton("２０２５年１１月２４日 停戦")
    True
    """
    bare = fold_width_and_case(without_tags(text))
    if bare.isascii():
        bare = _ENGLISH.sub("0", bare)
    if _is_date(bare):
        return _DATE_ALONE
    # A text of nothing but numbers would meet all others of its kind; of nothing but
    # measures, those of its unit (300億円).
    core = _COARSE.sub("", bare) or _COARSE.sub(r"\g<unit>", bare) or text
    return crc32(core.encode("utf-8", "surrogatepass"))


def _is_date(text: str) -> bool:
    """Tell whether a text is a date and nothing else."""
    if len(text) > _LONGEST_DATE or not any(map(str.isdigit, text)):
        return False
    values = placeables(text)
    if len(values) != 1 or not isinstance(values[0].value, tuple):
        return False
    return not _PUNCTUATION.sub("", text[: values[0].start] + text[values[0].end :])


def shape(text: str) -> Shape:
    """Take a segment apart."""
    bare = without_tags(text)
    values = placeables(bare)
    pieces, at = [], 0
    for placeable in values:
        pieces += [bare[at : placeable.start], _MARK]
        at = placeable.end
    pieces.append(bare[at:])
    return Shape(text, tags(text), values, "".join(pieces), skeleton(text))


def differences(query: Shape, found: Shape) -> tuple[str, ...] | None:
    """Return what differs, or None where the sentences themselves differ.

    >>> differences(shape("第3章を参照。"), shape("第１２章を参照"))
    ('punctuation', 'numbers')
    >>> differences(shape("停戦"), shape("停戦案")) is None
    True
    """
    wording = _wording(query.frame, found.frame)
    if wording is None:
        return None
    if query.tags != found.tags:
        wording += ("tags",)
    mine, theirs = query.placeables, found.placeables
    if not all(_akin(*pair) for pair in zip(mine, theirs, strict=True)):
        return None
    if value_names := tuple(_values(mine, theirs)):
        return (*wording, *value_names)
    if not wording and [_wide(placeable) for placeable in mine] != [
        _wide(placeable) for placeable in theirs
    ]:
        return ("numbers",)  # one value, written in another way
    return wording or ("width",)


def score_match(
    query: Shape,
    row: Row,
    similarity: float,
    around: Circumstances = NOWHERE,
) -> Scored:
    """Score a stored segment against a query.

    Args:
        query: The query taken apart.
        row: The stored segment.
        similarity: Levenshtein's normalised similarity of the two sources, 0-1.
        around: Neighbours and circumstances of the query.
    """
    score = EXACT * similarity
    names: list[str] = []
    exact = row.source == query.text
    if not exact:
        # Texts of other skeletons are not near-exact: the comparison is spared.
        akin = row.skeleton == query.skeleton
        names_of_changes = differences(query, shape(row.source)) if akin else None
        if names_of_changes is None:
            score = min(score, WORDS_DIFFER)
        else:
            names += names_of_changes
            lost = sum(DIFFERENCES[name] for name in names_of_changes)
            score = max(score, NEAR_EXACT, EXACT - lost)
    else:
        score += _neighbours(row, around)
    for name in _circumstances(row, around):
        names.append(name)
        score -= PENALTIES[name]
    score = max(score, 0.0)
    return Scored(score, band(score, exact=exact), tuple(names))


def lower_score(verdict: Scored, query: Shape, similarity: float) -> Scored:
    """Return the score of a match into which the query's values could not be put.

    Each value counts as one character that differs, as the rest of the sentence stays.
    """
    length = max(len(query.frame), 1)
    values = max(len(query.placeables), 1)
    score = max(EXACT * similarity, EXACT * (1 - values / length), 0.0)
    score = min(score, WORDS_DIFFER, verdict.score)
    return verdict._replace(score=score, band=band(score, exact=False))


def needs_values(query: Shape, stored: Shape) -> bool:
    """Return whether a stored translation is wrong unless something is put into it.

    Other tags around the same words are for the translator to place; another variable,
    number or date says another thing.
    """
    mine = [each.value for each in query.placeables]
    if mine != [each.value for each in stored.placeables]:
        return True
    units = zip(query.placeables, stored.placeables, strict=True)
    if not all(one_unit(each.unit, other.unit) for each, other in units):
        return True
    kinds = {
        each.kind for each in placeholders(query.text) if each.text not in stored.tags
    }
    return not kinds <= FORMATTING


def likeness(text: str, source: str) -> float | None:
    """Return how like two texts of Latin words are, 0-1; None where one is Japanese.

    The names in tags are no words: of three marked terms, a fourth is a quarter.

    >>> round(likeness("Open file", "Close file"), 2), likeness("開く", "閉じる")
    (0.5, None)
    """
    if _JAPANESE.search(text) or _JAPANESE.search(source):
        return None
    mine, theirs = _words(text), _words(source)
    if not mine or not theirs:
        return None
    words = Levenshtein.normalized_similarity(mine, theirs)
    characters = Levenshtein.normalized_similarity(text, source)
    return _WORD_SHARE * words + (1 - _WORD_SHARE) * characters


def _words(text: str) -> list[str]:
    if "<" in text:
        text = _TAG.sub(" ", text)
    return _WORD.findall(text.lower())


def band(score: float, *, exact: bool) -> str:
    """Return context, exact, near-exact or fuzzy."""
    if score > EXACT:
        return "context"
    if exact and score == EXACT:
        return "exact"
    return "near-exact" if score >= NEAR_EXACT else "fuzzy"


def _neighbours(row: Row, around: Circumstances) -> int:
    before = around.previous is not None and around.previous == row.previous
    after = around.next is not None and around.next == row.next
    return before + after


def _circumstances(row: Row, around: Circumstances) -> list[str]:
    names = [row.method] if row.method in ("machine", "alignment") else []
    if around.origin is not None and row.origin != around.origin:
        names.append("origin")
    if around.domain is not None and row.domain != around.domain:
        names.append("domain")
    if around.context is not None and (row.context or "") != around.context:
        names.append("context")
    if around.as_of is not None and row.changed is not None:
        change_day = datetime.fromtimestamp(row.changed / 1e6, UTC).date()
        if (around.as_of - change_day).days > OLD_YEARS * 365.25:
            names.append("age")
    return names


def _wording(mine: str, theirs: str) -> tuple[str, ...] | None:
    if mine == theirs:
        return ()
    wide, wide_theirs = normalize("NFKC", mine), normalize("NFKC", theirs)
    if wide == wide_theirs:
        return ("width",)
    mine, theirs = wide.casefold(), wide_theirs.casefold()
    if mine == theirs:
        return ("case",)
    # Words of Latin letters are told apart by their blanks: "log in" is not "login".
    gap = "" if _JAPANESE.search(mine) else " "
    letters = _PUNCTUATION.sub(gap, mine).strip()
    if letters != _PUNCTUATION.sub(gap, theirs).strip() or not letters:
        return None  # 「！」 and 「？」 alone are two things
    return ("punctuation",)


def fold_width_and_case(text: str) -> str:
    """Return the text without differences of width and case."""
    return text.lower() if text.isascii() else normalize("NFKC", text).casefold()


def _akin(ours: Placeable, other: Placeable) -> bool:
    """Tell whether one may stand for the other: 5 km and 3 miles, not 5 km and 5."""
    return one_kind(ours.unit, other.unit)


def _values(mine: list[Placeable], theirs: list[Placeable]) -> Iterator[str]:
    pairs = list(zip(mine, theirs, strict=True))
    if any(ours.value != other.value for ours, other in pairs):
        yield "numbers"
    if not all(_written_alike(*pair) for pair in pairs):
        yield "units"


def _written_alike(ours: Placeable, other: Placeable) -> bool:
    """Tell whether two measures have one unit, in one spelling but for width and space."""
    if not one_unit(ours.unit, other.unit):
        return False
    return (ours.before.strip() == other.before.strip()) and (
        normalize("NFKC", ours.after).strip() == normalize("NFKC", other.after).strip()
    )


def _wide(placeable: Placeable) -> str:
    return normalize("NFKC", placeable.text)
