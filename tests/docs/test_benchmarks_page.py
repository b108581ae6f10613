"""The page of benchmarks and its charts show the kept figures, and nothing else."""

import json
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "benchmarks"


def test_the_page_is_made_from_the_kept_figures(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(ROOT), *sys.path])
    from bench.page import write_page

    target = tmp_path / "benchmarks"
    target.mkdir()
    write_page(json.loads((FOLDER / "results.json").read_text("utf-8")), target)
    made = {p.name: p.read_text("utf-8") for p in target.glob("*.svg")}
    kept = {p.name: p.read_text("utf-8") for p in FOLDER.glob("*.svg")}
    assert made == kept
    page = target.with_suffix(".md").read_text("utf-8")
    assert page == FOLDER.with_suffix(".md").read_text("utf-8")
    assert all(f"(benchmarks/{name})" in page for name in made)


def test_charts_are_plain_svg():
    for path in FOLDER.glob("*.svg"):
        root = ElementTree.fromstring(path.read_text("utf-8"))  # noqa: S314  # our own
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert tags == {"svg", "title", "rect", "text"}
