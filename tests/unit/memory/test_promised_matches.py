"""Which pairs answer in which language, and which aligned pairs a person looks at."""

import polars as pl
import pytest

from termbank import Glossary
from termbank.formats.model.bilingual_units import OPEN, BilingualUnit
from termbank.formats.model.concept_records import Segment
from termbank.memory import Memory, align, suggest
from termbank.memory.alignment import document_alignment
from termbank.memory.alignment.sentence_alignment import Bead
from termbank.memory.cleaning import faults
from termbank.memory.job_matching import Target, best_match
from termbank.memory.pretranslation import fill_untranslated


@pytest.fixture
def memory(tmp_path):
    rows = [
        ("NATO", "ナトー", "en", "ja-JP"),
        ("NATO", "OTAN", "en-GB", "fr"),
        ("NATO", "NATO-Pakt", "en", "de"),
        ("NATO", "語のない", None, None),
    ]
    columns = ["source", "target", "source_lang", "target_lang"]
    with Memory.open(tmp_path / "tm") as opened:
        opened.add(pl.DataFrame(rows, schema=columns, orient="row"), lang="en", to="ja")
        yield opened


@pytest.mark.parametrize(
    ("lang", "to", "targets"),
    [
        ("en", "fr", {"OTAN"}),
        ("en-US", "fr-CA", {"OTAN"}),
        ("EN", "ja", {"ナトー", "語のない"}),
        (None, "de", {"NATO-Pakt"}),
        ("ja", None, set()),
        ("e", None, set()),
        (None, None, {"ナトー", "OTAN", "NATO-Pakt", "語のない"}),
    ],
)
def test_a_match_is_in_both_languages_whatever_their_regions(memory, lang, to, targets):
    found = memory.search("NATO", lang=lang, to=to, limit=9)
    assert {match.target for match in found} == targets


@pytest.mark.parametrize(("confidence", "reviewed"), [(59.9, True), (60.0, False)])
def test_a_pair_of_which_less_than_sixty_is_sure_is_to_be_reviewed(
    monkeypatch, confidence, reviewed
):
    assert document_alignment.REVIEW_BELOW == 60.0
    bead = Bead((0, 1), (0, 1), confidence)
    monkeypatch.setattr(document_alignment, "pair_sentences", lambda *_, **__: [bead])
    found = align("甲が来た。", "One came.")
    assert found.segments["confidence"].to_list() == [confidence]
    assert found.review["place"].to_list() == ([1] if reviewed else [])


def _open_target(text):
    unit = BilingualUnit(Segment(text, None), OPEN, "", 0)
    return Target((unit,), OPEN)


def test_of_equal_matches_that_of_the_first_memory_counts(tmp_path):
    with Memory.open(tmp_path / "a") as first, Memory.open(tmp_path / "b") as second:
        first.add([("Open the file.", "一つ目")])
        second.add([("Open the file.", "二つ目"), ("Open the files.", "三つ目")])
        target = _open_target("Open the file.")
        for memories, text in (
            ((first, second), "一つ目"),
            ((second, first), "二つ目"),
        ):
            match = best_match(memories, target, at_least=50, contexts=False)
            assert match.target == text
        worse = _open_target("Open the files.")
        match = best_match((first, second), worse, at_least=50, contexts=False)
        assert match.target == "三つ目"


@pytest.mark.parametrize(
    ("stored", "filled"), [("Close the lid.", 1), ("Close the lid!", 0)]
)
def test_a_file_that_marks_no_drafts_takes_exact_matches_alone(
    tmp_path, stored, filled
):
    for name, text in (("en", "Close the lid."), ("ja", "")):
        (tmp_path / f"{name}.json").write_text(f'{{"lid": "{text}"}}')
    with Memory.open(tmp_path / "tm") as opened:
        opened.add([(stored, "ふたを閉めます。")], lang="en", to="ja")
        done = fill_untranslated(opened, tmp_path / "ja.json", tmp_path / "out.json")
    assert done.filled == filled


@pytest.mark.parametrize(
    ("source", "target", "text", "mended"),
    [
        # The rendering is written with a capital where the one it replaces began so.
        (
            "停戦は終わった。",
            "Ceasefire is over.",
            "捕虜は終わった。",
            lambda word: f"{word[:1].upper()}{word[1:]} is over.",
        ),
        (
            "結局、停戦は終わった。",
            "In the end, ceasefire is over.",
            "結局、捕虜は終わった。",
            lambda word: f"In the end, {word} is over.",
        ),
    ],
)
def test_a_mended_match_keeps_the_capital_of_its_beginning(
    tmp_path, source, target, text, mended
):
    words = Glossary.from_variants({"停戦": [], "捕虜": []}, lang="ja")
    english = words.terms.with_columns(
        lang=pl.lit("en"),
        form=pl.col("form").replace({"停戦": "ceasefire", "捕虜": "captivity"}),
    )
    glossary = Glossary(
        concepts=words.concepts, terms=pl.concat([words.terms, english])
    )
    with Memory.open(tmp_path / "tm") as opened:
        opened.add([(source, target)], lang="ja", to="en")
        (match,) = suggest(text, memory=opened, glossary=glossary, at_least=30).matches
    assert match.target == mended("captivity")


def test_pairs_that_differ_in_width_and_case_alone_are_duplicates(tmp_path):
    with Memory.open(tmp_path / "tm") as opened:
        opened.add(
            [
                ("停戦 NATO", "Ceasefire with NATO"),
                ("停戦 ＮＡＴＯ ", "ceasefire with nato"),
                ("停戦 NATO", "Truce with NATO"),
            ]
        )
        found = [(fault.kind, fault.source) for fault in faults(opened.rows())]
    assert found == [("duplicate", "停戦 ＮＡＴＯ ")]


def test_a_wide_text_that_takes_the_place_of_a_plain_one_is_still_found(tmp_path):
    columns = ["segment_id", "source", "target"]
    with Memory.open(tmp_path / "tm") as opened:
        for targets in (("plain", "ＮＡＴＯ"), ("ＮＡＴＯ", "plain")):
            rows = [("a", "文。", targets[0]), ("b", "別の文。", targets[1])]
            opened.add(pl.DataFrame(rows, schema=columns, orient="row"))
            found = {match.segment_id for match in opened.concordance("nato")}
            assert found == {"ab"[targets.index("ＮＡＴＯ")]}
