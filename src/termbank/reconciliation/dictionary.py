"""What Sudachi says of many forms, as plain types; also run as a process of its own.

Run as a module, it reads lists of forms from standard input and writes an answer to each:
Sudachi holds the interpreter while it works, so that a second processor only helps a
second process. It imports nothing heavy, because every start pays for it.
"""

from __future__ import annotations

import marshal
import sys
from array import array
from typing import Any, Final, NamedTuple

import sudachipy

# Sudachi refuses texts over 49,149 bytes; a form that long is no term.
LONGEST_BYTES: Final = 4096
_PROPER: Final = "固有名詞"
_SEPARATORS: Final = "・=＝ "


class Told(NamedTuple):
    """What Sudachi says of a list of forms; strings only where they tell anything.

    Attributes:
        words: Number of words of each form, as bytes of uint16.
        unknown: Of these, words that the dictionary does not hold.
        proper: 1 where the last word is a proper noun.
        normal: Place to normalised spelling, where that is not the form itself.
        meaning: Place to meaning, where that is not the normalised spelling.
        reading: Place to reading, where that is not the form itself.
    """

    words: bytes
    unknown: bytes
    proper: bytes
    normal: dict[int, str]
    meaning: dict[int, str]
    reading: dict[int, str]


def opened(name: str) -> Any:
    """Return a tokeniser of the longest words, by the dictionary of that name."""
    mode = sudachipy.SplitMode.C
    return sudachipy.Dictionary(dict=name).tokenizer(mode=mode)


def told(tokenizer: Any, forms: list[str]) -> Told:
    """Return what the dictionary tells of the forms."""
    words, unknown, proper = array("H"), array("H"), array("H")
    normals: dict[int, str] = {}
    meanings: dict[int, str] = {}
    readings: dict[int, str] = {}
    for at, form in enumerate(forms):
        normal, meaning, reading, *numbers = _told(tokenizer, form)
        if normal != form:
            normals[at] = normal
        if meaning != normal:
            meanings[at] = meaning
        if reading != form:
            readings[at] = reading
        for column, number in zip((words, unknown, proper), numbers, strict=True):
            column.append(number)
    return Told(
        words.tobytes(), unknown.tobytes(), proper.tobytes(), normals, meanings, readings
    )  # fmt: skip


def _told(tokenizer: Any, form: str) -> tuple[str, str, str, int, int, int]:
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
        if normal not in _SEPARATORS
    ]
    return (
        "".join(normals),
        "".join(meanings),
        "".join([word.reading_form() for word in words]),
        len(words),
        sum([word.is_oov() for word in words]),
        int(len(words) > 0 and _proper(words[len(words) - 1])),
    )


def _proper(word: Any) -> bool:
    return bool(word.part_of_speech()[1] == _PROPER)


def main() -> None:
    """Answer until standard input ends."""
    out, sys.stdout = sys.stdout, sys.stderr
    tokenizer = opened(sys.argv[1])
    while True:
        try:
            forms = marshal.load(sys.stdin.buffer)  # noqa: S302  # our own parent
        except EOFError:
            return
        marshal.dump(tuple(told(tokenizer, forms)), out.buffer)
        out.buffer.flush()


if __name__ == "__main__":
    main()
