"""Names and terms: quality on the reference sets, speed beside Sudachi and GiNZA."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import sys
import time
import unicodedata
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterable

    import polars as pl

# Kinds of the GSD annotation that are no names to us (see the evaluation's README).
NO_NAMES = frozenset(
    [
        "DATE",
        "QUANTITY",
        "ORDINAL",
        "TIME",
        "MONEY",
        "PERCENT",
        "CARDINAL",
        "TITLE_AFFIX",
        "LANGUAGE",
        "LAW",
        "NORP",
        "PHONE",
        "MOVEMENT",
    ]
)
KATAKANA = re.compile("[ァ-ヺ]")
BEST = 10
RUNS = 3
GINZA = """
import json, sys, time
import spacy
nlp = spacy.load("ja_ginza", exclude=["parser", "bunsetu_recognizer", "compound_splitter"])
texts = json.load(sys.stdin)
list(nlp.pipe(texts[:20]))
began = time.perf_counter()
spans = [[[e.start_char, e.end_char] for e in doc.ents] for doc in nlp.pipe(texts)]
print(json.dumps([time.perf_counter() - began, spans]))
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--ginza", help="Python of an environment with ja-ginza")
    parser.add_argument("--model", type=Path, help="another names.npz, of a fold")
    parser.add_argument("--fold", type=int, help="only every fifth row of stockmark")


def run(args: Namespace) -> int:
    folder = Path(args.data or "../shared/data") / "mine"
    figures: dict[str, Any] = {}
    if args.model:
        use_model(args.model)
    sets = {name: load(folder, name) for name in ("ner_stockmark", "ner_gsd")}
    if args.fold is not None:
        kept = enumerate(sets["ner_stockmark"])
        sets["ner_stockmark"] = [row for at, row in kept if at % 5 == args.fold]
    for name, rows in sets.items():
        for how in ("best", "rules"):
            figures[f"{name} {how}"] = names(rows, how)
    figures |= mixed(load(folder, "mixed_dev"))
    figures |= terms(load(folder, "terms_keyphrase"))
    texts = [row["text"] for rows in sets.values() for row in rows]
    figures["speed"] = speed(
        texts + [row["text"] for row in load(folder, "terms_keyphrase")]
    )
    sets["mixed"] = load(folder, "mixed_dev")
    figures["ginza"] = ginza(args.ginza, sets)
    for name, figure in figures.items():
        print(f"{name:24} {figure}")
    if args.json:
        Path(args.json).write_text(json.dumps(figures, indent=1), "utf-8")
    return 0


def use_model(file: Path) -> None:
    from termbank.mining.names import name_finder, tagger
    from termbank.mining.runs.kernels import forget_miners

    trained = tagger.model(file)
    name_finder.model = lambda: trained  # type: ignore[attr-defined,assignment]
    forget_miners()


def load(folder: Path, name: str) -> list[dict[str, Any]]:
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def names(rows: list[dict[str, Any]], how: str) -> dict[str, float]:
    return score_names(rows, found_names(rows, how))


def found_names(
    rows: list[dict[str, Any]], how: str
) -> dict[str, list[tuple[int, int]]]:
    """Return the spans of the names found in each text, by the text's key."""
    import termbank

    texts = termbank.documents([row["text"] for row in rows])
    return spans_of(termbank.mine(texts, names=how))


def spans_of(mentions: pl.DataFrame) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    rows = mentions.filter(mentions["kind"] != "term").select("doc_id", "start", "end")
    for doc_id, start, end in rows.iter_rows():
        found.setdefault(doc_id, []).append((start, end))
    return found


