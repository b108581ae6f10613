"""A fix is applied to the bytes it was found in, and to nothing else."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank import Glossary, check
from termbank.atomic_files import ChangedError, replace_content, replacing_bytes, sweep
from termbank.checking.files import source_file
from termbank.checking.files.byte_edits import edit_bytes
from termbank.checking.files.fixing import fix_file
from termbank.checking.files.suppression_writer import add_comments
from termbank.cli import main

RULES = Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja")
LINE = "新しいサーバを使う。\n"


@pytest.fixture
def glossary(tmp_path):
    RULES.write(tmp_path / "glossary")
    return str(tmp_path / "glossary")


def digest_of(path):
    return source_file.digest(Path(path).read_bytes())


def test_an_unchanged_file_is_fixed(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(LINE, encoding="utf-8")
    assert fix_file(str(path), check(path, glossary=RULES), digest=digest_of(path)) == 1
    assert path.read_text(encoding="utf-8") == LINE.replace("サーバ", "サーバー")


def test_a_file_that_changed_since_is_left(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(LINE, encoding="utf-8")
    found, then = check(path, glossary=RULES), digest_of(path)
    path.write_text("まえがき。" + LINE, encoding="utf-8")
    with pytest.raises(ChangedError):
        fix_file(str(path), found, digest=then)
    with pytest.raises(ChangedError):
        add_comments(found, digests={str(path): then})
    assert path.read_text(encoding="utf-8") == "まえがき。" + LINE


def test_the_command_says_what_it_left(tmp_path, glossary, monkeypatch, capsys):
    path = tmp_path / "a.md"
    path.write_text(LINE, encoding="utf-8")
    real = source_file.read_unchanged

    def an_editor_saves(name, digest):
        path.write_text(path.read_text("utf-8") + "追記。\n", encoding="utf-8")
        return real(name, digest)

    monkeypatch.setattr(source_file, "read_unchanged", an_editor_saves)
    assert main(["check", "--glossary", glossary, "--fix", str(path)]) == 1
    assert "left as it is" in capsys.readouterr().err
    text = path.read_text(encoding="utf-8")
    assert text.startswith(LINE)
    assert set(text[len(LINE) :].split("\n")) == {"追記。", ""}


def command(glossary, *words):
    program = [sys.executable, "-P", "-m", "termbank", "check", "--glossary", glossary]
    return subprocess.Popen(
        [*program, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def test_two_runs_at_once_garble_nothing(tmp_path, glossary):
    folder = tmp_path / "docs"
    folder.mkdir()
    for number in range(150):
        (folder / f"{number}.md").write_text(LINE * 20, encoding="utf-8")
    runs = [command(glossary, "--fix", str(folder)) for _ in range(3)]
    assert {run.wait() for run in runs} <= {0, 1}
    fixed = LINE.replace("サーバ", "サーバー") * 20
    assert {path.read_text("utf-8") for path in folder.iterdir()} == {fixed}


@pytest.mark.parametrize("flag", ["--fix", "--add-ignore"])
def test_beside_an_editor_that_saves_nothing_is_garbled(tmp_path, glossary, flag):
    paths = [tmp_path / f"{number}.md" for number in range(12)]
    versions = [f"{'前置き。' * count}{LINE}" for count in range(6)]
    right = set(versions)
    for version in versions:
        body = version.rstrip("\n")
        right.add(version.replace("サーバ", "サーバー"))
        right.add(f"{body} <!-- termbank: ignore[TB101] -->\n")
    for path in paths:
        path.write_text(versions[0], encoding="utf-8")
    done = threading.Event()

    def edit():
        turn = 0
        while not done.is_set():
            turn += 1
            for path in paths:
                temporary = path.with_suffix(".swp")
                temporary.write_text(versions[turn % 6], encoding="utf-8")
                temporary.replace(path)
            time.sleep(0.003)

    editor = threading.Thread(target=edit)
    editor.start()
    try:
        for _ in range(3):
            assert command(glossary, flag, *map(str, paths)).wait() in (0, 1)
    finally:
        done.set()
        editor.join()
    assert {path.read_text("utf-8") for path in paths} <= right


PIECES = st.lists(
    st.sampled_from(["サーバ", "∵", "≒", "Ⅳ", "㈱", "ｱ", "A", "。", "漢字と", "\r\n"]),
    min_size=1,
    max_size=12,
)
# Second spellings of one character in code page 932.
DOUBLES = {"∵": b"\x87\x9a", "≒": b"\x87\x90", "Ⅳ": b"\xfa\x4d", "㈱": b"\xfa\x58"}


@given(PIECES, st.data())
def test_double_characters_of_code_page_932_stay_as_they_were(pieces, data):
    raw = [piece.encode("cp932") for piece in pieces]
    for at, piece in enumerate(pieces):
        if piece in DOUBLES and data.draw(st.booleans()):
            raw[at] = DOUBLES[piece]
    text = "".join(pieces)
    source = source_file.Source(text.encode(), "cp932", b"", b"".join(raw))
    edits, start = [], 0
    for at, piece in enumerate(pieces):
        if piece == "サーバ":
            edits.append((start, start + 3, "サーバー"))
            raw[at] = "サーバー".encode("cp932")
        start += len(piece)
    assert edit_bytes("a.txt", source, edits) == b"".join(raw)


# Ways in which one text may be written in ISO-2022-JP.
JIS = [
    b"\x1b$@%5!<%P\x1b(J!\n\x1b$B4A;z\x1b(B\n",
    b"\x1b$B%5\x1b$B!<%P\x1b(Bx\x1b$B$N\x1b(B",
    b"A\x1b(BB\x1b$B$r%5!<%P\x1b(J~\x1b(B",
    b"\x1b$B%5!<%P4A;z\x1b(B",
]


@pytest.mark.parametrize("raw", JIS)
def test_escapes_of_iso_2022_jp_stay_as_they_were(raw):
    text = raw.decode("iso2022_jp_2")
    source = source_file.Source(text.encode(), "iso2022_jp_2", b"", raw)
    at = text.index("サーバ")
    after = edit_bytes("a.txt", source, [(at, at + 3, "鯖A")])
    assert after.decode("iso2022_jp_2") == text.replace("サーバ", "鯖A")
    head, tail = raw.index(b"%5"), raw.index(b"%P") + 2
    assert after.startswith(raw[:head].removesuffix(b"\x1b$@").removesuffix(b"\x1b$B"))
    assert after.endswith(raw[tail:])


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-be", "utf-16-le", "utf-8-sig"])
def test_marks_and_wide_encodings_stay(tmp_path, encoding):
    marks = {"utf-32-be": b"\0\0\xfe\xff", "utf-16-le": b"\xff\xfe"}
    path = tmp_path / "a.txt"
    before = marks.get(encoding, b"") + (LINE * 3).encode(encoding)
    path.write_bytes(before)
    assert fix_file(str(path), check(path, glossary=RULES)) == 3
    after = (LINE * 3).replace("サーバ", "サーバー").encode(encoding)
    assert path.read_bytes() == marks.get(encoding, b"") + after


def test_a_linked_file_is_mended_where_it_lies(tmp_path):
    real, link = tmp_path / "real.md", tmp_path / "link.md"
    real.write_text(LINE, encoding="utf-8")
    link.symlink_to(real.name)
    assert fix_file(str(link), check(link, glossary=RULES)) == 1
    assert link.is_symlink()
    assert "サーバー" in real.read_text(encoding="utf-8")


def test_what_a_killed_run_left_is_swept_and_nothing_else(tmp_path):
    foreign = [tmp_path / ".termbank-notes", tmp_path / "a.part"]
    for path in foreign:
        path.write_text("mine")
    (tmp_path / ".termbank-0123.part").write_text("left by a killed run")
    (tmp_path / ".termbank-4567.part").symlink_to(foreign[0])
    (tmp_path / ".termbank-89ab.part").mkdir()
    with replacing_bytes(tmp_path / "other") as alive:
        alive.write(b"x")
        from termbank import atomic_files

        atomic_files._swept.clear()
        sweep(str(tmp_path))
        names = set(os.listdir(tmp_path))
    assert ".termbank-0123.part" not in names
    assert {".termbank-notes", "a.part", ".termbank-89ab.part"} <= names
    assert foreign[0].read_text() == "mine"
    assert (tmp_path / "other").read_bytes() == b"x"


def test_content_is_replaced_only_over_what_was_read(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"one")
    replace_content(path, b"two", was=b"one")
    with pytest.raises(ChangedError):
        replace_content(path, b"three", was=b"one")
    assert path.read_bytes() == b"two"
    assert os.listdir(tmp_path) == ["a"]
