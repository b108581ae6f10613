"""What joins and what never does: chains, careful decisions, lone surnames, initials."""

import numpy as np
import polars as pl
import pytest
from hand_made import mentions

import termbank
from termbank.reconciliation.blocking.cannot_link import CHAIN_HOLDS_AT, Apart
from termbank.reconciliation.clustering.decisions import decisions_about
from termbank.reconciliation.clustering.preferred_form import Choice, choose_preferred
from termbank.reconciliation.features import form_table
from termbank.reconciliation.model.verdict_bands import (
    ASK,
    DIFFERENT,
    SAME,
    verdict_of,
)
from termbank.reconciliation.relations import relation_tables
from termbank.reconciliation.relations.gloss_evidence import gloss_evidence
from termbank.schemas import Decisions

FORMS = form_table.of_sequence(["あいう", "あいえ", "かきく", "かきけ"])
TABLES = relation_tables.shipped_relations()


def decisions(*rows):
    empty = {"lang": "ja", "right": "", "who": None, "when": None, "why": None}
    return Decisions.validate(pl.DataFrame([empty | row for row in rows]), cast=True)


def _apart(alike):
    return Apart(FORMS, decisions_about(None, FORMS), TABLES, alike)


def test_a_strong_link_joins_no_groups_that_are_on_the_whole_unlike():
    # One pair at 95, the other so low that the mean is just under one half.
    assert CHAIN_HOLDS_AT == 50.0
    assert _apart({(0, 2): 95.0, (0, 3): 4.9})([0, 1], [2, 3])
    assert not _apart({(0, 2): 95.0, (0, 3): 5.1})([0, 1], [2, 3])


def test_a_single_known_likeness_vetoes_nothing():
    assert not _apart({(0, 2): 30.0})([0, 1], [2, 3])
    assert not _apart({(0, 2): 30.0})([0], [2])


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_decisions_at_one_time_different_wins_over_same(turned):
    rows = [
        {"action": "same", "left": "停戦", "right": "休戦"},
        {"action": "different", "left": "停戦", "right": "休戦"},
    ]
    glossary = termbank.Glossary(decisions=decisions(*rows[:: -1 if turned else 1]))
    proposal = termbank.reconcile(
        mentions(("停戦。休戦。", dict.fromkeys(("停戦", "休戦"), "term"))), glossary
    )
    assert proposal.concepts.height == 2


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_statuses_given_at_one_time_the_lower_holds(turned):
    rows = [
        {"action": "prefer", "left": "休戦"},
        {"action": "deprecate", "left": "休戦"},
    ]
    forms = form_table.of_sequence(["休戦"])
    known = decisions_about(decisions(*rows[:: -1 if turned else 1]), forms)
    assert known.status == {0: "deprecated"}


def test_a_surname_whose_documents_name_nobody_is_the_person_of_the_collection():
    full, lone = "ジョン・スミス", "スミス"
    proposal = termbank.reconcile(
        mentions(
            (f"{full}が来た。", {full: "person"}),
            (f"{lone}氏が話した。", {lone: "person"}),
        )
    )
    assert proposal.terms["concept_id"].n_unique() == 1
    assert set(proposal.terms["form"]) == {full, lone}


@pytest.mark.parametrize(
    ("letters", "outer", "fits"),
    [
        ("QX", False, False),
        ("QXZ", False, True),
        ("QXZVW", False, True),
        ("QXZVWY", False, False),
        # A body before the bracket may be one letter further away.
        ("QX", True, True),
        ("QXZVWY", True, True),
        ("QXZVWYK", True, False),
    ],
)
def test_letters_of_a_body_differ_from_its_words_by_one_at_most(letters, outer, fits):
    body = "国際原子力機関"  # four words
    pair = (body, letters) if outer else (letters, body)
    assert (gloss_evidence(*pair, TABLES, bracket=None) is not None) == fits


