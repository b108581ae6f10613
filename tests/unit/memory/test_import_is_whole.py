"""An import is whole or not at all, wherever it breaks off."""

import polars as pl
import pytest

from termbank.errors import FormatError, InputError
from termbank.memory import Memory
from termbank.memory.import_report import ImportReport
from termbank.memory.importing import batches
from termbank.schemas import Segments, check_frame


def _tmx(units, end="</body></tmx>"):
    body = "".join(
        f'<tu><tuv xml:lang="ja"><seg>文 {n}</seg></tuv>'
        f'<tuv xml:lang="en"><seg>sentence {n}</seg></tuv></tu>'
        for n in range(units)
    )
    return f'<tmx version="1.4"><header srclang="ja"/><body>{body}{end}'


@pytest.fixture
def memory(tmp_path):
    with Memory.open(tmp_path / "tm") as opened:
        opened.add([("先にあった文。", "It was there before.")])
        yield opened


def _sources(memory):
    return memory.export()["source"].to_list()


def test_a_file_that_breaks_after_ten_thousand_good_pairs_stores_none(tmp_path, memory):
    path = tmp_path / "broken.tmx"
    path.write_text(_tmx(10_001, "<tu><tuv"), encoding="utf-8")
    with pytest.raises((FormatError, InputError)):
        memory.add(path)
    assert _sources(memory) == ["先にあった文。"]
    assert memory.search("文 1", at_least=99) == []


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt, MemoryError])
def test_whatever_interrupts_an_import_nothing_of_it_stays(memory, fault):
    def interrupted():
        yield from batches([("一つ目。", "First.")], lang="ja", to="en")
        raise fault

    with pytest.raises(fault):
        memory.add_batches(interrupted())
    assert _sources(memory) == ["先にあった文。"]
    assert memory.add([("一つ目。", "First.")]) == 1


def test_what_an_interrupted_import_would_have_changed_is_as_before(memory):
    (old,) = memory.export().select("segment_id", "source", "target").rows()
    changed = pl.DataFrame(
        {"segment_id": [old[0]], "source": ["別の文。"], "target": ["Another."]}
    )

    def interrupted():
        yield check_frame(Segments, changed, "segments")
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        memory.add_batches(interrupted())
    assert memory.export().select("segment_id", "source", "target").rows() == [old]


def test_a_context_makes_another_segment_and_none_keeps_the_identifier(memory):
    plain = {"source": ["開く"], "target": ["Open"]}
    for context in (None, "menu", "state", ""):
        frame = pl.DataFrame(
            {**plain, "context": [context]}, schema_overrides={"context": pl.String}
        )
        memory.add(frame)
    memory.add(pl.DataFrame(plain))
    assert memory.export()["context"].to_list()[1:] in (
        [None, "menu", "state"],
        ["", "menu", "state"],
    )


def test_of_a_file_of_several_languages_only_the_pairs_asked_for_come_in(
    tmp_path, memory
):
    unit = (
        '<tu><tuv xml:lang="{}"><seg>{}</seg></tuv>'
        '<tuv xml:lang="{}"><seg>{}</seg></tuv></tu>'
    )
    units = [
        unit.format("ja", "日本語の文。", "en-GB", "English."),
        unit.format("en", "Turned round.", "ja-JP", "逆の文。"),
        unit.format("ja", "別の文。", "de", "Deutsch."),
        unit.format("fr", "Francais.", "en", "French."),
    ]
    path = tmp_path / "several.tmx"
    text = f'<tmx version="1.4"><header srclang="*all*"/><body>{"".join(units)}</body></tmx>'
    path.write_text(text, encoding="utf-8")
    report = ImportReport()
    assert memory.add(path, report=report) == 2
    assert _sources(memory)[1:] == ["日本語の文。", "Turned round."]
    assert sum(report.left_out.values()) == 2
