"""Limits and rules that formats promise: sizes, statuses, second definitions, copies."""

import csv
import io
import zipfile

import pytest

from termbank.errors import FormatError
from termbank.formats import po, skos, xliff
from termbank.formats.model.concept_records import (
    Concept,
    Definition,
    Losses,
    Segment,
    Term,
)
from termbank.formats.model.record_frames import frames_of, records_of
from termbank.formats.pair_directions import in_direction
from termbank.formats.strings import apple_strings
from termbank.formats.tables import delimited
from termbank.formats.tables.column_layouts import header_row
from termbank.formats.tables.dialects import DIALECTS
from termbank.formats.tables.ods_sheets import ods_sheets
from termbank.formats.tables.pair_writer import PairWriter
from termbank.formats.tables.record_reader import Reader, join
from termbank.formats.xml import positioned_reader, subtree_reader


def concept(*terms, identifier=""):
    record = Concept(identifier)
    for lang, form, status in terms:
        term = Term(lang, form)
        term.status = status
        record.terms.append(term)
    return record


def file(tmp_path, text, name="a.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("name", ["deepl", "deepl-csv", "google", "amazon", "azure"])
@pytest.mark.parametrize("room", [0, -1])
def test_a_table_for_a_service_never_passes_its_size_and_says_what_is_left_out(
    tmp_path, name, room
):
    records = [
        concept(("ja", f"語{n}", "preferred"), ("en", f"word {n}", "preferred"))
        for n in range(10, 13)
    ]
    whole = tmp_path / "whole"
    PairWriter(DIALECTS[name], "ja", "en").write(records, str(whole))
    size = len(whole.read_bytes())
    dialect = DIALECTS[name]._replace(file_bytes=size + room)
    cut = tmp_path / "cut"
    losses = PairWriter(dialect, "ja", "en").write(records, str(cut))
    assert DIALECTS[name].file_bytes == 10 << 20
    assert len(cut.read_bytes()) <= size + room
    left_out = "語12" in "\n".join(losses.rows)
    assert left_out == (room < 0) == ("語12" not in cut.read_text(encoding="utf-8"))


def test_the_status_of_a_row_with_a_known_translation_is_that_of_its_source(tmp_path):
    text = (
        "concept_id,ja,en,status\n1,キーウ,Kyiv,preferred\n1,キエフ,Kyiv,deprecated\n"
    )
    (record,) = Reader(file(tmp_path, text)).concepts()
    assert [(term.form, term.status) for term in record.terms] == [
        ("キーウ", ""),
        ("Kyiv", "preferred"),
        ("キエフ", "deprecated"),
    ]


def test_a_retired_form_joins_no_row_where_two_may_be_meant(tmp_path):
    text = (
        "en,ja,status\n"
        "bank,銀行,preferred\nbank,土手,preferred\nbank,バンク,deprecated\n"
    )
    records = list(Reader(file(tmp_path, text)).concepts())
    assert [len(record.terms) for record in records] == [2, 2, 2]


def test_of_a_split_cell_only_the_first_spelling_keeps_the_reading(tmp_path):
    reader = Reader(
        file(tmp_path, "ja,reading,en\n有効化|活性化,ユウコウカ,activate\n")
    )
    reader.split = True
    (record,) = reader.concepts()
    readings = {term.form: term.reading for term in record.terms}
    assert readings == {"有効化": "ユウコウカ", "活性化": "", "activate": ""}


@pytest.mark.parametrize("reader", [subtree_reader, positioned_reader])
def test_a_unit_over_the_size_is_refused_however_well_formed(
    tmp_path, monkeypatch, reader
):
    monkeypatch.setattr(reader, "UNIT_SIZE", 1 << 20)
    read = {
        subtree_reader: lambda path: subtree_reader.units(path, ("t",)),
        positioned_reader: lambda path: positioned_reader.stream(path, ("t",)),
    }[reader]
    small = "".join(f"<t>{'あ' * 1000}</t>" for _ in range(1000))
    found = [whole for _, whole in read(file(tmp_path, f"<r>{small}</r>", "small.xml"))]
    assert sum(found) >= 1000
    large = file(tmp_path, f"<r><t>{'あ' * (3 << 20)}</t></r>", "large.xml")
    with pytest.raises(FormatError):
        list(read(large))


def test_one_unit_has_at_most_32_mib():
    assert subtree_reader.UNIT_SIZE == positioned_reader.UNIT_SIZE == 32 << 20


def test_two_records_with_one_identifier_become_two_concepts_with_one_each():
    own = "0123456789ab"
    records = [
        concept(("ja", "停戦", ""), identifier=own),
        concept(("ja", "休戦", ""), identifier=own),
        concept(("ja", "和平", ""), identifier=f"c{own}"),
    ]
    frames, _ = frames_of(records)
    keys = frames["concepts"]["concept_id"].to_list()
    assert keys[0] == own
    assert len(set(keys)) == 3
    assert sorted(frames["terms"]["concept_id"]) == sorted(keys)


def test_second_definitions_in_one_language_come_back():
    record = concept(("ja", "停戦", ""))
    texts = [("ja", "一つ目"), ("en", "first"), ("ja", "二つ目"), ("JA", "三つ目")]
    record.definitions = [Definition(lang, text) for lang, text in texts]
    frames, _ = frames_of([record])
    assert frames["definitions"].select("lang", "text").rows() == [
        ("en", "first"),
        ("ja", "一つ目"),
    ]
    (again,) = records_of(**frames)
    assert sorted(each.text for each in again.definitions) == sorted(
        text for _, text in texts
    )


def test_of_unstated_statuses_the_first_form_of_a_language_leads():
    record = concept(
        ("ja", "乙", ""), ("ja", "甲", ""), ("en", "b", ""), ("en", "a", "")
    )
    frames, _ = frames_of([record])
    status = dict(frames["terms"].select("form", "status").rows())
    assert status == {
        "乙": "preferred",
        "甲": "admitted",
        "b": "preferred",
        "a": "admitted",
    }


XLIFF = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a"'
    ' source-language="ja" target-language="en" datatype="plaintext"><body>'
    '<trans-unit id="1"><source>停戦</source><target>truce</target></trans-unit>'
)
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "a"\nmsgstr "あ"\n'


