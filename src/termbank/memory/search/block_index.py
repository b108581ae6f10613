"""The index of a memory: blocks on disk, made again from the store whenever in doubt.

Segments are kept in pieces, each a contiguous range of row numbers cut into blocks of
neighbouring lengths. New rows wait unindexed until there are enough for a piece of
their own; pieces of one size are merged, as in a log-structured merge tree.
"""

from __future__ import annotations

import re
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from termbank.errors import StoreError
from termbank.memory import store
from termbank.messages import say

from . import index_block
from .candidate_search import FIRST, Net
from .unindexed_rows import Tail

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]

FOLDER: Final = "index"
# Generation and number of a block, or of one that is being written.
_OWN_NAME: Final = re.compile(r"\d{6,}-\d{5,}\.(?:block|part)")
TAIL_ROWS: Final = 4096  # scanned in well under a millisecond (bench/memory.py)
_FAN: Final = 8  # pieces of one level that are merged into the next
_WHOLE: Final = 99  # level of a piece that holds everything
_REBUILD_SHARE: Final = 0.25  # of the memory; a larger piece is merged with the rest
_BLOCK_CHARACTERS: Final = 1 << 23  # of a block: 65,536 rows of up to 128 on average
_SLACK: Final = 0.05  # penalties of five points may yet change the order


class Candidate(NamedTuple):
    """A segment that may match.

    Attributes:
        similarity: Levenshtein's normalised similarity of its source, 0-1.
        id: Row number in the store.
    """

    similarity: float
    id: int


class Index:
    """The blocks and the unindexed tail of one memory, as last seen by this process."""

    def __init__(self, truth: store.Store) -> None:
        self._store = truth
        self._folder = truth.folder / FOLDER
        self._lock = threading.Lock()
        self._seen: dict[int, tuple[int, int]] = {}
        self._covered = 0
        # One value, so that a thread never sees the blocks of one moment with the tail
        # of another.
        self._view: tuple[dict[str, index_block.Block], Tail] = ({}, Tail())

    @property
    def size(self) -> int:
        """Bytes on disk."""
        if not self._folder.is_dir():
            return 0
        return sum(path.stat().st_size for path in self._folder.glob("*.block"))

    @property
    def unindexed(self) -> int:
        """Rows that are scanned."""
        return len(self._view[1])

    def refresh(self) -> None:
        """Take in what any process committed since the last call."""
        thread = threading.get_ident()
        version = self._store.version()
        if self._seen.get(thread) == version:
            return
        with self._lock:
            if not self._load():
                self._mend()
            self._seen[thread] = version

    def candidates(
        self, text: str, at_least: float, limit: int, *, spare: int = 0
    ) -> list[Candidate]:
        """Return the likeliest matches, best first, ties by row number.

        Args:
            text: Query.
            at_least: Lowest similarity, 0-1.
            limit: Number of matches wanted.
            spare: Candidates beyond ``limit`` that the caller may yet prefer.
        """
        current, tail = self._view
        matches = [
            Candidate(score, number)
            for score, number in tail.search(text, at_least, limit + spare)
        ]
        net = Net(list(current.values()), text, at_least, rows=limit + spare)
        start = 0
        for stop in (FIRST, net.size):
            matches.sort(key=lambda match: (-match.similarity, match.id))
            cut = at_least
            if len(matches) >= limit:
                cut = max(cut, matches[limit - 1].similarity - _SLACK)
            ids, texts = net.texts(start, min(stop, net.reach(cut)))
            matches += _score(text, ids, texts, cut, limit + spare)
            start = stop
        matches.sort(key=lambda match: (-match.similarity, match.id))
        return matches[: limit + spare]

    def _load(self) -> bool:
        for _ in range(3):  # a writer may delete a block between our two looks
            last_row, block_checks = 0, dict[str, int]()
            if self._store.indexed:
                last_row = self._store.fact("covered", 0)
                block_checks = dict(_list_entries(self._store.connection))
            try:
                old_blocks, tail = self._view
                blocks = {
                    name: old_blocks.get(name) or self._block(name, check)
                    for name, check in block_checks.items()
                }
            except (OSError, ValueError):
                continue
            if last_row != self._covered:
                tail, self._covered = Tail(), last_row
            tail.extend(self._store.connection, last_row)
            self._view = blocks, tail
            return True
        return False

    def _block(self, name: str, check: int) -> index_block.Block:
        block = index_block.Block(self._folder / name)
        if block.check != check:
            raise ValueError("of another memory")
        return block

    def _mend(self) -> None:
        if not self._store.read_only:
            # Full or write-protected disks, an endless writer: then we scan.
            with suppress(StoreError), self._store.writing() as connection:
                # Somebody else may have mended it while we waited.
                if not self._load():
                    rebuild(connection, self._store)
            if self._load():
                return
        tail, self._covered = Tail(), 0
        tail.extend(self._store.connection, 0)
        self._view = {}, tail