def outermost(spans: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    kept: set[tuple[int, int]] = set()
    reach = -1
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end > reach:
            kept.add((start, end))
            reach = end
    return kept


def score_names(
    rows: list[dict[str, Any]], found: dict[str, list[tuple[int, int]]]
) -> dict[str, float]:
    hits = wanted = offered = kana_hits = kana = 0
    for row in rows:
        gold = {(span[0], span[1]) for span in row["spans"] if span[2] not in NO_NAMES}
        given = outermost(found.get(doc_id(row["text"]), []))
        hits, wanted, offered = (
            hits + len(gold & given),
            wanted + len(gold),
            offered + len(given),
        )
        for span in gold:
            if KATAKANA.search(row["text"][span[0] : span[1]]):
                kana += 1
                kana_hits += span in given
    return {
        "F1": round(2 * hits / (wanted + offered), 4),
        "P": round(hits / offered, 4),
        "R": round(hits / wanted, 4),
        "kana R": round(kana_hits / kana, 4),
    }


def mixed(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return F1 of the names of the mixed texts by domain, with kind, and of their terms.

    A prediction inside an optional span is not counted. ``alternatives too``: a span that
    the annotators allow in place of a required one counts as it.
    """
    import termbank

    mentions = termbank.mine(termbank.documents([row["text"] for row in rows]))
    names_only = mentions.filter(mentions["kind"] != "term")
    kinds = {
        row[:3]: row[3]
        for row in names_only.select("doc_id", "start", "end", "kind").iter_rows()
    }
    found = spans_of(mentions)
    counts: dict[str, list[int]] = {}
    for row in rows:
        key = doc_id(row["text"])
        scored = _score_mixed(row, key, outermost(found.get(key, [])), kinds)
        for domain in (row["domain"], "all"):
            total = counts.setdefault(domain, [0] * len(scored))
            counts[domain] = [a + b for a, b in zip(total, scored, strict=True)]
    figures: dict[str, Any] = {
        f"mixed {domain}": {
            "F1": round(2 * hits / (wanted + hits + extra), 4),
            "with kind": round(2 * kind / (wanted + hits + extra), 4),
            "alternatives too": round(2 * near / (wanted + near + far), 4),
        }
        for domain, (hits, kind, near, wanted, extra, far) in counts.items()
    }
    ranked = termbank.candidates(mentions, by="document")
    ranked = ranked.filter(ranked["kind"] == "term")
    by: dict[str, list[str]] = {}
    for key, norm in ranked.select("doc_id", "norm").iter_rows():
        by.setdefault(key, []).append(folded(norm))
    return figures | {"mixed terms": _score_terms(rows, by)}


def score_required(
    rows: list[dict[str, Any]], found: dict[str, list[tuple[int, int]]]
) -> dict[str, float]:
    """Return F1 of names without kinds on the mixed texts."""
    hits = wanted = extra = 0
    for row in rows:
        key = doc_id(row["text"])
        given = outermost(found.get(key, []))
        kinds = {(key, *span): "" for span in given}
        scored = _score_mixed(row, key, given, kinds)
        hits, wanted, extra = hits + scored[0], wanted + scored[3], extra + scored[4]
    return {"F1": round(2 * hits / (wanted + hits + extra), 4)}


def _score_mixed(
    row: dict[str, Any],
    key: str,
    given: set[tuple[int, int]],
    kinds: dict[tuple[str, int, int], str],
) -> tuple[int, ...]:
    optional = [(span[0], span[1]) for span in row["spans"] if span[4]]
    required = [span for span in row["spans"] if not span[4]]
    gold = {(span[0], span[1]): span[2] for span in required}
    hits = given & gold.keys()
    kind = sum(kinds[key, *span] == gold[span] for span in hits)
    allowed = {
        (other[0], other[1]): (span[0], span[1])
        for span in required
        for other in span[5]
        if (span[0], span[1]) not in hits
    }
    used = given & allowed.keys()
    near = len(hits) + len({allowed[span] for span in used})
    extra = {
        span
        for span in given - gold.keys()
        if not any(start <= span[0] and span[1] <= end for start, end in optional)
    }
    return len(hits), kind, near, len(gold), len(extra), len(extra - used)


def doc_id(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def folded(form: str) -> str:
    return unicodedata.normalize("NFKC", form).casefold()


def terms(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return F1@10 of each measure by document length, recall, candidates a document."""
    import termbank
    from termbank.mining.terms.ranking import MEASURES

    mentions = termbank.mine(termbank.documents([row["text"] for row in rows]))
    figures: dict[str, Any] = {}
    for measure in MEASURES:
        ranked = termbank.candidates(mentions, by="document", measure=measure)
        by: dict[str, list[str]] = {}
        for key, norm in ranked.select("doc_id", "norm").iter_rows():
            by.setdefault(key, []).append(folded(norm))
        for length in ("length_200-", "length_2000-", "length_20000-", "length"):
            chosen = [row for row in rows if row["id"].startswith(length)]
            figures[f"{measure} {length}"] = _score_terms(chosen, by)
    return figures


def _score_terms(
    rows: list[dict[str, Any]], by: dict[str, list[str]]
) -> dict[str, float]:
    hits = offered = wanted = reached = candidates = 0
    for row in rows:
        forms = by.get(doc_id(row["text"]), [])
        best, every = set(forms[:BEST]), set(forms)
        groups = [{folded(form) for form in group} for group in row["terms"]]
        hits += sum(bool(group & best) for group in groups)
        reached += sum(bool(group & every) for group in groups)
        offered, wanted = offered + len(forms[:BEST]), wanted + len(groups)
        candidates += len(forms)
    return {
        "F1@10": round(2 * hits / (offered + wanted), 4),
        "recall": round(reached / wanted, 4),
        "candidates": round(candidates / len(rows)),
    }


def speed(texts: list[str]) -> dict[str, float]:
    """Return characters a second of mining and of Sudachi alone, medians, one core."""
    import sudachipy

    import termbank
    from termbank.mining.miner import Miner
    from termbank.mining.tokens.text_chunks import batches
    from termbank.sources.collection import Document

    frame = termbank.documents(texts)
    rows = [Document._make(row) for row in frame.iter_rows()]
    size = sum(len(row.text) for row in rows)
    lines = [line for row in rows for line in row.text.split("\n") if line]
    tokenizer = sudachipy.Dictionary().tokenizer(mode=sudachipy.SplitMode.C)
    miner = Miner()

    def bare() -> None:
        for line in lines:
            for morpheme in tokenizer.tokenize(line):
                morpheme.surface()

    def mining() -> None:
        for batch in batches(rows):
            miner.mentions(batch)

    first = _seconds(mining)
    plain = median(_seconds(bare) for _ in range(RUNS))
    warm = median(_seconds(mining) for _ in range(RUNS))
    return {
        "characters": size,
        "Sudachi c/s": round(size / plain),
        "mine c/s": round(size / warm),
        "mine c/s, first pass": round(size / first),
        "times Sudachi": round(warm / plain, 2),
    }


def _seconds(work: Callable[[], None]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def ginza(python: str | None, sets: dict[str, list[dict[str, Any]]]) -> Any:
    python = python or shutil.which("ginza-python")
    if (
        not python
        or subprocess.run([python, "-c", "import ja_ginza"], check=False).returncode
    ):
        return "not installed"
    figures: dict[str, Any] = {}
    for name, rows in sets.items():
        texts = [row["text"] for row in rows]
        made = subprocess.run(
            [python, "-c", GINZA],
            input=json.dumps(texts),
            capture_output=True,
            text=True,
            check=True,
        )
        seconds, spans = json.loads(made.stdout.splitlines()[-1])
        found = {
            doc_id(text): [(start, end) for start, end in given]
            for text, given in zip(texts, spans, strict=True)
        }
        score = score_required if name == "mixed" else score_names
        figures[name] = score(rows, found)
        figures[f"{name} c/s"] = round(sum(map(len, texts)) / seconds)
    return figures


if __name__ == "__main__":
    sys.exit("python -m bench mine")
