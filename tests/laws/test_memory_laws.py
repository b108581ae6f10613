"""Laws of the memory: for any texts, not only those somebody thought of."""

import sqlite3
import sys
import tempfile

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from termbank.memory import Memory, edits, segment
from termbank.memory.search import block_index
from termbank.memory.search.match_scoring import (
    differences,
    fold_width_and_case,
    shape,
    skeleton,
)
from termbank.memory.search.sql_prefilter import narrow

WORDS = st.sampled_from(
    [
        "停戦",
        "合意",
        "大統領",
        "は",
        "が",
        "を",
        "した",
        "3",
        "１２",
        "二十",
        "年",
        "。",
        "、",
        " ",
        "NATO",
        "nato",
        "<b>",
        "😀",
        "\n",
        "『",
        "A. ",
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=14).map("".join)
SLOW = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


NUMBERS = st.sampled_from(["3", "１２", "十二", "1万2千", "3.5", "12,000"])
UNITS = st.sampled_from(
    ["", "km", " km", "㎞", "キロ", "キロメートル", "kg", "㌔", "%", "ドル"]
)
LAST = st.sampled_from(["を走った。", "の差", " apart in May", "トントラック", "と3割"])


@given(st.lists(st.tuples(NUMBERS, UNITS), min_size=2, max_size=2), WORDS, LAST)
def test_what_differs_in_placeables_alone_shares_a_skeleton(measures, first, last):
    one, other = (f"{first}{number}{unit}{last}" for number, unit in measures)
    if differences(shape(one), shape(other)) is not None:
        assert skeleton(one) == skeleton(other)


@pytest.fixture
def small_index(monkeypatch):
    monkeypatch.setattr(block_index, "TAIL_ROWS", 3)


@SLOW
@given(st.lists(TEXTS, min_size=1, max_size=12, unique=True), TEXTS)
def test_a_score_is_never_below_the_similarity_and_an_exact_source_is_first(
    small_index, texts, query
):
    with tempfile.TemporaryDirectory() as folder, Memory.open(folder) as memory:
        memory.add(pl.DataFrame({"source": texts, "target": texts}))
        found = memory.search(query, at_least=50, limit=20)
    for match in found:
        similarity = Levenshtein.normalized_similarity(query, match.source)
        assert match.score >= 100 * similarity - 1e-9
        assert (match.score == 100) == (match.source == query)
    assert (query in texts) == bool(found and found[0].source == query)
    assert found == sorted(found, key=lambda match: -match.score)


@SLOW
@given(st.lists(TEXTS, min_size=4, max_size=12, unique=True), TEXTS)
def test_the_index_finds_what_a_scan_finds(small_index, texts, query):
    with tempfile.TemporaryDirectory() as folder:
        with Memory.open(folder) as memory:
            memory.add(pl.DataFrame({"source": texts, "target": texts}))
            indexed = memory.search(query, at_least=70, limit=20)
            assert memory.stats().unindexed == 0
        for block in (memory._store.folder / "index").glob("*.block"):
            block.unlink()
        with Memory.open(folder, read_only=True) as memory:
            scanned = memory.search(query, at_least=70, limit=20)
    # A single shared character is no gram, so texts of two may stay unseen.
    assert [m for m in scanned if len(m.source) > 3] == [
        m for m in indexed if len(m.source) > 3
    ]


@SLOW
@given(
    st.lists(TEXTS, min_size=1, max_size=8, unique=True),
    st.sampled_from(["停", "nato", "た。", "3"]),
)
def test_concordance_finds_every_text_that_holds_the_string(texts, wanted):
    with tempfile.TemporaryDirectory() as folder, Memory.open(folder) as memory:
        memory.add(pl.DataFrame({"source": texts, "target": ["-"] * len(texts)}))
        found = [match.source for match in memory.concordance(wanted)]
    assert found == [
        text
        for text in texts
        if fold_width_and_case(wanted) in fold_width_and_case(text)
    ]


ODD = st.text("かガカ\u3099ｶﾞ㌔キロＡaé\u0301eßsKk停 ％%_\\[]^-'{}?", max_size=8)


@given(ODD, st.data())
def test_sqlite_alone_passes_every_text_that_holds_the_string(text, draws):
    plain = fold_width_and_case(text)
    first = draws.draw(st.integers(0, len(plain)))
    wanted = plain[first : draws.draw(st.integers(first, len(plain)))]
    if wanted:
        assert passes(text, wanted)


def test_sqlite_passes_every_character_for_what_it_becomes_when_folded():
    for code in range(0x80, sys.maxunicode + 1):
        char = chr(code)
        if 0xD800 <= code < 0xE000 or (plain := fold_width_and_case(char)) == char:
            continue
        assert passes(f"一{char}", plain), hex(code)


def passes(text, wanted):
    test = narrow(SQLITE, wanted).format(side="text")
    found = SQLITE.execute(f"SELECT {test} FROM (SELECT ? AS text)", (text,))  # noqa: S608
    return found.fetchone()[0]


SQLITE = sqlite3.connect(":memory:")


@SLOW
@given(TEXTS, st.sampled_from(["ja", "en"]))
def test_segments_hold_everything_but_the_space_between(text, lang):
    found = segment(text, lang=lang)
    assert all(text[one.start : one.end] == one.text for one in found)
    joined = "".join("".join(one.text.split()) for one in found)
    assert joined == "".join(text.split())


@SLOW
@given(TEXTS, TEXTS)
def test_edits_lead_from_one_text_to_the_other(one, other):
    found = edits(one, other)
    assert "".join(e.text for e in found if e.kind != "inserted") == one
    assert "".join(e.text for e in found if e.kind != "deleted") == other
