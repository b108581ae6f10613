"""Make ``src/termbank/reconciliation/features/lexemes.npz``: which katakana words are one lexeme.

Source: UniDic (The UniDic Consortium, BSD) by way of unidic-lite 1.0.8, whose lemma names a
word however it is spelled (バイオリン, ヴァイオリン: バイオリン-violin). Lemmas of one original are one
lexeme (ダビッド-David, デビッド-David); so are words that the records of the kana-Latin model
(``equivalents/known_names.py``: UniDic, GeoNames, CLDR) give one Latin spelling.

Run where unidic-lite is installed::

    python -m training lexemes

It takes ten seconds; the same table comes out byte for byte.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from termbank.equivalents.known_names import known
from termbank.equivalents.latin import letters
from termbank.equivalents.romaji import symbols
from termbank.reconciliation.features.unidic_lexemes import FILE
from training import corpora

if TYPE_CHECKING:
    from collections.abc import Mapping


def main() -> None:
    """Write the table, sorted by hash, in the form that compresses best in a wheel."""
    number = numbered(originals())
    hashed = {crc32(word.encode()): number[word] for word in sorted(number)}
    hashes = np.array(sorted(hashed), np.uint32)
    np.savez(
        FILE,
        steps=np.diff(hashes, prepend=np.uint32(0)),
        number=np.array([hashed[int(value)] for value in hashes], np.uint16),
    )
    print(len(hashes), "words", len(set(number.values())), "lexemes")


def originals() -> dict[str, set[str]]:
    """Return the Latin originals of each katakana word, or lemmas that have none."""
    recorded: dict[str, set[str]] = defaultdict(set)
    for latin, sounds in known().items():
        for sound in sounds:
            recorded[sound].add(latin)
    found = {}
    for word, lemmas in corpora.lemmas().items():
        # A lemma is カタカナ or カタカナ-original, then a comma and its part of speech.
        parted = (
            (lemma, lemma.partition(",")[0].partition("-")[2]) for lemma in lemmas
        )
        own = {letters(latin) or lemma for lemma, latin in parted}
        found[word] = own | recorded.get(symbols(word), set())
    return found


def numbered(originals: Mapping[str, set[str]]) -> dict[str, int]:
    """Return one number for the spellings of each original.

    Originals that are spelled alike somewhere have one number, because the spelling does
    not tell which is meant: words of different numbers are different for certain.
    """
    leader = {each: each for some in originals.values() for each in some}

    def of(each: str) -> str:
        while leader[each] != each:
            each = leader[each]
        return each

    for some in originals.values():
        heads = sorted({of(each) for each in some})
        for head in heads[1:]:
            leader[head] = heads[0]
    place = {head: at for at, head in enumerate(sorted({of(each) for each in leader}))}
    return {word: place[of(min(some))] for word, some in originals.items()}
