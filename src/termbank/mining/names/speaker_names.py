"""Who speaks in a dialogue: names before and at the start of speech are people.

The model learned that what opens a quotation is the title of a work. In a novel, a game or
a chat it is who is called.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from termbank.mining.tokens.token_flags import HIRAGANA, KATAKANA
from termbank.table_columns import KINDS
from termbank.text.kana import JOINTS

from .name_patterns import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from termbank.mining.tokens.token_table import Sheet

    from .name_rules import Name

_PERSON, _PRODUCT = KINDS.index("person"), KINDS.index("product")
# A line that is speech, with who speaks before it or not.
_SPEECH: Final = re.compile(r"^[^「『\n]{0,12}[「『][^\n]*[」』][ 　]*$", re.M)
_SPEAKER: Final = re.compile(
    rf"^[ 　]*([ァ-ヺー]{{2,}}(?:[{JOINTS}][ァ-ヺー]+)*)(?=[「『])", re.M
)
_LINE: Final = re.compile(r"^.*\S.*$", re.M)
_LEAST_SPEECHES: Final = 3
_LEAST_SHARE: Final = 0.25


def with_speakers(
    texts: Sequence[str],
    sheet: Sheet,
    names: Sequence[Name],
    kinds: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return the kinds with what dialogues call a product in kana as people.

    A name that fills its quotes stays what it is.
    """
    dialogue = np.array([is_dialogue(text) for text in texts], bool)
    out = kinds.copy()
    if not dialogue.any():
        return out
    for row, name in enumerate(names):
        number = int(sheet.texts[name.first])
        if out[row] != _PRODUCT or not dialogue[number]:
            continue
        text, end = texts[number], int(sheet.ends[name.last - 1])
        kana = (sheet.flags[name.first : name.last] & (KATAKANA | HIRAGANA)) != 0
        if kana.all() and text[end : end + 1] not in ("」", "』"):
            out[row] = _PERSON
    return out


def speakers(texts: Sequence[str], sheet: Sheet) -> set[Name]:
    """Return the names in katakana that stand before speech at the start of a line."""
    bounds = np.searchsorted(sheet.texts, np.arange(len(texts) + 1)).tolist()
    names: set[Name] = set()
    for number, text in enumerate(texts):
        if is_dialogue(text):
            spans = [match.span(1) for match in _SPEAKER.finditer(text)]
            names.update(rows_of(sheet, bounds[number], bounds[number + 1], spans))
    return names


def is_dialogue(text: str) -> bool:
    """Tell whether a quarter of the lines of a text is speech."""
    if "「" not in text and "『" not in text:
        return False
    speeches = len(_SPEECH.findall(text))
    return speeches >= _LEAST_SPEECHES and speeches >= _LEAST_SHARE * len(
        _LINE.findall(text)
    )
