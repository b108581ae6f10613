"""Where the trained model is out of its depth: its own confidence, document by document.

The model learned from encyclopaedia and news. In a manual or a patent it takes loanwords for
people and bodies, but without conviction: the log odds of its katakana and Latin names there
are 1 to 2 in the mean, in news 3 to 5. A document of low odds is asked for higher ones.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from termbank.mining.tokens.token_flags import (
    JOINER,
    KATAKANA,
    LATIN,
    NOUN,
    NUMERAL,
    PERSON,
    PLACE,
    PROPER,
    UNKNOWN,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from termbank.mining.tokens.token_table import Sheet

    from .span_candidates import Segments

# Mean log odds of documents the model knows the kind of: the lower rim of news; and of
# those full of loanwords, before their own names are counted.
_AT_HOME: Final = 3.5
_ABROAD: Final = 1.5
# Of its nouns one in thirty is Latin, and one in five Latin or a loanword: documentation
# has .1 and .3, news at most .05 and .15 (looked at in both). From .15 to .3 the text
# goes over from one to the other. Of less than 50 nouns a share tells nothing.
_LEAST_LATIN: Final = 1 / 30
_LEAST_FOREIGN: Final = 1 / 5
_FOREIGN_RANGE: Final = (0.15, 0.3)
_FEWEST_NOUNS: Final = 50
# Of package inserts and patents; news of medicine has one in 500 characters (looked at).
_GUARDED: Final = re.compile(
    r"投与|副作用|用量|服用|含有量|水和物|塩酸塩|禁忌|\d ?[mμk]?g(?![A-Za-z])|mL"
    r"|前記|請求項|上記|当該|実施形態|実施例|発明"
)
_CHARACTERS_A_WORD: Final = 120
_SHORTEST: Final = 100
# Names of that odds that a text is credited with before its own are counted, so that a
# sentence with one name is judged as news is; a document has more to say for itself.
_CREDIT: Final = 10.0
_CREDIT_OF_DOCUMENTS: Final = 5.0
_DEMAND: Final = 1.5  # log odds asked for more, for each one missing in the mean
_MOST: Final = 3.0


def missing_confidence(
    odds: NDArray[np.float32], spans: Segments, sheet: Sheet
) -> NDArray[np.float32]:
    """Return for each text of a sheet how much higher odds its names need, 0 to 3."""
    texts = int(sheet.texts[-1]) + 1 if len(sheet.texts) else 0
    likely = (odds > 0) & is_foreign(spans, sheet)
    owner = sheet.texts[spans.first[likely]]
    count = np.bincount(owner, minlength=texts)
    total = np.bincount(owner, odds[likely], minlength=texts)
    low, high = _FOREIGN_RANGE
    nouns, _, foreign = foreign_nouns(sheet, texts)
    share = np.where(nouns >= _FEWEST_NOUNS, foreign / np.maximum(nouns, 1), 0)
    abroad = np.clip((share - low) / (high - low), 0, 1)
    expected = _AT_HOME + abroad * (_ABROAD - _AT_HOME)
    credit = np.where(nouns >= _FEWEST_NOUNS, _CREDIT_OF_DOCUMENTS, _CREDIT)
    mean = (total + credit * expected) / (count + credit)
    demand = np.clip(_DEMAND * (_AT_HOME - mean), 0, _MOST)
    return demand.astype(np.float32)


def foreign_nouns(
    sheet: Sheet, texts: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Count of each text the nouns, the Latin ones, and the Latin ones and loanwords."""
    flags = sheet.flags
    noun = ((flags & NOUN) != 0) & ((flags & (JOINER | NUMERAL)) == 0)
    latin = noun & ((flags & LATIN) != 0) & (sheet.ends - sheet.starts > 1)
    loan = noun & ((flags & KATAKANA) != 0) & ((flags & PROPER) == 0)
    nouns, latins, loans = (
        np.bincount(sheet.texts[rows], minlength=texts) for rows in (noun, latin, loan)
    )
    return nouns, latins, latins + loans


def technical_texts(sheet: Sheet, texts: int) -> NDArray[np.bool_]:
    """Tell which texts of a sheet are technical, by the share of Latin and loanwords.

    A fifth of the nouns are loanwords of the dictionary, or they and Latin words and unknown
    katakana together where there is some Latin.
    """
    nouns, latin, foreign = foreign_nouns(sheet, texts)
    loan = (sheet.flags & (KATAKANA | NOUN | PROPER | UNKNOWN)) == (KATAKANA | NOUN)
    loanwords = np.bincount(sheet.texts[loan], minlength=texts)
    foreign_mix = (latin >= _LEAST_LATIN * nouns) & (foreign >= _LEAST_FOREIGN * nouns)
    is_technical: NDArray[np.bool_] = (nouns >= _FEWEST_NOUNS) & (
        foreign_mix | (loanwords >= _LEAST_FOREIGN * nouns)
    )
    return is_technical


def guarded_texts(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Tell the texts on medicines and inventions, by the words that fill them.

    Their loanwords are substances and parts, not people, bodies or tools.
    """
    return np.array(
        [
            len(_GUARDED.findall(text)) * _CHARACTERS_A_WORD >= len(text) > _SHORTEST
            for text in texts
        ],
        bool,
    )


def with_confidence(
    odds: NDArray[np.float32],
    spans: Segments,
    sheet: Sheet,
    titles: NDArray[np.int64],
) -> NDArray[np.float32]:
    """Return the odds less what each document asks for; evidence pays for it.

    Only spans with katakana or Latin letters are asked; a title after the name, a middle dot in
    it, or a person or place of the dictionary, is evidence.

    Args:
        odds: Log odds that each span is a name.
        spans: The spans.
        sheet: Their text.
        titles: How many titles begin in the rest of the noun run of each span.
    """
    proper_counts = np.append(
        0, np.cumsum((sheet.flags & (PERSON | PLACE | JOINER)) != 0)
    )
    evident = (proper_counts[spans.last] > proper_counts[spans.first]) | (titles > 0)
    demand = missing_confidence(odds, spans, sheet)[sheet.texts[spans.first]]
    needs_evidence = is_foreign(spans, sheet) & ~evident
    return np.where(needs_evidence, odds - demand, odds).astype(np.float32)


def is_foreign(spans: Segments, sheet: Sheet) -> NDArray[np.bool_]:
    """Tell the spans that hold a word of katakana or Latin letters."""
    foreign = np.append(0, np.cumsum((sheet.flags & (KATAKANA | LATIN)) != 0))
    some: NDArray[np.bool_] = foreign[spans.last] > foreign[spans.first]
    return some
