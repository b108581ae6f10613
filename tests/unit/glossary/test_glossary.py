"""The glossary: edits give a new one and write the decision down."""

import os
import pickle
from datetime import UTC, date, datetime

import polars as pl
import pytest

from termbank.errors import GlossaryError, InputError, SchemaError
from termbank.glossary import Glossary, concept_id

CITIES = {"キエフ": ["キーウ"], "ハリコフ": ["ハルキウ", "ハルキフ"]}


@pytest.fixture
def cities():
    return Glossary.from_variants(CITIES, lang="ja")


def statuses(glossary):
    return dict(glossary.terms.select("form", "status").iter_rows())


def decisions(glossary):
    return glossary.decisions.select("action", "left", "right").rows()


def test_variants_are_deprecated_spellings(cities):
    assert statuses(cities) == {
        "キエフ": "preferred",
        "キーウ": "deprecated",
        "ハリコフ": "preferred",
        "ハルキウ": "deprecated",
        "ハルキフ": "deprecated",
    }
    relations = cities.terms.filter(pl.col("status") == "deprecated")["relation"]
    assert set(relations) == {"spelling"}
    assert cities.concepts.height == 2


def test_one_variant_may_stand_as_a_plain_string():
    glossary = Glossary.from_variants({"サーバー": "サーバ"}, lang="ja")
    assert statuses(glossary) == {"サーバー": "preferred", "サーバ": "deprecated"}


@pytest.mark.parametrize(
    "mapping",
    [
        {"サーバー": ["サーバー"]},
        {"サーバー": ["サーバ"], "サーバ": ["サーバー機"]},
        {"サーバー": ["サーバ"], "給仕": ["サーバ"]},
        {"サーバー": [" "]},
        {"": ["サーバ"]},
    ],
)
def test_conflicting_variants_are_refused(mapping):
    with pytest.raises(GlossaryError):
        Glossary.from_variants(mapping, lang="ja")


def test_prefer_admits_the_former_form_and_decides(cities):
    changed = cities.prefer("キーウ", reason="外務省の表記", since=date(2022, 3, 31))
    assert statuses(changed)["キーウ"] == "preferred"
    assert statuses(changed)["キエフ"] == "admitted"
    row = changed.terms.row(by_predicate=pl.col("form") == "キーウ", named=True)
    assert (row["reason"], row["since"]) == ("外務省の表記", date(2022, 3, 31))
    assert decisions(changed) == [("prefer", "キーウ", "")]
    assert statuses(cities)["キエフ"] == "preferred"


def test_a_decision_has_a_person_and_a_time_only_where_they_are_given(cities):
    plain = cities.prefer("キーウ").decisions.row(0, named=True)
    assert (plain["who"], plain["when"]) == (None, None)
    at = datetime(2024, 5, 1, 9, tzinfo=UTC)
    said = cities.prefer("キーウ", who="編集部", when=at).decisions.row(0, named=True)
    assert (said["who"], said["when"]) == ("編集部", at)


def test_a_later_edit_overrules_the_decision_about_the_same_form(cities):
    changed = cities.prefer("キーウ").prefer("キエフ").retire("キーウ")
    assert decisions(changed) == [("prefer", "キエフ", ""), ("retire", "キーウ", "")]


def test_the_preferred_form_is_retired_only_after_another_is_preferred(cities):
    for edit in (cities.retire, cities.admit, cities.reject):
        with pytest.raises(GlossaryError, match="preferred"):
            edit("キエフ")
    changed = cities.prefer("キーウ").retire("キエフ", reason="ロシア語に由来")
    assert statuses(changed)["キエフ"] == "deprecated"


def test_admit_allows_a_form_beside_the_preferred_one(cities):
    assert statuses(cities.admit("ハルキウ"))["ハルキウ"] == "admitted"


def test_reject_takes_a_form_out_and_remembers_it(cities):
    changed = cities.reject("ハルキフ")
    assert "ハルキフ" not in statuses(changed)
    assert decisions(changed) == [("reject", "ハルキフ", "")]


def test_a_form_is_found_in_any_width(cities):
    assert statuses(cities.prefer("ｷｰｳ"))["キーウ"] == "preferred"


def test_an_unknown_form_names_the_nearest(cities):
    with pytest.raises(GlossaryError) as caught:
        cities.prefer("ハルキブ")
    assert caught.value.expected in ("ハルキウ", "ハルキフ")


def test_a_form_of_two_concepts_asks_which():
    rows = [("aaaaaaaaaaaa", "アテネ"), ("bbbbbbbbbbbb", "アテネ")]
    frame = pl.DataFrame(rows, ["concept_id", "form"], orient="row")
    terms = frame.with_columns(lang=pl.lit("ja"), status=pl.lit("proposed"))
    both = Glossary(terms=terms)
    with pytest.raises(GlossaryError, match="bbbbbbbbbbbb"):
        both.prefer("アテネ")
    changed = both.prefer("アテネ", concept="bbbbbbbbbbbb")
    assert changed.terms["status"].to_list() == ["proposed", "preferred"]


