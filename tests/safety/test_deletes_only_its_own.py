"""Nothing is removed or written through that termbank did not name itself."""

import os
import subprocess
import sys

import polars as pl
import pytest

from termbank import Glossary, Memory, atomic_files, cache
from termbank.atomic_files import replace_content, scratch_folder, sweep
from termbank.errors import StoreError
from termbank.memory.search import block_index

PAIRS = pl.DataFrame(
    {
        "source": [f"停戦案の第{number}項に合意する。" for number in range(40)],
        "target": [f"Agree on item {number}." for number in range(40)],
    }
)


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(block_index, "TAIL_ROWS", 8)


def filled(folder):
    with Memory.open(folder) as memory:
        memory.add(PAIRS)
        memory.vacuum()
    return folder


def test_a_memory_keeps_what_others_put_into_its_index(tmp_path, small_blocks):
    folder = filled(tmp_path / "tm")
    notes = [folder / "index" / name for name in ("notes.txt", "1.block", "a.part")]
    for path in notes:
        path.write_text("mine")
    (folder / "index" / "000001-00009.block").write_text("left by a killed writer")
    with Memory.open(folder) as memory:
        memory.vacuum()
        assert memory.search("停戦案の第3項に合意する。")[0].score == 100
    assert all(path.read_text() == "mine" for path in notes)
    assert not (folder / "index" / "000001-00009.block").exists()


def test_an_index_that_is_a_link_is_neither_swept_nor_written(tmp_path, small_blocks):
    other, own = filled(tmp_path / "other"), filled(tmp_path / "own")
    before = sorted(os.listdir(other / "index"))
    assert before
    for path in (own / "index").iterdir():
        path.unlink()
    (own / "index").rmdir()
    (own / "index").symlink_to(other / "index")
    with Memory.open(own) as memory:
        assert memory.search("停戦案の第3項に合意する。")[0].score == 100
        with pytest.raises(StoreError, match="a link"):
            memory.vacuum()
    assert sorted(os.listdir(other / "index")) == before


def test_a_block_is_never_written_through_a_link(tmp_path, small_blocks):
    folder = tmp_path / "tm"
    (folder / "index").mkdir(parents=True)
    target = tmp_path / "mine"
    target.write_text("mine")
    (folder / "index" / "000001-00000.part").symlink_to(target)
    filled(folder)
    assert target.read_text() == "mine"


def test_the_cache_removes_nothing_but_its_own(tmp_path, monkeypatch):
    folder = tmp_path / "used"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("TERMBANK_CACHE", str(folder))
    monkeypatch.setattr(cache, "KEPT_FILES", 3)
    others = [f"document-{number}.txt" for number in range(70)]
    others += ["notes.termbank.txt", "names-2-0123abcd"]
    for name in others:
        (folder / name).write_text("mine")
        os.utime(folder / name, (0, 0))
    (folder / "link-00000000.termbank").symlink_to(folder / others[0])
    abandoned = folder / "x-00000000.termbank.1-aa.termbank-part"
    abandoned.write_text("killed")
    os.utime(abandoned, (0, 0))
    for number in range(10):
        cache.store("test-1", f"key {number}", (number,))
    left = set(os.listdir(folder))
    assert set(others) <= left
    assert "link-00000000.termbank" in left
    assert abandoned.name not in left
    assert len(left) == len(others) + 1 + 3
    assert cache.load("test-1", "key 9") == (9,)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs owners and modes")
def test_what_others_may_write_is_not_read(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setenv("TERMBANK_CACHE", str(folder))
    cache.store("test-1", "key", ("fine",))
    assert cache.load("test-1", "key") == ("fine",)
    (file,) = folder.iterdir()
    file.chmod(0o666)
    assert cache.load("test-1", "key") is None
    folder.chmod(0o777)
    cache.store("test-1", "other", ("fine",))
    assert cache.load("test-1", "other") is None


@pytest.mark.parametrize("content", [b"", b"termbank2", b"\0" * 100])
def test_a_damaged_cache_is_no_cache(tmp_path, monkeypatch, content):
    monkeypatch.setenv("TERMBANK_CACHE", str(tmp_path))
    cache.store("test-1", "key", ("fine",))
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    for damaged in (content, whole[:-1], whole[:-1] + b"x", whole[: len(whole) // 2]):
        file.write_bytes(damaged)
        assert cache.load("test-1", "key") is None
    assert cache.load("test-1", "lone \ud800 surrogate") is None


KILLED = """
import os, signal, sys
from termbank.atomic_files import replacing_bytes, scratch_folder
with scratch_folder(sys.argv[1]) as folder, replacing_bytes(sys.argv[1] + "/a") as file:
    open(folder + "/piece", "w").close()
    file.write(b"half")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_run_left_goes_with_the_next(tmp_path):
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert len(os.listdir(tmp_path)) == 2
    (tmp_path / ".termbank-mine.parts").mkdir()
    replace_content(tmp_path / "b", b"x")
    assert sorted(os.listdir(tmp_path)) == [".termbank-mine.parts", "b"]


def test_a_scratch_folder_in_use_stays(tmp_path):
    with scratch_folder(str(tmp_path)) as folder:
        atomic_files._swept.clear()
        sweep(str(tmp_path))
        assert os.path.isdir(folder)
    assert os.listdir(tmp_path) == []


def test_a_glossary_folder_keeps_what_else_is_in_it(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja").write(tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"
