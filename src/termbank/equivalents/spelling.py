"""Which of some Latin spellings writes this katakana name?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from termbank.arguments import require_text, require_texts

from . import known_names
from .edit_model import edit_model
from .latin import letters
from .name_parts import SAME, SON_OF, blocks, fit_of, initial_fits, parts_of, words_of
from .romaji import symbols
from .segment_model import log_odds, model
from .text_spans import Standing, standings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

# 50 is where the best of a hundred spellings is as likely right as wrong when half of
# the names have no answer among them (docs/design/equivalents.md).
MATCH: Final = 50.0
LOWER_CASE: Final = 2.0  # natural-log units a name loses for a small first letter
_OPENS_ONLY: Final = 0.5  # units lost where every capital opens a sentence
_RETURNS: Final = 0.1  # units gained for each place more, up to _RETURNS_MOST of them
_RETURNS_MOST: Final = 5
_INITIAL: Final = 1.0  # fit of an initial that may stand for the name, same units
_NO_INITIAL: Final = -8.0
# Below this fit of a part nobody asks how the other parts fit; a score of 0.2.
_HOPELESS: Final = -6.0
# Log odds of the segment model below which the edit model is not asked: it is slower.
_SETTLED: Final = -5.0
# What a query loses that meets one part of a longer name, natural-log units.
_PART: Final = 1.0
# Least fit of a spelling that a dictionary gives for this very name: Geneva does not
# sound like ジュネーブ, but it is what ジュネーブ is called in English.
_RECORDED_FIT: Final = 1.5


def rank_spellings(katakana: str, candidates: Iterable[str]) -> list[tuple[str, float]]:
    """Return the candidates with their scores, the likeliest spelling first.

    Args:
        katakana: A name, its parts set off by ・ or a space (ルーク・コフィー,
            J.D. バンス); kanji around it are passed over.
        candidates: Latin spellings, of one word or several, in any case; what is
            written twice is ranked twice.

    Returns:
        ``(candidate, score)``; the score is 0-100, the calibrated chance that the
        spelling writes the name. Each score depends on its own candidate alone;
        equal ones keep their order.

    Raises:
        InputError: The model's tables are absent or broken.

    >>> rank_spellings("シルスキーイ", ["Sikorsky", "Syrskyi", "Surkov"])[0][0]
    'Syrskyi'
    >>> rank_spellings("シー・ジンピン", ["Li Qiang", "Xi Jinping"])[0][0]
    'Xi Jinping'
    """
    require_text("katakana", katakana)
    require_texts("candidates", candidates)
    names = list(candidates)
    fits = fits_of(katakana, names)
    order = np.argsort(-fits, kind="stable")
    return [(names[at], score_of(float(fits[at]))) for at in order.tolist()]


def best_spelling(
    katakana: str, among: str | Iterable[str], *, at_least: float = MATCH
) -> tuple[str, float] | None:
    """Return the spelling of a name in a text or among candidates, or None.

    Args:
        katakana: As in :func:`rank_spellings`.
        among: Running text, in which stretches of words are looked at, or candidates.
        at_least: Lowest score of an answer, 0-100.

    Returns:
        ``(spelling, score)``, the spelling as it stands in the text; None where no
        spelling is good enough.

    >>> best_spelling("ゼレンスキー", "Kyiv said Zelenskyy would meet Rubio.")[0]
    'Zelenskyy'
    >>> best_spelling("ゼレンスキー", ["Macron", "Merz"])
    """
    require_text("katakana", katakana)
    if not isinstance(among, str):
        require_texts("among", among)
    if not isinstance(among, str):
        names = list(among)
        fits = fits_of(katakana, names)
    else:
        stands = standings([among], len(parts_of(katakana)))
        names = list(stands)
        worth = [standing_worth(standing) for standing in stands.values()]
        fits = fits_of(katakana, names) + np.array(worth)
    if not names:
        return None
    at = int(np.argmax(fits))
    score = score_of(float(fits[at]))
    return (names[at], score) if score >= at_least else None


def standing_worth(stands: Standing) -> float:
    """Return what the places of a stretch add to its fit as a name, natural-log units.

    A small letter speaks against a name; so does, less, a capital that only ever opens a
    sentence. A name that comes back is likelier the one that is written about.
    """
    if not stands.capital:
        return -LOWER_CASE
    opening = 0.0 if stands.inside else -_OPENS_ONLY
    return opening + _RETURNS * min(stands.places - 1, _RETURNS_MOST)


def chances(katakana: str, candidates: Sequence[str]) -> list[float]:
    """Return the chance that each candidate spells the name, 0-1, in the order given."""
    return [score_of(fit) / 100.0 for fit in fits_of(katakana, candidates).tolist()]


def score_of(fit: float) -> float:
    """Turn log odds into a score, 0-100."""
    return 100.0 / (1.0 + float(np.exp(-min(max(fit, -500.0), 500.0))))


def fits_of(katakana: str, candidates: Sequence[str]) -> Floats:
    """Return the log odds of every candidate, in the order given."""
    parts = parts_of(katakana)
    sounds = symbols("".join(part for part in parts if not part.isascii()))
    if not candidates or not sounds:
        return np.full(len(candidates), -np.inf)
    if len(parts) > 1:
        return _several(parts, candidates)
    fits = _single(sounds, [letters(each) for each in candidates])
    longer = [
        at
        for at, each in enumerate(candidates)
        # Letters alone are one word: most candidates, told without a pattern.
        if not each.isalpha() and len(words_of(each)) > 1
    ]
    if longer:
        whole = _several(parts, [candidates[at] for at in longer])
        fits[longer] = np.maximum(fits[longer], whole)
    return fits


def _single(sounds: str, words: Sequence[str]) -> Floats:
    """Log odds of words against one part."""
    ours = model()
    evidence = known_names.evidence(sounds, words)
    raw = ours.scores(sounds, words) + evidence
    lengths = np.array([len(word) for word in words], dtype=np.float64)
    fits = log_odds(ours.odds, raw, len(sounds), lengths)
    doubtful = np.flatnonzero(fits > _SETTLED)
    if len(doubtful):
        second = edit_model(ours.name)
        doubtful_words = [words[at] for at in doubtful.tolist()]
        both = raw[doubtful] + second.worth * second.scores(sounds, doubtful_words)
        fits[doubtful] = log_odds(second.odds, both, len(sounds), lengths[doubtful])
    fits -= [known_names.sound_alike(sounds, word) for word in words]
    has_record = evidence == known_names.RECORDED
    fits[has_record] = np.maximum(fits[has_record], _RECORDED_FIT)
    fits[lengths <= 1] = _NO_INITIAL  # one letter is no name
    return fits


def _several(parts: Sequence[str], candidates: Sequence[str]) -> Floats:
    """Log odds of candidates where the name has several parts."""
    split = [words_of(each) for each in candidates]
    pieces = sorted({piece for words in split for piece in blocks(words)})
    table: dict[str, dict[str, float]] = {}

    def fit(part: str, word: str) -> float:
        if part in SON_OF and word in SON_OF:
            return SAME
        if part not in table:
            sounds = symbols(part)
            table[part] = dict(
                zip(pieces, _single(sounds, pieces).tolist(), strict=True)
            )
        if len(word) == 1 and part in parts and initial_fits(symbols(part), word):
            return _INITIAL
        return table[part][word]

    def hope(words: Sequence[str]) -> float:
        """The fit cannot be better than the worst part's best word."""
        best = (max(fit(part, piece) for piece in blocks(words)) for part in spoken)
        return min(best, default=0.0)

    spoken = [part for part in parts if not part.isascii()]
    out = np.empty(len(split))
    for at, words in enumerate(split):
        bound = hope(words) if len(words) >= len(parts) else 0.0
        if len("".join(words)) == len(words):
            bound = _NO_INITIAL  # nothing but initials
        out[at] = bound if bound < _HOPELESS else fit_of(parts, words, fit)
    return out


