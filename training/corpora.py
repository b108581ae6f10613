"""Labelled pairs of forms to train on, each set with its licence."""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np
import polars as pl

from termbank.reconciliation.blocking.pair_candidates import candidate_pairs
from termbank.reconciliation.features.form_features import Described, describe_forms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

FOLDS = 5
_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]")
# Rows of UniDic: part of speech, ..., lemma (a loanword's with its original), spelling.
_NOUN = re.compile("名詞,".encode() + rb"[^\n]{20,400}")
_LEMMA, _ORTH = 7, 8
_KATAKANA = re.compile("[ァ-ヺー]{2,}")
_LOAN = re.compile(r"[ァ-ヺー]+(-[A-Za-z .'-]+)?")


class Corpus(NamedTuple):
    """Pairs over one list of forms.

    Attributes:
        name: Where the pairs come from.
        permissive: Whether the licence lets weights ship without share-alike terms.
        about: The forms, described.
        left: Rows of ``about``, lower than ``right``.
        right: Rows of ``about``.
        label: 1 for two spellings of one word.
        stratum: Kind of pair, for reports.
        fold: Cross-validation fold of each pair, by group.
        rare: Whether the pairs stand at their true rarity (all that blocking lets by).
    """

    name: str
    permissive: bool
    about: Described
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    label: NDArray[np.int64]
    stratum: NDArray[np.str_]
    fold: NDArray[np.int64]
    rare: bool


def fold_of(group: str) -> int:
    """Return the fold of a group of spellings."""
    return crc32(group.encode()) % FOLDS


def rows_of(path: Path) -> list[list[str]]:
    """Return the rows of a gzipped table without its header."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file][1:]


def labelled(path: Path) -> Corpus:
    """Return variants.tsv.gz: balanced pairs by stratum."""
    rows = rows_of(path)
    return _corpus(
        "variants",
        [(row[1], row[2], int(row[0]), row[3], fold_of(row[6])) for row in rows],
        permissive=False,
        rare=False,
    )


def source_of(path: Path) -> NDArray[np.str_]:
    """Return the source column of variants.tsv.gz."""
    return np.array([row[4] for row in rows_of(path)])


def thinned(corpus: Corpus, *, negatives: int, seed: int) -> Corpus:
    """Return the corpus with at most so many different pairs, drawn at random."""
    random = np.random.default_rng(seed)
    different = np.flatnonzero(corpus.label == 0)
    keep = np.ones(len(corpus.label), bool)
    if len(different) > negatives:
        keep[random.choice(different, len(different) - negatives, replace=False)] = (
            False
        )
    return only(corpus, keep, permissive=corpus.permissive)


def only(corpus: Corpus, chosen: NDArray[np.bool_], *, permissive: bool) -> Corpus:
    """Return the chosen pairs of a corpus."""
    columns = {
        name: getattr(corpus, name)[chosen]
        for name in ("left", "right", "label", "stratum", "fold")
    }
    return corpus._replace(permissive=permissive, **columns)


def vocabulary(path: Path) -> Corpus:
    """Return vocab_jmdict.tsv.gz: all pairs that blocking lets by."""
    rows = rows_of(path)
    return at_true_rarity("vocab", {row[0]: {row[1]} for row in rows}, permissive=False)


def by_latin(name: str, path: Path, *, permissive: bool) -> Corpus:
    """Return katakana names, of one group where they share a Latin spelling."""
    groups = {row[1]: set(row[2].lower().split("|")) for row in rows_of(path)}
    return at_true_rarity(name, groups, permissive=permissive)


def synonyms(path: Path) -> Corpus:
    """Return SudachiDict's synonyms: spellings of one lexeme against all else."""
    return at_true_rarity("sudachi", synonym_groups(path), permissive=True)


def loanwords() -> Corpus:
    """Return the katakana words of UniDic: spellings of one lemma against all else."""
    return at_true_rarity("unidic", lemmas(), permissive=True)


def lemmas() -> dict[str, set[str]]:
    """Return each katakana noun of unidic-lite (BSD) with the lemmas it spells."""
    import unidic_lite

    content = Path(unidic_lite.DICDIR, "sys.dic").read_bytes()
    groups: dict[str, set[str]] = defaultdict(set)
    for match in _NOUN.finditer(content):
        for row in match.group().decode("utf-8", "replace").split("\0"):
            cells = row.split(",")
            if len(cells) <= _ORTH or cells[0] != "名詞":
                continue
            lemma, form = cells[_LEMMA], cells[_ORTH]
            if _KATAKANA.fullmatch(form) and _LOAN.fullmatch(lemma):
                groups[form].add(f"{lemma},{cells[1]}")
    return groups


def synonym_groups(path: Path) -> dict[str, set[str]]:
    """Return each form of SudachiDict's synonyms with the lexemes it spells.

    Args:
        path: sudachi-synonyms-dictionary.json of the npm package of that name
            (Apache-2.0), which is SudachiDict's synonyms.txt as JSON.
    """
    groups: dict[str, set[str]] = defaultdict(set)
    for entry in json.loads(path.read_text(encoding="utf-8")):
        for item in entry["items"]:
            # English translations stand beside katakana as one lexeme; they are no spelling.
            if 1 < len(item["midashi"]) < 20 and not _LATIN.search(item["midashi"]):
                groups[item["midashi"]].add(f"{entry['id']}-{item['vocabularyNumber']}")
    return groups


