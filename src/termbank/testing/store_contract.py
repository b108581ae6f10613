"""What every store of the point ``termbank.stores`` keeps."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from termbank.errors import ConflictError, StoreError
from termbank.stores.protocol import (
    CONCEPT,
    DECISION,
    ROLES,
    SEGMENT_COLUMNS,
    Entry,
    Note,
    Write,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from termbank.stores.protocol import SegmentRow, SharedStore, Tables

_NOTE = Note("愛子", "表記統一", "test", "停戦")
_ID = "0123456789ab"
_WRITERS, _TURNS = 4, 5


def _concept(key: str, *forms: str) -> Tables:
    term = ("preferred", "", "", "", "", "", "", "", "", 'メモ "a"\n二行目', "")
    return {
        "concepts": ((key, "term", "", "preferred", "", ""),),
        "terms": tuple(sorted((key, "ja", form, "", *term) for form in forms)),
    }


def _segment(key: str, source: str, target: str, **values: object) -> SegmentRow:
    values_by_column = {"segment_id": key, "source": source, "target": target, **values}
    return tuple([values_by_column.get(name) for name in SEGMENT_COLUMNS])


class StoreContract:
    """Tests of one kind of store; subclass it, set ``open_store`` and ``address``.

    Attributes:
        open_store: The function that the entry point names:
            ``open_store(address, *, create=False)``.
        address: Of a new, empty place, the same during one test. Usually set by a
            fixture.
    """

    open_store: ClassVar[Callable[..., SharedStore]]
    address: str

    def test_nothing_is_made_unasked(self) -> None:
        """Where there is no store, opening is an error, not a new store."""
        try:
            self._open(create=False).close()
        except StoreError:
            return
        raise AssertionError("opened a store that nobody made")

    def test_it_names_itself(self) -> None:
        """Its identity stays; its address is shown without a password."""
        first, second = self._open(), self._open(create=False)
        assert first.identity
        assert first.identity == second.identity
        assert first.role() in ROLES
        assert first.address.startswith(f"{self.address.partition('://')[0]}://")

    def test_what_is_written_is_read(self) -> None:
        """Entries come back with all values, for everybody."""
        store, other = self._open(), self._open()
        assert store.entries() == (0, [])
        rows = _concept(_ID, "停戦", "𠮷野家")
        decision: Tables = {
            "decisions": (("ja", "same", "a", "b", "愛子", "", "理由"),)
        }
        number = store.write(
            [Write(CONCEPT, _ID, 0, rows), Write(DECISION, "d", 0, decision)], _NOTE
        )
        assert number == 1
        assert other.entries() == (
            1,
            [Entry(CONCEPT, _ID, 1, rows), Entry(DECISION, "d", 1, decision)],
        )

    def test_the_feed_gives_what_changed_since(self) -> None:
        """Also what was removed; nothing twice."""
        store = self._open()
        store.write([Write(CONCEPT, key, 0, _concept(key, key)) for key in "ab"], _NOTE)
        store.write([Write(CONCEPT, "a", 1, None)], _NOTE)
        assert store.entries(1) == (2, [Entry(CONCEPT, "a", 2, None)])
        assert [entry.key for entry in store.entries()[1]] == ["b"]
        assert store.entries(2) == (2, [])
        assert [entry.tables for entry in store.entries_at(1)] == [_concept("a", "a")]

    def test_no_update_is_lost(self) -> None:
        """Who has read an older version writes nothing and is given both versions."""
        store, other = self._open(), self._open()
        store.write([Write(CONCEPT, "a", 0, _concept("a", "一"))], _NOTE)
        other.write([Write(CONCEPT, "a", 1, _concept("a", "二"))], _NOTE)
        late = Write(CONCEPT, "a", 1, _concept("a", "三"))
        try:
            store.write([Write(CONCEPT, "b", 0, _concept("b", "四")), late], _NOTE)
        except ConflictError as fault:
            (conflict,) = fault.conflicts
            assert conflict.write == late
            assert conflict.stored == Entry(CONCEPT, "a", 2, _concept("a", "二"))
        else:
            raise AssertionError("an update was lost")
        assert [entry.key for entry in store.entries()[1]] == ["a"]

    def test_writers_at_once_lose_nothing(self) -> None:
        """Each adds to one concept what it read there; all transactions are numbered."""
        self._open().write([Write(CONCEPT, "a", 0, _concept("a", "0"))], _NOTE)

        def add_forms(writer: int) -> None:
            store = self._open(create=False)
            for turn in range(_TURNS):
                done = False
                while not done:
                    (entry,) = store.entries()[1]
                    forms = [row[2] for row in (entry.tables or {})["terms"]]
                    more = _concept("a", *forms, f"{writer}-{turn}")
                    with suppress(ConflictError):
                        store.write([Write(CONCEPT, "a", entry.version, more)], _NOTE)
                        done = True
                store.add_segments([_segment(f"{writer}-{turn}", "一", "one")], _NOTE)
            store.close()

        with ThreadPoolExecutor(_WRITERS) as threads:
            list(threads.map(add_forms, range(_WRITERS)))
        store = self._open(create=False)
        head, (entry,) = store.entries()
        assert len((entry.tables or {})["terms"]) == 1 + _WRITERS * _TURNS
        assert head == 1 + 2 * _WRITERS * _TURNS
        assert [line.number for line in store.audit(head)] == [*range(head, 0, -1)]
        with store.segments() as (_, rows):
            assert len({row.added for row in rows}) == _WRITERS * _TURNS

    def test_writing_the_same_again_changes_nothing(self) -> None:
        """A writer that never got the answer may write again."""
        store = self._open()
        same = [Write(CONCEPT, "a", 0, _concept("a", "一"))]
        assert store.write(same, _NOTE) == 1
        assert store.write(same, _NOTE) == 0
        assert store.entries()[0] == 1

    def test_what_was_removed_may_be_written_anew(self) -> None:
        """Who saw no entry need not know that there once was one."""
        store = self._open()
        store.write([Write(CONCEPT, "a", 0, _concept("a", "一"))], _NOTE)
        store.write([Write(CONCEPT, "a", 1, None)], _NOTE)
        assert store.write([Write(CONCEPT, "a", 0, _concept("a", "二"))], _NOTE) == 3

    def test_a_failing_writer_leaves_nothing(self) -> None:
        """Segments are stored all or none."""
        store = self._open()

        def failing() -> Iterator[SegmentRow]:
            yield _segment("s", "原文", "target")
            raise RuntimeError("the reader failed")

        try:
            store.add_segments(failing(), _NOTE)
        except RuntimeError:
            with store.segments() as (head, rows):
                assert (head, list(rows)) == (0, [])
        else:
            raise AssertionError("an error of the reader was swallowed")

    def test_segments_come_back_in_their_order(self) -> None:
        """With all values, numbered in the order in which they came."""
        store = self._open()
        rows = [
            _segment("s2", "二", "two", changed=1_700_000_000_000_000, origin="a.tmx"),
            _segment("s1", "一\t\\N\n", "one", note=""),
        ]
        assert store.add_segments(rows, _NOTE) == 2
        with store.segments() as (head, segments):
            all_segments = list(segments)
        assert head == 1
        assert [segment.row for segment in all_segments] == rows
        assert [segment.added for segment in all_segments] == sorted(
            {segment.added for segment in all_segments}
        )

    def test_a_segment_is_stored_once(self) -> None:
        """The same one again adds what was absent; another source is a new segment."""
        store = self._open()
        twice = [_segment("s", "一", "one"), _segment("s", "一", "One", note="n")]
        assert store.add_segments(twice, _NOTE) == 1
        assert store.add_segments([_segment("s", "一", "One")], _NOTE) == 0
        with store.segments() as (head, rows):
            (first,) = rows
        assert (head, first.row) == (1, _segment("s", "一", "One", note="n"))
        store.add_segments([_segment("s", "二", "two")], _NOTE)
        with store.segments(1) as (_, rows):
            (second,) = rows
        assert second.row == _segment("s", "二", "two")
        assert second.added > first.added

    def test_retired_segments_leave_by_the_feed(self) -> None:
        """And come back when they are added again, as new ones."""
        store = self._open()
        store.add_segments([_segment("s", "一", "one")], _NOTE)
        assert store.retire_segments(["s", "absent"], _NOTE) == 1
        assert store.retire_segments(["s"], _NOTE) == 0
        with store.segments(1) as (_, rows):
            assert [(row.row[0], row.retired) for row in rows] == [("s", True)]
        with store.segments() as (_, rows):
            assert list(rows) == []
        assert store.add_segments([_segment("s", "一", "one")], _NOTE) == 1

    def test_all_is_in_the_audit_trail(self) -> None:
        """Who, why and what, before and after, the newest first."""
        store = self._open()
        store.write([Write(CONCEPT, "a", 0, _concept("a", "一"))], _NOTE)
        store.write([Write(CONCEPT, "a", 1, None)], _NOTE._replace(undoes=1))
        store.add_segments([_segment("s", "一", "one")], _NOTE)
        lines = store.audit()
        assert [line.number for line in lines] == [3, 2, 1]
        assert lines[1].note == _NOTE._replace(undoes=1)
        assert [line.number for line in store.audit(1, before=3)] == [2]
        assert [line.number for line in store.audit(key="a")] == [2, 1]
        (step,) = store.steps(2)
        assert (step.before, step.after) == (_concept("a", "一"), None)

    def test_closing_twice_does_nothing(self) -> None:
        """And what was written is there afterwards."""
        store = self._open()
        store.write([Write(CONCEPT, "a", 0, _concept("a", "一"))], _NOTE)
        store.close()
        store.close()
        assert self._open(create=False).entries()[0] == 1

    def _open(self, *, create: bool = True) -> SharedStore:
        return type(self).open_store(self.address, create=create)
