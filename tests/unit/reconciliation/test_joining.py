"""The proposal on names and terms of the kind that the source documents hold."""

import gc
from datetime import date
from itertools import combinations

import numpy as np
import polars as pl
import pytest
from hand_made import mentions

import termbank
from termbank.errors import SchemaError
from termbank.reconciliation.blocking.pair_candidates import Pairs
from termbank.reconciliation.features.form_features import describe_forms
from termbank.reconciliation.features.form_table import of_sequence, standing_alone
from termbank.reconciliation.model.verdicts import scored_pairs
from termbank.reconciliation.relations import spelling_links

PEOPLE = dict.fromkeys(
    (
        "ルーク・コーフィー",
        "ルーク・コフィー",
        "ウラジーミル・プーチン",
        "ウラジミール・プーチン",
        "プーチン",
        "ウラジーミル・ゼレンスキー",
        "ウラジミール・ゼレンスキー",
        "ウォロディミル・ゼレンスキー",
        "ゼレンスキー",
        "スティーブ・ウィトコフ",
        "ユーリ・ウシャコフ",
        "オレクシイ・レズニコフ",
        "フョードル・ルキヤノフ",
    ),
    "person",
)
BODIES = dict.fromkeys(
    ("NATO", "北大西洋条約機構", "CSIS", "戦略国際問題研究所"), "organization"
)
TERMS = dict.fromkeys(
    ("捕虜交換", "捕虜の交換", "安全の保証", "安全保障", "停戦", "停戦案", "停戦合意"),
    "term",
)
PLACES = dict.fromkeys(("ウクライナ", "キエフ", "キーウ"), "place")
TEXT = (
    "。".join(PEOPLE)
    + "。戦略国際問題研究所(CSIS)と北大西洋条約機構(NATO)。ウクライナ、NATO。"
    + "。".join(TERMS)
    + "。キエフ。キーウ。"
)
ALL = mentions((TEXT, PEOPLE | BODIES | TERMS | PLACES))


def concepts(proposal: termbank.Proposal) -> list[set[str]]:
    grouped = proposal.terms.group_by("concept_id").agg("form")
    return [set(forms) for forms in grouped["form"]]


def together(proposal: termbank.Proposal, *forms: str) -> bool:
    return any(set(forms) <= concept for concept in concepts(proposal))


@pytest.fixture(scope="module")
def proposal() -> termbank.Proposal:
    return termbank.reconcile(ALL)


@pytest.mark.parametrize(
    "apart",
    [
        ("プーチン", "ゼレンスキー"),
        ("ウラジーミル・プーチン", "ウラジーミル・ゼレンスキー"),
        ("安全の保証", "安全保障"),
        ("スティーブ・ウィトコフ", "ユーリ・ウシャコフ"),
        ("ユーリ・ウシャコフ", "オレクシイ・レズニコフ"),
        ("オレクシイ・レズニコフ", "フョードル・ルキヤノフ"),
        ("停戦", "停戦案"),
        ("停戦案", "停戦合意"),
        ("停戦", "停戦合意"),
        ("ウクライナ", "NATO"),
    ],
)
def test_different_things_stay_apart(proposal, apart):
    assert not together(proposal, *apart)


@pytest.mark.parametrize(
    "one",
    [
        ("ルーク・コーフィー", "ルーク・コフィー"),
        ("ウラジーミル・プーチン", "ウラジミール・プーチン", "プーチン"),
        (
            "ウラジーミル・ゼレンスキー",
            "ウラジミール・ゼレンスキー",
            "ウォロディミル・ゼレンスキー",
            "ゼレンスキー",
        ),
        ("NATO", "北大西洋条約機構"),
        ("CSIS", "戦略国際問題研究所"),
        ("捕虜交換", "捕虜の交換"),
        ("キエフ", "キーウ"),
    ],
)
def test_one_thing_is_one_concept(proposal, one):
    assert together(proposal, *one)


def test_a_bracketed_acronym_is_related_and_never_same(proposal):
    links = proposal.links.filter(pl.col("relation") == "acronym")
    assert set(links["verdict"]) == {"related"}
    assert {"CSIS", "NATO"} == set(links["left"])


def test_an_unknown_acronym_is_recognised_by_its_place_alone():
    kinds = {"黒潮海洋観測機構": "organization", "KOO": "organization"}
    proposal = termbank.reconcile(
        mentions(("黒潮海洋観測機構(KOO)が発表した。", kinds))
    )
    (link,) = proposal.links.to_dicts()
    assert link["relation"] == "acronym"
    assert link["reasons"] == ["bracketed", "initials"]


def test_a_renamed_place_gives_way_on_its_day(proposal):
    row = proposal.terms.filter(pl.col("form") == "キエフ").to_dicts()[0]
    assert (row["status"], row["until"]) == ("deprecated", date(2022, 3, 31))