def update(connection: sqlite3.Connection, truth: store.Store) -> bool:
    """Index the unindexed rows once there are enough; inside a write transaction.

    Returns:
        Whether blocks changed, so that :func:`sweep` is due once this is committed.
    """
    last_row = truth.fact("covered", 0)
    waiting = _count(connection, last_row + 1)
    if waiting < TAIL_ROWS:
        return False
    first, level = last_row + 1, 1
    while (peers := _pieces(connection, level)) and len(peers) >= _FAN:
        first, level = min(peers), level + 1
    if _count(connection, first) >= _REBUILD_SHARE * _count(connection, 1):
        rebuild(connection, truth)
    else:
        _replace(connection, truth, first, level)
    return True


def rebuild(connection: sqlite3.Connection, truth: store.Store) -> None:
    """Make the whole index again; inside a write transaction."""
    _replace(connection, truth, 1, _WHOLE)


def sweep(connection: sqlite3.Connection, truth: store.Store) -> None:
    """Remove files that no committed row names; inside a write transaction of its own."""
    block_names = {name for name, _ in _list_entries(connection)}
    folder = truth.folder / FOLDER
    if folder.is_symlink() or not folder.is_dir():
        return
    for stray in sorted(folder.iterdir()):
        ours = _OWN_NAME.fullmatch(stray.name) and not stray.is_symlink()
        if ours and stray.name not in block_names:
            # Where another process maps it (Windows), a later sweep removes it.
            with suppress(OSError):
                stray.unlink()


def _replace(
    connection: sqlite3.Connection, truth: store.Store, first: int, level: int
) -> None:
    folder = _own_folder(truth)
    sweep(connection, truth)  # what a killed writer left
    generation = truth.fact("generation", 0) + 1
    last = connection.execute("SELECT max(id) FROM segments").fetchone()[0] or 0
    connection.execute("DELETE FROM blocks WHERE first >= ?", (first,))
    for number, (ids, texts) in enumerate(_groups(connection, first, last)):
        name = f"{generation:06d}-{number:05d}.block"
        block = index_block.write(folder / name, ids, texts)
        row = (name, level, first, block.rows, block.check)
        connection.execute("INSERT INTO blocks VALUES (?, ?, ?, ?, ?)", row)
    store.set_fact(connection, "generation", generation)
    store.set_fact(connection, "covered", last)


def _own_folder(truth: store.Store) -> Path:
    """Return the folder of the blocks, made where absent.

    Raises:
        StoreError: It is a link or a file: what lies elsewhere may be somebody else's.
    """
    folder = truth.folder / FOLDER
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise StoreError(
            str(folder),
            say("リンクかファイル", "a link or a file"),
            say("翻訳メモリ自身のフォルダー", "a folder of the memory's own"),
        )
    with truth.faults():
        folder.mkdir(exist_ok=True)
    return folder


def _groups(
    connection: sqlite3.Connection, first: int, last: int
) -> Iterator[tuple[Numbers, list[str]]]:
    """Yield the rows of each block; SQLite sorts them by length, on disk if need be."""
    rows = connection.execute(
        "SELECT id, source FROM segments WHERE id BETWEEN ? AND ?"
        " ORDER BY length(source), id",
        (first, last),
    )
    while part := rows.fetchmany(index_block.ROWS):
        # Long segments make smaller blocks, so that building one takes bounded memory.
        characters = sum(len(row[1]) for row in part)
        size = max(1, len(part) * _BLOCK_CHARACTERS // max(characters, 1))
        for at in range(0, len(part), size):
            some = part[at : at + size]
            ids = np.fromiter((row[0] for row in some), np.int64, len(some))
            yield ids, [row[1] for row in some]


def _list_entries(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    return connection.execute("SELECT file, mark FROM blocks ORDER BY file").fetchall()


def _pieces(connection: sqlite3.Connection, level: int) -> list[int]:
    rows = connection.execute(
        "SELECT DISTINCT first FROM blocks WHERE level = ?", (level,)
    )
    return [row[0] for row in rows]


def _count(connection: sqlite3.Connection, first: int) -> int:
    count: int = connection.execute(
        "SELECT count(*) FROM segments WHERE id >= ?", (first,)
    ).fetchone()[0]
    return count


def _score(
    text: str, ids: list[int], texts: list[str], cut: float, limit: int
) -> Iterator[Candidate]:
    best = process.extract(
        text,
        texts,
        scorer=Levenshtein.normalized_similarity,
        processor=None,
        limit=limit,
        score_cutoff=cut,
    )
    for _, score, at in best:
        yield Candidate(score, ids[at])