def test_merge_makes_two_concepts_one_with_one_preferred_form(cities):
    merged = cities.merge("キエフ", "ハリコフ")
    assert merged.concepts.height == 1
    assert set(merged.terms["concept_id"]) == {concept_id("ja", "キエフ")}
    assert statuses(merged)["ハリコフ"] == "admitted"
    assert decisions(merged) == [("same", "キエフ", "ハリコフ")]
    with pytest.raises(GlossaryError):
        merged.merge("キエフ", "ハリコフ")


def test_split_undoes_merge_and_overrules_it(cities):
    parted = cities.merge("キエフ", "ハリコフ").split(
        "ハリコフ", "ハルキウ", "ハルキフ"
    )
    assert parted.concepts.height == 2
    assert statuses(parted) == statuses(cities)
    assert ("same", "キエフ", "ハリコフ") not in decisions(parted)
    assert ("different", "キエフ", "ハリコフ") in decisions(parted)


def test_what_split_leaves_behind_has_a_preferred_form(cities):
    parted = cities.split("ハリコフ")
    assert statuses(parted)["ハリコフ"] == "preferred"
    assert statuses(parted)["ハルキウ"] == "preferred"


def test_split_leaves_something_behind(cities):
    with pytest.raises(GlossaryError):
        cities.split("キエフ", "キーウ")
    with pytest.raises(GlossaryError):
        cities.split("キーウ", "ハルキウ")


def test_definitions_of_the_left_concept_win_a_merge(cities):
    texts = pl.DataFrame(
        {
            "concept_id": [concept_id("ja", name) for name in ("キエフ", "ハリコフ")],
            "lang": ["ja", "ja"],
            "text": ["首都。", "第二の都市。"],
        }
    )
    both = Glossary(cities.concepts, texts, cities.terms)
    assert both.merge("ハリコフ", "キエフ").definitions["text"].to_list() == [
        "第二の都市。"
    ]


def test_diff_names_every_change(cities):
    changes = cities.diff(cities.prefer("キーウ"))
    found = changes.select("table", "change", "column", "before", "after").rows()
    assert ("terms", "changed", "status", "preferred", "admitted") in found
    assert ("terms", "changed", "status", "deprecated", "preferred") in found
    assert [row[:2] for row in found if row[0] == "decisions"] == [
        ("decisions", "added")
    ]
    assert cities.diff(cities).is_empty()


def test_a_glossary_never_changes(cities):
    with pytest.raises(AttributeError):
        cities.terms = None
    frame = cities.terms
    frame.drop_in_place("form")
    assert "form" in cities.terms.columns


def test_a_glossary_can_be_sent_to_another_process(cities):
    changed = cities.prefer("キーウ")
    sent = pickle.dumps(changed)
    assert pickle.loads(sent) == changed  # noqa: S301  # our own bytes


def test_concepts_that_only_terms_name_are_made():
    glossary = Glossary.from_variants({"サーバー": []}, lang="ja")
    assert glossary.concepts.select("kind", "status").rows() == [("term", "preferred")]


def test_a_frame_with_faults_is_refused_with_all_of_them():
    with pytest.raises(SchemaError) as caught:
        Glossary(terms=pl.DataFrame({"form": ["キーウ"]}))
    assert len(caught.value.faults) == 3
    rows = {"concept_id": ["a" * 12], "lang": ["ja"], "form": ["a"]}
    with pytest.raises(SchemaError, match="NUL"):
        Glossary(terms=pl.DataFrame({**rows, "status": ["admitted"], "note": ["\0"]}))


def test_a_folder_is_sorted_one_row_a_line(cities, tmp_path):
    cities.prefer("キーウ", reason='「外務省」, "MOFA"').write(tmp_path / "new" / "g")
    written = tmp_path / "new" / "g"
    assert sorted(path.name for path in written.iterdir()) == [
        "concepts.csv",
        "decisions.csv",
        "definitions.csv",
        "terms.csv",
    ]
    lines = (written / "terms.csv").read_text(encoding="utf-8").split("\n")
    assert lines[1:-1] == sorted(lines[1:-1])
    text = (written / "decisions.csv").read_text(encoding="utf-8")
    assert text.endswith('ja,prefer,キーウ,,,,"「外務省」, ""MOFA"""\n')


def test_the_same_glossary_gives_the_same_bytes(cities, tmp_path):
    cities.write(tmp_path / "a")
    shuffled = Glossary(cities.concepts[::-1], None, cities.terms[::-1])
    shuffled.write(tmp_path / "b")
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_a_failed_write_leaves_the_former_glossary(cities, tmp_path, monkeypatch):
    cities.write(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(InputError, match="No space"):
        cities.prefer("キーウ").write(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_suffix_chooses_a_format(cities, tmp_path):
    cities.write(tmp_path / "cities.tbx")
    assert (tmp_path / "cities.tbx").is_file()
    assert statuses(Glossary.read(tmp_path / "cities.tbx")) == statuses(cities)


def test_the_shipped_glossary_reads():
    assert Glossary.shipped().terms.height > 0
