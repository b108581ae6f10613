"""Every command and snippet of the READMEs, ten minutes and how-to pages works as printed."""

import re
from pathlib import Path

import pytest
from page_runner import ROOT, blocks, fill_folder, reader, run_page

READMES = [ROOT / "README.md", ROOT / "README.ja.md"]
BEGIN = [ROOT / "docs" / "ten-minutes.md", ROOT / "docs" / "ten-minutes.ja.md"]
HOW_TO = sorted((ROOT / "docs" / "how-to").glob("*.md"))
# Pages of programs that serve are run where those programs are tested; the Japanese page
# of archives has the commands of the English one, and each takes a start of the miner.
SERVING = ("server", "archive.ja")
PAGES = [
    *READMES,
    *BEGIN,
    *(page for page in HOW_TO if not page.name.startswith(SERVING)),
]
ENGLISH = [page for page in PAGES if not page.name.endswith(".ja.md")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_runs_as_printed(page, tmp_path):
    language = fill_folder(page, tmp_path)
    with reader(tmp_path, language):
        assert run_page(page)


@pytest.mark.parametrize("page", ENGLISH, ids=lambda page: page.name)
def test_both_languages_of_a_page_run_the_same(page):
    japanese = page.with_name(f"{page.stem}.ja.md")
    alike = [
        str(blocks(path)).replace("MESSAGES=ja", "MESSAGES=en")
        for path in (page, japanese)
    ]
    assert alike[0] == alike[1]


def test_a_page_that_shows_another_output_is_refused(tmp_path):
    page = tmp_path / "a.md"
    page.write_text("```console\n$ termbank lookup キーウ\nキエフ\n```\n", "utf-8")
    with reader(tmp_path, "en"), pytest.raises(AssertionError, match="--- shown"):
        run_page(page)


def test_a_page_that_shows_another_value_is_refused(tmp_path):
    page = tmp_path / "a.md"
    page.write_text("```python\n1 + 1  # 3\n```\n", "utf-8")
    with reader(tmp_path, "en"), pytest.raises(AssertionError, match="--- value"):
        run_page(page)


def test_the_first_lines_of_a_readme_install_and_build():
    text = Path(READMES[0]).read_text("utf-8")
    assert re.search(r"^\$ pip install \. && termbank build seeds$", text, re.MULTILINE)
