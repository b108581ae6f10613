"""Conversions replace their target whole or not at all."""

import json
import subprocess
import sys
import zipfile

import pytest

from termbank.errors import TermbankError
from termbank.formats import read_segments, write_segments
from termbank.formats.conversion import convert
from termbank.formats.inspection import inspect
from termbank.formats.validation import validate
from termbank.glossary import Glossary

TMX = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.1"><header creationtool="x" creationtoolversion="1" segtype="sentence"
 o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/><body>
<tu tuid="1" changedate="20240131T235900Z" changeid="me"><prop type="project">P</prop>
 <tuv lang="ja"><seg><bpt i="1">&lt;b></bpt>停戦<ept i="1">&lt;/b></ept>で合意した。</seg></tuv>
 <tuv lang="en"><seg>They agreed on a <hi>ceasefire</hi>.</seg></tuv></tu>
<tu><tuv lang="en"><seg>alone</seg></tuv></tu></body></tmx>"""
XLIFF_12 = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a" source-language="ja" target-language="en" datatype="plaintext"><body>
<group><trans-unit id="1"><source>停戦<g id="1">案</g></source><target>plan<x id="2"/></target>
<alt-trans><target>no</target></alt-trans></trans-unit></group>
<trans-unit id="2"><source>二</source></trans-unit></body></file></xliff>"""
PO = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: ja\\n"

#, fuzzy
msgid "a"
msgstr "あ"

msgctxt "menu"
msgid "File"
msgid_plural "Files"
msgstr[0] "ファイル"

#~ msgid "old"
#~ msgstr "旧"
"""


def _file(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def _pairs(path):
    return [
        row
        for frame in read_segments(path)
        for row in frame.select("source", "target", "source_lang", "target_lang").rows()
    ]


def test_segments_of_each_bilingual_format(tmp_path):
    tmx = _file(tmp_path, "a.tmx", TMX)
    assert _pairs(tmx) == [
        ("They agreed on a ceasefire.", "停戦で合意した。", "en", "ja")
    ]
    (frame,) = read_segments(tmx)
    assert frame.row(0, named=True)["author"] == "me"
    assert frame["changed"][0].isoformat() == "2024-01-31T23:59:00+00:00"
    assert _pairs(_file(tmp_path, "a.xlf", XLIFF_12)) == [
        ("停戦案", "plan", "ja", "en")
    ]
    assert _pairs(_file(tmp_path, "a.po", PO)) == [
        ("File", "ファイル", "en", "ja"),
        ("Files", "ファイル", "en", "ja"),
    ]
    csv = _file(tmp_path, "a.csv", "source,target\n停戦案,plan\n")
    assert [row[:2] for row in _pairs(csv)] == [("停戦案", "plan")]


@pytest.mark.parametrize("name", ["b.tmx", "b.xlf", "b.csv", "b.tsv", "b.po"])
def test_pairs_survive_every_format_that_takes_them(tmp_path, name):
    frames = list(read_segments(_file(tmp_path, "a.tmx", TMX)))
    write_segments(frames, tmp_path / name)
    assert _pairs(tmp_path / name) == _pairs(tmp_path / "a.tmx")


def test_tmx_1_1_becomes_1_4_with_its_codes(tmp_path):
    convert(_file(tmp_path, "a.tmx", TMX), tmp_path / "b.tmx")
    text = (tmp_path / "b.tmx").read_text(encoding="utf-8")
    assert 'version="1.4"' in text
    assert 'xml:lang="ja"' in text
    assert '<bpt i="1">' in text
    assert inspect(tmp_path / "b.tmx").as_dict()["terms"] == 3


@pytest.mark.parametrize(("name", "text"), [("a.po", PO), ("a.xlf", XLIFF_12)])
def test_a_translators_file_stays_as_it_is(tmp_path, name, text):
    path = _file(tmp_path, name, text)
    target = tmp_path / ("b" + path.suffix)
    convert(path, target)
    assert target.read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    "name", ["out.tbx", "out.csv", "out.tmx", "out.utx", "out.xlsx"]
)
def test_the_target_is_untouched_after_a_failure(tmp_path, name):
    broken = _file(tmp_path, "a.tmx", TMX.replace("</tu>\n<tu>", "</tu>\n<tu"))
    target = tmp_path / name
    target.write_bytes(b"before")
    with pytest.raises(TermbankError):
        convert(broken, target)
    assert target.read_bytes() == b"before"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.tmx", name]


def test_strict_refuses_with_the_report_and_writes_nothing(tmp_path):
    table = _file(tmp_path, "a.csv", "lang,term,note\nja,キーウ,首都\nen,Kyiv,\n")
    with pytest.raises(TermbankError, match=r"terms\.note"):
        convert(table, tmp_path / "b.tsv", to="deepl", strict=True)
    assert not (tmp_path / "b.tsv").exists()


def test_po_messages_are_counted_with_the_header_and_without_obsolete_ones(tmp_path):
    found = inspect(_file(tmp_path, "a.po", PO)).as_dict()
    assert (found["units"], found["langs"], found["statuses"]) == (
        3,
        ["ja"],
        {"fuzzy": 1},
    )


def test_inspect_prints_what_scripts_read(tmp_path):
    path = _file(tmp_path, "a.tmx", TMX)
    words = [sys.executable, "-m", "termbank", "inspect", str(path), "--format", "json"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert list(found) == [
        "format",
        "version",
        "units",
        "terms",
        "langs",
        "statuses",
        "warnings",
    ]
    assert (found["format"], found["version"], found["units"], found["terms"]) == (
        "tmx",
        "1.1",
        2,
        3,
    )
    path.write_text("<html/>")
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_a_workbook_keeps_every_cell_and_drops_furigana(tmp_path):
    table = _file(tmp_path, "a.csv", 'lang,term,note\nja,=1+1,"a\nb"\nen,Kyiv,\n')
    convert(table, tmp_path / "a.xlsx")
    convert(tmp_path / "a.xlsx", tmp_path / "b.csv")
    convert(table, tmp_path / "c.csv")
    assert (tmp_path / "b.csv").read_bytes() == (tmp_path / "c.csv").read_bytes()
    made = tmp_path / "d.xlsx"
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            ruby = "Kyiv</t><rPh sb='0' eb='1'><t>キーウ</t></rPh>"
            new.writestr(name, content.replace("Kyiv</t>", ruby))
    convert(made, tmp_path / "d.csv")
    assert (tmp_path / "d.csv").read_bytes() == (tmp_path / "c.csv").read_bytes()


def test_validate_places_each_fault(tmp_path):
    path = _file(
        tmp_path,
        "a.tbx",
        '<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">\n'
        "<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>\n"
        '<text><body>\n<conceptEntry id="c1">\n<langSec xml:lang="ja"><termSec>'
        '<term>a</term>\n<termNote type="partOfSpeech">名詞</termNote></termSec></langSec>\n'
        '</conceptEntry><conceptEntry id="c1"><langSec xml:lang="jp"><termSec><term>b</term>'
        '<note><hi target="zz">x</hi></note></termSec></langSec></conceptEntry>\n'
        "</body></text></tbx>",
    )
    places = [(p.line, p.column, p.severity) for p in validate(path)]
    assert places == [
        (6, 1, "error"),
        (7, 16, "error"),
        (7, 38, "warning"),
        (7, 90, "error"),
    ]


def test_a_workbook_has_widths_a_bold_and_frozen_header_and_a_filter(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja").export(
        tmp_path / "a.xlsx"
    )
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.endswith("3")
    assert (sheet["A1"].font.b, sheet["A2"].font.b) == (True, False)
    form = next(cell.column_letter for cell in sheet[1] if cell.value == "form")
    assert sheet.column_dimensions[form].width > 20


PLURAL = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: {lang}\\n"
"Plural-Forms: {forms}\\n"
{source}
msgctxt "menu"
msgid "{one}"
msgid_plural "{many}"
{translations}

msgid "{alone}"
msgstr "{other}"
"""
JAPANESE = PLURAL.format(
    lang="ja",
    forms="nplurals=1; plural=0;",
    source="",
    one="%d file",
    many="%d files",
    translations='msgstr[0] "%d 個のファイル"',
    alone="Open",
    other="開く",
)
ENGLISH = PLURAL.format(
    lang="en",
    forms="nplurals=2; plural=(n != 1);",
    source='"X-Source-Language: ja\\n"\n',
    one="%d 個",
    many="%d 個",
    translations='msgstr[0] "%d item"\nmsgstr[1] "%d items"',
    alone="開く",
    other="Open",
)


