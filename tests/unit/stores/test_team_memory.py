"""A memory on a team's store: every machine searches a copy that keeps up."""

from contextlib import nullcontext

import pytest

from termbank import Memory
from termbank.errors import StoreError
from termbank.memory.importing import batches
from termbank.stores import open_store

PAIRS = [
    ("停戦案に合意した。", "They agreed to the ceasefire plan."),
    ("交渉は3時間続いた。", "The talks lasted 3 hours."),
    ("キーウで会談した。", "They met in Kyiv."),
]


@pytest.fixture
def machine(address, tmp_path, monkeypatch):
    """Open the memory as it is opened on a machine of that name."""
    open_store(address, create=True).close()

    def opened(name, **options):
        monkeypatch.setenv("TERMBANK_CACHE", str(tmp_path / name))
        return Memory.open(address, **options)

    return opened


def test_what_one_machine_adds_the_other_finds(machine, tmp_path):
    with machine("a") as first, machine("b") as second:
        assert second.search("停戦案に合意した。") == []
        assert first.add(PAIRS, lang="ja", to="en") == 3
        assert first.add(PAIRS, lang="ja", to="en") == 0
        second._team._pulled = float("-inf")  # a second later
        with Memory.open(tmp_path / "local") as local:
            local.add(PAIRS, lang="ja", to="en")
            for text in ("停戦案に合意する。", "交渉は５時間続いた。"):
                expected = local.search(text)
                assert expected
                assert first.search(text) == second.search(text) == expected
            assert first.export().equals(local.export())
        assert [m.target for m in second.concordance("キーウ")] == ["They met in Kyiv."]


def test_replaced_and_deleted_segments_leave_every_machine(machine):
    with machine("a") as first, machine("b") as second:
        first.add(PAIRS, lang="ja", to="en")
        names = {row.source: row.segment_id for row in second.rows()}
        first.replace(names[PAIRS[0][0]], target="They agreed.")
        first.replace(names[PAIRS[1][0]], source="協議は4時間続いた。")
        assert first.delete([names[PAIRS[2][0]], "absent"]) == 1
        second._team._pulled = float("-inf")
        assert second.search(PAIRS[0][0])[0].target == "They agreed."
        assert [(r.source, r.source_lang) for r in second.rows()] == [
            ("停戦案に合意した。", "ja"),
            ("協議は4時間続いた。", "ja"),
        ]
        with pytest.raises(StoreError, match="absent"):
            second.replace("absent", target="x")


def test_a_machine_that_comes_late_has_the_same_order(machine):
    with machine("a") as first:
        first.add(PAIRS, lang="ja", to="en")
        first.replace(next(iter(first.rows())).segment_id, target="Agreed.")
        first.add([("停戦案に合意した！", "They agreed!")], lang="ja", to="en")
        with machine("late") as late:
            assert list(late.rows()) == list(first.rows())


def test_who_opened_it_to_read_writes_nothing(machine):
    with machine("a", read_only=True) as memory:
        for act in (lambda: memory.add(PAIRS), lambda: memory.delete(["x"])):
            with pytest.raises(StoreError, match="opened to read"):
                act()
        assert memory.stats().segments == 0


def test_an_import_that_fails_stores_nothing(machine):
    def failing():
        yield from batches(PAIRS, lang="ja", to="en")
        raise RuntimeError("the reader failed")

    with machine("a") as memory:
        with pytest.raises(RuntimeError):
            memory.add_batches(failing())
        assert memory.stats().segments == 0


def test_a_store_that_was_set_back_is_copied_anew(machine, address, monkeypatch):
    with machine("a") as memory:
        memory.add(PAIRS, lang="ja", to="en")
        feed = memory._team
        store = open_store(address)
        with store.segments() as (_, rows):
            monkeypatch.setattr(feed, "_shared", _SetBack(store, list(rows)[:1]))
        feed.pull(at_once=True)
        assert memory.stats().segments == 1


class _SetBack:
    """A store as an older backup would hold it."""

    def __init__(self, store, rows):
        self.address, self._rows = store.address, rows

    def segments(self, since=0):
        return nullcontext((1 if since == 0 else 0, iter(self._rows)))

    def close(self):
        pass


def test_the_person_is_in_the_audit_trail(machine, address):
    with machine("a", who="愛子") as memory:
        memory.add(PAIRS, lang="ja", to="en")
    assert open_store(address).audit()[0].note.who == "愛子"
