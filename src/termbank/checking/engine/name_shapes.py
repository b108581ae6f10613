"""Other shapes in which a retired name may be written: old kanji, ヶ beside ケ and が.

A rule 高島屋 means 髙島屋 as well, 関ヶ原 means 関ケ原; look-up and scan find them alike.
"""

from __future__ import annotations

import re
from itertools import islice, product

NAMES = ("person", "place", "organization")
_MOST = 16  # shapes of one name; more letters with old shapes make a name of nobody
_KE = re.compile("(?<=[一-鿿々])[ヶケが](?=[一-鿿])")
_old: dict[str, str] = {}


def other_shapes(form: str) -> list[str]:
    """Return the other shapes of a name, none for most.

    >>> other_shapes("高島屋"), other_shapes("霞ヶ浦"), other_shapes("キエフ")
    (['髙島屋'], ['霞ケ浦', '霞が浦'], [])
    """
    if not _old:
        from termbank.text.old_kanji import USUAL_SHAPES

        for old, usual in USUAL_SHAPES.items():
            _old[usual] = _old.get(usual, usual) + old
    options = [_old.get(char, char) for char in form]
    for match in _KE.finditer(form):
        options[match.start()] = "".join(dict.fromkeys((match[0], *"ヶケが")))
    shapes = islice(product(*options), _MOST)
    return [shape for shape in map("".join, shapes) if shape != form]
