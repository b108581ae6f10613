"""Spellings and mined terms keep what they reach, on a part of the development half."""

import gzip
import re

import pytest

import termbank

# A little below the figures of docs/design/equivalents.md: a part is noisier than the
# whole, and a change that costs more than this should be seen.
FLOORS = {"jmnedict": 0.85, "geonames": 0.84}
EVERY = 5
SEGMENTS = 8_000  # a sixth of the text: fewer sightings, fewer right


def rows(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t") for line in lines]


def agrees(form, accepted):
    """Lower case, no article, last word singular: how the gold is written."""
    plain = re.sub(r"^(the|a|an) ", "", form.lower().replace("-", " "))
    singular = {plain, plain.removesuffix("s"), plain.removesuffix("es")}
    if plain.endswith("ies"):
        singular.add(plain[:-3] + "y")
    return bool(singular & accepted)


@pytest.mark.parametrize("source", sorted(FLOORS))
def test_right_spelling_is_first_among_look_alikes(shared, source):
    queries = rows(shared / "data/translit" / f"{source}_hard100.tsv.gz")[::EVERY]
    right = sum(
        termbank.rank_spellings(kana, given.split(" "))[0][0] == gold
        for kana, gold, given in queries
    )
    assert right / len(queries) >= FLOORS[source]


def test_names_without_an_answer_get_none(shared):
    queries = rows(shared / "data/translit/geonames_random100.tsv.gz")[::EVERY]
    right = answered = 0
    for number, (kana, gold, given) in enumerate(queries):
        there = number % 2 == 0
        candidates = [each for each in given.split(" ") if there or each != gold]
        found = termbank.best_spelling(kana, candidates)
        answered += found is not None
        right += found is not None and there and found[0] == gold
    assert 2 * right / (answered + (len(queries) + 1) // 2) >= 0.95


def test_mined_terms_agree_with_a_dictionary(shared):
    pairs = [
        (row[3], row[2])
        for row in rows(shared / "data/bilingual/tm_tanaka50k.tsv.gz")[1 : SEGMENTS + 1]
    ]
    gold = {
        row[0]: set(row[2].split("|"))
        for row in rows(shared / "data/bilingual/termgold_tanaka.tsv.gz")
    }
    best = {}
    for ja, en in termbank.mine_pairs(pairs).select("ja", "en").iter_rows():
        best.setdefault(ja, en)
    known = [term for term in gold if term in best]
    assert len(known) / len(gold) >= 0.6
    assert sum(agrees(best[term], gold[term]) for term in known) / len(known) >= 0.64
