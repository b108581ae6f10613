"""Records as frames and back: what a frame cannot hold is remembered beside it."""

from datetime import date

import polars as pl
import pytest

from termbank.formats.model.concept_records import (
    TERM_FIELDS,
    Concept,
    Definition,
    Term,
)
from termbank.formats.model.record_frames import (
    decision_rows,
    decisions_frame,
    frames_of,
    records_of,
)


def term(lang, form, **fields):
    made = Term(lang, form)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def record(*terms, **fields):
    made = Concept(fields.pop("id", ""))
    made.terms = list(terms)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def again(made):
    frames, _ = frames_of([made])
    (back,) = records_of(**frames)
    return frames, back


@pytest.mark.parametrize("kind", ["person", "creature", "Zebra", "a", ""])
def test_a_kind_that_nobody_knows_comes_back_and_is_a_term_meanwhile(kind):
    frames, back = again(record(term("ja", "甲", status="preferred"), kind=kind))
    known = kind == "person"
    assert frames["concepts"]["kind"].to_list() == [kind if known else "term"]
    assert back.kind == (kind or "term")
    assert (frames["concepts"]["extra"][0] is None) == (known or not kind)


@pytest.mark.parametrize(
    ("written", "held"),
    [
        ("2022-03-31", date(2022, 3, 31)),
        ("2022-03-31T09:00:00Z", date(2022, 3, 31)),
        ("spring 2022", None),
        ("", None),
    ],
)
def test_a_time_that_is_no_date_comes_back_as_it_was_written(written, held):
    frames, back = again(record(term("ja", "甲", status="preferred", until=written)))
    assert frames["terms"]["until"].to_list() == [held]
    expected = held.isoformat() if held else written
    assert back.terms[0].until == expected


def test_the_identifier_of_a_concept_is_made_from_its_preferred_form():
    for order in (1, -1):
        terms = [
            term("ja", "甲", status="admitted"),
            term("ja", "乙", status="preferred"),
        ]
        key = frames_of([record(*terms[::order])])[0]["concepts"]["concept_id"][0]
        alone = frames_of([record(term("ja", "乙", status="preferred"))])[0]
        assert key == alone["concepts"]["concept_id"][0]
    admitted = [
        term("ja", "丙", status="proposed"),
        term("ja", "丁", status="admitted"),
    ]
    key = frames_of([record(*admitted)])[0]["concepts"]["concept_id"][0]
    first = frames_of([record(term("ja", "丙", status="preferred"))])[0]
    assert key == first["concepts"]["concept_id"][0]


def test_beside_a_preferred_form_those_without_a_status_are_admitted():
    made = record(
        term("ja", "甲"), term("ja", "乙", status="preferred"), term("en", "a"),
        term("en", "b"), term("JA", "丙"),
    )  # fmt: skip
    frames, back = again(made)
    status = dict(frames["terms"].select("form", "status").rows())
    assert status == {
        "甲": "admitted",
        "乙": "preferred",
        "丙": "admitted",
        "a": "preferred",
        "b": "admitted",
    }
    assert {one.form: one.status for one in back.terms} == {
        **dict.fromkeys("甲丙ab", ""),
        "乙": "preferred",
    }


def test_a_form_given_twice_is_one_row_and_comes_back_twice():
    made = record(
        term("ja", "甲", status="preferred", note="一"),
        term("ja", "甲", status="admitted", note="二"),
    )
    frames, back = again(made)
    assert frames["terms"].select("form", "note").rows() == [("甲", "一")]
    assert [(one.form, one.status, one.note) for one in back.terms] == [
        ("甲", "preferred", "一"),
        ("甲", "admitted", "二"),
    ]


def test_every_field_of_a_term_comes_back():
    values = {
        **{name: f"{name} です" for name in TERM_FIELDS},
        "status": "deprecated", "term_type": "acronym", "relation": "spelling",
        "since": "2020-01-02", "until": "2021-03-04",
    }  # fmt: skip
    _, back = again(record(term("ja", "甲", **values)))
    assert {name: getattr(back.terms[0], name) for name in TERM_FIELDS} == values


