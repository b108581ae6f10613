"""Names of people, places and bodies out of a translation, by how they sound."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

import polars as pl

from ..tokenise import tokeniser as tokeniser_named
from .bitext import segments_of
from .brackets import glosses
from .name_parts import words_of
from .pair_frame import SHAPE
from .spelling import MATCH, best_spelling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..tokenise import Tokeniser
    from .bitext import Segment

_KATAKANA: Final = re.compile(
    r"(?:[A-Z]\.?\s?){0,2}[ァ-ヺ][ァ-ヺー]+(?:[・＝=][ァ-ヺ][ァ-ヺー]*)*"
)
_PROPER: Final = "固有名詞"
_EXAMPLES: Final = 3  # segments named as evidence
_WRITTEN: Final = 99.0  # score of a pair that the text itself gives in brackets


def match_names(
    segments: pl.DataFrame | Iterable[tuple[str, str]],
    *,
    tokeniser: str = "sudachi",
    at_least: float = MATCH,
) -> pl.DataFrame:
    """Return the names of a translation in both languages, the surest first.

    Katakana names are matched by the spelling model, names in kanji by the reading that
    the tokeniser gives, and what a bracket glosses (戦略国際問題研究所(CSIS)) is taken
    as it stands. Where a name meets several spellings, the one wins that it meets in
    most segments and best.

    Args:
        segments: A SEGMENTS frame in either direction, or pairs (Japanese, English);
            whole documents do as well, one a pair.
        tokeniser: For the Japanese side.
        at_least: Lowest score of a row, 0-100.

    Returns:
        A frame as :func:`.bilingual_terms.mine_pairs` gives: ja, en, score, count (of
        segments), evidence.

    Raises:
        InputError: A pair is not a pair of texts.
        SchemaError: The frame lacks source or target.

    >>> pairs = [("シビハ外相はルビオ国務長官と話した。", "Sybiha spoke with Secretary Rubio.")]
    >>> match_names(pairs).sort("ja").get_column("en").to_list()
    ['Sybiha', 'Rubio']
    """
    reader = tokeniser_named(tokeniser)
    met: dict[str, dict[tuple[str, ...], list[tuple[float, str, str]]]] = {}
    for segment in segments_of(segments):
        for name, en, score in dict.fromkeys(_meetings(segment, reader, at_least)):
            places = met.setdefault(name, defaultdict(list))
            places[words_of(en)].append((score, en, segment.segment_id))
    rows = []
    for name, spellings in sorted(met.items()):
        _, seen = max(
            spellings.items(),
            key=lambda item: (sum(each[0] for each in item[1]), item[0]),
        )
        score, en, _ = max(seen)
        examples = list(dict.fromkeys(place for _, _, place in seen))
        rows.append((name, en, score, len(examples), examples[:_EXAMPLES]))
    frame = pl.DataFrame(rows, schema=SHAPE, orient="row")
    return frame.sort("score", "count", "ja", descending=[True, True, False])


def _meetings(
    segment: Segment, reader: Tokeniser, at_least: float
) -> Iterator[tuple[str, str, float]]:
    for name, sound in _names(segment.ja, reader):
        found = best_spelling(sound, segment.en, at_least=at_least)
        if found is not None:
            yield name, found[0], found[1]
    for gloss in glosses(segment.ja):
        yield normalize("NFKC", gloss.ja), gloss.en, _WRITTEN


def _names(text: str, reader: Tokeniser) -> Iterator[tuple[str, str]]:
    """Yield names with how they sound, in katakana."""
    plain = normalize("NFKC", text)
    for found in _KATAKANA.finditer(plain):
        yield found.group(), found.group()
    run: list[tuple[str, str]] = []
    last = -1
    for token in reader.tokens(plain):
        proper = token.pos[1] == _PROPER and not _KATAKANA.match(token.surface)
        if run and (not proper or token.start != last):
            yield from _kanji_name(run)
            run = []
        if proper and token.reading and not token.surface.isascii():
            run.append((token.surface, token.reading))
            last = token.end
    yield from _kanji_name(run)


def _kanji_name(run: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """A name in kanji, whole, with its parts' readings set off by ・."""
    if run:
        yield "".join(word for word, _ in run), "・".join(reading for _, reading in run)
