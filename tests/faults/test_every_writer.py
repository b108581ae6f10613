"""Every writer leaves what was there or what was to be, whole, whatever the system does.

Some moments of a writer of each kind are taken here; all moments of all writers with
TERMBANK_FAULTS=all.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from termbank import Glossary, Memory
from termbank.glossary.csv_snapshot import JOURNAL
from termbank.table_columns import COLUMNS

INJECTION = Path(__file__).with_name("injection.py")
EVERYTHING = os.environ.get("TERMBANK_FAULTS") == "all"
MOMENTS = 60 if EVERYTHING else 3
FAULTS = ("full", "denied", "broken")
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "停戦案"\nmsgstr ""\n'
# Name: command line in the folder ``job``; what it writes is below that folder.
WRITERS = {
    "fix": "check --glossary ../g --fix a.md b.md",
    "add-ignore": "check --glossary ../g --add-ignore a.md b.md",
    "baseline": "check --glossary ../g --write-baseline base.json a.md",
    "tbx": "export ../g -o out.tbx",
    "csv": "export ../g -o out.csv",
    "xlsx": "export ../g -o out.xlsx",
    "utx": "export ../g -o out.utx",
    "jsonl": "export ../g -o out.jsonl",
    "convert": "convert ../g.tbx out.csv",
    "build": "build a.md --glossary ../g -o glossary",
    "report": "mine a.md --report out.html",
    "memory import": "memory import -m tm pairs.csv",
    "memory export": "memory export -m ../tm out.tmx",
    "pretranslate": "memory pretranslate -m ../tm a.po -o a.po --yes",
    "merge": "merge 古い 端末 --glossary glossary",
    "init": "init new --from ../g.tbx",
}
# They write as those above do.
LIKE_THEM = {
    "add": "add 携帯 --en mobile --variant ケータイ --glossary glossary",
    "edit": "edit 古い --en old --glossary glossary",
    "approve": "approve 端末 --glossary glossary",
    "reject": "reject ターミナル --glossary glossary",
    "split": "split 旧い --glossary glossary",
    "prefer": "prefer 旧い --glossary glossary",
    "retire": "retire ターミナル --glossary glossary",
    "import": "import ../g.tbx --glossary glossary",
    "undo": "undo --glossary glossary",
    "site": "site out --glossary ../g",
    "enrich": "enrich glossary --bilingual many.csv --write",
    "verify": "verify a.md b.md --glossary ../g -o out.html",
    "brief": "brief a.md --glossary ../g -o out.md",
    "omegat": "export ../g --to omegat -o out.txt",
    "memory clean": "memory clean -m tm --delete duplicate",
    "backup": "backup saved --glossary glossary",
    "token": "token create who",
}
if EVERYTHING:
    WRITERS |= LIKE_THEM


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A folder with what the writers read, and a job folder with what they replace."""
    folder = tmp_path_factory.mktemp("faults")
    glossary = Glossary.from_variants(
        {f"サーバー{at}": [f"サーバ{at}"] for at in range(30)}
        | {"サーバー": ["サーバ"]},
        lang="ja",
    )
    glossary.write(folder / "g")
    glossary.write(folder / "g.tbx")
    pairs = pl.DataFrame({"source": ["停戦案", "合意"], "target": ["plan", "accord"]})
    with Memory.open(folder / "tm") as memory:
        memory.add(pairs)
    job = folder / "job"
    job.mkdir()
    for name in ("a.md", "b.md"):
        (job / name).write_text("新しいサーバを使う。\n" * 40, encoding="utf-8")
    for name in (
        "base.json",
        "out.tbx",
        "out.csv",
        "out.utx",
        "out.jsonl",
        "out.html",
        "out.tmx",
    ):
        (job / name).write_text("what was there\n")
    (job / "out.xlsx").write_text("what was there\n")
    (job / "notes.txt").write_text("foreign\n")
    (job / "a.po").write_text(PO, encoding="utf-8")
    pairs.write_csv(job / "pairs.csv")
    (job / "many.csv").write_text(
        "source,target\n" + "端末を使う。,Use the terminal.\n" * 8, encoding="utf-8"
    )
    Glossary.from_variants({"古い": ["旧い"], "端末": ["ターミナル"]}, lang="ja").write(
        job / "glossary"
    )
    (job / "termbank.toml").write_text('glossaries = ["glossary"]\n')
    with Memory.open(job / "tm") as memory:
        memory.add(pairs[:1])
    add = "add 電話 --en telephone --glossary glossary"
    assert run(job, "none", 0, add).returncode == 0  # something to undo
    return folder


