"""What the text says of a mention beyond its form, as bits of a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from termbank.mining.tokens.token_flags import CLOSE, NA, NO, OPEN, SPACE, STOP, TOPIC

from .term_phrases import trim_runs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from termbank.mining.tokens.token_lexicon import Lexicon
    from termbank.mining.tokens.token_table import Sheet

    from .term_phrases import Runs, Spans

ALONE: Final = 1  # the whole noun run, figures and adverbial nouns aside
QUOTED: Final = 2  # all there is between two quotes or brackets
HEADING: Final = 4  # in a line without a full stop
OPENING: Final = 8  # in the first sentence of its document
TOPICAL: Final = 16  # は, が or を follows
BRACKETED: Final = 32  # a bracket opens right after: 北大西洋条約機構(NATO)
LINKED: Final = 64  # の follows or stands before
PHRASE: Final = 256  # two whole noun runs with の or な between: 安全の保証
RESERVED: Final = (
    2048  # its text is technical: what other texts call a name is none here
)
DEFINED: Final = 1024  # the text says what it means: 以下「本規約」という
NAMED: Final = 512  # holds a name and more: トルコ南部, ムアレム外相
TITLED: Final = 128  # a title follows, a country's letter between or not: 米大統領


def evidence(
    sheet: Sheet,
    noun_runs: Runs,
    spans: Spans,
    lexicon: Lexicon,
    people: NDArray[np.bool_],
) -> NDArray[np.uint32]:
    """Return the evidence bits of each span; ``people`` tells which are persons.

    A name before a title stands alone; a run that holds a name and its title (プーチン大統領)
    never does, so that the name is counted and not the address.
    """
    first = spans.first
    before, after = _neighbours(sheet, spans)
    bits = np.zeros(len(first), np.uint32)
    bits[_alone(sheet, noun_runs, spans)] |= ALONE
    in_brackets = ((before & OPEN) != 0) & ((after & CLOSE) != 0)
    bits[in_brackets] |= QUOTED
    slots = sheet.slots[np.maximum(first - 1, 0)]
    bits[in_brackets & lexicon.quotes[slots]] |= ALONE
    bits[_phrases(sheet, noun_runs, spans)] |= PHRASE
    bits[((after & OPEN) != 0)] |= BRACKETED
    bits[((after & TOPIC) != 0)] |= TOPICAL
    bits[((after & NO) != 0) | ((before & NO) != 0)] |= LINKED
    bits[_has_title(sheet, spans, lexicon)] |= TITLED
    has_title, addresses = _addresses(sheet, noun_runs, spans, lexicon, people)
    bits[has_title] |= TITLED
    bits[addresses] &= ~np.uint32(ALONE)
    bits[people & ((bits & TITLED) != 0)] |= ALONE
    if len(first):
        bits[_headings(sheet)[sheet.sentences[first]]] |= HEADING
        bits[_openings(sheet)[sheet.sentences[first]]] |= OPENING
    return bits


def _neighbours(
    sheet: Sheet, spans: Spans
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the flags of the words before and after each span; 0 at a text's edges.

    The word beyond the edge belongs to another text of the batch.
    """
    flags, none = np.append(sheet.flags, np.uint32(0)), np.int64(-1)
    texts = np.append(sheet.texts, none)
    own = texts[spans.first]
    # Row -1 is the appended one.
    before, after = spans.first - 1, spans.last
    return (
        np.where(texts[before] == own, flags[before], 0),
        np.where(texts[after] == own, flags[after], 0),
    )


def _addresses(
    sheet: Sheet,
    noun_runs: Runs,
    spans: Spans,
    lexicon: Lexicon,
    people: NDArray[np.bool_],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell the people whose noun run ends in a title, and the spans of both together.

    グラム of グラム上院議員, ウォルツ of ウォルツ国家安全保障担当大統領補佐官.
    """
    count = len(sheet.slots)
    name_end = np.zeros(count + 1, np.int64)
    name_end[spans.first[people]] = spans.last[people]
    ends_in_title = lexicon.title_ends[sheet.slots[spans.last - 1]]
    begins = name_end[spans.first]
    address = ~people & (begins > 0) & (begins < spans.last) & ends_in_title
    run = noun_runs.of_row[spans.first]
    ends = np.append(noun_runs.last, 0)  # a text without nouns has no run to ask
    run_end = np.where(run >= 0, ends[run], spans.last)
    has_title = lexicon.title_ends[sheet.slots[run_end - 1]] & (run_end > spans.last)
    return people & has_title, address


def _has_title(sheet: Sheet, spans: Spans, lexicon: Lexicon) -> NDArray[np.bool_]:
    padding = np.zeros(2, np.int64)
    slots = np.append(sheet.slots, padding)
    titles, letters = lexicon.titles[slots], lexicon.letters[slots]
    space = np.append(sheet.flags & SPACE, padding) != 0
    next_to = titles[spans.last]
    skip = letters | space
    beyond = skip[spans.last] & titles[np.minimum(spans.last + 1, len(titles) - 1)]
    opens = np.append(sheet.sentences, -padding - 1)
    same = opens[spans.last] == opens[spans.first]
    has_title: NDArray[np.bool_] = (next_to | beyond) & same
    return has_title


def _phrases(sheet: Sheet, noun_runs: Runs, spans: Spans) -> NDArray[np.bool_]:
    """Tell the spans that are two whole noun runs with の or な between."""
    cut = trim_runs(sheet, noun_runs)
    opens, closes = np.isin(spans.first, cut.first), np.isin(spans.last, cut.last)
    links = np.append(0, np.cumsum((sheet.flags & (NO | NA)) != 0))
    one_link = links[spans.last] - links[spans.first] == 1
    is_phrase: NDArray[np.bool_] = opens & closes & one_link
    return is_phrase


def _alone(sheet: Sheet, noun_runs: Runs, spans: Spans) -> NDArray[np.bool_]:
    cut = trim_runs(sheet, noun_runs)
    keys = (cut.first << 32) | cut.last
    return np.isin((spans.first << 32) | spans.last, keys, assume_unique=True)


def _headings(sheet: Sheet) -> NDArray[np.bool_]:
    """Tell for each sentence whether it has no full stop."""
    counts = np.bincount(sheet.sentences, (sheet.flags & STOP) != 0)
    none: NDArray[np.bool_] = counts == 0
    return none


def _openings(sheet: Sheet) -> NDArray[np.bool_]:
    """Tell for each sentence whether it is the first of its text."""
    opens = np.zeros(int(sheet.sentences[-1]) + 1, bool)
    rows = np.searchsorted(sheet.texts, np.unique(sheet.texts))
    opens[sheet.sentences[rows]] = True
    return opens