@pytest.mark.parametrize("field", ["term_type", "relation"])
def test_a_label_outside_a_closed_list_comes_back(field):
    frames, back = again(record(term("ja", "甲", status="preferred", **{field: "odd"})))
    assert frames["terms"][field].to_list() == [None]
    assert getattr(back.terms[0], field) == "odd"


def test_records_come_in_the_order_of_the_file_where_it_is_known():
    made = [record(term("ja", form, status="preferred")) for form in "丙甲乙"]
    frames, _ = frames_of(made)
    keys = frames["concepts"]["concept_id"].to_list()
    back = records_of(**frames, order=keys)
    assert [one.terms[0].form for one in back] == ["丙", "甲", "乙"]
    sorted_ = [one.terms[0].form for one in records_of(**frames)]
    assert sorted_ == [form for _, form in sorted(zip(keys, "丙甲乙", strict=True))]


def test_the_preferred_form_of_each_language_comes_first():
    made = record(
        term("ja", "甲", status="admitted"), term("ja", "乙", status="preferred"),
        term("en", "z", status="preferred"), term("en", "a", status="proposed"),
    )  # fmt: skip
    _, back = again(made)
    assert [one.form for one in back.terms] == ["z", "a", "乙", "甲"]


def test_decisions_come_back_with_empty_fields_null():
    rows = [
        ("ja", "same", "甲", "乙", "葵", "2026-12-01T09:00:00.000000Z", "規則"),
        ("ja", "prefer", "甲", "", "", "", ""),
    ]
    frame = decisions_frame(rows)
    assert frame["right"].to_list() == ["乙", ""]
    assert frame.select("who", "when", "why").row(1) == (None, None, None)
    assert frame.select("who", "why").row(0) == ("葵", "規則")
    back = decision_rows(frame)
    assert back[1] == rows[1]
    assert (back[0][:5], back[0][6]) == (rows[0][:5], rows[0][6])
    assert back[0][5].startswith("2026-12-01T09:00:00")


def test_a_concept_without_a_form_is_left_out_and_named():
    made = [record(term("ja", " \u3000\n"), id="c9"), record(term("ja", "甲"))]
    frames, warnings = frames_of(made)
    assert frames["concepts"].height == 1
    assert len(warnings) == 1
    assert warnings[0].startswith("c9")
    assert frames["terms"].select(pl.col("form")).to_series().to_list() == ["甲"]


def test_what_is_said_of_a_concept_comes_back():
    said = {"domain": "政治", "since": "2020-01-02", "status": "proposed"}
    frames, back = again(record(term("ja", "甲", status="preferred"), **said))
    assert {name: getattr(back, name) for name in said} == said
    assert frames["concepts"]["domain"].to_list() == ["政治"]


def test_a_proposed_form_leads_no_language():
    made = record(term("ja", "甲", status="proposed"), term("ja", "乙"))
    frames, _ = again(made)
    status = dict(frames["terms"].select("form", "status").rows())
    assert status == {"甲": "proposed", "乙": "preferred"}


def test_the_source_of_a_definition_comes_back():
    made = record(term("ja", "甲", status="preferred"))
    made.definitions = [Definition("ja", "意味", "辞書"), Definition("en", "sense")]
    frames, back = again(made)
    assert frames["definitions"]["source"].to_list() == [None, "辞書"]
    assert {(one.lang, one.source) for one in back.definitions} == {
        ("ja", "辞書"),
        ("en", ""),
    }


def test_what_no_field_takes_comes_back_beside_what_a_frame_remembers():
    made = record(term("ja", "甲", term_type="odd"), id="K-9", kind="creature")
    made.extra = {"xml": "<x/>"}
    made.terms[0].extra = {"columns": {"備考": "二"}}
    _, back = again(made)
    assert (back.id, back.kind, back.extra) == ("K-9", "creature", {"xml": "<x/>"})
    assert back.terms[0].extra == {"columns": {"備考": "二"}}
    assert (back.terms[0].term_type, back.terms[0].status) == ("odd", "")


def test_a_decision_with_a_time_that_is_none_has_no_time():
    frame = decisions_frame([("ja", "prefer", "甲", "", "葵", "yesterday", "")])
    assert frame["when"].to_list() == [None]
