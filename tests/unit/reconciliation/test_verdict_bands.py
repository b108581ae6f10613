"""One meaning of a verdict: it follows from the similarity, everywhere."""

from collections import defaultdict
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import termbank
from termbank.reconciliation.model.verdict_bands import (
    ASK_FROM,
    FEWEST_FORMS,
    SAME_FROM,
    at_size,
    calibrate,
)

ROWS = [
    line.split("\t")
    for line in Path(__file__)
    .with_name("look_alikes.tsv")
    .read_text(encoding="utf-8")
    .splitlines()[1:]
]
LABEL = pl.Series([row[0] for row in ROWS])


@pytest.fixture(scope="module")
def judged() -> pl.DataFrame:
    """Look-alikes of many kinds (no rows of any evaluation set) and true spellings."""
    answer = termbank.compare([row[1] for row in ROWS], [row[2] for row in ROWS])
    return answer.with_columns(
        label=LABEL,
        kind=pl.Series([row[3] for row in ROWS]),
        pair=pl.Series([f"{row[1]}/{row[2]}" for row in ROWS]),
    )


def test_a_verdict_never_contradicts_the_similarity_beside_it(judged):
    spelled = judged.filter(pl.col("verdict").is_in(["same", "ask", "different"]))
    for row in spelled.to_dicts():
        expected = (
            "same" if row["similarity"] >= SAME_FROM
            else "ask" if row["similarity"] >= ASK_FROM
            else "different"
        )  # fmt: skip
        assert row["verdict"] == expected, row


def test_of_look_alikes_next_to_none_is_the_same_word(judged):
    wrong = judged.filter(label="different", verdict="same")["pair"].to_list()
    assert len(wrong) <= 0.005 * (LABEL == "different").sum(), wrong


@pytest.mark.parametrize(
    "kind",
    ["figures", "office", "state", "opposite", "homophone", "org", "product", "other"],
)
def test_no_kind_of_look_alike_is_the_same_word(judged, kind):
    wrong = judged.filter(label="different", verdict="same", kind=kind)["pair"]
    assert wrong.to_list() == []


def test_spellings_of_one_word_still_join(judged):
    spelled = judged.filter(label="same")
    assert (spelled["verdict"] == "same").mean() >= 0.9
    assert spelled["verdict"].is_in(["same", "ask"]).mean() >= 0.97


def test_what_forbids_same_is_shown(judged):
    reasons: dict[str, set[str]] = defaultdict(set)
    for row in judged.filter(label="different").to_dicts():
        reasons[row["kind"]].update(row["reasons"])
    assert "figures-differ" in reasons["figures"]
    assert "office-and-body" in reasons["office"]
    assert "two-states" in reasons["state"]
    assert "opposites" in reasons["opposite"]
    assert "homophones" in reasons["homophone"]
    assert "compound" in reasons["org"]


def test_compare_and_reconcile_agree_on_what_is_the_same_word(judged):
    some = [
        row for row in ROWS if row[3] in ("loan", "place", "okuri", "kanji", "office")
    ]
    forms = sorted({form for row in some for form in row[1:3]})
    links = termbank.reconcile(forms).links
    found = {
        frozenset(pair)
        for pair in links.filter(
            (pl.col("verdict") == "same")
            & ~pl.col("reasons").list.contains("third-form")
        ).select("left", "right").rows()
    }  # fmt: skip
    pairs = [sorted(pair) for pair in found]
    again = termbank.compare([a for a, _ in pairs], [b for _, b in pairs])
    assert set(again["verdict"]) == {"same"}


def test_a_cut_off_of_ones_own_takes_the_place_of_the_usual_one():
    left, right = ["アルトマン"], ["オルトマン"]
    assert termbank.compare(left, right)["verdict"].to_list() == ["ask"]
    own = termbank.compare(left, right, at_least=20)
    assert own["verdict"].to_list() == ["same"]
    with pytest.raises(ValueError, match="at_least"):
        termbank.compare(left, right, at_least=101)


@given(similarity=st.floats(0.01, 99.9), forms=st.integers(0, 10**7))
def test_more_forms_make_no_pair_surer(similarity, forms):
    one = np.array([similarity], np.float32)
    assert at_size(one, forms)[0] >= at_size(one, forms + 1000)[0] - 1e-3
    assert at_size(one, forms)[0] == at_size(one, max(forms, FEWEST_FORMS))[0]


@given(similarity=st.floats(0.1, 99.9), forms=st.integers(0, 10**6))
def test_the_way_to_a_size_and_back_loses_nothing(similarity, forms):
    there = float(at_size(np.array([similarity], np.float32), forms)[0])
    assert calibrate(there, forms) == pytest.approx(similarity, abs=0.05)


@pytest.mark.parametrize(
    ("pair", "verdict", "relation"),
    [
        (("スペースX", "スペースエックス"), "same", "spelling"),
        (("Webサイト", "ウェブサイト"), "same", "spelling"),
        (("Craig Halkett", "クレイグ・ハルケット"), "related", "synonym"),
        (("Gerrard", "ジェラード"), "related", "synonym"),
        (("miles", "マイルス"), "ask", "synonym"),
        (("Save", "セーブ"), "ask", "synonym"),
    ],
)
def test_latin_letters_beside_the_katakana_that_write_them(pair, verdict, relation):
    (row,) = termbank.compare(pair[:1], pair[1:]).to_dicts()
    assert (row["verdict"], row["relation"]) == (verdict, relation)


@pytest.mark.parametrize(
    "pair", [("髙島屋", "高島屋"), ("飛驒市", "飛騨市"), ("國學院", "国学院")]
)
def test_old_shapes_of_kanji_are_one_spelling(pair):
    assert termbank.compare(pair[:1], pair[1:])["verdict"].to_list() == ["same"]


@pytest.mark.parametrize(
    "pair", [("第1四半期", "第一四半期"), ("１０月", "10月"), ("日々", "日日")]
)
def test_one_figure_in_two_shapes_is_one_spelling(pair):
    assert termbank.compare(pair[:1], pair[1:])["verdict"].to_list() == ["same"]


def test_one_normal_spelling_of_the_dictionary_is_one_word():
    answer = termbank.compare(["シミュレーション"], ["シュミレーション"])
    assert answer["verdict"].to_list() == ["same"]


@pytest.mark.parametrize(
    ("pair", "verdict"),
    [
        (("ケレハー", "ケレハー氏"), "same"),
        (("ストポ ヌグロホ", "ストポ・プルウォ・ヌグロホ"), "ask"),
        (("徳川家康", "家康"), "ask"),
        (("ジョコ", "ジョコ・ウィドド"), "ask"),
        (("ドナルド・トランプ", "ドナルド・トランプ・ジュニア"), "different"),
    ],
)
def test_names_with_an_honorific_or_without_some_parts(pair, verdict):
    assert termbank.compare(pair[:1], pair[1:])["verdict"].to_list() == [verdict]


def test_parts_in_which_one_full_name_is_spelled_two_ways_are_one_surname():
    forms = ["カバナー", "カバノー", "ブレット・カバノー", "ブレット・カバナー"]
    links = termbank.reconcile(forms).links
    verdicts = {frozenset(row[:2]): row[2] for row in links.select(
        "left", "right", "verdict").iter_rows()}  # fmt: skip
    assert verdicts[frozenset(("カバナー", "カバノー"))] == "same"
    assert verdicts[frozenset(("ブレット・カバノー", "ブレット・カバナー"))] == "same"
