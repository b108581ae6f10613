"""Which glossary wins, what an edit clears and overrules, which short words stay out."""

import os
from datetime import date

import polars as pl
import pytest

from termbank import Glossary, lookup, reconcile
from termbank.errors import InputError
from termbank.glossary.csv_journal import write_texts
from termbank.glossary.glossary_sources import combine, key_of


def with_identifier(words, identifier):
    glossary = Glossary.from_variants(words, lang="ja")
    return Glossary(
        terms=glossary.terms.with_columns(concept_id=pl.lit(identifier)),
        concepts=glossary.concepts.with_columns(concept_id=pl.lit(identifier)),
    )


def forms(*glossaries):
    return [row.form for row in combine(glossaries)[0]]


def test_a_concept_comes_whole_from_the_first_glossary_that_has_it():
    ours = with_identifier({"キーウ": ["キエフ"]}, "0123456789ab")
    theirs = with_identifier({"キエフ市": ["キエフ"]}, "0123456789ab")
    assert forms(ours, theirs) == forms(ours)
    assert forms(theirs, ours) == forms(theirs)


@pytest.mark.parametrize("written", ["NATO", "ＮＡＴＯ", "nato"])
def test_a_preferred_form_in_any_width_and_case_beats_that_of_a_later_glossary(written):
    ours = with_identifier({"NATO": ["北約"]}, "0123456789ab")
    theirs = with_identifier({written: ["ナトー"]}, "ba9876543210")
    assert "ナトー" not in forms(ours, theirs)
    assert "北約" not in forms(theirs, ours)


def test_what_the_first_glossary_does_not_have_comes_from_the_next():
    ours = with_identifier({"キーウ": ["キエフ"]}, "0123456789ab")
    theirs = with_identifier({"停戦": ["休戦"]}, "ba9876543210")
    assert set(forms(ours, theirs)) == {"キーウ", "キエフ", "停戦", "休戦"}


def test_a_form_preferred_again_has_neither_an_end_nor_a_relation():
    glossary = Glossary.from_variants({"キーウ": ["キエフ"]}, lang="ja")
    retired = pl.col("form") == "キエフ"
    ended = glossary.terms.with_columns(
        until=pl.when(retired).then(pl.lit(date(2022, 4, 1)))
    )
    edited = Glossary(concepts=glossary.concepts, terms=ended).prefer("キエフ")
    (row,) = edited.terms.filter(retired).rows(named=True)
    assert (row["status"], row["until"], row["relation"]) == ("preferred", None, None)


@pytest.mark.parametrize(("first", "second"), [("乙", "甲"), ("甲", "乙")])
def test_forms_decided_to_be_different_stand_in_one_order(first, second):
    glossary = Glossary.from_variants({second: [first]}, lang="ja").split(first)
    (row,) = glossary.decisions.select("action", "left", "right").rows()
    assert row == ("different", *sorted((first, second)))


@pytest.mark.parametrize(("left", "right"), [("甲", "乙"), ("乙", "甲")])
def test_a_later_decision_overrules_one_about_the_same_pair_turned_round(left, right):
    glossary = Glossary.from_variants({"甲": [], "乙": []}, lang="ja")
    parted = glossary.merge(left, right).split(right)
    assert parted.decisions["action"].to_list() == ["different"]
    again = parted.merge(right, left)
    assert again.decisions.select("action", "left", "right").rows() == [
        ("same", right, left)
    ]


def test_the_heir_of_a_preferred_form_is_admitted_before_proposed_before_retired():
    rest = ["proposed", "deprecated", "forbidden", "admitted"]
    glossary = Glossary.from_variants({"頭": [*"一二三四"]}, lang="ja")
    while rest:
        names = dict(zip("一二三四", rest, strict=False))
        status = pl.col("form").replace_strict(
            {"頭": "preferred", **names}, default="forbidden"
        )
        terms = glossary.terms.with_columns(status=status)
        edited = Glossary(concepts=glossary.concepts, terms=terms).split("頭")
        lead = edited.terms.filter(
            pl.col("status") == "preferred", pl.col("form") != "頭"
        )
        best = min(rest, key=["admitted", "proposed", "deprecated", "forbidden"].index)
        assert lead["form"].to_list() == ["一二三四"[rest.index(best)]]
        rest.remove(best)
        if len(rest) == 1:
            break


@pytest.mark.parametrize(
    ("reading", "query", "found"),
    [
        ("カワドイ", "カワドイ", True),
        ("カワドイ", "カワドリ", False),
        ("カワドイ", "カワドイイ", False),
        ("カワドイル", "カワドイリ", True),
    ],
)
def test_readings_under_five_kana_answer_only_exactly(reading, query, found):
    glossary = Glossary.from_variants({"海渡居": []}, lang="ja")
    terms = glossary.terms.with_columns(reading=pl.lit(reading))
    assert bool(lookup(query, glossary=Glossary(terms=terms))) is found


def test_only_a_preferred_form_keeps_a_later_concept_out():
    ours = with_identifier({"キーウ": ["停戦"]}, "0123456789ab")
    theirs = with_identifier({"停戦": ["休戦"]}, "ba9876543210")
    assert forms(ours, theirs).count("停戦") == 2
    assert "休戦" in forms(ours, theirs)
    # A retired form of the later one that leads in the first keeps nothing out either.
    assert set(forms(theirs, ours)) == {"停戦", "休戦", "キーウ"}


