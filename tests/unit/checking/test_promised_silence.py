"""What settings, comments and baselines silence, and what they leave alone."""

import pytest

from termbank import Glossary, check, check_text
from termbank.checking.files.baseline import write as write_baseline
from termbank.checking.files.fixing import fix_file
from termbank.checking.options import Options
from termbank.config import CheckSettings, Settings
from termbank.glossary.glossary_sources import Rows
from termbank.rules.pages import rows_in

SERVER = Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja")


def test_a_baseline_says_nothing_about_files_that_were_not_checked(tmp_path):
    one, other, known = (tmp_path / name for name in ("a.txt", "b.txt", "base.json"))
    for path in (one, other):
        path.write_text("サーバ\n", encoding="utf-8")
    write_baseline(str(known), check([one, other], glossary=SERVER))
    settings = Settings(check=CheckSettings(baseline=str(known)))
    assert check([one], glossary=SERVER, settings=settings) == []
    other.write_text("サーバー\n", encoding="utf-8")
    assert check([one], glossary=SERVER, settings=settings) == []
    found = check([other], glossary=SERVER, settings=settings)
    assert [finding.code for finding in found] == ["TB902"]


def test_a_comment_for_the_next_line_silences_neither_its_own_nor_the_one_after():
    text = "サーバ <!-- termbank: ignore-next-line -->\nサーバ\nサーバ\n"
    found = check_text(text, format="markdown", glossary=SERVER)
    assert [(one.code, one.line) for one in found] == [("TB101", 1), ("TB101", 3)]


@pytest.mark.parametrize("ignored", [("TB101",), ("TB1",)])
def test_what_the_settings_ignore_stays_out_beside_what_the_caller_ignores(
    tmp_path, ignored
):
    path = tmp_path / "a.txt"
    path.write_text("サーバ\n", encoding="utf-8")
    settings = Settings(check=CheckSettings(ignore=ignored))
    assert check([path], glossary=SERVER, settings=settings) == []
    assert check([path], glossary=SERVER, settings=settings, ignore=["TB102"]) == []


@pytest.mark.parametrize("better", ["電子,メール", '電子"メール"'])
def test_no_fix_breaks_the_cell_of_a_table(tmp_path, better):
    path = tmp_path / "a.csv"
    text = "en,ja\nan e-mail,メールです\n"
    path.write_text(text, encoding="utf-8")
    glossary = Glossary.from_variants({better: ["メール"]}, lang="ja")
    pairs = Rows(rows_in((f"{better} < メール", "en: e-mail < mail")))
    for rules in (glossary, pairs):
        found = check([path], glossary=[rules], select=["TB1", "TB301"])
        fix_file(str(path), [one for one in found if one.code == "TB301"], unsafe=True)
        assert path.read_text(encoding="utf-8") == text
    assert any(one.code == "TB301" for one in found)


def test_the_end_of_a_comment_closes_the_block_that_was_opened_last():
    text = (
        "<!-- termbank: ignore-start [TB101] -->\n"
        "<!-- termbank: ignore-start [TB9] -->\n"
        "<!-- termbank: ignore-end -->\n"
        "サーバ\n"
        "<!-- termbank: ignore-end -->\n"
        "サーバ\n"
    )
    found = check_text(text, format="markdown", glossary=SERVER, select=["TB101"])
    assert [finding.line for finding in found] == [6]


def test_a_quotation_that_nothing_closes_ends_with_its_paragraph():
    options = Options(quotations="warn")
    text = "「サーバ\nサーバ\n\nサーバ"
    found = check_text(text, glossary=SERVER, select=["TB101"], options=options)
    assert [finding.severity for finding in found] == ["warning", "warning", "error"]