@pytest.mark.parametrize(
    ("format_", "name", "good", "broken"),
    [
        (xliff, "a.xlf", f"{XLIFF}</body></file></xliff>", XLIFF),
        (po, "a.po", PO, f'{PO}\nmsgid "b\nmsgstr "い"\n'),
    ],
)
def test_a_file_is_copied_only_once_all_of_it_has_been_read(
    tmp_path, format_, name, good, broken
):
    target = tmp_path / "copy"
    format_.rewrite(file(tmp_path, good, name), str(target))
    assert target.read_text(encoding="utf-8") == good
    with pytest.raises(FormatError):
        format_.rewrite(file(tmp_path, broken, name), str(target))
    assert target.read_text(encoding="utf-8") == good


@pytest.mark.parametrize("name", ["csv", "tsv", "csv-wide", "memoq", "phrase", "xtm"])
def test_a_cell_that_a_spreadsheet_would_run_is_escaped_on_request(tmp_path, name):
    record = concept(("ja", "=1+1", "preferred"), ("en", "@x", "preferred"))
    writer = delimited.__getattr__(name)
    path = tmp_path / "a"
    for escape in (True, False):
        writer.write_records([record], str(path), escape=escape)
        text = path.read_text(encoding="utf-8-sig")
        separator = "\t" if name == "tsv" else ","
        cells = {
            cell
            for row in csv.reader(io.StringIO(text), delimiter=separator)
            for cell in row
        }
        assert {"'=1+1", "'@x"} <= cells if escape else {"=1+1", "@x"} <= cells


def test_a_row_that_omegat_would_read_as_a_comment_is_left_out_and_counted():
    writer = PairWriter(DIALECTS["omegat"], "ja", "en")
    record = concept(("ja", "#番号", "preferred"), ("en", "number", "preferred"))
    assert list(writer.rows(record)) == []
    assert "comment" in "\n".join(writer.losses.rows)


def test_service_tables_hold_approved_forms_alone():
    record = concept(
        ("ja", "甲", "proposed"), ("ja", "乙", "admitted"), ("en", "x", "preferred")
    )
    for name, dialect in DIALECTS.items():
        if dialect.approved:
            rows = list(PairWriter(dialect, "ja", "en").rows(record))
            assert [row[:2] for row in rows] == [["乙", "x"]], name


@pytest.mark.parametrize(
    ("above", "header"),
    [
        (["用語集"], 1),
        (["用語集", "2026年"], 1),
        # As many cells as the header: a row of the table, and so is what follows.
        (["Kyiv", "キーウ", "首都"], None),
        (["Kyiv", "キーウ", "首都", "x"], None),
    ],
)
def test_above_a_header_stand_only_rows_with_fewer_cells(above, header):
    assert header_row([above, ["日本語", "英語", "備考"]]) == header


def test_the_comment_that_xcode_writes_by_itself_is_no_note():
    text = (
        "/* No comment provided by engineer. */\n"
        '"open" = "開く";\n/* a verb */\n"save" = "保存";\n'
    )
    notes = [entry.note for entry in apple_strings.entries(text)]
    assert notes == ["", "a verb"]


def test_a_concept_of_skos_has_one_preferred_label_a_language(tmp_path):
    record = concept(
        ("ja", "キーウ", "preferred"), ("ja", "キエフ", "preferred"), identifier="k"
    )
    path = tmp_path / "a.ttl"
    skos.write_records([record], str(path))
    text = path.read_text(encoding="utf-8")
    assert 'skos:prefLabel "キーウ"@ja' in text
    assert 'skos:altLabel "キエフ"@ja' in text


def test_of_the_definitions_of_one_concept_the_first_row_of_a_language_wins():
    first, second = Concept("k"), Concept("k")
    first.definitions = [Definition("ja", "首都", "")]
    second.definitions = [Definition("ja", "都市", ""), Definition("en", "capital", "")]
    join(first, second)
    texts = [(each.lang, each.text) for each in first.definitions]
    assert texts == [("ja", "首都"), ("en", "capital")]


def test_a_pair_that_is_turned_round_has_no_neighbours_of_the_other_language():
    pair = Segment("Kyiv", "キーウ")
    pair.source_lang, pair.target_lang = "en", "ja"
    pair.previous, pair.next = "before", "after"
    (turned,) = in_direction([pair], ("ja", "en"), "a.tmx", Losses())
    assert (turned.source, turned.target) == ("キーウ", "Kyiv")
    assert (turned.previous, turned.next) == (None, None)


def test_a_cell_that_a_sheet_writes_once_for_several_columns_stands_in_each(tmp_path):
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<x xmlns:t="{space}:table:1.0" xmlns:p="{space}:text:1.0">'
        '<t:table t:name="a"><t:table-row>'
        '<t:table-cell t:number-columns-repeated="2"><p:p>語</p:p></t:table-cell>'
        "<t:table-cell><p:p>word</p:p></t:table-cell>"
        "</t:table-row></t:table></x>"
    )
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", content)
    with zipfile.ZipFile(path) as archive:
        ((_, lines),) = ods_sheets(str(path), archive)
        assert list(lines) == [(1, ["語", "語", "word"])]
