"""Documents from texts and files: encodings, folders, bad input, formats."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import termbank
from termbank.errors import InputError
from termbank.sources import read
from termbank.sources.decoding import decoded
from termbank.sources.masks import masked

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
    assert decoded(TEXT.encode(encoding), "a.txt") == TEXT


@given(st.text(alphabet="あいのを停戦案政府首脳。、ー・アカサ", min_size=8))
def test_legacy_bytes_read_back_or_are_refused(text: str) -> None:
    for encoding in ("cp932", "euc_jp"):
        assert decoded(("政府は" + text).encode(encoding), "a.txt").startswith("政府は")


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
        "manifest.csv",
        ".hidden.txt",
        "sub/c.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"停戦案 {name}", "utf-8")
    found = [Path(uri).name for uri in read(tmp_path)["uri"]]
    assert found == ["a.md", "b.txt", "c.txt"]


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
    seen = masked(text, name)
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