@pytest.mark.parametrize("catalogue", [JAPANESE, ENGLISH])
@pytest.mark.parametrize("suffix", ["csv", "tsv", "tmx"])
def test_a_plural_message_comes_back_as_one_message(tmp_path, catalogue, suffix):
    start, between, end = (tmp_path / n for n in ("a.po", f"b.{suffix}", "c.po"))
    start.write_text(catalogue, encoding="utf-8")
    assert convert(start, between).total == 0
    losses = convert(between, end)
    assert {name for name, _ in losses.fields} <= {"segments.origin"}  # name of the TMX
    assert end.read_text(encoding="utf-8") == catalogue


def test_a_plural_message_is_counted_where_a_format_has_no_place_for_it(tmp_path):
    start = tmp_path / "a.po"
    start.write_text(JAPANESE, encoding="utf-8")
    assert convert(start, tmp_path / "b.xlf").fields[
        "segments.plural_of", "no place in XLIFF 2"
    ]


def test_a_plural_with_other_words_for_one_is_counted_in_a_language_without_plurals(
    tmp_path,
):
    table = tmp_path / "a.csv"
    table.write_text(
        "source,target,source_lang,target_lang,plural_of\n"
        "a file,一つ,en,ja,\nfiles,いくつか,en,ja,a file\nalone,単独,en,ja,other\n",
        encoding="utf-8",
    )
    losses = convert(table, tmp_path / "b.po")
    assert sorted(losses.fields) == [
        ("segments.plural_of", "no place in PO"),
        ("segments.target", "one form for any number"),
    ]
