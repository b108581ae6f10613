"""A team's store inside one process, for tests: ``process://NAME``."""

import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import uuid4

from termbank.errors import ConflictError, StoreError
from termbank.stores.protocol import Conflict, Entry, Step, StoredSegment, Transaction

_stores = {}


def open_store(address, *, create=False):
    """Return the store of a name, made where asked for."""
    if address not in _stores:
        if not create:
            raise StoreError(address, "no store", f"termbank store init {address}")
        _stores[address] = ProcessStore(address)
    return _stores[address]


class ProcessStore:
    """Entries, segments and what was done, in dictionaries."""

    def __init__(self, address):
        self.address, self.identity = address, uuid4().hex
        self._lock = threading.RLock()
        self._number = self._added = 0
        self._entries, self._segments, self._done = {}, {}, []

    def role(self):
        return "owner"

    def entries(self, since=0):
        with self._lock:
            found = [
                entry
                for entry in self._entries.values()
                if entry.version > since and (since or entry.tables is not None)
            ]
            return self._number, sorted(found, key=lambda entry: entry[:2])

    def entries_at(self, number):
        before = {}
        for line, steps in reversed(self._done):
            if line.number > number:
                before |= {(step.kind, step.key): step.before for step in steps}
        return [Entry(*key, number, tables) for key, tables in sorted(before.items())]

    def write(self, writes, note):
        with self._lock:
            conflicts, due = [], []
            for write in writes:
                stored = self._entries.get(write[:2], Entry(*write[:2], 0, None))
                unseen = write.expected == 0 and stored.tables is None
                if stored.tables == write.tables:
                    continue
                if stored.version == write.expected or unseen:
                    due.append(Step(*write[:2], stored.tables, write.tables))
                else:
                    conflicts.append(Conflict(write, stored))
            if conflicts:
                raise ConflictError(self.address, tuple(conflicts))
            number = self._begin(note, due) if due else 0
            for step in due:
                self._entries[step[:2]] = Entry(*step[:2], number, step.after)
            return number

    @contextmanager
    def segments(self, since=0):
        with self._lock:
            found = sorted(
                segment
                for version, segment in self._segments.values()
                if version > since and (since or not segment.retired)
            )
            head = self._number
        yield head, iter(found)

    def add_segments(self, rows, note):
        rows = list(rows)
        with self._lock:
            after, new = dict(self._segments), 0
            for row in rows:
                _, old = after.get(row[0], (0, None))
                new += old is None or old.retired
                self._added += 1
                if old and not old.retired and old.row[1] == row[1]:
                    pairs = zip(row, old.row, strict=True)
                    merged = tuple(b if a is None else a for a, b in pairs)
                    segment = old._replace(row=merged)
                else:
                    segment = StoredSegment(self._added, False, tuple(row))
                if segment != old:
                    after[row[0]] = (self._number + 1, segment)
            if after != self._segments:
                self._begin(note)
                self._segments = after
            return new

    def retire_segments(self, ids, note):
        with self._lock:
            held = [key for key in ids if key in self._segments]
            there = [key for key in held if not self._segments[key][1].retired]
            number = self._begin(note) if there else 0
            for key in there:
                segment = self._segments[key][1]._replace(retired=True)
                self._segments[key] = (number, segment)
            return len(there)

    def audit(self, limit=50, before=0, key=""):
        found = [
            line
            for line, steps in reversed(self._done)
            if (not before or line.number < before)
            and (not key or key in {step.key for step in steps})
        ]
        return found[:limit]

    def steps(self, number):
        return next((s for line, s in self._done if line.number == number), [])

    def close(self):
        pass

    def _begin(self, note, steps=()):
        self._number += 1
        at = datetime.now(UTC).isoformat()
        line = Transaction(self._number, note, at, "", bool(steps))
        self._done.append((line, list(steps)))
        return self._number
