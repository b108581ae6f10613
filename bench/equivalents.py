"""English equivalents: spellings among look-alikes, match or none, terms of a translation.

Peers: Hepburn + Levenshtein, rapidfuzz ratio, consonant skeleton; log-likelihood ratio,
Dice and eflomal (from a Python of its own, ``--eflomal PYTHON``) for terms. ``--quick``
takes every fifth query and a fifth of the segments. ``--only reliability`` prints how
often rows of each confidence are right in texts of three sizes; ``--only links`` compares
ways to join both directions of the aligner.
"""

from __future__ import annotations

import gzip
import json
import re
import resource
import time
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

import termbank
from termbank.commands.display import table
from termbank.equivalents import segment_model, spelling
from termbank.equivalents.bilingual_terms import WORTH_SHOWING, choices
from termbank.equivalents.bitext import bitext_of, segments_of
from termbank.equivalents.links import both_directions, grow_diag
from termbank.equivalents.romaji import symbols
from termbank.equivalents.term_evidence import evidence_of
from termbank.tokenise import tokeniser

from .term_peers import (
    by_dice,
    by_likelihood,
    commonest,
    eflomal_links,
    python_with_eflomal,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from termbank.equivalents.bitext import Bitext

    Ranker = Callable[[str, Sequence[str]], list[float]]
    Floats = NDArray[np.float64]
    Miner = Callable[[list[tuple[str, str]], "Gold"], dict[str, str]]

NAMES = ("jmnedict", "geonames", "cldr")
SIZES = (1_000, 8_000, 34_000)
BANDS = (0.0, 40.0, 60.0, 75.0, 85.0)
_LEAST_BAND = 20  # rows; fewer say nothing
TERMS = {"pydocs": "tm_pydocs", "tanaka": "tm_tanaka50k"}
_HEPBURN = str.maketrans({"S": "sh", "C": "ch", "T": "ts", "N": "n", "-": None})
_SOFT = str.maketrans(
    {"l": "r", "v": "b", "q": "k", "c": "k", "x": "k", "z": "s", "j": "z"}
    | dict.fromkeys("aeiouyhw")
)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--quick", action="store_true", help="a fifth of everything")
    parser.add_argument("--only", choices=("names", "terms", "reliability", "links"))
    parser.add_argument("--eflomal", metavar="PYTHON", help="a Python that has it")


def run(args: Namespace) -> int:
    data = Path(args.data or "../shared/data")
    step = 5 if args.quick else 1
    figures: dict[str, object] = {}
    if args.only in (None, "names"):
        figures["names"] = _names(data / "translit", step)
    if args.only in (None, "terms"):
        figures["terms"] = _terms_table(data / "bilingual", step, args.eflomal)
    if args.only in (None, "reliability"):
        figures["reliability"] = _reliability(data / "bilingual")
    if args.only == "links":
        figures["links"] = _links_table(data / "bilingual", step)
    if args.json:
        Path(args.json).write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return 0


def _rows(path: Path) -> list[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t") for line in lines]


# Names


def hepburn(kana: str) -> str:
    return symbols(kana).translate(_HEPBURN)


def skeleton(letters: str) -> str:
    hard = letters.replace("sh", "s").replace("ph", "f").replace("ck", "k")
    return re.sub(r"(.)\1+", r"\1", hard.translate(_SOFT))


def _ours(name: str) -> Ranker:
    def rank(kana: str, candidates: Sequence[str]) -> list[float]:
        spelling.model = lambda: segment_model.model(name)  # type: ignore[assignment]
        return [100.0 * chance for chance in spelling.chances(kana, candidates)]

    return rank


RANKERS: dict[str, Ranker] = {
    "termbank": _ours("jmnedict/kana_latin"),
    "termbank, permissive table": _ours("kana_latin"),
    "Hepburn + Levenshtein": lambda kana, given: [
        100 * Levenshtein.normalized_similarity(hepburn(kana), each) for each in given
    ],
    "rapidfuzz ratio": lambda kana, given: [
        fuzz.ratio(hepburn(kana), each) for each in given
    ],
    "consonant skeleton": lambda kana, given: [
        100 * Levenshtein.normalized_similarity(skeleton(hepburn(kana)), skeleton(each))
        for each in given
    ],
}


def _names(folder: Path, step: int) -> list[dict[str, object]]:
    out = []
    for name, rank in RANKERS.items():
        row: dict[str, object] = {"method": name}
        times: list[float] = []
        for source in NAMES:
            queries = _rows(folder / f"{source}_hard100.tsv.gz")[::step]
            row[f"{source} top-1 %"] = round(100 * _top1(rank, queries, times), 1)
        for source in NAMES[:2]:
            row[f"{source} F1"] = _match_or_none(
                rank,
                _rows(folder / f"{source}_random100.tsv.gz")[::step],
                "termbank" in name,
            )
        row["ms"] = round(1000 * median(times), 2)
        out.append(row)
    print(table([list(row.values()) for row in out], list(out[0])))
    return out


def _top1(rank: Ranker, queries: list[list[str]], times: list[float]) -> float:
    """Right answers among the best, ties in expectation."""
    right = 0.0
    for kana, gold, given in queries:
        candidates = given.split(" ")
        start = time.perf_counter()
        scores = rank(kana, candidates)
        times.append(time.perf_counter() - start)
        best = [c for c, s in zip(candidates, scores, strict=True) if s == max(scores)]
        right += (gold in best) / len(best)
    return right / len(queries)


def _match_or_none(rank: Ranker, queries: list[list[str]], ours: bool) -> float:
    """F1 at the default cut-off for termbank, at the best one for a peer."""
    answers = []
    for number, (kana, gold, given) in enumerate(queries):
        candidates = [c for c in given.split(" ") if number % 2 == 0 or c != gold]
        score, best = max(zip(rank(kana, candidates), candidates, strict=True))
        answers.append((score, number % 2 == 0 and best == gold))
    there = (len(queries) + 1) // 2
    cuts = [spelling.MATCH] if ours else sorted({score for score, _ in answers})
    return round(max(_f1(answers, cut, there) for cut in cuts), 3)


def _f1(answers: list[tuple[float, bool]], cut: float, there: int) -> float:
    given = [right for score, right in answers if score >= cut]
    return 2 * sum(given) / (len(given) + there)


# Terms


def _terms_table(
    folder: Path, step: int, eflomal: str | None
) -> list[dict[str, object]]:
    out: list[dict[str, object]] = []
    methods: dict[str, Miner] = {
        "termbank": _mined,
        "LLR": by_likelihood,
        "Dice": by_dice,
    }
    python = python_with_eflomal(eflomal)
    if python:
        methods |= {
            "eflomal, phrase pairs": partial(_by_eflomal, python, commonest),
            "eflomal's links in termbank": partial(_by_eflomal, python, _chosen),
        }
    else:
        print("no eflomal: not installed here; --eflomal PYTHON names a Python with it")
    for gold_name in TERMS:
        pairs, gold = _text_and_gold(folder, gold_name)
        for method, mined in methods.items():
            start = _cpu_seconds()
            best = mined(pairs[::step], gold)
            out.append(_scored(gold_name, method, best, gold, _cpu_seconds() - start))
    print(table([list(row.values()) for row in out], list(out[0])))
    return out


def _cpu_seconds() -> float:
    """Seconds of this process and of the children that it waited for."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


Gold = dict[str, set[str]]


def _text_and_gold(folder: Path, name: str) -> tuple[list[tuple[str, str]], Gold]:
    text = _rows(folder / f"{TERMS[name]}.tsv.gz")[1:]
    gold = _rows(folder / f"termgold_{name}.tsv.gz")
    return (
        [(row[3], row[2]) for row in text if len(row) > 3],
        {row[0]: set(row[2].split("|")) for row in gold},
    )


def _reliability(folder: Path) -> list[dict[str, object]]:
    """How often rows of each confidence are right, in texts of several sizes."""
    out: list[dict[str, object]] = []
    for name in TERMS:
        pairs, gold = _text_and_gold(folder, name)
        for size in SIZES:
            found: list[tuple[float, bool]] = []
            for start in range(0, min(len(pairs), 4 * size), size):
                if len(pairs) - start < size and start:
                    break
                frame = termbank.mine_pairs(pairs[start : start + size], at_least=0.0)
                rows = frame.select("ja", "en", "score").iter_rows()
                found += [(s, agrees(en, gold[ja])) for ja, en, s in rows if ja in gold]
            row: dict[str, object] = {"set": name, "segments": size}
            for low, high in zip(BANDS, (*BANDS[1:], 101.0), strict=True):
                band = [each for each in found if low <= each[0] < high]
                row[f"{low:.0f}-"] = "" if len(band) < _LEAST_BAND else _promise(band)
            out.append(row)
    print("confidence: mean promised > right % (rows)")
    print(table([list(row.values()) for row in out], list(out[0])))
    return out


def _promise(band: list[tuple[float, bool]]) -> str:
    said = sum(score for score, _ in band) / len(band)
    kept = 100 * sum(right for _, right in band) / len(band)
    return f"{said:.0f} > {kept:.0f} ({len(band)})"


def _links_table(folder: Path, step: int) -> list[dict[str, object]]:
    """P@1 of the surest answers by how both directions of the aligner are joined."""
    out: list[dict[str, object]] = []
    for name in TERMS:
        pairs, gold = _text_and_gold(folder, name)
        bitext = bitext_of(segments_of(pairs[::step]), tokeniser())
        both = list(both_directions(bitext))
        for way, join in JOINS.items():
            found = evidence_of(bitext, [join(*tables) for tables in both])
            best = [
                (choices(term, found[term]), gold[term])
                for term in gold
                if term in found
            ]
            order = sorted(
                (
                    (rows[0].score, agrees(rows[0].en, right))
                    for rows, right in best
                    if rows
                ),
                reverse=True,
            )
            row: dict[str, object] = {"set": name, "links": way}
            for share in (0.65, 0.8, 0.9):
                surest = order[: int(share * len(gold))]
                right = 100 * sum(right for _, right in surest) / len(surest)
                enough = len(order) >= share * len(gold)
                row[f"P@1 % of {share:.0%}"] = round(right, 1) if enough else ""
            row["answered %"] = round(100 * len(order) / len(gold), 1)
            out.append(row)
    print(table([list(row.values()) for row in out], list(out[0])))
    return out


# Ways to join what both directions say of a segment: tables [Japanese, English].
JOINS: dict[str, Callable[[Floats, Floats], Floats]] = {
    "grow-diag": grow_diag,
    "soft (.7 geometric, .3 arithmetic mean)": lambda one, other: (
        0.7 * np.sqrt(one * other) + 0.15 * (one + other)
    ),
    "soft within grow-diag": lambda one, other: (
        grow_diag(one, other) * np.sqrt(one * other)
    ),
}


def _scored(
    name: str,
    method: str,
    best: dict[str, str],
    gold: dict[str, set[str]],
    seconds: float,
) -> dict[str, object]:
    known = [term for term in gold if term in best]
    right = sum(agrees(best[term], gold[term]) for term in known)
    return {
        "set": name,
        "method": method,
        "P@1 %": round(100 * right / max(len(known), 1), 1),
        "answered %": round(100 * len(known) / len(gold), 1),
        "CPU s (tokenisation too)": round(seconds, 1),
    }


def agrees(form: str, accepted: set[str]) -> bool:
    """Lower case, no article, last word singular."""
    plain = re.sub(r"^(the|a|an) ", "", form.lower().replace("-", " "))
    singular = {plain, plain.removesuffix("s"), plain.removesuffix("es")}
    if plain.endswith("ies"):
        singular.add(plain[:-3] + "y")
    return bool(singular & accepted)


def _mined(pairs: list[tuple[str, str]], _gold: dict[str, set[str]]) -> dict[str, str]:
    frame = termbank.mine_pairs(pairs)
    best: dict[str, str] = {}
    for ja, en in frame.select("ja", "en").iter_rows():
        best.setdefault(ja, en)
    return best


def _chosen(bitext: Bitext, links: list[Floats]) -> dict[str, str]:
    """What termbank makes of links, as ``mine_pairs`` does."""
    found = evidence_of(bitext, links).items()
    best = ((term, choices(term, each)[:1]) for term, each in found)
    return {
        term: rows[0].en
        for term, rows in best
        if rows and rows[0].score >= WORTH_SHOWING
    }


def _by_eflomal(
    python: str,
    best_of: Callable[[Bitext, list[Floats]], dict[str, str]],
    pairs: list[tuple[str, str]],
    _gold: Gold,
) -> dict[str, str]:
    bitext = bitext_of(segments_of(pairs), tokeniser())
    return best_of(bitext, eflomal_links(python, bitext))


__all__ = ["add_arguments", "agrees", "hepburn", "run", "skeleton"]
