"""Laws of the formats: what goes out comes back, and what does not is counted."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from format_strategies import concepts
from termbank.formats import module
from termbank.formats.conversion import convert
from termbank.formats.model.loss_count import cells

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
    "tbx2": ".tbx",
    "csv": ".csv",
    "csv-wide": ".csv",
    "xlsx": ".xlsx",
    "jsonl": ".jsonl",
    "tmx": ".tmx",
    "utx": ".utx",
    "memoq": ".csv",
    "omegat": ".tab",
}
WITHOUT_PROCESSES = [name for name in CARRIERS if name != "xlsx"]
# Every format through two others: the one that carries all, and its neighbour here.
TRIPS = [
    *((name, "jsonl") for name in WITHOUT_PROCESSES if name != "jsonl"),
    *zip(WITHOUT_PROCESSES, [*WITHOUT_PROCESSES[1:], "tbx"], strict=True),
    *(("csv", name) for name in ("tmx", "omegat", "tbx2")),
]


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


@pytest.mark.parametrize(("first", "second"), TRIPS)
@given(records=concepts())
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_no_loss_report_names_comes_back_through_any_other_format(
    first, second, records
):
    with tempfile.TemporaryDirectory() as folder:
        before, after, there, back = _trip(folder, records, first, second)
    found = set(_cells(after))
    lost = [cell for cell in _cells(before) if cell not in found]
    assert len(lost) <= there.total + back.total


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
