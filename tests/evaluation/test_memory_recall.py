"""Recall of the memory against the exact answer, on a part of the real segments."""

import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from termbank.memory import Memory

ROWS, QUERIES = 20_000, 120


def test_recall_at_5_on_real_segments(shared, tmp_path):
    real = pl.read_parquet(shared / "data/memory/segments.parquet").sample(
        ROWS + QUERIES, seed=3, shuffle=True
    )
    queries = real["ja"].head(QUERIES).to_list()
    kept = real.tail(ROWS).filter(~pl.col("ja").is_in(queries))
    sources = kept["ja"].to_list()
    exact = [
        [
            score
            for _, score, _ in process.extract(
                query,
                sources,
                scorer=Levenshtein.normalized_similarity,
                limit=5,
                score_cutoff=0.5,
            )
        ]
        for query in queries
    ]
    with Memory.open(tmp_path / "tm") as memory:
        memory.add(kept.select(source="ja", target="en"))
        assert memory.stats().unindexed == 0
        for at_least, target in ((70, 0.99), (50, 0.97)):
            hits = wanted = 0
            for query, scores in zip(queries, exact, strict=True):
                good = [score for score in scores if 100 * score >= at_least]
                if not good:
                    continue
                found = memory.search(query, at_least=at_least)
                ratios = [
                    Levenshtein.normalized_similarity(query, match.source)
                    for match in found
                ]
                assert all(
                    match.score >= 100 * ratio - 1e-9
                    for match, ratio in zip(found, ratios, strict=True)
                )
                hits += min(len(good), sum(one >= good[-1] - 1e-9 for one in ratios))
                wanted += len(good)
            assert hits / wanted >= target
