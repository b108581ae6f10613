"""Blocking, canonical forms, decisions, groups and relation tables."""

import datetime
from itertools import combinations
from unittest.mock import patch

import numpy as np
import polars as pl
import pytest
from hand_made import mentions
from hypothesis import given
from hypothesis import strategies as st

import termbank
from termbank.errors import ConfigError, FormatError, GlossaryError, InputError
from termbank.reconciliation.blocking import blocking_keys, pair_candidates
from termbank.reconciliation.blocking.pair_candidates import candidate_pairs
from termbank.reconciliation.clustering.constrained_clusters import Edge, Groups
from termbank.reconciliation.clustering.preferred_form import (
    PROFILES,
    Choice,
    choose_preferred,
)
from termbank.reconciliation.features.form_features import describe_forms
from termbank.reconciliation.model.explanation import explanation
from termbank.reconciliation.relations import relation_tables
from termbank.reconciliation.relations.inconsistent_spellings import mixtures
from termbank.reconciliation.relations.personal_names import name_of
from termbank.schemas import Decisions


def met(*forms: str) -> set[tuple[str, str]]:
    ordered = sorted(forms)
    pairs = candidate_pairs(describe_forms(pl.Series(ordered, dtype=pl.String)))
    return {(ordered[a], ordered[b]) for a, b in zip(*pairs, strict=True)}


def decisions(*rows: dict) -> pl.DataFrame:
    empty = {"lang": "ja", "right": "", "who": None, "when": None, "why": None}
    return Decisions.validate(pl.DataFrame([empty | row for row in rows]), cast=True)


def test_blocking_finds_variants_and_leaves_strangers():
    found = met(
        "サーバー", "サーバ", "ヴィトコフ", "ビトコフ", "取り組み", "取組", "停戦"
    )
    assert {
        ("サーバ", "サーバー"),
        ("ビトコフ", "ヴィトコフ"),
        ("取り組み", "取組"),
    } <= found
    assert not any("停戦" in pair for pair in found)


def test_short_forms_meet_with_one_sound_changed_unless_there_are_many(monkeypatch):
    assert ("ワジ", "ワディ") in met("ワジ", "ワディ", "停戦")
    monkeypatch.setattr(blocking_keys, "SHORT_UP_TO", 2)
    assert not met("ワジ", "ワディ", "停戦")


def test_keys_made_and_sorted_in_lots_bring_the_same_forms_together(monkeypatch):
    forms = [a + b + c for a in "サバンカ" for b in "ーッルガ" for c in "ータン取"]
    whole = met(*forms)
    monkeypatch.setattr(blocking_keys, "FORMS_AT_ONCE", 5)
    monkeypatch.setattr(pair_candidates, "KEYS_AT_ONCE", 50)
    monkeypatch.setattr(pair_candidates, "AT_ONCE", 7)
    assert met(*forms) == whole
    assert len(whole) > 50


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 20)), max_size=60))
def test_forms_under_one_key_meet_unless_too_many_share_it(held):
    key = np.array([key << 60 for key, _ in held], np.uint64)
    row = np.array([row for _, row in held], np.uint32)
    blocks = [sorted(row for k, row in held if k == key) for key in range(6)]
    expected = {
        (a, b)
        for block in blocks
        if len(block) <= 8
        for a, b in combinations(block, 2)
        if a != b
    }
    with patch.object(pair_candidates, "LARGEST_BLOCK", 8):
        met = pair_candidates._unpack(pair_candidates._meeting([(key, row)], None))
    assert list(zip(*(side.tolist() for side in met), strict=True)) == sorted(expected)


def test_remote_pairs_reach_the_judge_only_where_a_table_knows_them():
    forms = sorted(["アイスバーグ", "アイスリンク", "マーモット", "モルモット"])
    about = describe_forms(pl.Series(forms))
    listed, unlisted = (2, 3), (0, 1)
    assert set(zip(*candidate_pairs(about), strict=True)) == {listed, unlisted}
    assert [*zip(*candidate_pairs(about, remote=False), strict=True)] == [listed]


def test_forms_of_two_languages_never_meet():
    forms = pl.Series(["サーバ", "サーバー"])
    groups = pl.Series([0, 1]).to_numpy()
    assert len(candidate_pairs(describe_forms(forms), groups).left) == 0


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("majority", "サーバ"),
        ("kokuji", "サーバー"),
        ("jis", "サーバ"),
        ("jtf", "サーバー"),
    ],
)
def test_each_profile_has_its_own_preferred_form(profile, expected):
    choices = [Choice("サーバ", 9, 2), Choice("サーバー", 3, 2)]
    assert choose_preferred(choices, profile=profile).form == expected


def test_jis_keeps_the_mark_of_short_words():
    assert (
        choose_preferred([Choice("キー", 1, 1), Choice("キ", 1, 1)], profile="jis").form
        == "キー"
    )


def test_authority_follows_its_list():
    choices = [
        Choice("キエフ", 9, 9, source="press"),
        Choice("キーウ", 1, 1, source="ministry"),
    ]
    best = choose_preferred(choices, profile="authority:ministry,press")
    assert best.form == "キーウ"


def test_an_unknown_profile_is_named():
    with pytest.raises(ConfigError, match="majority"):
        choose_preferred([Choice("a", 1, 1)], profile="mine")
    assert len(PROFILES) == 5