def at_true_rarity(
    name: str, groups: dict[str, set[str]], *, permissive: bool
) -> Corpus:
    """Return all pairs of forms that blocking lets by, labelled by shared groups."""
    forms = sorted(groups)
    about = describe_forms(pl.Series(forms, dtype=pl.String))
    pairs = candidate_pairs(about)
    label = np.array(
        [
            bool(groups[forms[a]] & groups[forms[b]])
            for a, b in zip(*pairs, strict=True)
        ],
        np.int64,
    )
    folds = np.array([fold_of(min(groups[form])) for form in forms])
    count = len(label)
    return Corpus(
        name, permissive, about, pairs.left, pairs.right, label,
        np.full(count, name), folds[pairs.left], True,
    )  # fmt: skip


def full_names(names: Corpus, *, count: int, seed: int) -> Corpus:
    """Return composed full names: two right parts, or one right and one wrong part."""
    random = np.random.default_rng(seed)
    forms = names.about.forms.to_list()
    alike = _pairs(forms, names, names.label == 1)
    unlike = _pairs(forms, names, names.label == 0)
    rows = []
    for number in range(count):
        fold = number % FOLDS
        given = _draw(alike[fold], random)
        right = number % 2 == 0
        family = _draw(
            (alike if right or random.random() < 0.3 else unlike)[fold], random
        )
        if not right and random.random() < 0.5:
            given = _draw(unlike[fold], random)
        elif not right:
            family = (family[0], _draw(unlike[fold], random)[1])
        if right and random.random() < 0.4:
            family = (family[0], family[0])
        dots = ("・", "・") if random.random() < 0.85 else ("・", "")
        rows.append(
            (
                given[0] + dots[0] + family[0],
                given[1] + dots[1] + family[1],
                int(right),
                "composed",
                fold,
            )
        )
    rows = [row for row in rows if row[0] != row[1]]
    return _corpus(
        "full names of " + names.name, rows, permissive=names.permissive, rare=False
    )


def _draw(pairs: list[tuple[str, str]], random: np.random.Generator) -> tuple[str, str]:
    pair = pairs[random.integers(len(pairs))]
    return pair if random.random() < 0.5 else (pair[1], pair[0])


def _pairs(
    forms: list[str], corpus: Corpus, chosen: NDArray[np.bool_]
) -> list[list[tuple[str, str]]]:
    found: list[list[tuple[str, str]]] = [[] for _ in range(FOLDS)]
    for at in np.flatnonzero(chosen):
        found[corpus.fold[at]].append((forms[corpus.left[at]], forms[corpus.right[at]]))
    return found


def _corpus(
    name: str,
    rows: Iterable[tuple[str, str, int, str, int]],
    *,
    permissive: bool,
    rare: bool,
) -> Corpus:
    kept = list(rows)
    forms = sorted({form for row in kept for form in row[:2]})
    place = {form: at for at, form in enumerate(forms)}
    sides = np.array([sorted((place[row[0]], place[row[1]])) for row in kept])
    return Corpus(
        name, permissive, describe_forms(pl.Series(forms, dtype=pl.String)), sides[:, 0], sides[:, 1],
        np.array([row[2] for row in kept]), np.array([row[3] for row in kept]),
        np.array([row[4] for row in kept]), rare,
    )  # fmt: skip


def strangers(
    corpus: Corpus, groups: dict[str, set[str]], *, count: int, seed: int
) -> Corpus:
    """Return pairs that are different words and that blocking would not let by.

    Half are drawn at random, half are a form and a longer one that begins or ends with
    it (停戦, 停戦案): people hand such pairs over, and a judge that has never seen any
    guesses.
    """
    random = np.random.default_rng(seed)
    forms = corpus.about.forms.to_list()
    sides = random.integers(len(forms), size=(count // 2, 2))
    pairs = [
        *map(tuple, np.sort(sides, axis=1).tolist()),
        *_affixed(forms, random, count // 2),
    ]
    kept = [
        (forms[a], forms[b], 0, "strangers", fold_of(min(groups[forms[a]])))
        for a, b in pairs
        if a != b and not groups[forms[a]] & groups[forms[b]]
    ]
    return _corpus("strangers", kept, permissive=corpus.permissive, rare=False)


def _affixed(
    forms: list[str], random: np.random.Generator, count: int
) -> list[tuple[int, int]]:
    place = {form: row for row, form in enumerate(forms)}
    found = []
    for row, form in enumerate(forms):
        for size in range(2, len(form)):
            for part in (form[:size], form[-size:]):
                if part in place:
                    found.append((min(row, place[part]), max(row, place[part])))
    chosen = random.choice(len(found), min(count, len(found)), replace=False)
    return [found[at] for at in sorted(chosen)]
