"""The report page of ``mine`` in a real browser."""

import os

import pytest

import termbank
from termbank.mining.candidate_report import page as report
from termbank.sources.collection import Document

TEXT = "キエフのサーバーを止めた。サーバーは三台ある。停戦案について話した。" * 2


@pytest.fixture(scope="module")
def opened(browser, tmp_path_factory):
    frame = termbank.documents([TEXT, "サーバーと停戦案。" * 3])
    ranked = termbank.candidates(termbank.mine(frame))
    import polars as pl

    many = pl.concat([ranked] * (1 + 700 // ranked.height))
    documents = [Document(*row) for row in frame.iter_rows()]
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(report(many, documents), "utf-8")

    def open_page(width=1280, scheme="light"):
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            bypass_csp=True,
        )
        made = context.new_page()
        made.goto(file.as_uri())
        return made

    return open_page


def test_the_filter_knows_widths_and_does_not_look_into_contexts(opened):
    page = opened()
    page.fill("#text", "ｻｰﾊﾞｰ")
    shown = page.locator("tbody tr:visible summary").all_inner_texts()
    assert shown
    assert all("サーバー" in form for form in shown)
    page.fill("#text", "三台ある")
    assert page.locator("tbody tr:visible").count() == 0


def test_numbers_sort_descending_first_with_an_arrow(opened):
    page = opened()
    head = page.locator("th").nth(3)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    numbers = [
        int(n) for n in page.locator("tbody tr td:nth-child(4)").all_inner_texts()
    ]
    assert numbers == sorted(numbers, reverse=True)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"


def test_the_rest_of_the_rows_is_one_button_away(opened):
    page = opened()
    assert page.inner_text("#shown") == "500"
    page.click("#rest")
    assert int(page.inner_text("#shown")) > 700


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (360, "light")])
def test_it_is_readable_in_the_dark_and_on_a_telephone(opened, width, scheme):
    page = opened(width, scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("summary").first.click()
    assert page.locator("li mark").first.is_visible()
    axe = os.environ.get("TERMBANK_AXE", "")
    if not axe:
        pytest.skip("needs axe-core: TERMBANK_AXE names axe.min.js")
    page.add_script_tag(path=axe)
    found = page.evaluate("axe.run()")["violations"]
    assert [o["id"] for o in found if o["impact"] in ("serious", "critical")] == []