def test_a_glossary_that_is_not_there_is_an_error_and_not_an_empty_one(tmp_path):
    with pytest.raises(InputError, match=r"nowhere"):
        forms(tmp_path / "nowhere.tbx")
    glossary = Glossary.from_variants({"キーウ": ["キエフ"]}, lang="ja")
    for name in ("folder", "a.tbx", "a.csv"):
        glossary.write(tmp_path / name)
        assert set(forms(tmp_path / name)) == {"キーウ", "キエフ"}


@pytest.mark.parametrize("turned", [False, True])
def test_definitions_come_with_the_concept_that_wins(turned):
    made = []
    for text in ("一つ目", "二つ目"):
        glossary = with_identifier({"キーウ": []}, "0123456789ab")
        row = {"concept_id": "0123456789ab", "lang": "ja", "text": text, "source": None}
        made.append(
            Glossary(
                concepts=glossary.concepts,
                terms=glossary.terms,
                definitions=pl.DataFrame([row], schema=glossary.definitions.schema),
            )
        )
    stack = made[::-1] if turned else made
    expected = "二つ目" if turned else "一つ目"
    assert combine(stack)[1] == {("0123456789ab", "ja"): expected}


@pytest.mark.parametrize("name", ["terms.csv", "concepts.csv", "definitions.csv"])
def test_the_key_of_a_glossary_changes_with_each_of_its_files(tmp_path, name):
    Glossary.from_variants({"キーウ": ["キエフ"]}, lang="ja").write(tmp_path / "g")
    stack = (tmp_path / "g",)
    before = key_of(stack)
    assert key_of(stack) == before != ""
    path = tmp_path / "g" / name
    content = path.read_bytes() if path.exists() else b""
    path.write_bytes(content + b"\n")
    assert key_of(stack) != before
    assert key_of((*stack, Glossary())) == ""


def test_a_proposed_form_keeps_no_later_concept_out():
    ours = with_identifier({"キーウ": ["停戦"]}, "0123456789ab")
    status = pl.col("form").replace_strict({"キーウ": "preferred", "停戦": "proposed"})
    waiting = Glossary(
        concepts=ours.concepts, terms=ours.terms.with_columns(status=status)
    )
    theirs = with_identifier({"停戦": ["休戦"]}, "ba9876543210")
    assert "休戦" in forms(waiting, theirs)


def glossary_of(*rows, decisions=()):
    names = ("concept_id", "lang", "form", "status")
    terms = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    empty = {"lang": "ja", "right": "", "who": None, "when": None, "why": None}
    table = pl.DataFrame([empty | row for row in decisions]) if decisions else None
    return Glossary(terms=terms, decisions=table)


NOTHING = reconcile([])
BRIDGE, STICKS, RIM = "a" * 12, "b" * 12, "c" * 12


def test_a_decision_about_a_form_of_two_concepts_makes_nothing_one():
    known = glossary_of(
        (BRIDGE, "ja", "はし", "preferred"),
        (STICKS, "ja", "はし", "preferred"),
        (RIM, "ja", "端", "preferred"),
        decisions=[{"action": "same", "left": "はし", "right": "端"}],
    )
    assert set(known.apply(NOTHING).terms["concept_id"]) == {BRIDGE, STICKS, RIM}


def test_a_status_is_given_to_the_width_it_was_decided_for():
    known = glossary_of(
        (BRIDGE, "ja", "ＮＡＴＯ", "admitted"),
        (BRIDGE, "ja", "NATO", "preferred"),
        decisions=[{"action": "deprecate", "left": "ＮＡＴＯ"}],
    )
    statuses = dict(known.apply(NOTHING).terms.select("form", "status").rows())
    assert statuses == {"ＮＡＴＯ": "deprecated", "NATO": "preferred"}


def test_a_new_form_joins_the_concept_of_the_preferred_one():
    known = glossary_of(
        (BRIDGE, "ja", "甲", "preferred"), (STICKS, "ja", "乙", "preferred")
    )
    rows = [
        (RIM, "ja", "甲", "admitted"),
        (RIM, "ja", "乙", "preferred"),
        (RIM, "ja", "丙", "admitted"),
    ]
    new = glossary_of(*rows)
    proposal = NOTHING._replace(concepts=new.concepts, terms=new.terms)
    homes = dict(known.apply(proposal).terms.select("form", "concept_id").rows())
    assert homes["丙"] == STICKS


def test_what_other_tools_said_of_a_concept_stays_with_the_old_one_in_a_split():
    known = glossary_of(
        (BRIDGE, "ja", "橋", "preferred"), (BRIDGE, "ja", "端", "admitted")
    )
    extra = known.concepts.with_columns(extra=pl.lit('{"kept": ["x"]}'))
    split = Glossary(concepts=extra, terms=known.terms).split("端")
    said = dict(split.concepts.select("concept_id", "extra").rows())
    assert said.pop(BRIDGE) == '{"kept": ["x"]}'
    assert list(said.values()) == [None]


def test_a_file_of_a_glossary_that_stays_the_same_is_not_touched(tmp_path):
    write_texts(str(tmp_path), {"terms": "a\n", "concepts": "b\n"})
    inode = (tmp_path / "terms.csv").stat().st_ino
    os.link(tmp_path / "terms.csv", tmp_path / "held")  # no inode comes again
    write_texts(str(tmp_path), {"terms": "a\n", "concepts": "c\n"})
    assert (tmp_path / "terms.csv").stat().st_ino == inode
    assert (tmp_path / "concepts.csv").read_text(encoding="utf-8") == "c\n"
