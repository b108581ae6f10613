"""What the dictionary knows of each form: normal spelling, reading, synonyms."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import sudachipy

from ..tokenise import best_dictionary

if TYPE_CHECKING:
    import polars as pl

# Sudachi refuses texts over 49,149 bytes; a form that long is no term.
LONGEST_BYTES: Final = 4096


class Facts(NamedTuple):
    """One entry a form, in the order of the forms.

    Attributes:
        normal: Normalised spelling of all words, joined.
        meaning: The same with each word replaced by the lowest of its synonym groups,
            where it has any: equal for words that the dictionary holds for synonyms.
        reading: Katakana; the surface where a word is unknown.
        words: Number of words.
        unknown: Number of words the dictionary does not hold.
        proper: 1 where the last word is a proper noun.
    """

    normal: list[str]
    meaning: list[str]
    reading: list[str]
    words: list[int]
    unknown: list[int]
    proper: list[int]


def facts(forms: pl.Series) -> Facts:
    """Return what the best installed dictionary knows of each form."""
    tokenizer = _tokenizer(best_dictionary()[0])
    rows = [_fact(tokenizer, form) for form in forms.to_list()]
    return (
        Facts(*(list(column) for column in zip(*rows, strict=True)))
        if rows
        else Facts([], [], [], [], [], [])
    )


@cache
def _tokenizer(name: str) -> Any:
    mode = sudachipy.SplitMode.C
    return sudachipy.Dictionary(dict=name).tokenizer(mode=mode)


def _fact(tokenizer: Any, form: str) -> tuple[str, str, str, int, int, int]:
    if len(form) * 3 > LONGEST_BYTES:
        return form, form, form, 1, 1, 0
    words = tokenizer.tokenize(form)
    if len(words) == 1:
        (word,) = words
        normal, groups = word.normalized_form(), word.synonym_group_ids()
        meaning = f"#{min(groups)}" if groups else normal
        unknown = int(word.is_oov())
        return normal, meaning, word.reading_form(), 1, unknown, int(_proper(word))
    normals = [word.normalized_form() for word in words]
    meanings = [
        f"#{min(groups)}" if (groups := word.synonym_group_ids()) else normal
        for word, normal in zip(words, normals, strict=True)
        if normal not in "・=＝ "
    ]
    return (
        "".join(normals),
        "".join(meanings),
        "".join([word.reading_form() for word in words]),
        len(words),
        sum(word.is_oov() for word in words),
        int(len(words) > 0 and _proper(words[len(words) - 1])),
    )


def _proper(word: Any) -> bool:
    return bool(word.part_of_speech()[1] == "固有名詞")
