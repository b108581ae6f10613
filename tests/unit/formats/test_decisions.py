"""What people decided is carried or counted as lost; nothing is lost in silence."""

from datetime import UTC, datetime

import polars as pl
import pytest

from termbank import Glossary
from termbank.errors import InputError
from termbank.formats.conversion import convert


@pytest.fixture
def decided():
    rows = Glossary.from_variants({"キーウ": ["キエフ"]}, lang="ja")
    decisions = pl.DataFrame(
        {
            "lang": ["ja", "ja"],
            "action": ["same", "reject"],
            "left": ["キーウ", "=1+1"],
            "right": ["キエフ", ""],
            "who": ["編集部", None],
            "when": [datetime(2024, 5, 6, 7, 8, 9, 10, tzinfo=UTC), None],
            "why": ["表記の統一\n二行目", None],
        },
        schema_overrides={"when": pl.Datetime("us", "UTC")},
    )
    return Glossary(rows.concepts, rows.definitions, rows.terms, decisions)


@pytest.mark.parametrize("name", ["a.xlsx", "a.jsonl"])
def test_workbooks_and_json_lines_carry_decisions(tmp_path, decided, name):
    assert decided.export(tmp_path / name).total == 0
    again = Glossary.read(tmp_path / name)
    assert again.decisions.equals(decided.decisions)
    assert again.terms.equals(decided.terms)


@pytest.mark.parametrize("name", ["a.tbx", "a.csv", "a.utx", "a.tmx", "a.ttl", "a.po"])
def test_a_format_without_a_place_counts_them(tmp_path, decided, name):
    losses = decided.export(tmp_path / name)
    assert losses.fields["decisions", "no place for decisions"] == 2
    with pytest.raises(InputError, match="decisions"):
        decided.export(tmp_path / ("strict" + name), strict=True)
    assert not (tmp_path / ("strict" + name)).exists()


def test_conversions_carry_or_count_them(tmp_path, decided):
    decided.export(tmp_path / "a.jsonl")
    assert convert(tmp_path / "a.jsonl", tmp_path / "b.xlsx").total == 0
    assert Glossary.read(tmp_path / "b.xlsx").decisions.height == 2
    losses = convert(tmp_path / "b.xlsx", tmp_path / "c.csv")
    assert losses.fields == {("decisions", "no place for decisions"): 2}


def test_a_glossary_without_decisions_has_no_sheet_for_them(tmp_path):
    Glossary.from_variants({"甲": ["乙"]}, lang="ja").export(tmp_path / "a.xlsx")
    assert Glossary.read(tmp_path / "a.xlsx").decisions.height == 0
    assert b"decisions" not in (tmp_path / "a.xlsx").read_bytes()


def test_an_empty_glossary_for_a_service_is_an_error_with_the_reason(tmp_path):
    only = Glossary.from_variants({"キーウ": ["キエフ"]}, lang="ja")
    with pytest.raises(InputError, match="no row with both languages"):
        only.export(tmp_path / "a.tsv", format="deepl")
    assert not (tmp_path / "a.tsv").exists()


@pytest.mark.parametrize("ids", ["xykm", "znpq", "1234"])
def test_of_two_translations_the_first_row_of_the_file_wins(tmp_path, ids):
    rows = [("色", "color"), ("花", "flower"), ("色", "colour"), ("花", "blossom")]
    table = "concept_id,ja,en\n" + "".join(
        f"{key},{ja},{en}\n" for key, (ja, en) in zip(ids, rows, strict=True)
    )
    (tmp_path / "a.csv").write_text(table, encoding="utf-8")
    Glossary.read(tmp_path / "a.csv").export(tmp_path / "b.tsv", format="deepl")
    convert(tmp_path / "a.csv", tmp_path / "c.tsv", to="deepl")
    for name in ("b.tsv", "c.tsv"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert text == "色\tcolor\n花\tflower\n"
