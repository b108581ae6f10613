"""The side panel: matches mended with glossary terms, and the terms themselves."""

import polars as pl
import pytest

import termbank
from termbank.errors import ConfigError
from termbank.memory import Memory, edits

PAIRS = pl.DataFrame(
    {
        "source": ["ロシアは停戦を拒否した。", "会談は月曜に始まる。"],
        "target": ["Russia rejected the ceasefire.", "The talks begin on Monday."],
    }
)


@pytest.fixture
def memory(tmp_path):
    with Memory.open(tmp_path / "tm") as opened:
        opened.add(PAIRS)
        yield opened


def test_a_match_that_differs_in_one_term_gets_the_other_rendering(memory):
    panel = termbank.suggest("ウクライナは停戦を拒否した。", memory=memory, at_least=50)
    best = panel.matches[0]
    assert best.target == "Ukraine rejected the ceasefire."
    assert best.penalties == ("repaired",)
    assert best.score < 100
    assert [hint.hit.surface for hint in panel.terms] == ["ウクライナ", "停戦"]
    assert panel.terms[0].renderings[0] == "Ukraine"


def test_a_match_that_differs_in_more_is_left_alone(memory):
    panel = termbank.suggest("ウクライナは停戦を受諾した。", memory=memory, at_least=40)
    assert panel.matches[0].target == "Russia rejected the ceasefire."
    assert panel.matches[0].penalties == ()


def test_the_memory_comes_by_path_or_variable(memory, tmp_path, monkeypatch):
    text = "会談は月曜に始まる。"
    assert termbank.suggest(text, memory=tmp_path / "tm").matches[0].score == 100
    assert termbank.suggest(text).matches == []
    monkeypatch.setenv("TERMBANK_MEMORY", str(tmp_path / "tm"))
    assert termbank.suggest(text).matches[0].score == 100
    monkeypatch.setenv("TERMBANK_MEMORY", str(tmp_path / "absent"))
    with pytest.raises(ConfigError, match="TERMBANK_MEMORY"):
        termbank.suggest(text)


@pytest.mark.parametrize(
    ("stored", "query"),
    [
        ("会談は月曜に始まる", "会談は火曜に始まった"),
        ("The talks begin", "The talks began late"),
        ("", "甲"),
        ("甲", ""),
    ],
)
def test_edits_rebuild_both_texts(stored, query):
    found = edits(stored, query)
    assert "".join(one.text for one in found if one.kind != "inserted") == stored
    assert "".join(one.text for one in found if one.kind != "deleted") == query
