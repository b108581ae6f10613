"""Laws of the formats: what goes out comes back, and what does not is counted."""

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from format_strategies import concepts
from termbank.formats import module
from termbank.formats.conversion import convert
from termbank.formats.model.concept_records import Segment
from termbank.formats.model.loss_count import cells
from termbank.formats.model.segment_writers import COLUMNS

OPTIONS = settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck)
)


def _written(records, name, suffix, **options):
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / f"a{suffix}")
        losses = module(name).write_records(iter(records), path, **options)
        return list(module(name).concepts(path)), losses


def _cells(records):
    return [cell for record in records for cell in cells(record)]


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("tbx", ".tbx"),
        ("tbx-dct", ".tbx"),
        ("tbx2", ".tbx"),
        ("tbx-min", ".tbx"),
        ("tbx-min-dct", ".tbx"),
        ("tbx-core", ".tbx"),
        ("csv", ".csv"),
        ("tsv", ".tsv"),
        ("tmx", ".tmx"),
        ("jsonl", ".jsonl"),
    ],
)
@given(records=concepts())
@OPTIONS
def test_a_lossless_format_gives_back_every_field(name, suffix, records):
    again, losses = _written(records, name, suffix)
    assert not losses
    assert sorted(_cells(again)) == sorted(_cells(records))
    assert [r.id for r in again] == [r.id for r in records]


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("deepl", ".tsv"),
        ("google", ".csv"),
        ("amazon", ".csv"),
        ("azure", ".tsv"),
        ("memoq", ".csv"),
        ("omegat", ".tab"),
        ("utx", ".utx"),
        ("csv-wide", ".csv"),
    ],
)
@given(records=concepts())
@OPTIONS
def test_the_loss_report_is_exact(name, suffix, records):
    total = len(_cells(records))
    writer = module(name)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / f"a{suffix}")
        losses = (
            writer.write_records(iter(records), path, source="ja", target="en")
            if name != "csv-wide"
            else writer.write_records(iter(records), path)
        )
        langs = {"source": "ja", "target": "en"} if name == "omegat" else {}
        again = list(writer.concepts(path, **langs))
    there = set(_cells(again))
    lost = [cell for cell in _cells(records) if cell not in there]
    assert losses.total == len(lost) <= total


CARRIERS = {
    "tbx": ".tbx",
    "tbx-dct": ".tbx",
    "tbx2": ".tbx",
    "tbx-min": ".tbx",
    "tbx-core": ".tbx",
    "csv": ".csv",
    "tsv": ".tsv",
    "csv-wide": ".csv",
    "xlsx": ".xlsx",
    "jsonl": ".jsonl",
    "tmx": ".tmx",
    "utx": ".utx",
    "memoq": ".csv",
    "omegat": ".tab",
}
WITHOUT_PROCESSES = [name for name in CARRIERS if name != "xlsx"]


def _trip(folder, records, first, second):
    """Write in one format, convert into another and back; return what came in and out."""
    start, middle, end = (
        str(Path(folder) / f"{name}{CARRIERS[kind]}")
        for name, kind in (("a", first), ("b", second), ("c", first))
    )
    module(first).write_records(iter(records), start, source="ja", target="en")
    there = convert(start, middle, name=first, to=second, source="ja", target="en")
    back = convert(middle, end, name=second, to=first, source="ja", target="en")
    before, after = ([*module(first).concepts(p)] for p in (start, end))
    return before, after, there, back


@pytest.mark.parametrize("first", WITHOUT_PROCESSES)
@given(records=concepts(), second=st.sampled_from(WITHOUT_PROCESSES))
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_no_loss_report_names_comes_back_through_any_other_format(
    first, second, records
):
    with tempfile.TemporaryDirectory() as folder:
        before, after, there, back = _trip(folder, records, first, second)
    lost = Counter(_cells(before)) - Counter(_cells(after))
    _refuse_silent(Counter(name for name, _ in lost.elements()), there, back)


def _refuse_silent(lost, there, back):
    """Fail where more values of a field are lost than the reports name."""
    told = Counter()
    for losses in (there, back):
        for (name, _), count in losses.fields.items():
            told[name] += count
    assert not lost - told


TEXT = st.text(
    st.sampled_from("開く保存 abAB%{}<>&\"'\\n\t,;|#\n"), min_size=1, max_size=8
)
PHRASES = TEXT.filter(lambda text: text == text.strip() and not text.isspace())
PAIRS = {
    "csv": ".csv",
    "tsv": ".tsv",
    "tmx": ".tmx",
    "po": ".po",
    "xliff": ".xlf",
    "xliff1": ".xlf",
}
SEGMENT_CELLS = (*COLUMNS[1:], "segment_id")


@st.composite
def segments(draw):
    pairs, sources = [], draw(st.lists(PHRASES, min_size=1, max_size=5, unique=True))
    for source in sources:
        pair = Segment(source, draw(PHRASES))
        pair.source_lang, pair.target_lang = "en", "ja"
        for name in (
            "context",
            "note",
            "origin",
            "previous",
            "next",
            "author",
            "domain",
        ):
            setattr(pair, name, draw(st.none() | PHRASES))
        pair.segment_id = draw(st.none() | st.sampled_from([f"s{len(pairs)}"]))
        pairs.append(pair)
        if draw(st.booleans()):
            plural = Segment(f"{source}s", draw(PHRASES))
            plural.source_lang, plural.target_lang = "en", "ja"
            plural.context, plural.plural_of = pair.context, source
            pairs.append(plural)
    return pairs


def _stated(path, name):
    cells = Counter()
    for pair in module(name).segments(str(path)):
        for field in SEGMENT_CELLS:
            value = getattr(pair, field)
            if value and (field, value) != ("origin", path.name):
                cells[f"segments.{field}", (pair.source, value)] += 1
    return cells


@pytest.mark.parametrize("first", PAIRS)
@given(pairs=segments(), second=st.sampled_from(list(PAIRS)))
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_pairs_that_no_loss_report_names_come_back_through_any_other_format(
    first, second, pairs
):
    with tempfile.TemporaryDirectory() as folder:
        start, middle, end = (
            Path(folder) / f"{name}{PAIRS[kind]}"
            for name, kind in (("a", first), ("b", second), ("c", first))
        )
        module(first).write_segments(iter(pairs), str(start))
        there = convert(start, middle, name=first, to=second)
        back = convert(middle, end, name=second, to=first)
        lost = _stated(start, first) - _stated(end, first)
    _refuse_silent(Counter(name for name, _ in lost.elements()), there, back)


@pytest.mark.parametrize("other", ["jsonl", "csv", "tbx"])
@given(records=concepts())
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
def test_workbooks_lose_nothing_on_the_way(other, records):
    with tempfile.TemporaryDirectory() as folder:
        before, after, there, back = _trip(folder, records, other, "xlsx")
    found = set(_cells(after))
    assert (
        len([c for c in _cells(before) if c not in found]) <= there.total + back.total
    )
