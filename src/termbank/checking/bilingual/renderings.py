"""How the terms of a source text were rendered in its translation.

All sources of a batch are searched in one pass, and all targets in another; only a
segment with a term costs more than that. Matching takes the longest form, in NFKC and
case folded; separators of Japanese names (・, space) and a final 長音 make no
difference, English words match in the plural, too.
"""

from __future__ import annotations

import re
from collections import Counter

from termbank.checking.engine.hit_classifier import KATAKANA_BYTES
from termbank.checking.engine.script_runs import KANJI, KATAKANA, LATIN, script
from termbank.glossary.light_rows import TermRow
from termbank.records import NamedTuple
from termbank.text.accelerators import without_accelerators
from termbank.text.language_tags import primary_language
from termbank.text.personal_titles import POSITION_AFTER_NAME

from .loose_renderings import stands_loosely
from .search_normalisation import flat, keys_of, searchable_texts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import daachorse

    Hit = tuple[int, int, int, int]

RIGHT = ("preferred", "admitted", "proposed")
_LEFTMOST_LONGEST = 1
_LONGEST_TITLE = 36  # bytes: twelve kanji
# Between the renderings of one cell: 有効化|アクティベート, 設定、セッティング.
_LISTED = re.compile(r"\s*[|｜;；、]\s*|\s+[/／]\s+")
_DEPENDS = re.compile(
    r"文脈(?:による|で|に応じ|により|次第)|depends? on (?:the )?context|context[- ]dependent",
    re.IGNORECASE,
)


