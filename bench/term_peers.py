"""Peers that find the English of a term: association in segments, eflomal's links.

eflomal (Östling and Tiedemann 2016, "Efficient Word Alignment with Markov Chain Monte
Carlo") is GPL, so termbank neither holds nor needs it: it runs in a Python of its own.
It gets the words that termbank's own aligner gets, and its two directions are joined by
grow-diag. Then either a term answers to the commonest of its phrase pairs, or termbank
goes on from those links.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter, defaultdict
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from termbank.equivalents.bitext import bitext_of, segments_of
from termbank.equivalents.links import box_sums, grow_diag, pharaoh_links
from termbank.equivalents.term_evidence import _phrases, _terms, log_likelihood
from termbank.tokenise import tokeniser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from termbank.equivalents.bitext import Bitext

    Gold = dict[str, set[str]]
    Floats = NDArray[np.float64]

_ALIGN = """
import sys
from eflomal import Aligner
with open(sys.argv[1]) as japanese, open(sys.argv[2]) as english:
    Aligner().align(japanese, english, sys.argv[3], sys.argv[4])
"""


def by_likelihood(pairs: list[tuple[str, str]], gold: Gold) -> dict[str, str]:
    return _associated(pairs, gold, log_likelihood)


def by_dice(pairs: list[tuple[str, str]], gold: Gold) -> dict[str, str]:
    return _associated(pairs, gold, lambda both, ja, en, _all: 2 * both / (ja + en))


def _associated(
    pairs: list[tuple[str, str]],
    gold: Gold,
    measure: Callable[[int, int, int, int], float],
) -> dict[str, str]:
    """Best English phrase of each listed term by co-occurrence in segments."""
    bitext = bitext_of(segments_of(pairs), tokeniser())
    ja_counts, en_counts = Counter[str](), Counter[str]()
    both: dict[str, Counter[str]] = defaultdict(Counter)
    form_of: dict[str, Counter[str]] = defaultdict(Counter)
    for at in range(len(pairs)):
        phrases = _phrases(bitext, at)
        keys = {key for _, key in phrases}
        for stretch, key in phrases:
            form_of[key][stretch.text] += 1
        en_counts.update(keys)
        for term in {each.text for each in _terms(bitext, at)} & gold.keys():
            ja_counts[term] += 1
            both[term].update(keys)
    out = {}
    for term, seen in both.items():
        key = max(
            sorted(seen),
            key=lambda key: measure(
                seen[key], ja_counts[term], en_counts[key], len(pairs)
            ),
        )
        out[term] = form_of[key].most_common(1)[0][0]
    return out


def python_with_eflomal(named: str | None) -> str | None:
    """Return the interpreter that was named, or this one where it has eflomal."""
    return named or (sys.executable if find_spec("eflomal") else None)


def commonest(bitext: Bitext, links: Sequence[Floats]) -> dict[str, str]:
    """Best English phrase of each term by the count of its phrase pairs."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    form_of: dict[str, Counter[str]] = defaultdict(Counter)
    for at, table in enumerate(links):
        for term, stems, form in _phrase_pairs(bitext, at, table):
            seen[term][stems] += 1
            form_of[stems][form] += 1
    best = {
        term: max(sorted(phrases), key=phrases.__getitem__)
        for term, phrases in seen.items()
    }
    return {term: form_of[stems].most_common(1)[0][0] for term, stems in best.items()}


def eflomal_links(python: str, bitext: Bitext) -> list[Floats]:
    """Links of each segment [Japanese, English], 1 or 0."""
    with TemporaryDirectory() as name:
        given, found = ("ja", "en"), ("ahead", "back")
        files = [Path(name, each) for each in (*given, *found)]
        for file, lines in zip(files, (bitext.ja, bitext.en), strict=False):
            # Numbers, because a form may hold a sign that eflomal takes for a space.
            text = [" ".join(map(str, line.tolist())) for line in lines]
            file.write_text("\n".join(text) + "\n", "ascii")
        subprocess.run([python, "-c", _ALIGN, *map(str, files)], check=True)
        ahead, back = (
            pharaoh_links(bitext, file.read_text("ascii").splitlines())
            for file in files[2:]
        )
    return list(map(grow_diag, ahead, back))


def _phrase_pairs(
    bitext: Bitext, at: int, table: Floats
) -> Iterator[tuple[str, str, str]]:
    """Yield term, stems and spelling of phrase pairs (Koehn, Och and Marcu 2003)."""
    rows, columns = table.shape
    terms = [term for term in _terms(bitext, at) if term.last < rows]
    phrases = [each for each in _phrases(bitext, at) if each[0].last < columns]
    if not terms or not phrases:
        return
    inside, of_term, of_phrase = box_sums(
        table,
        [(term.first, term.last + 1) for term in terms],
        [(phrase.first, phrase.last + 1) for phrase, _ in phrases],
    )
    whole = (inside > 0) & (inside == of_term[:, None]) & (inside == of_phrase)
    for row, column in np.argwhere(whole).tolist():
        phrase, stems = phrases[column]
        yield terms[row].text, stems, phrase.text
