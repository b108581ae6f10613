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

from termbank.sudachi_dictionaries import open_tokeniser
from termbank.text.kana import SEPARATORS

# Sudachi refuses texts over 49,149 bytes; a form that long is no term.
LONGEST_BYTES: Final = 4096
_PROPER: Final = "固有名詞"
_SYMBOL: Final = "キゴウ"  # Sudachi's reading of spaces and marks it cannot read


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


def describe_words(tokenizer: Any, forms: list[str]) -> Told:
    """Return what the dictionary tells of the forms."""
    counts, unknown, proper = array("H"), array("H"), array("H")
    normals: dict[int, str] = {}
    meanings: dict[int, str] = {}
    readings: dict[int, str] = {}
    morphemes, classes = tokenizer.tokenize(""), dict[int, bool]()
    for at, form in enumerate(forms):
        if len(form) * 3 > LONGEST_BYTES:
            normal = meaning = reading = form
            numbers = 1, 1, 0
        else:
            tokenizer.tokenize(form, out=morphemes)
            words = list(morphemes)
            normal, meaning, reading = _spell(words)
            numbers = _count(words, classes)
        if normal != form:
            normals[at] = normal
        if meaning != normal:
            meanings[at] = meaning
        if reading != form:
            readings[at] = reading
        counts.append(numbers[0])
        unknown.append(numbers[1])
        proper.append(numbers[2])
    return Told(
        counts.tobytes(), unknown.tobytes(), proper.tobytes(), normals, meanings, readings
    )  # fmt: skip


def _spell(words: list[Any]) -> tuple[str, str, str]:
    if len(words) == 1:
        word = words[0]
        normal = word.normalized_form()
        groups = word.synonym_group_ids()
        return normal, f"#{min(groups)}" if groups else normal, word.reading_form()
    normals, meanings, readings = [], [], []
    for word in words:
        normal = word.normalized_form()
        reading = word.reading_form()
        normals.append(normal)
        readings.append(normal if reading == _SYMBOL and len(normal) == 1 else reading)
        if normal not in SEPARATORS:
            groups = word.synonym_group_ids()
            meanings.append(f"#{min(groups)}" if groups else normal)
    return "".join(normals), "".join(meanings), "".join(readings)


def _count(words: list[Any], proper: dict[int, bool]) -> tuple[int, int, int]:
    """Return the numbers of :class:`Told`; ``proper`` keeps what was asked of a class."""
    if not words:
        return 0, 0, 0
    number = words[-1].part_of_speech_id()
    if number not in proper:
        proper[number] = words[-1].part_of_speech()[1] == _PROPER
    return len(words), sum([word.is_oov() for word in words]), int(proper[number])


def main() -> None:
    """Answer until standard input ends."""
    out, sys.stdout = sys.stdout, sys.stderr
    tokenizer = open_tokeniser(sys.argv[1])
    while True:
        try:
            forms = marshal.load(sys.stdin.buffer)  # noqa: S302  # our own parent
        except EOFError:
            return
        marshal.dump(tuple(describe_words(tokenizer, forms)), out.buffer)
        out.buffer.flush()


if __name__ == "__main__":
    main()
