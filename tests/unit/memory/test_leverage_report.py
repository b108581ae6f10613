"""Counts by file and in all, as agencies count Japanese, with weights that a user sets."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.errors import InputError
from termbank.memory import Memory
from termbank.memory.leverage import analyse_jobs, analysed_by_job, job_of
from termbank.memory.leverage_report import (
    WEIGHTS,
    Counted,
    as_csv,
    as_html,
    read_weights,
    total_of,
    weighted_words,
)
from termbank.memory.word_count import size_of


@pytest.mark.parametrize(
    ("text", "characters", "words"),
    [
        ("", 0, 0),
        ("Press any key.", 12, 3),
        ("これはペンです。", 8, 8),
        ("これはWordのtestです。", 15, 9),
        ("<b>太字</b>です", 4, 4),
        ("確認<!-- memo -->する", 4, 4),
        ("A&amp;B", 3, 1),
        ("ＡＢＣ 1,000円", 9, 5),
        ("第 1 章", 3, 3),
        ("{name}さん", 8, 3),
    ],
)
def test_japanese_is_counted_by_characters_and_latin_by_words(text, characters, words):
    assert size_of(text) == (characters, words)


@given(st.text(max_size=50), st.text(max_size=50))
def test_two_texts_count_as_much_as_one_by_one(one, other):
    if "<" in one + other or "&" in one + other:
        return
    both = size_of(f"{one}\n{other}")
    assert both.words <= size_of(one).words + size_of(other).words + 1


@pytest.fixture
def jobs(tmp_path):
    texts = {
        "a.txt": "停戦案に合意した。新しい話題だ。",
        "b.md": "# 新しい話題だ。\n\n```\ncode\n```\n\n別の話だ。\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [job_of(tmp_path / name, "ja") for name in texts]


@pytest.fixture
def memory(tmp_path):
    with Memory.open(tmp_path / "tm") as opened:
        opened.add([("停戦案に合意した。", "They agreed.")], lang="ja", to="en")
        yield opened


def test_a_segment_of_an_earlier_file_is_a_repetition_in_a_later_one(memory, jobs):
    first, second = (
        {row.band: row.segments for row in rows}
        for rows in analysed_by_job(memory, jobs)
    )
    assert (first["100"], first["new"], first["repetitions"]) == (1, 1, 0)
    assert (second["new"], second["repetitions"]) == (1, 1)


def test_the_total_is_the_sum_of_the_files(memory, jobs):
    tables = [
        Counted(str(at), rows) for at, rows in enumerate(analysed_by_job(memory, jobs))
    ]
    total = total_of(tables)
    assert [row for row in total.rows if row.band != "locked"] == analyse_jobs(
        memory, jobs
    )
    read = list(csv.DictReader(io.StringIO(as_csv(tables, WEIGHTS))))
    sums = [
        row
        for row in read
        if row["band"] in ("合計", "total", "合計 (total)") or "total" in row["band"]
    ]
    assert int(sums[-1]["words"]) == sum(row.words for row in total.rows)
    assert as_html(tables, WEIGHTS).count("<table>") == 3


def test_names_of_files_are_neither_formulas_nor_markup():
    table = [Counted("=1+1<b>.txt", [])]
    assert "\n=1" not in as_csv(table, WEIGHTS)
    assert "<b>" not in as_html(table, WEIGHTS)


def test_weights_are_those_the_user_sets(memory, jobs):
    rows = analyse_jobs(memory, jobs)
    free = read_weights(",".join(f"{band}=0" for band in WEIGHTS))
    assert weighted_words(rows, free) == 0
    full = read_weights(",".join(f"{band}=1" for band in WEIGHTS))
    assert weighted_words(rows, full) == sum(row.words for row in rows)


@pytest.mark.parametrize(
    "text", ["x=1", "100", "100=a", "100=-1", "100=nan", "new=1e9"]
)
def test_a_wrong_weight_is_refused(text):
    with pytest.raises(InputError):
        read_weights(text)
