"""Laws of the formats: what goes out comes back, and what does not is counted."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from format_strategies import concepts
from termbank.formats import module
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