def test_a_weak_link_never_chains_what_must_stay_apart():
    groups = Groups(3, apart=lambda ours, theirs: {0, 2} <= {*ours, *theirs})
    groups.join([Edge(60.0, 1, 2), Edge(90.0, 0, 1)])
    assert groups.all() == [[0, 1], [2]]


def test_a_decision_joins_parts_prefers_and_rejects():
    kinds = dict.fromkeys(("停戦", "休戦", "サーバー", "サーバ", "首脳ら"), "term")
    glossary = termbank.Glossary(
        decisions=decisions(
            {"action": "same", "left": "停戦", "right": "休戦"},
            {"action": "different", "left": "サーバー", "right": "サーバ"},
            {"action": "prefer", "left": "休戦"},
            {"action": "reject", "left": "首脳ら"},
        )
    )
    proposal = termbank.reconcile(mentions(("。".join(kinds), kinds)), glossary)
    concept = dict(proposal.terms.select("form", "concept_id").rows())
    status = dict(proposal.terms.select("form", "status").rows())
    assert concept["停戦"] == concept["休戦"]
    assert concept["サーバー"] != concept["サーバ"]
    assert (status["休戦"], status["停戦"]) == ("preferred", "admitted")
    assert "首脳ら" not in concept
    by = dict(proposal.links.select(pl.col("verdict").cast(pl.String), "by").rows())
    assert by["different"] == "person"


def test_decisions_that_contradict_are_refused_by_name():
    kinds = dict.fromkeys(("停戦", "休戦", "終戦"), "term")
    glossary = termbank.Glossary(
        decisions=decisions(
            {"action": "same", "left": "停戦", "right": "休戦"},
            {"action": "same", "left": "休戦", "right": "終戦"},
            {"action": "different", "left": "停戦", "right": "終戦"},
        )
    )
    with pytest.raises(GlossaryError, match=r"停戦|終戦"):
        termbank.reconcile(mentions(("停戦。休戦。終戦。", kinds)), glossary)


def test_the_later_of_two_decisions_holds():
    day = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    kinds = dict.fromkeys(("停戦", "休戦"), "term")
    glossary = termbank.Glossary(
        decisions=decisions(
            {"action": "different", "left": "停戦", "right": "休戦", "when": day},
            {
                "action": "same",
                "left": "停戦",
                "right": "休戦",
                "when": day + datetime.timedelta(1),
            },
        )
    )
    proposal = termbank.reconcile(mentions(("停戦。休戦。", kinds)), glossary)
    assert proposal.concepts.height == 1


def test_a_form_of_the_glossary_takes_its_variants_in():
    glossary = termbank.Glossary.from_variants({"サーバー": ["サーバー機"]}, lang="ja")
    proposal = termbank.reconcile(
        mentions(("サーバを。", {"サーバ": "term"})), glossary
    )
    assert set(proposal.concepts["concept_id"]) == set(glossary.concepts["concept_id"])
    assert set(proposal.terms["form"]) == {"サーバー", "サーバ", "サーバー機"}


def test_a_project_adds_its_own_relations(tmp_path):
    (tmp_path / "synonyms.csv").write_text("left,right\n停戦,休戦\n", encoding="utf-8")
    kinds = dict.fromkeys(("停戦", "休戦"), "term")
    frame = mentions(("停戦。休戦。", kinds))
    assert termbank.reconcile(frame).concepts.height == 2
    assert termbank.reconcile(frame, relations=tmp_path).concepts.height == 1


def test_a_broken_relation_table_names_its_line(tmp_path):
    (tmp_path / "synonyms.csv").write_text("left,right\n停戦,\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"synonyms.csv:2"):
        relation_tables.load(tmp_path)
    with pytest.raises(InputError, match="no folder"):
        relation_tables.load(tmp_path / "absent")


def test_names_come_apart_at_every_separator():
    tables = relation_tables.shipped_relations()
    wanted = ("ジョン", "スミス")
    for form in (
        "ジョン・スミス",
        "ジョン＝スミス",
        "ジョン スミス",
        "ジョン・スミス氏",
    ):
        assert name_of(form, tables).parts == wanted


def test_an_explanation_shows_edits_and_the_chain():
    kinds = dict.fromkeys(("ルーク・コーフィー", "ルーク・コフィー"), "person")
    frame = mentions(("ルーク・コーフィー。ルーク・コフィー氏。", kinds))
    found = explanation("ルーク・コーフィー", "ルーク・コフィー", frame)
    assert found.edits[0][:2] == ("", "ー")
    assert "spelling" in found.chain[0]
    assert "ルーク" in str(found)


def test_mixed_spellings_propose_the_majority():
    (mixture,) = mixtures(["サーバーとサーバーとサーバ。"])
    assert mixture.forms == (("サーバー", 2), ("サーバ", 1))
    assert mixtures(["取り組む。取り組んだ。"]) == []


def test_a_translation_beside_japanese_texts_is_no_spelling():
    japanese = "ロシアのプーチン大統領が会談した。ロシア軍は動かない。"
    english = "President Putin of Russia held talks. Russia did not move."
    assert mixtures([japanese, english]) == mixtures([japanese])
