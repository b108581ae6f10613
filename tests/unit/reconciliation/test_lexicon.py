"""The dictionary asked beside the work, against the dictionary asked in the work."""

import sys

import polars as pl
import pytest

from termbank.reconciliation.features import dictionary_features

FORMS = pl.Series(
    "form",
    [
        "サーバー", "サーバ", "稀土類", "取り組み", "ルーク・コーフィー", "米国", "は",
        "NATO", "ア" * 2000, "ポケモンセンター大阪", "\x00", "ﾌｫｰﾑ", "Ω≒",
    ],
)  # fmt: skip


@pytest.fixture
def beside(monkeypatch):
    monkeypatch.setattr(dictionary_features, "BESIDE_FROM", 1)
    monkeypatch.setattr(dictionary_features, "_AT_ONCE", 4)
    monkeypatch.setattr(dictionary_features, "processors", lambda: 2)


def rows(known):
    return list(zip(*(list(column) for column in known), strict=True))


def test_a_second_process_tells_the_same(beside, monkeypatch):
    inquiry = dictionary_features.Inquiry(FORMS)
    there = inquiry.facts()
    monkeypatch.setattr(dictionary_features, "BESIDE_FROM", len(FORMS) + 1)
    assert rows(there) == rows(dictionary_features.facts(FORMS))


def test_the_second_process_is_asked(beside, monkeypatch):
    asked = dictionary_features.Inquiry(FORMS)
    monkeypatch.setattr(
        dictionary_features, "describe_words", lambda *_: pytest.fail("asked here")
    )
    assert asked.facts().normal[1] == "サーバー"


def test_without_a_second_process_forms_are_looked_up_here(beside, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert dictionary_features.facts(FORMS).normal[1] == "サーバー"


def test_nothing_is_known_of_no_forms():
    known = dictionary_features.facts(pl.Series("form", [], dtype=pl.String))
    assert [len(column) for column in known] == [0] * 6
