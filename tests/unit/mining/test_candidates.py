"""Ranking: the published formulas by hand, the order, the account, contexts, the page."""

import math

import polars as pl
import pytest

import termbank
from termbank.errors import ConfigError, InputError
from termbank.mining.candidate_report import page
from termbank.mining.keyword_in_context import concordance
from termbank.mining.terms.collection_counts import count_forms
from termbank.mining.terms.measures import c_value, flr, tf_idf
from termbank.mining.terms.term_explanation import explanation
from termbank.mining.terms.termhood import factors, termhood
from termbank.schemas import Candidates
from termbank.sources.collection import Document

TEXTS = [
    "停戦案を示した。停戦案に応じる。停戦交渉は続く。首脳会談で停戦案を話した。",
    "首脳会談は来月だ。「安全の保証」を求めた。安全の保証はまだだ。<b>首脳</b>",
]


@pytest.fixture(scope="module")
def mentions() -> pl.DataFrame:
    return termbank.mine(termbank.documents(TEXTS))


def _table(**columns: list) -> pl.DataFrame:
    base = {
        "words": [2, 1],
        "mentions": [4, 10],
        "alone": [4, 6],
        "nested": [0, 4],
        "hosts": [0, 2],
        "documents": [1, 2],
        "collection": [2, 2],
        "parts": [["停戦", "案"], ["停戦"]],
    }
    return pl.DataFrame(base | columns)


def test_c_value_is_the_formula_of_the_paper() -> None:
    assert c_value(_table()).to_list() == pytest.approx([4 * math.log2(3), 10 - 4 / 2])


def test_flr_is_the_formula_of_the_paper() -> None:
    # 停戦 has 案 to its right four times, 案 has 停戦 to its left four times.
    both = (1 * 5 * 5 * 1) ** (1 / 4)
    assert flr(_table()).to_list() == pytest.approx([4 * both, 6 * math.sqrt(5)])


def test_tf_idf_is_the_formula_of_the_paper() -> None:
    assert tf_idf(_table()).to_list() == pytest.approx([4 * (math.log(2) + 1), 10])


@pytest.mark.parametrize("measure", ["termhood", "c-value", "flr", "tf-idf"])
@pytest.mark.parametrize("by", ["collection", "document"])
def test_candidates_follow_their_schema_best_first(
    mentions: pl.DataFrame, by: str, measure: str
) -> None:
    found = termbank.candidates(mentions, by=by, measure=measure)
    Candidates.validate(found)
    keys = ["norm"] if by == "collection" else ["doc_id", "norm"]
    assert found.select(keys).is_unique().all()
    assert (found["doc_id"].is_null().all()) == (by == "collection")
    for _, rows in found.group_by("doc_id"):
        assert rows["score"].to_list() == sorted(rows["score"], reverse=True)


def test_counts_are_counts(mentions: pl.DataFrame) -> None:
    row = (
        termbank.candidates(mentions)
        .filter(pl.col("norm") == "停戦案")
        .row(0, named=True)
    )
    assert (row["mentions"], row["documents"]) == (3, 1)
    both = termbank.candidates(mentions, by="document").filter(
        pl.col("norm") == "首脳会談"
    )
    assert both["documents"].to_list() == [2, 2]


def test_order_of_mentions_does_not_matter(mentions: pl.DataFrame) -> None:
    turned = mentions.reverse()
    assert termbank.candidates(turned).equals(termbank.candidates(mentions))


def test_mentions_of_others_without_evidence_can_be_ranked(
    mentions: pl.DataFrame,
) -> None:
    bare = mentions.drop("evidence")
    assert termbank.candidates(bare).height == termbank.candidates(mentions).height


def test_no_mentions_give_no_candidates(mentions: pl.DataFrame) -> None:
    assert termbank.candidates(mentions.clear()).is_empty()


def test_the_score_is_the_product_of_its_factors(mentions: pl.DataFrame) -> None:
    rows = count_forms(mentions, by="collection")
    products = [math.prod(row) for row in factors(rows).iter_rows()]
    assert termhood(rows).to_list() == pytest.approx(products)


@pytest.mark.parametrize("by", ["collection", "document"])
def test_a_quoted_clause_ranks_as_speech_and_hiragana_as_a_word(by: str) -> None:
    text = "彼は「本当に困ったものだ、これは」と言い、「かろみ」を説いた。"
    rows = count_forms(termbank.mine(termbank.documents([text])), by=by)
    speech = dict(zip(rows["norm"], factors(rows)["speech"], strict=True))
    assert speech["かろみ"] == 1.0
    assert speech["本当に困ったものだ、これは"] < 1.0


def test_of_one_persons_names_a_document_ranks_the_better_one() -> None:
    text = "ウラジーミル・ゼレンスキー大統領は会見した。ゼレンスキー氏は批判した。"
    mined = termbank.mine(termbank.documents([text]))
    rows = count_forms(mined, by="document")
    echo = dict(zip(rows["norm"], factors(rows)["echo"], strict=True))
    assert echo["ウラジーミル・ゼレンスキー"] == 1.0
    assert echo["ゼレンスキー"] < 1.0
    assert "echo" not in factors(count_forms(mined, by="collection")).columns


def test_the_account_of_a_form(mentions: pl.DataFrame) -> None:
    why = explanation("停戦案", mentions)
    assert why.counts["mentions"] == 3
    assert why.measures["termhood"] == pytest.approx(math.prod(why.factors.values()))
    assert [times for _, times in why.documents] == [3]
    with pytest.raises(InputError):
        explanation("どこにもない", mentions)


def test_an_unknown_measure_is_refused(mentions: pl.DataFrame) -> None:
    with pytest.raises(ConfigError):
        termbank.candidates(mentions, measure="best")


def _documents() -> list[Document]:
    return list(map(Document._make, termbank.documents(TEXTS).iter_rows()))


def test_contexts_find_any_width_and_point_into_the_text() -> None:
    (document,) = map(
        Document._make, termbank.documents(["ＮＡＴＯとNATO"]).iter_rows()
    )
    lines = list(concordance("nato", [document], width=1))
    assert [(line.start, line.form) for line in lines] == [(0, "ＮＡＴＯ"), (5, "NATO")]
    assert (lines[0].left, lines[0].right) == ("", "と")


def test_the_page_escapes_what_it_shows_and_loads_nothing(
    mentions: pl.DataFrame,
) -> None:
    html = page(termbank.candidates(mentions), _documents())
    assert "<b>首脳" not in html
    assert "&lt;b&gt;" in html
    assert "http:" not in html
    assert "https:" not in html
    assert "src=" not in html


def test_no_candidate_is_torn_out_of_letters_and_figures() -> None:
    mentions = termbank.mine(termbank.documents(["B2B企業とP2P通信、5G通信を使う。"]))
    surfaces = set(mentions["surface"])
    assert {"B2B企業", "P2P通信"} <= surfaces
    assert not surfaces & {"B企業", "2B企業", "P通信", "2P通信", "B2", "P2", "G通信"}
