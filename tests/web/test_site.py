"""The glossary as plain files, opened from disk."""

import os

import pytest

from termbank import cli
from termbank.operations import term_editing as editing

from .conftest import BY


@pytest.fixture
def site(project, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    out = tmp_path / "out"
    assert cli.main(["site", str(out), "--proposed", "--title", "訳語集"]) == 0
    return out


def files(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*.html")}


def test_only_what_is_approved_is_shown_unless_asked(project, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["site", str(tmp_path / "out")]) == 0
    text = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "停戦" in text
    assert "サーバー" not in text


def test_the_same_glossary_gives_the_same_bytes(site):
    before = files(site)
    assert cli.main(["site", str(site), "--proposed", "--title", "訳語集"]) == 0
    assert files(site) == before


def test_links_stay_when_concepts_are_merged_or_taken_out(project, site):
    (gone,) = project.rows().concepts("サーバ", "ja")
    (home,) = project.rows().concepts("サーバー", "ja")
    (out,) = project.rows().concepts("用語1", "ja")
    editing.merge(project, "サーバー", "サーバ", by=BY)
    editing.reject(project, ["用語1"], BY)
    for _ in range(2):
        assert cli.main(["site", str(site), "--proposed", "--title", "訳語集"]) == 0
        assert f'href="{home}.html"' in (site / "c" / f"{gone}.html").read_text("utf-8")
        assert not (site / "c" / f"{out}.html").exists()


def test_it_opens_from_disk_searches_and_shows_no_script(browser, site):
    context = browser.new_context(viewport={"width": 360, "height": 700})
    page = context.new_page()
    heard = []
    page.on("console", lambda message: heard.append(message.text))
    page.goto((site / "index.html").as_uri())
    assert page.title() == "訳語集"
    page.fill("#q", "さーば")
    assert page.locator("tbody tr:visible").count() == 3
    page.fill("#q", "ＣＥＡＳＥ")
    page.locator("tbody tr:visible a").click()
    assert page.inner_text("h1") == "停戦"
    page.get_by_role("link", name="English").click()
    assert "proposed" in page.inner_text("table")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert heard == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_fault_of_accessibility(browser, site, scheme):
    axe = os.environ.get("TERMBANK_AXE", "")
    if not axe:
        pytest.skip("needs axe-core: TERMBANK_AXE names axe.min.js")
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    concept = next((site / "c").iterdir())
    for place in (site / "index.html", site / "en" / "index.html", concept):
        page.goto(place.as_uri())
        page.add_script_tag(path=axe)
        found = page.evaluate("axe.run()")["violations"]
        serious = [o["id"] for o in found if o["impact"] in ("serious", "critical")]
        assert serious == [], place
    context.close()
