"""The review of the five source documents in a real browser, from proposal to export."""

import shutil

import pytest

from termbank import Glossary, cli
from termbank.operations.project import Project
from termbank.operations.review_queue import ReviewQueue

from .conftest import Reader, served

APPROVED = 8  # cards approved before and after the restart; all 320 would take minutes


@pytest.fixture
def news(shared, tmp_path, monkeypatch):
    """Return a project with what the five documents propose."""
    shutil.copytree(shared / "seeds", tmp_path / "docs")
    monkeypatch.chdir(tmp_path)
    assert cli.main(["init", "--who", "葵"]) == 0
    assert cli.main(["build", "docs", "--who", "葵", "--limit", "1"]) == 0
    return Project(tmp_path / "glossary")


def decided(project):
    return {key[1:] for key in project.rows().tables["decisions"]}


def left(project):
    return ReviewQueue(project).counts()["concept"]


def leave_one_out(reader):
    """Go to the next card of several forms; take its last form out and accept the rest."""
    for _ in range(60):
        forms = reader.page.locator(".member b").all_inner_texts()
        if len(forms) > 1:
            break
        reader.press("j")
    assert len(forms) > 1
    reader.press(str(len(forms)), "a")
    return forms


def test_the_five_documents_are_reviewed_from_proposal_to_export(
    browser, news, tmp_path
):
    before = left(news)
    assert before > 100
    with served(news) as address:
        reader = Reader(browser, address)
        reader.queue("concept")
        # One member is left out; that decision is taken back, then made once more.
        forms = leave_one_out(reader)
        apart = {key for key in decided(news) if key[0] == "different"}
        assert any(forms[-1] in key for key in apart)
        reader.press("z")
        assert not any(key[0] == "different" for key in decided(news))
        assert left(news) == before
        for _ in range(APPROVED):
            reader.press("a")
        halfway = decided(news)
        assert reader.complaints == []
        reader.context.close()
    # The program is stopped in the middle and started again: all stands as it was.
    again = Project(news.folder)
    assert decided(again) == halfway
    assert left(again) == before - APPROVED
    with served(again) as address:
        reader = Reader(browser, address)
        reader.queue("concept")
        for _ in range(APPROVED):
            reader.press("a")
        reader.press("x")
        assert reader.complaints == []
        reader.context.close()
    glossary = Glossary.read(again.folder)
    assert glossary.concepts.filter(status="preferred").height == 2 * APPROVED
    rejected = {key[1] for key in decided(again) if key[0] == "reject"}
    assert rejected
    assert not rejected & set(glossary.terms["form"])
    assert cli.main(["export", "glossary", "-o", "terms.tbx"]) == 0
    exported = Glossary.read(tmp_path / "terms.tbx")
    assert set(exported.terms["form"]) == set(glossary.terms["form"])
    # A second build takes nothing back.
    assert cli.main(["build", "docs", "--who", "葵", "--limit", "1"]) == 0
    assert decided(Project(news.folder)) == decided(again)