def find_by_latin(
    query: str,
    katakana_forms: Iterable[str],
    *,
    at_least: float = MATCH,
    limit: int = 5,
) -> list[tuple[str, float]]:
    """Return the katakana names that a Latin query may be a spelling of, best first.

    The last resort of a look-up: nothing of the English side need be known.

    Args:
        query: A name in Latin letters, in any common spelling.
        katakana_forms: Names to look among; what sounds like none of the query's first
            letters is passed over unscored.
        at_least: Lowest score of an answer, 0-100.
        limit: Most answers.

    >>> names = ["シルスキーイ", "ゼレンスキー", "シビハ", "シコルスキ"]
    >>> [find_by_latin(each, names)[0][0] for each in ("Syrskyi", "Syrsky", "Syrskii")]
    ['シルスキーイ', 'シルスキーイ', 'シルスキーイ']
    """
    words = words_of(query)
    if not words:
        return []
    matches = []
    for form in dict.fromkeys(katakana_forms):
        parts = parts_of(form)
        if not parts or not _may_open(parts, words):
            continue
        fit = float(fits_of(form, [query])[0])
        if len(parts) > len(words) == 1:
            fit = max(float(fits_of(part, [query])[0]) for part in parts) - _PART
        if score_of(fit) >= at_least:
            matches.append((form, score_of(fit)))
    return sorted(matches, key=lambda item: (-item[1], item[0]))[:limit]


def _may_open(parts: Sequence[str], words: Sequence[str]) -> bool:
    """Say whether some word's first letter may write some part's first sound."""
    return any(
        part.isascii() or initial_fits(symbols(part), word[0])
        for part in parts
        for word in words
    )