class Pair(NamedTuple):
    """A source text and its translation.

    Attributes:
        source: Source text.
        target: Translation.
        path: File.
        number: Of the pair in its file, from 0.
        source_lang: First subtag, ja or en.
        target_lang: Likewise.
        context: What tells pairs with one source apart; empty where nothing does.
        message: Of pairs that are forms of one message, what they share; else empty.
        aligned: True where sentences of two pages were paired by a program.
    """

    source: str
    target: str
    path: str = ""
    number: int = 0
    source_lang: str = "en"
    target_lang: str = "ja"
    context: str = ""
    message: str = ""
    aligned: bool = False


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
        term: The term, as the glossary spells what the source holds.
        concepts: Concepts that have it.
        right: Its accepted renderings that stand in the target.
        wrong: Its retired renderings that stand there.
        expected: Accepted renderings, the preferred ones first.
        times: How often the term stands in the source.
        kind: Of its first concept: person, place, term …
        inside: True where each place of the term in the source is part of a longer word.
        others: Terms in the target that render something which the source does not hold.
        first: True where no segment before this one has the term.
    """

    pair: Pair
    term: str
    concepts: tuple[str, ...]
    right: tuple[Standing, ...]
    wrong: tuple[Standing, ...]
    expected: tuple[str, ...]
    times: int
    kind: str
    inside: bool = False
    others: tuple[Standing, ...] = ()
    first: bool = False


class Side:
    """All forms of one language, ready to be found in many texts.

    Args:
        rows: Terms of that language.
        lang: First subtag.

    Attributes:
        rows: Of each number, the terms that are written so.
        all_keys: One a line, to see which of them hold another.
        concepts: Of each number, their concepts; ``sets`` has them as sets.
    """

    def __init__(self, rows: Iterable[TermRow], lang: str) -> None:
        self.rows: list[list[TermRow]] = []
        numbers: dict[str, int] = {}
        for row in rows:
            for key in keys_of(row.form, lang):
                number = numbers.setdefault(key, len(self.rows))
                if number == len(self.rows):
                    self.rows.append([])
                if row not in self.rows[number]:
                    self.rows[number].append(row)
        self.concepts = [
            tuple(dict.fromkeys(row.concept_id for row in rows_of_key))
            for rows_of_key in self.rows
        ]
        self.sets = [frozenset(concepts) for concepts in self.concepts]
        self.keys = list(numbers)
        self.all_keys = "\n".join(["", *numbers, ""])
        self._ends = [(script(key[0]), script(key[-1])) for key in numbers]
        self._finder = _automaton(list(numbers))

    def found(self, texts: Sequence[bytes]) -> list[Hit]:
        """Return (text, start, end, number) of the forms in texts without line ends.

        Offsets are bytes of the text; hits are in order, and none overlaps another. A
        word goes on beyond a hit in katakana or Latin letters where another such
        letter follows; kanji join into compounds without a mark, so they never count.
        """
        if self._finder is None or not texts:
            return []
        content = b"\n".join(texts)
        hits: list[Hit] = []
        which, begin, close = 0, 0, len(texts[0])
        ends = self._ends
        for start, end, number in self._finder.find(content):
            head, tail = ends[number]
            if head == KATAKANA:
                if content[start - 3 : start] in KATAKANA_BYTES:
                    continue
            elif head == LATIN and content[start - 1 : start].isalpha():
                continue
            if tail == KATAKANA:
                if content[end : end + 3] in KATAKANA_BYTES:
                    continue
            elif tail == LATIN and content[end : end + 1].isalpha():
                continue
            while start > close:
                which, begin = which + 1, close + 1
                close = begin + len(texts[which])
            hits.append((which, start - begin, end - begin, number))
        return hits


def _automaton(keys: Sequence[str]) -> daachorse.DoubleArrayAhoCorasick | None:
    if not keys:
        return None
    from daachorse import DoubleArrayAhoCorasick

    return DoubleArrayAhoCorasick([key.encode() for key in keys], _LEFTMOST_LONGEST)


class _Wanted(NamedTuple):
    """What may and may not stand for a group of concepts in one language.

    Attributes:
        good: Accepted forms.
        expected: Accepted forms, the preferred ones first.
        keys: (key in a searched text, form) of the accepted forms.
        retired: Keys of the retired forms.
        kind: Of the first concept.
        cased: True where the letter case of a rendering matters.
        nested: True where a form of another concept holds an accepted one.
    """

    good: frozenset[str]
    expected: tuple[str, ...]
    keys: tuple[tuple[bytes, str], ...]
    retired: tuple[bytes, ...]
    kind: str
    cased: bool
    nested: bool


class Terms:
    """The terms of stacked glossaries by language, for bilingual checks.

    Args:
        rows: All terms; an earlier glossary's rows come first.
    """

    def __init__(self, rows: Iterable[TermRow]) -> None:
        by_lang: dict[str, list[TermRow]] = {}
        self._targets: dict[tuple[str, str], list[TermRow]] = {}
        self._wanted: dict[tuple[tuple[str, ...], str], _Wanted | None] = {}
        for row in _separate(rows):
            lang = primary_language(row.lang)
            by_lang.setdefault(lang, []).append(row)
            self._targets.setdefault((row.concept_id, lang), []).append(row)
        self._sides = {
            lang: Side(side_rows, lang) for lang, side_rows in by_lang.items()
        }

    def rendered(self, pairs: Sequence[Pair]) -> Iterator[Rendered]:
        """Yield the terms of the sources that a rule may speak about, in order.

        A term with an accepted rendering whose letter case does not matter, and with no
        retired rendering beside it, is passed over.

        Args:
            pairs: All of one direction.
        """
        if not pairs:
            return
        lang, other = pairs[0].source_lang, pairs[0].target_lang
        if lang not in self._sides or other not in self._sides:
            return
        source, target = self._sides[lang], self._sides[other]
        sources = searchable_texts([_source_as_read(pair) for pair in pairs])
        terms = source.found(sources)
        chosen = list(dict.fromkeys(hit[0] for hit in terms))
        flats = searchable_texts([pairs[which].target for which in chosen])
        there: dict[int, list[Hit]] = {}
        places = {which: at for at, which in enumerate(chosen)}
        times = Counter((hit[0], hit[3]) for hit in terms)
        first: dict[int, int] = {}
        for hit in terms:
            first.setdefault(hit[3], hit[0])
        free = {
            (hit[0], hit[3])
            for hit in terms
            if not _amid_kanji(sources, hit, source.rows[hit[3]][0].kind)
        }
        for which, _, _, number in terms:
            count = times.pop((which, number), 0)
            concepts, at = source.concepts[number], places[which]
            target_forms = self._wanted_for(concepts, other) if count else None
            if target_forms is None:
                continue
            # Nearly all terms end here: an accepted rendering, and no retired one.
            plain = _plainly(flats[at], target_forms)
            has_retired = any(key in flats[at] for key in target_forms.retired)
            if (
                plain
                and not has_retired
                and not target_forms.cased
                and not target_forms.nested
            ):
                continue
            if at not in there:
                there[at] = target.found([flats[at]])
            pair = pairs[which]
            right, wrong, others = self._judge(
                there[at], pair, concepts, target_forms, plain
            )
            if right and not wrong and not target_forms.cased:
                continue
            yield Rendered(
                pair,
                source.rows[number][0].form,
                concepts,
                right,
                wrong,
                target_forms.expected,
                count,
                target_forms.kind,
                (which, number) not in free,
                others,
                first[number] == which,
            )

    def _judge(
        self,
        hits: list[Hit],
        pair: Pair,
        concepts: tuple[str, ...],
        target_forms: _Wanted,
        plain: _Places,
    ) -> tuple[tuple[Standing, ...], ...]:
        """Return the accepted renderings, the retired ones, and terms of others."""
        side = self._sides[pair.target_lang]
        right, wrong = _sorted_out(hits, side, concepts, target_forms)
        others = [] if right else self._others(hits, pair, concepts)
        if not (right or wrong or any(_covers(hit, plain) for hit in others)):
            right = plain
        return tuple(
            tuple(_standing(pair.target, *place) for place in places)
            for places in (right, wrong, others)
        )

    def _others(
        self, hits: list[Hit], pair: Pair, concepts: tuple[str, ...]
    ) -> _Places:
        """Return the hits of a target that render nothing that the source holds.

        The source holds a concept where all words of its term stand there, in any order:
        表示名 renders "the name to display", too.
        """
        target = self._sides[pair.target_lang]
        others: _Places = []
        for _, start, end, number in hits:
            if not target.sets[number].isdisjoint(concepts):
                continue
            forms = [
                row.form
                for concept in target.concepts[number]
                for row in self._targets.get((concept, pair.source_lang), ())
            ]
            if forms and not stands_loosely(pair.source, forms, pair.source_lang):
                others.append((start, end, target.rows[number]))
        return others

    def _wanted_for(self, concepts: tuple[str, ...], lang: str) -> _Wanted | None:
        key = (concepts, lang)
        if key not in self._wanted:
            rows = [
                row
                for concept in concepts
                for row in self._targets.get((concept, lang), ())
            ]
            self._wanted[key] = _wanted_forms(rows, self._sides[lang]) if rows else None
        return self._wanted[key]


def _separate(rows: Iterable[TermRow]) -> Iterator[TermRow]:
    """Yield terms with each rendering of a cell by itself, silent concepts left out.

    A term whose note says that its rendering depends on the context is not judged.
    """
    all_rows = list(rows)
    silent = {row.concept_id for row in all_rows if _DEPENDS.search(row.note)}
    for row in all_rows:
        if row.concept_id in silent:
            continue
        forms = [form.strip() for form in _LISTED.split(row.form)]
        if len(forms) == 1 or not all(forms):
            yield row
            continue
        for number, form in enumerate(forms):
            preferred = row.status == "preferred" and number
            yield row._replace(
                form=form, status="admitted" if preferred else row.status
            )


def _source_as_read(pair: Pair) -> str:
    return without_accelerators(pair.source, translation=pair.target)


def _wanted_forms(rows: list[TermRow], side: Side) -> _Wanted:
    lang = primary_language(rows[0].lang)
    good_rows = [row for row in rows if row.status in RIGHT]
    good_rows.sort(key=lambda row: RIGHT.index(row.status))
    expected = tuple(dict.fromkeys(row.form for row in good_rows))
    keys = [(key.encode(), form) for form in expected for key in keys_of(form, lang)]
    has_capitals = any(not form.islower() and form.isascii() for form in expected)
    bad = {row.form for row in rows} - set(expected)
    retired_keys = tuple(
        key.encode() for form in sorted(bad) for key in keys_of(form, lang)
    )
    own = {key for row in rows for key in keys_of(row.form, lang)}
    inside = "".join(f"\n{key}\n" for key in own)
    inside_longer = any(
        side.all_keys.count(key.decode()) > inside.count(key.decode())
        for key, _ in keys
    )
    return _Wanted(
        frozenset(expected),
        expected,
        tuple(keys),
        retired_keys,
        rows[0].kind,
        has_capitals,
        inside_longer,
    )


if TYPE_CHECKING:
    _Places = list[tuple[int, int, list[TermRow]]]


def _sorted_out(
    hits: list[Hit], side: Side, concepts: tuple[str, ...], target_forms: _Wanted
) -> tuple[_Places, _Places]:
    """Return the accepted and the retired renderings among the hits of a target."""
    right: _Places = []
    wrong: _Places = []
    for _, start, end, number in hits:
        mine = side.sets[number]
        if mine.isdisjoint(concepts):
            continue
        rows = [row for row in side.rows[number] if row.concept_id in concepts]
        # Of フォルダ and フォルダー, each found as the other, the one as written counts.
        exact = [row for row in rows if flat(row.form) == side.keys[number]]
        rows = exact or rows
        good = [row for row in rows if row.form in target_forms.good]
        (right if good else wrong).append((start, end, good or rows))
    return right, wrong


def _plainly(target: bytes, target_forms: _Wanted) -> _Places:
    """Return one accepted rendering that stands in a target, inside a longer term too."""
    for key, form in target_forms.keys:
        at = target.find(key)
        while at >= 0:
            end = at + len(key)
            if _is_bounded(target, at, end):
                return [(at, end, [_row_of(form)])]
            at = target.find(key, at + 1)
    return []


def _covers(other: tuple[int, int, list[TermRow]], places: _Places) -> bool:
    """Answer whether a longer term of another concept holds one of some places."""
    return any(
        other[0] <= start and end <= other[1] and other[1] - other[0] > end - start
        for start, end, _ in places
    )


def _is_bounded(text: bytes, start: int, end: int) -> bool:
    """Answer whether katakana or Latin letters do not go on beyond a place."""
    before, after = text[max(0, start - 3) : start], text[end : end + 3]
    if text[start : start + 1].isalpha():
        begins = not before[-1:].isalpha()
    else:
        begins = not {before, text[start : start + 3]} <= KATAKANA_BYTES
    if text[end - 1 : end].isalpha():
        return begins and not after[:1].isalpha()
    return begins and not {text[end - 3 : end], after} <= KATAKANA_BYTES


def _amid_kanji(texts: Sequence[bytes], hit: Hit, kind: str) -> bool:
    """Answer whether kanji go on beside a kanji term: 魔術師 in 黒魔術師.

    The title behind a person's name is no part of it: 大河内主任.
    """
    which, start, end, _ = hit
    text = texts[which]
    before = text[max(0, start - 3) : start].decode(errors="ignore")[-1:]
    after = text[end : end + 3].decode(errors="ignore")[:1]
    head = text[start : start + 3].decode(errors="ignore")[:1]
    tail = text[max(0, end - 3) : end].decode(errors="ignore")[-1:]
    if script(head) == script(before) == KANJI:
        return True
    if script(tail) != KANJI or script(after) != KANJI:
        return False
    following = text[end : end + _LONGEST_TITLE].decode(errors="ignore")
    return kind != "person" or POSITION_AFTER_NAME.match(following) is None


def _row_of(form: str) -> TermRow:
    return TermRow("", "", "", "", form, "", "preferred", "", "", "", "", "")


def _standing(text: str, start: int, end: int, rows: list[TermRow]) -> Standing:
    """Return a place in the untouched text from bytes of the searched one."""
    if not text.isascii():
        line = searchable_texts([text])[0]
        end = len(line[:end].decode(errors="ignore"))
        start = len(line[:start].decode(errors="ignore"))
        if len(flat(text[:end])) != end:
            from termbank.text.normalise import normalise_mapped

            start, end = normalise_mapped(text).original(start, end)
    row = rows[0]
    concepts = (row.concept_id,) if row.concept_id else ()
    return Standing(start, end, text[start:end], row.form, row.status, concepts)
