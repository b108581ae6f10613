"""Real and hostile files: counts, outcomes, validity, round trips (needs ../shared)."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from format_strategies import concepts
from termbank.errors import TermbankError
from termbank.formats import module
from termbank.formats.conversion import convert
from termbank.formats.inspection import inspect
from termbank.formats.tbx.reader import Tbx
from termbank.formats.validation import validate


@pytest.fixture(scope="session")
def corpus(shared):
    return shared / "data" / "formats"


@pytest.fixture(scope="session")
def core(corpus):
    etree = pytest.importorskip("lxml.etree")
    path = corpus / "schemas/tbx3/TBX_Core_RNG/TBXcoreStructV03.rng"
    return etree.RelaxNG(etree.parse(path))


def _manifest(corpus):
    with open(corpus / "conformance" / "manifest.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            counts = dict(
                part.split("=") for part in row["subcounts"].split(";") if part
            )
            yield corpus / "conformance" / row["path"].split("/", 1)[1], row, counts


def test_every_file_has_the_counts_of_an_independent_parser(corpus):
    wrong = []
    for path, row, counts in _manifest(corpus):
        found = inspect(path)
        name = "term" if row["format"].startswith("tbx") else "seg"
        checked = row["format"].startswith(("tbx", "tmx"))
        terms = int(counts.get(name, 0)) if checked else found.terms
        if (found.units, found.terms) != (int(row["units"]), terms):
            wrong.append((path.name, found.units, found.terms))
    assert not wrong


def test_every_bad_file_has_the_outcome_expected(corpus):
    expected = json.loads((corpus / "bad" / "expect.json").read_text(encoding="utf-8"))
    wrong = []
    for path in sorted((corpus / "bad").glob("*/*")):
        try:
            outcome = "accept-warn" if inspect(path).warnings else "accept"
        except TermbankError as error:
            outcome = "reject" if "\n" not in str(error) else "several lines"
        wanted = expected[path.name]["expect"]
        good = {
            "reject": ("reject",),
            "accept": ("accept", "accept-warn"),
            "accept-warn": ("accept-warn",),
        }.get(wanted, ("accept", "accept-warn", "reject"))
        if outcome not in good:
            wrong.append((path.name, wanted, outcome))
    assert not wrong


def _said(records):
    return [
        (r.id, [(t.lang, t.form, t.status, t.note, t.part_of_speech) for t in r.terms])
        for r in records
    ]


@pytest.mark.parametrize(
    "name",
    [
        "tbx2/vistatec__sdl_tbx.tbx",
        "tbx2/openSUSE__vale-export-terms.xml",
        "tbx2/vistatec__ibm_tbx.tbx",
    ],
)
def test_the_long_way_round_keeps_every_term(corpus, core, tmp_path, name):
    from lxml import etree

    start = corpus / "conformance" / name
    steps = [tmp_path / each for each in ("a.tbx", "b.tbx", "c.csv", "d.tbx")]
    previous = start
    for step, to in zip(steps, ("tbx", "tbx-dct", "csv", "tbx"), strict=True):
        convert(previous, step, to=to)
        previous = step
    first, last = list(Tbx(str(start)).concepts()), list(Tbx(str(steps[-1])).concepts())
    assert sorted(map(repr, _said(first))) == sorted(map(repr, _said(last)))
    for step in (steps[0], steps[1], steps[3]):
        assert core.validate(etree.parse(step)), core.error_log.last_error
    marks = ("Translation needed", "responsibility", "productSubset")
    source = start.read_text(encoding="utf-8")
    final = steps[-1].read_text(encoding="utf-8")
    assert all(source.count(mark) <= final.count(mark) for mark in marks)


def test_utx_files_come_back_to_the_byte(corpus, tmp_path):
    for path in sorted((corpus / "conformance" / "utx").iterdir()):
        convert(path, tmp_path / path.name)
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


STYLES = ["tbx", "tbx-dct", "tbx-min", "tbx-min-dct", "tbx-core", "tbx-core-dct"]


@pytest.mark.parametrize("style", STYLES)
def test_any_tbx_written_is_valid(corpus, core, tmp_path, style):
    from lxml import etree

    @given(records=concepts())
    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    def check(records):
        path = str(tmp_path / "a.tbx")
        module(style).write_records(iter(records), path)
        assert core.validate(etree.parse(path)), core.error_log.last_error
        assert not [p for p in validate(path) if p.severity == "error"]

    check()


def test_any_tmx_written_is_valid(corpus, tmp_path):
    etree = pytest.importorskip("lxml.etree")
    dtd = etree.DTD(str(corpus / "schemas" / "tmx" / "tmx14.dtd"))

    @given(records=concepts())
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    def check(records):
        path = str(tmp_path / "a.tmx")
        module("tmx").write_records(iter(records), path)
        assert dtd.validate(etree.parse(path)), dtd.error_log.last_error

    check()


def test_validation_finds_what_the_grammar_finds(corpus, core):
    from lxml import etree

    wrong = []
    for path in sorted((corpus / "conformance").glob("tbx3-*/*")):
        ours = not any(p.severity == "error" for p in validate(path))
        if core.validate(etree.parse(path)) < ours:
            wrong.append(Path(path).name)
    assert not wrong
