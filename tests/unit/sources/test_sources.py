"""Documents from texts and files: encodings, folders, bad input, formats."""

import json
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import termbank
from termbank.errors import InputError
from termbank.sources import read, stream
from termbank.sources.decoding import decode_text
from termbank.sources.masks import mask_markup
from termbank.sources.wrapped_lines import reading

if TYPE_CHECKING:
    from termbank.sources.paths import Skipped

TEXT = "政府は停戦案を検討している。外相はキーウで記者団に語った。\nサミットは来月だ。"


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "cp932",
        "euc_jp",
        "iso2022_jp",
    ],
)
def test_japanese_encodings_are_told_apart(encoding: str) -> None:
    assert decode_text(TEXT.encode(encoding), "a.txt") == TEXT


@given(st.text(alphabet="あいのを停戦案政府首脳。、ー・アカサ", min_size=8))
def test_legacy_bytes_read_back_or_are_refused(text: str) -> None:
    for encoding in ("cp932", "euc_jp"):
        assert decode_text(("政府は" + text).encode(encoding), "a.txt").startswith(
            "政府は"
        )


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("停戦案。\r\n合意。\r".encode())
    assert read(path)["text"][0] == "停戦案。\r\n合意。\r"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (bytes(range(256)) * 4, "not text|binary|control"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        (b"%PDF-1.7\x00\x01", "PDF"),
        ("caf\u00e9 na\u00efve \u00fc\u00f6\u00e4 ".encode("latin-1") * 3, "not text"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(
    tmp_path: Path, content: bytes, found: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(InputError, match=found) as caught:
        read(path)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


def test_nothing_there_and_nothing_inside_are_refused(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("a,b\n", "utf-8")
    for place in (tmp_path / "nobody.txt", tmp_path, tmp_path / "*.txt"):
        with pytest.raises(InputError):
            read(place)


def test_a_folder_gives_its_documents_sorted_without_the_files_about_it(
    tmp_path: Path,
) -> None:
    for name in (
        "b.txt",
        "a.md",
        "README.md",
        "LICENSE.md",
        "manifest.csv",
        ".hidden.txt",
        "sub/c.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"停戦案 {name}", "utf-8")
    found = [Path(uri).name for uri in read(tmp_path)["uri"]]
    assert found == ["README.md", "a.md", "b.txt", "c.txt"]


def test_equal_texts_are_one_document() -> None:
    assert termbank.documents(["停戦案", "停戦案", "合意"]).height == 2


def test_one_string_is_not_a_list_of_texts() -> None:
    with pytest.raises(InputError):
        termbank.documents("停戦案")


def test_language_and_date(tmp_path: Path) -> None:
    (tmp_path / "2025-04-12_a.txt").write_text("停戦案", "utf-8")
    (tmp_path / "b.txt").write_text("ceasefire", "utf-8")
    frame = read(tmp_path)
    assert frame["lang"].to_list() == ["ja", "en"]
    assert str(frame["published"][0]) == "2025-04-12"
    assert frame["published"][1] is None


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("a.md", "# 停戦案\n\n`停戦コード` は[こちら](停戦.html)", "停戦案"),
        ("a.html", "<p title='停戦'>合意</p><script>停戦()</script>", "合意"),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n<i>停戦案</i>\n", "停戦案"),
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n停戦案\n", "停戦案"),
        ("a.po", 'msgid "ceasefire"\nmsgstr "停戦"\n', "停戦"),
        ("a.po", 'msgid "停戦"\nmsgstr "ceasefire"\n', "停戦"),
        ("a.xlf", "<unit id='停戦'><source>合意</source></unit>", "合意"),
        ("a.txt", "合意は https://example.jp/停戦 に", "合意は"),
    ],
)
def test_markup_is_blank_and_prose_stays_in_place(
    name: str, text: str, kept: str
) -> None:
    seen = mask_markup(text, name)
    assert len(seen) == len(text)
    at = seen.index(kept)
    assert text[at : at + len(kept)] == kept
    for hidden in ("停戦コード", "ceasefire", "script", "-->", "停戦()", "example"):
        assert hidden not in seen


def test_office_files_and_broken_ones(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    openpyxl = pytest.importorskip("openpyxl")
    pptx = pytest.importorskip("pptx")
    document = docx.Document()
    document.add_paragraph("停戦案を示した。")
    document.add_table(1, 1).cell(0, 0).text = "首脳会談"
    document.save(str(tmp_path / "a.docx"))
    book = openpyxl.Workbook()
    book.active.append(["領土問題", 3])
    book.save(tmp_path / "b.xlsx")
    show = pptx.Presentation()
    show.slides.add_slide(show.slide_layouts[0]).shapes.title.text = "捕虜の交換"
    show.save(str(tmp_path / "c.pptx"))
    text = "\n".join(read(tmp_path)["text"])
    for term in ("停戦案", "首脳会談", "領土問題", "捕虜の交換"):
        assert term in text
    (tmp_path / "d.docx").write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(InputError, match="DOCX"):
        read(tmp_path / "d.docx")


@pytest.mark.parametrize(
    ("name", "text", "values"),
    [
        ("a.json", '{"停戦": "合意", "n": ["案\\n", 1]}', ["合意", "案"]),
        ("a.arb", '{"@@locale": "ja", "a": "合意{n}", "@a": {"description": "停戦"}}', ["合意", "停戦"]),
        ("a.yaml", "停戦:\n  a: 合意 # 注\n  b: '案'\n  - \"書\"\n  c: |\n    本文\n", ["合意", "案", "書", "本文"]),
        ("strings.xml", '<string name="停戦">合意<b>案</b> %1$s</string>', ["合意", "案"]),
        ("a.resx", '<data name="停戦"><value>合意</value></data>', ["合意"]),
        ("a.strings", '/* 停戦 */\n"停戦" = "合意";', ["合意"]),
        ("a.properties", "# 停戦\na.停戦=合意 {0}\n", ["合意"]),
        ("a.ftl", "# 停戦\na = 合意 { $n }\n    .label = 案\n", ["合意", "案"]),
        ("a.rpy", 'label 停戦:\n    s "合意{w}案"\n    "書"\n    play music "停戦.ogg"\n', ["合意", "案", "書"]),
        ("a.csv", "key,ja\n停戦,合意\n停戦2,\"案,書\"\n", ["合意", "案,書"]),
        ("a.tmx", "<tuv xml:lang='ja'><seg>合意</seg></tuv><note>停戦</note>", ["合意"]),
        ("a.ass", "Title: 停戦\nDialogue: 0,0:00:01.00,0:00:02.00,停戦,,0,0,0,,{\\b1}合意\\N案\n", ["合意", "案"]),
        ("a.vue", "<template><p>合意</p></template><script>停戦()</script>", ["合意"]),
        ("a.mdx", "import 停戦 from '停戦';\n\n# 合意", ["合意"]),
        ("a.adoc", "= 合意\n\n----\n停戦\n----\n", ["合意"]),
        ("a.rst", "合意\n====\n\n.. code:: 停戦\n", ["合意"]),
        ("text:0", "## 合意 {#停戦}\n\n{i}案{/i}", ["合意", "案"]),
    ],
)  # fmt: skip
def test_of_a_format_only_what_people_read_is_left(
    name: str, text: str, values: list[str]
) -> None:
    seen = mask_markup(text, name)
    assert len(seen) == len(text)
    assert seen.split() == values


def test_escapes_of_code_points_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"a": "\\u505c\\u6226\\ud842\\udfb7"}', "utf-8")
    assert read(path)["text"][0] == '{"a": "停戦𠮷"}'


def test_notebooks_and_books_are_read(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# 停戦案\n", "合意"]},
        {"cell_type": "code", "source": ["キーウ()"]},
    ]
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": cells}), "utf-8")
    with zipfile.ZipFile(tmp_path / "b.epub", "w") as book:
        book.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="O/p.opf"/></rootfiles></container>',
        )
        book.writestr(
            "O/p.opf",
            '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
            '<item id="2" href="%E4%BA%8C.xhtml" media-type="application/xhtml+xml"/>'
            '<item id="1" href="1.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="1"/><itemref idref="2"/></spine></package>',
        )
        book.writestr("O/二.xhtml", "<html><body><p>第二章</p></body></html>")
        book.writestr(
            "O/1.xhtml",
            "<html><body><h1>第一章</h1><p><ruby>停<rt>てい</rt></ruby>戦</p></body></html>",
        )
    with zipfile.ZipFile(tmp_path / "c.odt", "w") as letter:
        letter.writestr(
            "content.xml",
            '<d xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
            "<text:h>停戦</text:h><text:p>合<text:span>意</text:span></text:p></d>",
        )
    texts = [text.strip() for text in read(tmp_path)["text"]]
    assert texts == ["# 停戦案\n合意", "第一章\n停戦\n第二章", "停戦\n合意"]
    for name in ("b.epub", "c.odt", "a.ipynb"):
        (tmp_path / name).write_bytes(b"PK\x03\x04 broken")
        with pytest.raises(InputError, match=name[2:].upper()):
            read(tmp_path / name)


def test_what_a_folder_holds_besides_is_listed_with_the_reason(tmp_path: Path) -> None:
    for name, content in {
        "README.md": b"\xe5\x81\x9c\xe6\x88\xa6",
        "LICENSE.txt": b"MIT",
        "a.png": b"\x89PNG",
        "data.json": b"{}",
        "locales/ja.json": '{"a": "停戦"}'.encode(),
        "empty.md": b"",
        ".git/config": b"",
        "node_modules/a/b.md": b"a",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    skipped: list[Skipped] = []
    found = [Path(row.uri).name for row in stream(tmp_path, skipped=skipped)]
    assert found == ["README.md", "ja.json"]
    assert sorted(path.name for path, _ in skipped) == [
        "LICENSE.txt",
        "a.png",
        "data.json",
        "empty.md",
    ]
    assert all(reason and "\n" not in reason for _, reason in skipped)


MAIL = (
    "ウクライナの代表団は昨日の会談のあと記者団に対し、ゼレン\n"
    "スキー大統領が来週の首脳会談に出席する見通しだと述べた上\n"
    "で、停戦案の詳しい内容については明らかにせず今後の協議に\n"
    "委ねる考えを示した。\n\n短い行\n次の行\n"
)


@pytest.mark.parametrize(
    ("name", "text", "read_as"),
    [
        ("a.txt", MAIL, "ゼレンスキー大統領"),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n首脳会\n談で\n", "首脳会談で"),
        ("a.md", "- " + MAIL.split("\n", maxsplit=1)[0] + "\n  " + MAIL.split("\n")[1], "ゼレンスキー"),
    ],
)  # fmt: skip
def test_wrapped_lines_are_joined_for_reading(
    name: str, text: str, read_as: str
) -> None:
    shown = mask_markup(text, name)
    assert len(shown) == len(text)
    read_text, places = reading(shown)
    at = read_text.index(read_as)
    assert places is not None
    start, end = places[at], places[at + len(read_as) - 1] + 1
    assert re.sub(r"\n *", "", text[start:end]) == read_as


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "停戦案\n合意\n首脳会談\n"),
        ("a.txt", "政府は停戦案を検討している。\n外相はキーウで語った。\n" * 5),
        ("a.md", "# 停戦案と首脳会談についての長い長い見出しがここに立つ章\n本文が続く。"),
        ("a.md", "停戦\n合意"),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n停戦\n\n2\n00:00:03,000 --> 00:00:04,000\n合意\n"),
    ],
)  # fmt: skip
def test_lines_that_end_where_they_end_stay_apart(name: str, text: str) -> None:
    assert reading(mask_markup(text, name))[1] is None


@pytest.mark.parametrize(
    ("name", "piece"),
    [
        ("a.json", '\\"'),
        ("a.json", '"あ": '),
        ("strings.xml", "<string>あ"),
        ("a.yaml", "  - - あ: "),
        ("a.rpy", '"あ" '),
        ("a.ass", "Dialogue: ,,,,"),
        ("a.srt", "あ\n"),
        ("a.txt", "以下「"),
    ],
)
def test_hostile_tables_come_to_an_end(name: str, piece: str) -> None:
    # A linear search takes hundredths of a second; a quadratic one would sit here.
    text = piece * (100_000 // len(piece))
    assert len(mask_markup(text, name)) == len(text)
