"""Bilingual segments as words and as numbers: what the aligner and the miner work on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

import numpy as np
import polars as pl

from termbank.arguments import refuse_other_frames
from termbank.errors import InputError
from termbank.messages import say
from termbank.text.boundaries import script
from termbank.text.placeholders import placeholders

from .english import FUNCTION_WORDS, stem, words
from .verb_use import verbs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from termbank.tokenise import Token, Tokeniser

    from .english import Word

    Integers = NDArray[np.int64]

_MARKS = ("補助記号", "記号", "空白")
# Words that carry no term. Leaving them out makes the tables of the aligner a third as
# large, and nothing that is sought stands among them.
_GRAMMAR = ("助詞", "助動詞", "接続詞", "感動詞", "連体詞")
_SAMPLE = 50  # segments looked at to tell which side is Japanese


class Segment(NamedTuple):
    """One segment and its translation.

    Attributes:
        segment_id: As given, or its place counted from 0.
        ja: Japanese text, untouched.
        en: English text, untouched.
    """

    segment_id: str
    ja: str
    en: str


class Bitext(NamedTuple):
    """Segments, their words, and the words as numbers.

    Attributes:
        segments: In the order given.
        tokens: Japanese words of each segment, marks and blanks left out.
        words: English words of each segment.
        ja: Numbers of the Japanese words that carry meaning, a number for each
            normalised form.
        en: Numbers of the English words that carry meaning, a number for each stem.
        ja_places: Where each number of ``ja`` stands in ``tokens``.
        en_places: Where each number of ``en`` stands in ``words``.
        ja_forms: Normalised form of each number.
        en_forms: Stem of each number.
        verbs: English words that the text uses mostly as verbs, in lower case.
    """

    segments: Sequence[Segment]
    tokens: Sequence[list[Token]]
    words: Sequence[list[Word]]
    ja: Sequence[Integers]
    en: Sequence[Integers]
    ja_places: Sequence[Integers]
    en_places: Sequence[Integers]
    ja_forms: Sequence[str]
    en_forms: Sequence[str]
    verbs: frozenset[str] = frozenset()


def segments_of(given: pl.DataFrame | Iterable[tuple[str, str]]) -> list[Segment]:
    """Return segments with the Japanese side first, whatever side it was on.

    Args:
        given: A SEGMENTS frame, in either direction, or pairs (Japanese, English).

    Raises:
        InputError: A pair is not a pair of texts.
        SchemaError: The frame lacks source or target.
    """
    expected = say(
        "SEGMENTS のフレームか、文の対 (日本語, 英語) の並び",
        "a frame SEGMENTS, or pairs of texts (Japanese, English)",
    )
    refuse_other_frames("segments", given, expected)
    if isinstance(given, str) or not hasattr(given, "__iter__"):
        raise InputError("segments", f"{type(given).__name__} {given!r}"[:80], expected)
    if not isinstance(given, pl.DataFrame):
        return [_pair(number, pair) for number, pair in enumerate(given)]
    from termbank.schemas import Segments, check_frame

    frame = check_frame(Segments, given, "segments")
    rows = list(frame.select("segment_id", "source", "target").iter_rows())
    is_english_first = _english_first(frame)
    return [
        Segment(
            name or str(at),
            *((target, source) if is_english_first else (source, target)),
        )
        for at, (name, source, target) in enumerate(rows)
    ]


def _pair(number: int, pair: tuple[str, str]) -> Segment:
    ja, en = pair if isinstance(pair, tuple | list) and len(pair) == 2 else (None, None)
    if not isinstance(ja, str) or not isinstance(en, str):
        expected = say("文の対 (日本語, 英語)", "a pair of texts (Japanese, English)")
        raise InputError(f"segments[{number}]", repr(pair)[:60], expected)
    return Segment(str(number), ja, en)


def _english_first(frame: pl.DataFrame) -> bool:
    """Say whether the source is English: the script tells, tags are often absent."""
    sample = frame.head(_SAMPLE)
    sides = [_japanese(sample.get_column(name)) for name in ("source", "target")]
    return sides[1] > sides[0]


def _japanese(texts: pl.Series) -> int:
    return sum(
        script(char) in ("hiragana", "katakana", "kanji")
        for text in texts
        for char in text
    )


def bitext_of(segments: Sequence[Segment], tokeniser: Tokeniser) -> Bitext:
    """Split all segments into words and number the words.

    Args:
        segments: What :func:`segments_of` gives.
        tokeniser: For the Japanese side.
    """
    tokens = [
        [token for token in tokeniser.tokens(_prose(each.ja)) if _is_word(token)]
        for each in segments
    ]
    english = [words(_prose(each.en)) for each in segments]
    ja, ja_places, ja_forms = _number(
        [
            [None if _is_grammar(token) else _key(token) for token in line]
            for line in tokens
        ]
    )
    en, en_places, en_forms = _number(
        [
            [None if word.form in FUNCTION_WORDS else stem(word.form) for word in line]
            for line in english
        ]
    )
    return Bitext(
        segments,
        tokens,
        english,
        ja,
        en,
        ja_places,
        en_places,
        ja_forms,
        en_forms,
        verbs_of(english),
    )


def _prose(text: str) -> str:
    """Blank tags, entities, variables, code and addresses; no term reaches over one."""
    marks = placeholders(text)
    if not marks:
        return text
    pieces, at = [], 0
    for mark in marks:
        pieces += [text[at : mark.start], "\n" * len(mark.text)]
        at = mark.end
    return "".join([*pieces, text[at:]])


def _is_word(token: Token) -> bool:
    return token.pos[0] not in _MARKS and not token.surface.isspace()


def _is_grammar(token: Token) -> bool:
    return token.pos[0] in _GRAMMAR or (
        token.pos[1] == "非自立可能"
        and token.pos[0]
        in (
            "動詞",
            "形容詞",
        )
    )


def _key(token: Token) -> str:
    return token.normalised or normalize("NFKC", token.surface)


def _number(
    lines: Sequence[Sequence[str | None]],
) -> tuple[list[Integers], list[Integers], list[str]]:
    """Numbers of the forms that are not None, their places, and the forms."""
    numbers: dict[str, int] = {}
    numbers_of, places = [], []
    for line in lines:
        indexed_forms = [(at, form) for at, form in enumerate(line) if form is not None]
        numbers_of.append(
            np.array(
                [numbers.setdefault(f, len(numbers)) for _, f in indexed_forms],
                dtype=np.int64,
            )
        )
        places.append(np.array([at for at, _ in indexed_forms], dtype=np.int64))
    return numbers_of, places, list(numbers)
