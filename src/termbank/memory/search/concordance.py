"""Where a string stands in the memory, on either side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.text.language_tags import is_same_language
from termbank.types import Match

from .match_scoring import fold_width_and_case
from .sql_prefilter import narrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termbank.memory.memory_row import Row
    from termbank.memory.store import Store


_PHRASE: Final = re.compile(r'"([^"]+)"|「([^」]+)」|(\S+)')
# A character and the marks that fold into it: ﾊﾞ, か with a combining mark.
_WITH_MARKS: Final = re.compile(r"[\s\S][\u0300-\u036f\u3099\u309a\uff9e\uff9f]*")
_SHORTEST: Final = 2  # characters of a part that is looked for in place of the whole


class Concordance(NamedTuple):
    """Segments that hold what was asked for, or what comes nearest to it.

    Attributes:
        matches: In order of entry.
        words: Strings that each of them holds, as they were looked for.
        instead: Whether these are not the query itself: its words apart, another
            spelling or a part of it.
    """

    matches: list[Match]
    words: tuple[str, ...]
    instead: bool = False


def find(store: Store, query: str, *, lang: str | None, limit: int) -> Concordance:
    """Return segments that hold the query, else what comes nearest to it.

    First the query as it stands; then all its words on one side, "phrases in quotation
    marks" whole; then each spelling that differs by a long vowel, a middle dot or a
    plural; at last the longest beginning of a single word.
    """
    exact = find_segments(store, query, lang=lang, limit=limit)
    if exact:
        return Concordance(exact, (query.strip(),))
    words = words_of(query)
    if len(words) > 1:
        together = _holding(store, words, lang=lang, limit=limit)
        return Concordance(together, words, instead=bool(together))
    for other in _spellings(words[0]) if words else ():
        nearest = find_segments(store, other, lang=lang, limit=limit)
        if nearest:
            return Concordance(nearest, (other,), instead=True)
    return Concordance([], words)


def words_of(query: str) -> tuple[str, ...]:
    """Return the words of a query, a phrase in quotation marks as one.

    >>> words_of('停戦 "cease fire" 合意')
    ('停戦', 'cease fire', '合意')
    """
    words = ("".join(groups) for groups in _PHRASE.findall(query))
    return tuple(word for word in words if word.strip("*?"))


def hits(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Return where words stand in a text, in order, none inside another.

    Width and case do not matter; ``*`` and ``?`` stand for characters.

    >>> hits("ＮＡＴＯと停戦", ("nato", "停戦"))
    [(0, 4), (5, 7)]
    """
    plain, places = _folded_places(text)
    spans = sorted(
        (places[match.start()], max(places[match.end()], places[match.start()] + 1))
        for word in words
        if word.strip("*?")
        for match in _pattern(word).finditer(plain)
        if match.end() > match.start()
    )
    ranges: list[tuple[int, int]] = []
    for start, end in spans:
        if not ranges or start >= ranges[-1][1]:
            ranges.append((start, end))
        elif end > ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], end)
    return ranges


def _folded_places(text: str) -> tuple[str, list[int]]:
    """Return the folded text, where each of its characters came from, and the end."""
    if text.isascii() or fold_width_and_case(text) == text.lower():
        return fold_width_and_case(text), list(range(len(text) + 1))
    pieces = [
        (char, match.start())
        for match in _WITH_MARKS.finditer(text)
        for char in fold_width_and_case(match[0])
    ]
    return "".join(char for char, _ in pieces), [*(at for _, at in pieces), len(text)]


def _spellings(word: str) -> Iterator[str]:
    """Yield what may be meant by a word that stands nowhere."""
    others = [
        word.removesuffix("ー") if word.endswith("ー") else f"{word}ー",
        word.replace("・", ""),
        word.removesuffix("s") if word.endswith("s") else f"{word}s",
    ]
    plain = word.strip("*?")
    others += [plain[:end] for end in range(len(plain) - 1, _SHORTEST - 1, -1)]
    yield from (form for form in dict.fromkeys(others) if form != word)


def _holding(
    store: Store, words: Sequence[str], *, lang: str | None, limit: int
) -> list[Match]:
    """Return segments of which one side holds all words; the longest is looked up."""
    longest = max(words, key=len)
    patterns = [_pattern(word) for word in words]
    matches: list[Match] = []
    for match, texts in _sides(store, longest, lang):
        if any(
            all(pattern.search(fold_width_and_case(text)) for pattern in patterns)
            for text in texts
        ):
            matches.append(match)
        if len(matches) >= limit:
            break
    return matches


def find_segments(
    store: Store, query: str, *, lang: str | None, limit: int
) -> list[Match]:
    """Return segments that hold the string, in order of entry."""
    if not query.strip("*?"):
        return []
    pattern = _pattern(query)
    matches: list[Match] = []
    for match, texts in _sides(store, query, lang):
        if any(pattern.search(fold_width_and_case(text)) for text in texts):
            matches.append(match)
        if len(matches) >= limit:
            break
    return matches


def _sides(
    store: Store, query: str, lang: str | None
) -> Iterator[tuple[Match, list[str]]]:
    """Yield rows that may hold a string, with their sides in the language asked for."""
    if not query.strip("*?"):
        return
    for row in _rows(store, query, _pattern(query)):
        sides = ((row.source, row.source_lang), (row.target, row.target_lang))
        texts = [
            text
            for text, spoken in sides
            if not (lang and spoken) or is_same_language(spoken, lang)
        ]
        yield _match(row), texts


def _pattern(query: str) -> re.Pattern[str]:
    pieces = re.split(r"([*?])", fold_width_and_case(query))
    marks = {"*": ".*?", "?": "."}
    return re.compile(
        "".join(marks.get(piece) or re.escape(piece) for piece in pieces), re.S
    )


def _rows(store: Store, query: str, pattern: re.Pattern[str]) -> Iterator[Row]:
    # SQLite narrows by itself first: a call into Python costs it more than a row does.
    search = pattern.search
    with store.pinned() as connection:
        connection.create_function(
            "termbank_holds",
            1,
            lambda text: search(fold_width_and_case(text)) is not None,
        )
        plain = fold_width_and_case(query)
        # A text that holds the string holds its words; marks have many forms.
        longest = max(re.split(r"[\W_]", plain), key=len) or plain.strip("*?")
        test = f"({narrow(connection, longest, flagged=store.flagged)} AND termbank_holds({{side}}))"
        either = " OR ".join(test.format(side=side) for side in ("source", "target"))
        yield from store.select(f"({either}) ORDER BY id")


def _match(row: Row) -> Match:
    return Match(
        row.source, row.target, 100.0, "exact", (), row.segment_id, row.origin or ""
    )
