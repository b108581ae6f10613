"""Substances by what is done with them: given, taken, dosed, measured in blood.

The model takes an unknown word of katakana for a person or a place. In a package insert or
a clinical text it is what is given: the words beside it say so once, and it is so wherever
it stands in the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from termbank.table_columns import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from termbank.mining.tokens.token_table import Sheet

    from .name_rules import Name

_PRODUCT: Final = KINDS.index("product")
_HINT: Final = re.compile(
    r"投与|服用|内服|静注|点滴|血中|血漿|製剤|錠|カプセル|顆粒|有効成分|副作用"
)
_NAME: Final = (
    r"(?<![ァ-ヺー])(?P<name>[ァ-ヺー]{3,}(?:[・ 　][ァ-ヺー]{3,})*)"
    r"(?:[一-鿿]{0,3}(?:酸塩?|水和物|付加物))?"
)
_GIVEN: Final = (
    r"(?:錠|カプセル|顆粒|細粒|散(?=[0-9を])|注射|静注|点滴|製剤|シロップ"
    r"|を[^。、\n]{0,12}?(?:投与|服用|内服|静注|含有|配合)"
    r"|の(?:経口|静脈内?|皮下|単独|反復)?(?:投与|服用|内服|静注|点滴|含有|配合)"
    r"|(?:と|との)[^。、\n]{0,3}併用"
    r"|の?(?:血中|血漿中|血清中|用量|薬物動態|クリアランス|半減期))"
)
_BESIDE: Final = re.compile(
    rf"{_NAME}{_GIVEN}|(?:有効成分|主成分|一般名)(?:である|は|[:：])?{_NAME.replace('name', 'part')}"
)
_CALLED: Final = re.compile(r"(?:氏|さん|様|医師|先生|教授|博士|社|病院|大学|市|州|国)")


def names_but_substances(
    texts: Sequence[str], sheet: Sheet, names: Sequence[Name], kinds: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return which names stay: all that no text of medicine shows to be substances.

    A product stays what it is, and so does what a title or an institution follows.
    """
    keep = np.ones(len(names), bool)
    substances = {
        number: _substances(text)
        for number, text in enumerate(texts)
        if _HINT.search(text)
    }
    if not any(substances.values()):
        return keep
    for row, name in enumerate(names):
        number = int(sheet.texts[name.first])
        given = substances.get(number)
        if not given or kinds[row] == _PRODUCT:
            continue
        text, end = texts[number], int(sheet.ends[name.last - 1])
        surface = text[int(sheet.starts[name.first]) : end]
        if surface in given and not _CALLED.match(text, end):
            keep[row] = False
    return keep


def _substances(text: str) -> set[str]:
    matches = _BESIDE.finditer(text)
    return {match["name"] or match["part"] for match in matches}