@pytest.mark.parametrize(
    ("left", "right", "apart"),
    [
        ("ジョン・スミス", "ジョン・スミソン", True),
        ("マイケル・ブラウン", "マイケル・ブラック", True),
        ("ウラジミル・トカチェフ", "ウラジーミル・トカチョフ", False),
    ],
)
def test_full_names_that_agree_in_half_of_one_part_are_two_people(left, right, apart):
    forms = form_table.of_sequence([left, right])
    assert Apart(forms, decisions_about(None, forms), TABLES, {})([0], [1]) is apart


def test_the_kind_of_a_joined_concept_is_that_of_most_mentions():
    glossary = termbank.Glossary(
        decisions=decisions({"action": "same", "left": "停戦", "right": "休戦"})
    )
    text = ("停戦。停戦。停戦。休戦。", {"停戦": "term", "休戦": "event"})
    proposal = termbank.reconcile(mentions(text), glossary)
    assert proposal.concepts["kind"].to_list() == ["term"]


def test_a_form_that_somebody_is_asked_about_is_proposed_and_not_admitted():
    forms = ("ジョン・スミス", "アン・スミス", "スミス", "ミスター")
    glossary = termbank.Glossary(
        decisions=decisions(
            {"action": "same", "left": "スミス", "right": "ミスター"},
            {"action": "prefer", "left": "ミスター"},
        )
    )
    text = "ジョン・スミスとアン・スミス。スミス氏。ミスター。"
    proposal = termbank.reconcile(
        mentions((text, dict.fromkeys(forms, "person"))), glossary
    )
    status = dict(proposal.terms.select("form", "status").rows())
    assert (status["スミス"], status["ミスター"]) == ("proposed", "preferred")


@pytest.mark.parametrize("profile", ["majority", "kokuji", "jis", "jtf"])
def test_a_full_name_stands_before_a_commoner_short_one(profile):
    full, short = Choice("日本経済団体連合会", 1, 1, True), Choice("経団連", 90, 9)
    assert choose_preferred([short, full], profile=profile) == full


@pytest.mark.parametrize("profile", ["majority", "kokuji", "jis", "jtf"])
def test_of_two_forms_alike_in_all_the_lower_is_preferred(profile):
    lower, higher = Choice("亜", 1, 1), Choice("唖", 1, 1)
    higher, lower = sorted((lower, higher), key=lambda one: one.form, reverse=True)
    assert choose_preferred([higher, lower], profile=profile) == lower
    assert choose_preferred([lower, higher], profile=profile) == lower


def test_verdicts_are_cut_at_a_quarter_and_at_nine_tenths():
    similarity = np.array([0, 24.99, 25, 89.99, 90, 100], np.float32)
    verdicts = [DIFFERENT, DIFFERENT, ASK, ASK, SAME, SAME]
    assert verdict_of(similarity).tolist() == verdicts


@pytest.mark.parametrize("written", ["NATO", "nato", "ＮＡＴＯ"])
def test_a_decision_names_a_form_in_any_width_and_case(written):
    forms = form_table.of_sequence(["NATO", "北大西洋条約機構"])
    rows = [
        {"action": "same", "left": written, "right": "北大西洋条約機構"},
        {"action": "deprecate", "left": written},
    ]
    known = decisions_about(decisions(*rows), forms)
    assert (known.same, known.status) == ({(0, 1)}, {0: "deprecated"})


def test_a_status_is_that_of_the_form_as_it_is_written_where_several_widths_are():
    forms = form_table.of_sequence(["NATO", "ＮＡＴＯ"])
    known = decisions_about(decisions({"action": "prefer", "left": "ＮＡＴＯ"}), forms)
    assert [forms["form"][row] for row in known.status] == ["ＮＡＴＯ"]


def test_a_pair_decided_to_be_the_same_keeps_its_relation_where_that_is_no_spelling():
    pair = {"action": "same", "left": "国際連合", "right": "国連"}
    glossary = termbank.Glossary(decisions=decisions(pair))
    (link,) = termbank.reconcile(["国際連合", "国連"], glossary).links.to_dicts()
    assert link["by"] == "person"
    assert (link["relation"], link["verdict"]) == ("short-name", "related")