def test_every_concept_has_one_preferred_form_and_the_full_name_it_is(proposal):
    preferred = proposal.terms.filter(pl.col("status") == "preferred")
    assert preferred["concept_id"].is_unique().all()
    assert preferred.height == proposal.concepts.height
    assert "プーチン" not in set(preferred["form"])


def test_a_surname_of_two_people_is_asked_about():
    kinds = dict.fromkeys(
        ("田中・マリア", "ジョン・スミス", "アン・スミス", "スミス"), "person"
    )
    proposal = termbank.reconcile(
        mentions(("ジョン・スミスとアン・スミス。スミス氏は。", kinds))
    )
    asked = proposal.links.filter(pl.col("verdict") == "ask")
    assert set(asked["right"]) | set(asked["left"]) == {
        "スミス",
        "ジョン・スミス",
        "アン・スミス",
    }
    assert not together(proposal, "スミス", "ジョン・スミス")


def test_a_surname_joins_the_one_person_of_its_documents():
    people = dict.fromkeys(("ジョン・スミス", "アン・スミス", "スミス"), "person")
    proposal = termbank.reconcile(
        mentions(
            ("アン・スミスが来た。", people), ("ジョン・スミス。スミス氏。", people)
        )
    )
    assert together(proposal, "スミス", "ジョン・スミス")


def test_compositions_are_shown_and_never_join():
    kinds = dict.fromkeys(("米露", "米ロ", "米国", "ロシア"), "place")
    proposal = termbank.reconcile(mentions(("米露、米ロ、米国、ロシア。", kinds)))
    assert together(proposal, "米露", "米ロ")
    assert not together(proposal, "米露", "米国")
    assert not together(proposal, "米国", "ロシア")
    links = proposal.links.filter(pl.col("relation") == "composition")
    assert links.height == 4


def test_the_order_of_mentions_never_matters(proposal):
    again = termbank.reconcile(ALL.sample(fraction=1.0, shuffle=True, seed=3))
    for ours, theirs in zip(proposal, again, strict=True):
        assert ours.equals(theirs)


def test_plain_forms_are_counted_once_and_nulls_drop_out():
    links = termbank.reconcile(["サーバー", "サーバ", None, "サーバ", "停戦"]).links
    assert links.select("left", "right", "verdict").rows() == [
        ("サーバ", "サーバー", "same")
    ]


def test_a_surname_is_a_person_though_it_mostly_stands_in_full_names():
    texts = [
        "ウラジーミル・ゼレンスキー大統領は会見した。",
        "ウォロディミル・ゼレンスキー大統領は会見した。ゼレンスキー氏は述べた。",
    ]
    mined = termbank.mine(termbank.documents(texts))
    alone = standing_alone(mined).filter(pl.col("form") == "ゼレンスキー")
    assert alone["kind"].to_list() == ["person"]
    links = termbank.reconcile(mined).links
    assert ("ゼレンスキー", "short-name", "related") in [
        (
            row["right"] if "・" in row["left"] else row["left"],
            row["relation"],
            row["verdict"],
        )
        for row in links.to_dicts()
    ]


def test_likeness_in_a_chain_is_the_judge_s_whether_or_not_the_pair_met(monkeypatch):
    forms = of_sequence(
        ["バイオリン", "バイオリーン", "ヴァイオリン", "ヴァイオリーン", "停戦"]
    )
    some = Pairs(np.array([0, 1, 2]), np.array([2, 3, 3]))
    monkeypatch.setattr(spelling_links, "candidate_pairs", lambda *_, **__: some)
    alike = spelling_links.spelling_links(forms).alike
    rows = np.array(list(combinations(range(4), 2)))
    (judged,) = scored_pairs(describe_forms(forms["form"]), *rows.T, found=True)
    pairs = map(tuple, rows.tolist())
    likeness = dict(zip(pairs, judged.similarity.tolist(), strict=True))
    assert (0, 3) in alike
    assert alike == {pair: likeness[pair] for pair in alike}


def test_a_frame_of_another_shape_is_refused():
    with pytest.raises(SchemaError, match="mentions"):
        termbank.reconcile(pl.DataFrame({"form": ["a"]}))


def test_an_empty_input_gives_empty_frames():
    assert [frame.height for frame in termbank.reconcile([])] == [0, 0, 0]


@pytest.mark.parametrize("worked", [True, False])
def test_the_collector_works_afterwards_as_it_did_before(worked):
    (gc.enable if worked else gc.disable)()
    try:
        termbank.reconcile(["サーバー", "サーバ"])
        with pytest.raises(SchemaError):
            termbank.reconcile(pl.DataFrame({"surface": ["停戦"]}))
        assert gc.isenabled() == worked
    finally:
        gc.enable()
