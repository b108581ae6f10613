"""Make ``src/termbank/reconciliation/features/originals.npz``: sounds that write the same letters.

    python -m training originals --data ../shared/data/translit --synonyms FILE

Needs numba, SciPy and unidic-lite beside termbank. Sources: GeoNames (CC BY 4.0), CLDR
(Unicode), UniDic (BSD), ``names.tsv`` beside this file, and katakana with its Latin
spelling in SudachiDict's synonyms (Works Applications, Apache-2.0). Nothing of JMdict or
JMnedict is in it. Half a minute of one processor; byte for byte the same.

The joint weights of segments of sounds and of letters (``kana_latin.py``, before they
learn to tell look-alikes) are joined with themselves over the letters: two segments of
sounds are as alike as the chance that one set of letters was read both ways, by the side
of the chance that it was read twice the same way.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from pathlib import Path

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix

from termbank.equivalents.latin import letters
from termbank.reconciliation.features import latin_origin
from termbank.reconciliation.features.mora_encoding import encode_forms, with_part_marks
from training import kana_latin

SETTINGS = kana_latin.PERMISSIVE
UNLIKE = 8.0  # natural-log units from which two segments share nothing
_KATAKANA = re.compile("[ァ-ヺー・]+")
_LATIN = re.compile(r"[A-Za-z][a-z .'-]+")


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--synonyms", type=Path, required=True)
    args = parser.parse_args()
    recorded = kana_latin.permissive_rows(args.data) + kana_latin.unidic_rows()
    pairs = spelled(sorted({*recorded, *translations(args.synonyms)}))
    segments = kana_latin.Segments(pairs, SETTINGS)
    keys, one, other, steps = joined(segments)
    np.savez_compressed(latin_origin.FILE, keys=keys, one=one, other=other, steps=steps)
    print(len(pairs), "pairs", len(keys), "segments", len(one), "alike")
    print(latin_origin.FILE.stat().st_size, "bytes")


def translations(path: Path) -> list[tuple[str, str]]:
    """Return katakana and Latin spellings of one lexeme of SudachiDict's synonyms."""
    found = []
    for entry in json.loads(path.read_text(encoding="utf-8")):
        lexemes = defaultdict(list)
        for item in entry["items"]:
            lexemes[item["vocabularyNumber"]].append(item["midashi"])
        for forms in lexemes.values():
            kana = [form for form in forms if _KATAKANA.fullmatch(form)]
            latin = [form for form in forms if _LATIN.fullmatch(form)]
            found += [(one, other) for one in kana for other in latin]
    return found


def spelled(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the pairs as signs and letters, without those that are empty or endless."""
    forms = pl.DataFrame({"form": [kana for kana, _ in pairs]})
    units = encode_forms(forms.select(with_part_marks(pl.col("form"))).to_series())
    rows, count = latin_origin.signs(units, np.arange(len(pairs)))
    signs = [
        "".join(latin_origin.SIGNS[sign] for sign in row[1 : size - 1])
        for row, size in zip(rows.tolist(), count.tolist(), strict=True)
    ]
    folded = {
        (one, letters(latin)) for one, (_, latin) in zip(signs, pairs, strict=True)
    }
    return sorted((s, t) for s, t in folded if 2 <= len(s) < 40 and 1 < len(t) < 40)


def joined(segments: kana_latin.Segments):
    """Return keys of segments, and which are alike, in steps; 0 is the empty one."""
    rows, columns, joint = (
        segments.rows,
        segments.columns,
        segments.joint[: segments.many],
    )
    height, width = segments.cells.shape
    inserted = segments.joint[segments.many : segments.many + width]
    dropped = segments.joint[segments.many + width :]
    # The first row is the empty segment.
    table = csr_matrix(
        (
            np.concatenate((inserted, joint)),
            (
                np.concatenate((np.zeros(width, int), rows + 1)),
                np.concatenate((np.arange(width), columns)),
            ),
        ),
        shape=(height + 1, width),
    )
    of_letters = np.asarray(table.sum(axis=0)).ravel()
    shared = (table @ csr_matrix(table / np.maximum(of_letters, 1e-300)).T).tocoo()
    own = np.ones(height + 1)
    same = shared.row == shared.col
    own[shared.row[same]] = np.maximum(shared.data[same], 1e-300)
    own[0] = 1.0
    value = {}
    for one, other, chance in zip(
        shared.row.tolist(), shared.col.tolist(), shared.data.tolist(), strict=True
    ):
        if one < other:
            value[one, other] = chance / np.sqrt(own[one] * own[other])
    for number, chance in enumerate(dropped.tolist(), 1):
        either = value.get((0, number), 0.0) + chance / np.sqrt(own[number])
        value[0, number] = either
    alike = {pair: -np.log(max(each, 1e-30)) for pair, each in value.items()}
    alike = {pair: max(cost, 0.0) for pair, cost in alike.items() if cost < UNLIKE}
    names = ["", *segments.sounds]
    used = {number for pair in alike for number in pair}
    used |= {number for number, name in enumerate(names) if len(name) <= 1}
    keys = {number: key_of(names[number]) for number in used}
    order = sorted(used, key=lambda number: keys[number])
    place = {number: at for at, number in enumerate(order)}
    listed = sorted(
        (place[one], place[other], cost) for (one, other), cost in alike.items()
    )
    one, other, cost = (np.array(column) for column in zip(*listed, strict=True))
    return (
        np.array([keys[number] for number in order], np.uint32),
        one.astype(np.uint16),
        other.astype(np.uint16),
        np.round(cost * latin_origin.STEP).astype(np.uint8),
    )


def key_of(segment: str) -> int:
    """Return the signs of a segment as one number."""
    key = 0
    for sign in segment:
        key = key << latin_origin.BITS | latin_origin.SIGNS.index(sign)
    return key
