"""How the terms of a source text were rendered in its translation.

All sources of a batch are searched in one pass, and all targets in another; only a
segment with a term costs more than that. Matching takes the longest form, in NFKC and
case folded; separators of Japanese names (・, space) and a final 長音 make no
difference, English words match in the plural, too.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from ..records import NamedTuple
from ..text.normalise import norm
from .scripts import HIRAGANA, KATAKANA, LATIN, OTHER, script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import daachorse

    from ..glossary.rows import TermRow

RIGHT = ("preferred", "admitted", "proposed")
_LEFTMOST_LONGEST = 1
_JOINTS = str.maketrans("", "", "・･ 　")
_MASKED = re.compile(
    r"<[^<>]{1,200}>|%\([^()]*\)[a-z]|%[sd]|\{[^{}]{0,40}\}|:[a-z:]+:`[^`]*`|``[^`]*``"
    r"|&[a-zA-Z]+;|https?://[!-~]+"
)
_MARKS = frozenset("<%{`&:")


class Pair(NamedTuple):
    """A source text and its translation.

    Attributes:
        source: Source text.
        target: Translation.
        path: File.
        number: Of the pair in its file, from 0.
        source_lang: First subtag, ja or en.
        target_lang: Likewise.
    """

    source: str
    target: str
    path: str = ""
    number: int = 0
    source_lang: str = "en"
    target_lang: str = "ja"


class Standing(NamedTuple):
    """A form of the glossary in a text.

    Attributes:
        start: Code point in the text.
        end: One past the last.
        surface: As written.
        form: As the glossary spells it.
        status: Its status in its concept.
        concepts: Concepts that have the form with that or another status.
    """

    start: int
    end: int
    surface: str
    form: str
    status: str
    concepts: tuple[str, ...]


class Rendered(NamedTuple):
    """One term of a source text, and what stands for it in the target.

    Attributes:
        pair: The segment.
        term: Where the term stands in the source.
        right: Its accepted renderings that stand in the target.
        wrong: Its retired renderings that stand there.
        expected: Accepted renderings, the preferred ones first.
        times: How often the term stands in the source.
        kind: Of its first concept: person, place, term …
    """

    pair: Pair
    term: Standing
    right: tuple[Standing, ...]
    wrong: tuple[Standing, ...]
    expected: tuple[str, ...]
    times: int
    kind: str


class Side:
    """All forms of one language, ready to be found in many texts.

    Args:
        rows: Terms of that language.
        lang: First subtag.
    """

    def __init__(self, rows: Iterable[TermRow], lang: str) -> None:
        self.lang = lang
        self._rows: list[list[TermRow]] = []
        numbers: dict[str, int] = {}
        for row in rows:
            for key in keys_of(row.form, lang):
                number = numbers.setdefault(key, len(self._rows))
                if number == len(self._rows):
                    self._rows.append([])
                if row not in self._rows[number]:
                    self._rows[number].append(row)
        self._finder = _automaton(numbers)

    def found(self, texts: Sequence[str]) -> list[tuple[int, int, int, list[TermRow]]]:
        """Return (text, start, end, rows) of each form, in order, none overlapping.

        Offsets are code points of the normalised text, see :func:`flat`.
        """
        if self._finder is None:
            return []
        joined = "\n".join(texts)
        begins, at = [], 0
        for text in texts:
            begins.append(at)
            at += len(text) + 1
        hits = []
        content, done, points = joined.encode("utf-8", "replace"), 0, 0
        for start, end, number in self._finder.find(content):
            points += len(content[done:start].translate(None, _CONTINUATION))
            length = len(content[start:end].translate(None, _CONTINUATION))
            done = start
            if bounded(joined, points, points + length):
                which = bisect_right(begins, points) - 1
                left = points - begins[which]
                hits.append((which, left, left + length, self._rows[number]))
        return hits


_CONTINUATION = bytes(range(0x80, 0xC0))


def keys_of(form: str, lang: str) -> list[str]:
    """Return what a form may look like in a normalised text.

    >>> keys_of("peace talk", "en"), keys_of("policy", "en")
    (['peace talk', 'peace talks'], ['policy', 'policies'])
    >>> keys_of("ルーク・コフィー", "ja")
    ['ルーク・コフィー', 'ルークコフィー', 'ルーク・コフィ', 'ルークコフィ']
    """
    key = flat(form)
    if lang == "ja":
        keys = [key, key.translate(_JOINTS)]
        if key.endswith("ー") and len(key) > 3:
            keys += [one[:-1] for one in keys]
        elif len(key) > 3 and script(key[-1]) == KATAKANA:
            keys += [f"{one}ー" for one in keys]
        return list(dict.fromkeys(keys))
    keys = [key]
    if key[-1:].isalpha():
        keys += _plural(key)
    return list(dict.fromkeys(keys))


def _plural(key: str) -> list[str]:
    if key.endswith(("s", "x", "z", "ch", "sh")):
        return (
            [f"{key}es", key[:-1]]
            if key.endswith("s") and len(key) > 4
            else [f"{key}es"]
        )
    if key.endswith("y") and key[-2:-1] not in "aeiou":
        return [f"{key[:-1]}ies"]
    return [f"{key}s"]


def flat(text: str) -> str:
    """Return a text in the form that is searched: one line, NFKC, case folded.

    Where that keeps the number of code points, offsets are those of the text.
    """
    return norm(text).replace("\n", " ")


def bounded(text: str, start: int, end: int) -> bool:
    """Answer whether scripts let a word stand at a place."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return _open(script(before), script(text[start])) and _open(
        script(after), script(text[end - 1])
    )


