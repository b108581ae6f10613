"""Latin letters spelled out in katakana: シーディー is CD, and エヌシー is not エヌジー."""

from __future__ import annotations

import re
from typing import Final

import polars as pl

# As the Japanese say them; a letter that is said in several ways stands there with each.
_SAID: Final = {
    "a": "エー エイ", "b": "ビー ビイ", "c": "シー シイ", "d": "ディー デー ディ", "e": "イー",
    "f": "エフ", "g": "ジー", "h": "エイチ エッチ エーチ", "i": "アイ", "j": "ジェー ジェイ",
    "k": "ケー ケイ", "l": "エル", "m": "エム", "n": "エヌ エン", "o": "オー オウ",
    "p": "ピー", "q": "キュー", "r": "アール", "s": "エス", "t": "ティー テー ティ",
    "u": "ユー", "v": "ブイ ヴィー ヴイ", "w": "ダブリュー ダブルユー ダブリュ",
    "x": "エックス エクス", "y": "ワイ", "z": "ゼット ズィー ゼッド",
    "0": "ゼロ", "1": "ワン", "2": "ツー", "3": "スリー サン", "4": "フォー", "5": "ファイブ",
    "6": "シックス", "7": "セブン", "8": "エイト", "9": "ナイン",
}  # fmt: skip
_LETTER_OF: Final = {
    name: letter for letter, some in _SAID.items() for name in some.split()
}
# Longer names first, because the first that fits is taken: エイチ is not エイ and more.
_ANY: Final = "|".join(sorted(_LETTER_OF, key=lambda name: (-len(name), name)))
_ALL: Final = f"^(?:{_ANY}){{2,}}$"  # one letter alone is a word: エッチ, ワイ, ナイン


def latin_letters(plain_form: pl.Expr) -> pl.Expr:
    """Return the letters that a form spells out, null where it is no row of letters.

    Args:
        plain_form: Forms as :func:`.keys.plain` has them.

    >>> forms = pl.DataFrame({"form": ["ディーエヌエー", "デーエヌエイ", "シーズン"]})
    >>> forms.select(latin_letters(pl.col("form"))).to_series().to_list()
    ['dna', 'dna', None]
    """
    letters = (
        plain_form.str.extract_all(_ANY)
        .list.eval(pl.element().replace(_LETTER_OF))
        .list.join("")
    )
    return pl.when(plain_form.str.contains(_ALL)).then(letters)


def spells_out(katakana: str, letters: str) -> bool:
    """Tell whether katakana spell out Latin letters, one alone included.

    >>> spells_out("エックス", "X"), spells_out("シーディー", "CD"), spells_out("シーズン", "C")
    (True, True, False)
    """
    names = (_NAMES.get(letter, ()) for letter in letters.lower() if letter.isalnum())
    pattern = "".join(f"(?:{'|'.join(some)})" for some in names)
    return bool(pattern) and re.fullmatch(pattern, katakana) is not None


_NAMES: Final = {letter: tuple(some.split()) for letter, some in _SAID.items()}
