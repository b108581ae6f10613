"""The review page in Debian's chromium: a page, a decision's round trip, look-up as one types.

Needs the extras ``web`` and ``test``. There is no peer that does the same; figures are
milliseconds on this machine, so read them beside ``python -c pass`` (first row).
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from termbank.operations.project import Project

_TIMES = """() => { window.times = []; window.begun = 0;
document.addEventListener('keydown', () => { window.begun = performance.now() }, true);
new MutationObserver(() => { if (window.begun) {
window.times.push(performance.now() - window.begun); window.begun = 0 } })
.observe(document.querySelector('.work'), { childList: true }) }"""
_QUERIES = ("語", "語01", "語0123", "語012345ー", "012345", "xyz", "語012346x")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this benchmark."""
    sizes = [37, 1000, 20_000]
    parser.add_argument("--groups", type=int, nargs="*", default=sizes)
    parser.add_argument("--concepts", type=int, default=100_000)


def run(args: Namespace) -> int:
    """Print one table."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    rows = [("python -c pass", _bare())]
    for groups in args.groups:
        rows += _in_browser(groups)
    rows += _look_up(args.concepts)
    for name, value in rows:
        print(f"{name:<52} {value:>8.1f} ms")
    return 0


def _bare() -> float:
    begun = perf_counter()
    for _ in range(10):
        subprocess.run([sys.executable, "-c", "pass"], check=True)
    return (perf_counter() - begun) * 100


def made(groups: int) -> Project:
    """Return a project with so many pairs of spellings to decide."""
    from termbank.identifiers import concept_ids
    from termbank.operations.project import Project

    project = Project.begin(Path(tempfile.mkdtemp()))
    forms = [f"語{number:06d}{end}" for end in ("ー", "") for number in range(groups)]
    identifiers = concept_ids(["ja"] * len(forms), forms)
    concepts = "".join(f"{one},term,,proposed,,\n" for one in identifiers)
    terms = "".join(
        f"{one},ja,{form},preferred\n"
        for one, form in zip(identifiers, forms, strict=True)
    )
    header = "concept_id,kind,domain,status,since,extra\n"
    (project.folder / "concepts.csv").write_text(header + concepts, "utf-8")
    header = "concept_id,lang,form,status\n"
    (project.folder / "terms.csv").write_text(header + terms, "utf-8")
    pairs = zip(forms[groups:], forms[:groups], strict=True)
    project.journal.replace(
        {
            "links": [(*pair, 80.0, "long-vowel", "spelling", "ask") for pair in pairs],
            "forms": [("ja", form, 3, 1, "", "") for form in forms],
            "contexts": [
                ("ja", form, 0, "d.txt", 1, "昨日、", form, "を見た。")
                for form in forms
            ],
        }
    )
    return project


def _in_browser(groups: int) -> list[tuple[str, float]]:
    from playwright.sync_api import sync_playwright

    from web.conftest import ARGUMENTS, served

    with served(made(groups)) as address, sync_playwright() as tool:
        path = shutil.which("chromium")
        browser = tool.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        page: Any = browser.new_page()
        page.goto(address)
        loads = []
        for _ in range(5):
            begun = perf_counter()
            page.goto(address.split("?")[0])
            page.wait_for_selector("#card h2")
            loads.append((perf_counter() - begun) * 1000)
        page.evaluate(_TIMES)
        for _ in range(20):
            with page.expect_response(lambda _answer: True):
                page.keyboard.press("a")
            page.locator('.work:not([aria-busy="true"])').wait_for()
        trips = page.evaluate("window.times")
        browser.close()
    return [
        (f"{groups} groups: page usable (median of 5)", statistics.median(loads)),
        (f"{groups} groups: key to next card (median of 20)", statistics.median(trips)),
    ]


def _look_up(concepts: int) -> list[tuple[str, float]]:
    from termbank.operations.browsing import Filter, search

    project = made(concepts // 2)
    for query in _QUERIES:
        search(project, Filter(query))
    rows = []
    for query in _QUERIES:
        times = []
        for _ in range(7):
            begun = perf_counter()
            search(project, Filter(query))
            times.append((perf_counter() - begun) * 1000)
        name = f"{concepts} concepts: look-up of {query}"
        rows.append((name, statistics.median(times)))
    return rows