def _open(neighbour: str, own: str) -> bool:
    if neighbour == OTHER or own in (OTHER, HIRAGANA):
        return True
    if own == LATIN:
        return neighbour != LATIN
    # Kanji join into compounds without a mark: only katakana is sure to be cut short.
    return neighbour != own or own != KATAKANA


def blank(text: str) -> str:
    """Return the text with tags and placeholders turned into spaces."""
    if _MARKS.isdisjoint(text):
        return text
    return _MASKED.sub(lambda found: " " * len(found[0]), text)


def _automaton(numbers: dict[str, int]) -> daachorse.DoubleArrayAhoCorasick | None:
    if not numbers:
        return None
    from daachorse import DoubleArrayAhoCorasick

    patterns = [""] * len(numbers)
    for key, number in numbers.items():
        patterns[number] = key
    encoded = [key.encode() for key in patterns]
    return DoubleArrayAhoCorasick(encoded, _LEFTMOST_LONGEST)


class Terms:
    """The terms of stacked glossaries by language, for bilingual checks.

    Args:
        rows: All terms; an earlier glossary's rows come first.
    """

    def __init__(self, rows: Iterable[TermRow]) -> None:
        by_lang: dict[str, list[TermRow]] = {}
        self._targets: dict[tuple[str, str], list[TermRow]] = {}
        for row in rows:
            lang = row.lang.partition("-")[0]
            by_lang.setdefault(lang, []).append(row)
            self._targets.setdefault((row.concept_id, lang), []).append(row)
        self._sides = {lang: Side(listed, lang) for lang, listed in by_lang.items()}

    def rendered(self, pairs: Sequence[Pair]) -> Iterator[Rendered]:
        """Yield every term of the sources with what stands for it, in order.

        Args:
            pairs: All of one direction.
        """
        if not pairs:
            return
        lang, other = pairs[0].source_lang, pairs[0].target_lang
        if lang not in self._sides or other not in self._sides:
            return
        sources = [flat(blank(pair.source)) for pair in pairs]
        terms = self._sides[lang].found(sources)
        if not terms:
            return
        chosen = sorted({hit[0] for hit in terms})
        flats = {which: flat(blank(pairs[which].target)) for which in chosen}
        there: dict[int, list[tuple[int, int, list[TermRow]]]] = {}
        targets = self._sides[other].found([flats[which] for which in chosen])
        for at, start, end, rows in targets:
            there.setdefault(chosen[at], []).append((start, end, rows))
        yield from self._by_segment(pairs, terms, there, flats)

    def _by_segment(
        self,
        pairs: Sequence[Pair],
        terms: list[tuple[int, int, int, list[TermRow]]],
        there: dict[int, list[tuple[int, int, list[TermRow]]]],
        flats: dict[int, str],
    ) -> Iterator[Rendered]:
        counts: dict[tuple[int, int], int] = {}
        firsts: dict[tuple[int, int], tuple[int, int, list[TermRow]]] = {}
        for which, start, end, rows in terms:
            key = (which, id(rows))
            counts[key] = counts.get(key, 0) + 1
            firsts.setdefault(key, (start, end, rows))
        for key, (start, end, rows) in firsts.items():
            pair = pairs[key[0]]
            term = _standing(pair.source, start, end, rows)
            found = self._renderings(
                pair, term, there.get(key[0], []), flats[key[0]], counts[key]
            )
            if found is not None:
                yield found

    def _renderings(
        self,
        pair: Pair,
        term: Standing,
        there: list[tuple[int, int, list[TermRow]]],
        target: str,
        times: int,
    ) -> Rendered | None:
        options = [
            row
            for concept in term.concepts
            for row in self._targets.get((concept, pair.target_lang), ())
        ]
        if not options:
            return None
        good = {row.form for row in options if row.status in RIGHT}
        bad = {row.form for row in options} - good
        right, wrong = [], []
        for start, end, rows in there:
            forms = {row.form for row in rows if row.concept_id in term.concepts}
            if forms & good:
                right.append(_standing(pair.target, start, end, rows, forms & good))
            elif forms & bad:
                wrong.append(_standing(pair.target, start, end, rows, forms & bad))
        if not right:
            right = _hidden(pair, good, target)
        order = sorted(
            (row for row in options if row.form in good),
            key=lambda row: RIGHT.index(row.status),
        )
        expected = tuple(dict.fromkeys(row.form for row in order))
        return Rendered(
            pair, term, tuple(right), tuple(wrong), expected, times, options[0].kind
        )


def _hidden(pair: Pair, good: Iterable[str], target: str) -> list[Standing]:
    """Find a rendering inside a longer term that the search took first."""
    for form in sorted(good):
        for key in keys_of(form, pair.target_lang):
            at = target.find(key)
            while at >= 0:
                end = at + len(key)
                if bounded(target, at, end):
                    surface = pair.target[at:end]
                    return [Standing(at, end, surface, form, "preferred", ())]
                at = target.find(key, at + 1)
    return []


def _standing(
    text: str, start: int, end: int, rows: list[TermRow], forms: Iterable[str] = ()
) -> Standing:
    """Return a place in the untouched text, found again where NFKC moved it."""
    if len(flat(text)) != len(text):
        from ..text.normalise import mapped

        start, end = mapped(text).original(start, end)
    wanted = set(forms) or {row.form for row in rows}
    row = next(row for row in rows if row.form in wanted)
    concepts = tuple(dict.fromkeys(row.concept_id for row in rows))
    return Standing(start, end, text[start:end], row.form, row.status, concepts)
