"""Word lists for input methods and dictionaries for browsers: what their readers see."""

import csv
import json
from zipfile import ZipFile

import pytest

from termbank.formats.model.concept_records import Concept, Definition, Term
from termbank.formats.parts import module


def concept(kind, *forms):
    record = Concept("0123456789ab")
    record.kind, record.status = kind, "preferred"
    record.definitions.append(Definition("en", "The capital."))
    for lang, form, status, reading in forms:
        term = Term(lang, form)
        term.status, term.reading = status, reading
        record.terms.append(term)
    return record


KYIV = concept(
    "place",
    ("ja", "キーウ", "preferred", ""),
    ("ja", "キエフ", "deprecated", ""),
    ("ja", "首都キーウ", "admitted", "シュトキーウ"),
    ("ja", "Kyiv市", "admitted", ""),
    ("en", "Kyiv", "preferred", ""),
    ("en", "Kiev", "deprecated", ""),
)
TRUCE = concept(
    "term",
    ("ja", "停戦", "preferred", "ていせん"),
    ("en", "ceasefire", "preferred", ""),
)


def rows(name, tmp_path, encoding, newline):
    path = tmp_path / f"{name}.txt"
    losses = module(name).write_records([KYIV, TRUCE], str(path))
    text = path.read_bytes().decode(encoding)
    assert text.endswith(newline)
    lines = text.removesuffix(newline).split(newline)
    return losses, [line.split("\t") for line in lines]


def test_mozc_reads_hiragana_and_a_part_of_speech_it_knows(tmp_path):
    losses, lines = rows("mozc", tmp_path, "utf-8", "\n")
    assert lines == [
        ["きーう", "キーウ", "地名", "Kyiv"],
        ["しゅときーう", "首都キーウ", "地名", "Kyiv"],
        ["ていせん", "停戦", "名詞", "ceasefire"],
    ]
    assert ("terms.form", "no reading in kana") in losses.fields
    assert ("terms.form", "to be avoided or not approved") in losses.fields


@pytest.mark.parametrize(
    ("name", "first", "place", "columns"),
    [
        ("msime", "!Microsoft IME Dictionary Tool", "地名その他", 4),
        ("atok", "!!ATOK_TANGO_TEXT_HEADER_1", "固有地名", 3),
    ],
)
def test_lists_of_windows_are_utf_16_with_a_mark_and_a_first_line(
    name, first, place, columns, tmp_path
):
    _, lines = rows(name, tmp_path, "utf-16", "\r\n")
    assert (tmp_path / f"{name}.txt").read_bytes()[:2] == b"\xff\xfe"
    assert lines[0] == [first]
    assert lines[1][:3] == ["きーう", "キーウ", place]
    assert {len(line) for line in lines[1:]} == {columns}


def test_a_reading_longer_than_atok_takes_is_left_out(tmp_path):
    long = concept("term", ("ja", "長", "preferred", "あ" * 33))
    path = tmp_path / "a.txt"
    losses = module("atok").write_records([long], str(path))
    assert ("terms.form", "longer than the input method takes") in losses.fields


@pytest.fixture
def yomitan(tmp_path):
    path = tmp_path / "a.zip"
    module("yomitan").write_records([KYIV, TRUCE], str(path))
    with ZipFile(path) as archive:
        return {name: json.loads(archive.read(name)) for name in archive.namelist()}


def test_a_form_to_avoid_leads_to_the_preferred_form(yomitan):
    entries = {row[0]: row for row in yomitan["term_bank_1.json"]}
    kiev = entries["キエフ"]
    assert kiev[2] == "deprecated place"
    assert kiev[4] < 0
    assert kiev[5][:2] == ["→ キーウ", "Kyiv"]
    assert entries["Kyiv"][5][0] == "キーウ; 首都キーウ; Kyiv市"
    assert entries["停戦"][1] == "ていせん"


def test_every_tag_of_an_entry_is_explained(yomitan):
    explained = {tag[0] for tag in yomitan["tag_bank_1.json"]}
    used = {tag for row in yomitan["term_bank_1.json"] for tag in row[2].split()}
    assert used <= explained
    assert yomitan["index.json"]["format"] == 3


def test_an_empty_glossary_is_a_dictionary_too(tmp_path):
    module("yomitan").write_records([], str(tmp_path / "a.zip"))
    with ZipFile(tmp_path / "a.zip") as archive:
        assert json.loads(archive.read("term_bank_1.json")) == []


def test_immersive_translate_gets_its_three_columns(tmp_path):
    path = tmp_path / "a.csv"
    module("immersive-translate").write_records(
        [KYIV], str(path), source="en", target="ja"
    )
    with path.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file))[:2] == [
            ["source", "target", "tgt_lng"],
            ["Kyiv", "キーウ", "ja"],
        ]
