"""Documents that would fill the memory, speak on stderr or lead elsewhere are named."""

import subprocess
import sys
import zipfile

import pytest

from termbank.errors import InputError
from termbank.sources.readers import text_of

PARAGRAPH = "<w:p><w:r><w:t>あ</w:t></w:r></w:p>"
HEAD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'


@pytest.mark.parametrize("suffix", [".docx", ".pptx", ".odt", ".epub"])
def test_an_archive_that_unpacks_beyond_measure_is_refused(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", HEAD + PARAGRAPH * 600_000)
    assert path.stat().st_size < 200_000
    with pytest.raises(InputError, match="packed size"):
        text_of(path)


def test_a_document_that_is_one_long_table_is_no_bomb(tmp_path):
    docx = pytest.importorskip("docx")
    path = tmp_path / "a.docx"
    document = docx.Document()
    for _ in range(300):
        document.add_paragraph("停戦案に合意する。" * 5)
    document.save(path)
    assert text_of(path).count("停戦案") == 1500


def test_a_link_out_of_a_repository_is_no_document(tmp_path):
    (tmp_path / "work" / ".git").mkdir(parents=True)
    (tmp_path / "mine.txt").write_text("私の秘密", encoding="utf-8")
    link = tmp_path / "work" / "a.txt"
    link.symlink_to("../mine.txt")
    with pytest.raises(InputError, match="out of the repository") as refused:
        text_of(link)
    assert "秘密" not in str(refused.value)


def test_a_broken_pdf_is_said_in_one_line(tmp_path):
    pytest.importorskip("pypdf")
    path = tmp_path / "a.pdf"
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj\n<<\n/Type /Catalog\nendobj\ntrailer\n<<>>\n%%EOF\n"
    )
    (tmp_path / "b.txt").write_text("外務省は会談した。", encoding="utf-8")
    program = [sys.executable, "-P", "-m", "termbank", "mine", str(tmp_path)]
    ran = subprocess.run(program, capture_output=True, text=True, check=False)
    assert ran.returncode == 0
    assert "外務省" in ran.stdout
    assert len(ran.stderr.splitlines()) == 1
    assert "a.pdf" in ran.stderr
