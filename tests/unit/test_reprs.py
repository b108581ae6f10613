"""What values look like at the prompt and in a notebook."""

import html
import re

import pytest

import termbank
from termbank.types import Match

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def proposal():
    return termbank.reconcile(["サーバー", "サーバ", "米国", "キーウ"])


def visible(page):
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


def test_a_proposal_shows_its_counts(proposal):
    assert re.fullmatch(
        r"<Proposal: \d+ concepts, 4 terms, \d+ links \(\d+ to decide\)>",
        repr(proposal),
    )
    assert "サーバー" in visible(proposal._repr_html_())


def test_a_memory_shows_its_place_size_and_languages(tmp_path):
    memory = termbank.Memory.open(tmp_path / "tm")
    assert repr(memory) == f"<Memory {str(tmp_path / 'tm')!r}: 0 segments>"
    memory.add([("停戦で合意した。", "They agreed on a truce.")])
    assert ": 1 segment (" in repr(memory)
    assert visible(memory._repr_html_()).count("segment") >= 2
    memory.close()
    assert repr(memory).startswith("<Memory ")
    assert "<table>" in memory._repr_html_()


def test_a_match_shows_its_score_and_both_texts():
    match = Match("三", "three", 96.0, "near-exact", ("numbers",), "1", "a.tmx")
    assert repr(match) == "<Match 96.0 near-exact (numbers): '三' → 'three'>"
    assert match == tuple(match)


def test_nothing_in_a_notebook_runs():
    match = Match(SCRIPT, SCRIPT, 1.0, SCRIPT, (SCRIPT,), "1", SCRIPT)
    glossary = termbank.Glossary.from_variants({SCRIPT: ["<b>"]}, lang="ja")
    for page in (match._repr_html_(), glossary._repr_html_()):
        assert "<script" not in page
        assert "<b>" not in page
        assert SCRIPT in visible(page)