def run(place, kind, number, words):
    environment = {**os.environ, "TERMBANK_CACHE": str(place.parent / "cache")}
    command = [sys.executable, "-P", str(INJECTION), kind, str(number), str(place)]
    return subprocess.run(
        [*command, *words.split()],
        cwd=place, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def state(place):
    """What is in a job folder: files by content, glossaries and memories by meaning."""
    found = {}
    for path in sorted(place.rglob("*")):
        name = path.relative_to(place).as_posix()
        own = any(part.startswith(".termbank") for part in name.split("/"))
        if own or not path.is_file():
            continue
        if name.startswith(("tm/", "glossary/")):
            continue
        # The list of a backup's files holds the moment at which it was made.
        found[name] = b"" if path.name == "backup.json" else path.read_bytes()
    glossary = Glossary.read(place / "glossary")
    rows = (str(glossary._frames[name].rows()) for name in COLUMNS)
    # Two runs write the same but for the moment at which they decide.
    found["glossary"] = tuple(re.sub(r"datetime\([^)]*\)\)", "", row) for row in rows)
    if (place / "tm" / "memory.sqlite").exists():
        with Memory.open(place / "tm", read_only=True) as memory:
            found["tm"] = tuple(row.source for row in memory.rows())
    return found


def scratch(place):
    return [p for p in place.rglob(".termbank-*") if p.name != JOURNAL]


@pytest.fixture
def job(world, tmp_path):
    """Make a fresh copy of the job folder."""

    def copy():
        place = tmp_path / "world"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(world, place)
        return place / "job"

    return copy


def moments(place, words):
    """Return some of the numbers of a writer's events, the first and last among them."""
    counting = run(place, "counted", 0, words)
    assert counting.returncode in (0, 1), counting.stderr
    last = int(counting.stderr.rsplit("events: ", 1)[1])
    assert last, "a writer that changes nothing"
    return sorted({1 + (last - 1) * at // max(MOMENTS - 1, 1) for at in range(MOMENTS)})


@pytest.mark.parametrize("name", WRITERS)
def test_a_kill_leaves_the_old_or_the_new(job, name):
    words = WRITERS[name]
    place = job()
    before = state(place)
    numbers = moments(place, words)
    after = state(place)
    for number in numbers:
        place = job()
        run(place, "killed", number, words)
        left = state(place)
        for path in {*before, *after, *left}:
            assert left.get(path) in (before.get(path), after.get(path)), (number, path)
        again = run(place, "none", 0, words)
        assert again.returncode in (0, 1, 2), again.stderr
        assert not scratch(place), number
        assert (place / "notes.txt").read_text() == "foreign\n"


@pytest.mark.parametrize("name", WRITERS)
def test_a_refusal_is_one_line_and_changes_nothing_by_half(job, name):
    words = WRITERS[name]
    place = job()
    before = state(place)
    numbers = moments(place, words)
    after = state(place)
    trials = [(kind, number) for kind in FAULTS for number in numbers[:2]]
    trials += [("limit", size) for size in (0, 50)]
    for kind, number in trials:
        place = job()
        answer = run(place, kind, number, words)
        assert answer.returncode in (0, 1, 2), (kind, number, answer.stderr)
        if answer.returncode == 2:
            assert answer.stderr.strip(), (kind, number)
            assert "Traceback" not in answer.stderr
        left = state(place)
        for path in {*before, *after, *left}:
            fine = (before.get(path), after.get(path))
            assert left.get(path) in fine, (kind, number, path)
        assert not scratch(place), (kind, number)


def test_the_harness_sees_a_writer_that_is_not_safe(tmp_path):
    unsafe = tmp_path / "unsafe.py"
    unsafe.write_text(
        "import sys\nsys.path.insert(0, sys.argv.pop(1))\nfrom injection import install\n"
        "install('killed', 2, sys.argv[1])\n"
        "for name in 'ab':\n    open(sys.argv[1] + '/' + name, 'w').write('new')\n"
    )
    for name in "ab":
        (tmp_path / name).write_text("old")
    subprocess.run(
        [sys.executable, str(unsafe), str(INJECTION.parent), str(tmp_path)], check=False
    )
    assert [(tmp_path / name).read_text() for name in "ab"] == ["new", "old"]
