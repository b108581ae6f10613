"""A memory of every layout there ever was: read as it is, renewed when opened to write."""

import sqlite3

import pytest

from termbank import Memory
from termbank.memory.store import COLUMNS, LAYOUT

PAIRS = [
    ("10kmを走った。", "I ran 10 km."),
    *((f"停戦案{n}に合意した。", f"They agreed to {n}.") for n in range(20)),
]
TRIGGER = """
CREATE TRIGGER source_changed BEFORE INSERT ON segments BEGIN
    DELETE FROM segments WHERE segment_id = NEW.segment_id AND source <> NEW.source;
END"""
# name: number, columns of segments, last column of blocks, more
LAYOUTS = {
    "1 at first": (1, COLUMNS[:-1], "size", TRIGGER),
    "1": (1, COLUMNS[:-1], "mark", ""),
    "2": (2, COLUMNS[:-1], "mark", ""),
    "3": (3, COLUMNS[:-1], "mark", ""),
    "4": (4, COLUMNS, "mark", ""),
}


@pytest.fixture(params=LAYOUTS)
def old(request, tmp_path):
    number, columns, last, more = LAYOUTS[request.param]
    folder = tmp_path / "tm"
    folder.mkdir()
    with sqlite3.connect(folder / "memory.sqlite") as connection:
        connection.executescript(
            "CREATE TABLE facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID;"  # noqa: S608
            "CREATE TABLE segments (id INTEGER PRIMARY KEY AUTOINCREMENT,"
            f" skeleton INTEGER NOT NULL, {', '.join(columns)});"
            "CREATE UNIQUE INDEX by_segment_id ON segments (segment_id);"
            "CREATE INDEX by_skeleton ON segments (skeleton);"
            "CREATE TABLE blocks (file TEXT PRIMARY KEY, level INTEGER, first INTEGER,"
            f" rows INTEGER, {last} INTEGER) WITHOUT ROWID;"
            "INSERT INTO facts VALUES ('covered', '0');"
            f"PRAGMA user_version = {number};{more}"
        )
        if last == "size":  # an index that is not read any more
            connection.execute(
                "INSERT INTO blocks VALUES ('000001-00000.block',1,1,9,9)"
            )
            connection.execute("UPDATE facts SET value = '21'")
        connection.executemany(
            "INSERT INTO segments (skeleton, segment_id, source, target, source_lang,"
            " target_lang) VALUES (0, ?, ?, ?, 'ja', 'en')",
            [(f"{at:016x}", *pair) for at, pair in enumerate(PAIRS)],
        )
    connection.close()
    return folder


def test_it_is_read_as_it_is(old):
    before = (old / "memory.sqlite").read_bytes()
    with Memory.open(old, read_only=True) as memory:
        (match,) = memory.search("停戦案7に合意した。", limit=1)
        assert match.target == "They agreed to 7."
        assert len(memory.concordance("停戦案１９")) == 1
        assert memory.export().height == len(PAIRS)
    assert (old / "memory.sqlite").read_bytes() == before


def test_it_is_renewed_and_nothing_is_lost(old):
    with Memory.open(old) as memory:
        assert [row.target for row in memory.rows()] == [pair[1] for pair in PAIRS]
        (match,) = memory.search("停戦案7に合意した。", limit=1)
        assert match.target == "They agreed to 7."
        assert memory.add([("新しい文。", "A new sentence.")]) == 1
        memory.vacuum()
        assert memory.search("新しい文。")[0].score == 100
    with sqlite3.connect(old / "memory.sqlite") as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (LAYOUT,)
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    connection.close()
    assert "source_changed" not in names
