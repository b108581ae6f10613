"""Each how-to page is there in Japanese and in English, with the same sections."""

import re
import runpy
from pathlib import Path

import pytest

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
ENGLISH = sorted(p for p in HOW_TO.glob("*.md") if not p.name.endswith(".ja.md"))


def in_japanese(page):
    return page.with_name(f"{page.stem}.ja.md")


def first_lines(page):
    return "\n".join(page.read_text("utf-8").splitlines()[:4])


@pytest.mark.parametrize("page", ENGLISH, ids=lambda p: p.stem)
def test_the_first_lines_link_to_the_other_language(page):
    japanese = in_japanese(page)
    assert f"]({japanese.name})" in first_lines(page)
    assert f"]({page.name})" in first_lines(japanese)


@pytest.mark.parametrize("page", ENGLISH, ids=lambda p: p.stem)
def test_the_japanese_page_has_as_many_sections(page):
    sections = [
        len(re.findall(r"^## ", p.read_text("utf-8"), re.MULTILINE))
        for p in (page, in_japanese(page))
    ]
    assert sections[0] == sections[1]


def test_no_japanese_page_stands_alone():
    japanese = sorted(HOW_TO.glob("*.ja.md"))
    assert japanese == sorted(in_japanese(page) for page in ENGLISH)


def test_the_site_joins_lines_between_japanese_characters_only():
    nodes = pytest.importorskip("docutils.nodes")
    join = runpy.run_path(str(HOW_TO.parent / "conf.py"))["join_japanese_lines"]
    lines = [
        "用語を見つけ、",
        "\n",
        "表記ゆれを",
        "\n",
        "まとめる。",
        "\n",
        "termbank is",
        "\n",
        "free.",
    ]
    paragraph = nodes.paragraph("", "", *map(nodes.Text, lines))
    join(None, paragraph)
    assert (
        paragraph.astext() == "用語を見つけ、表記ゆれをまとめる。\ntermbank is\nfree."
    )
