"""Which pairs answer in which language, and which aligned pairs a person looks at."""

import pytest

from termbank.memory import Memory, align
from termbank.memory.alignment import document_alignment
from termbank.memory.alignment.sentence_alignment import Bead


@pytest.fixture
def memory(tmp_path):
    import polars as pl

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
    monkeypatch.setattr(document_alignment, "paired", lambda *_, **__: [bead])
    found = align("甲が来た。", "One came.")
    assert found.segments["confidence"].to_list() == [confidence]
    assert found.review["place"].to_list() == ([1] if reviewed else [])
