"""A repository that is checked runs nothing: no module of its own, no git setting."""

import os
import shutil
import subprocess
import sys
import textwrap

import pytest

from termbank import Glossary
from termbank.command_line.command_table import COMMANDS as COMMAND_TABLE
from termbank.isolation.child_processes import program, trusted_search_path
from termbank.isolation.git_commands import changed_lines

SHADOWED = (
    "argparse", "array", "collections", "concurrent", "csv", "dataclasses", "datetime",
    "difflib", "functools", "glob", "io", "json", "lxml", "multiprocessing", "numpy",
    "pickle", "polars", "random", "rapidfuzz", "re", "runpy", "signal", "sitecustomize",
    "sqlite3", "struct", "subprocess", "sudachipy", "tempfile", "tomllib", "typing",
    "usercustomize", "xml", "zipfile", "zlib",
)  # fmt: skip
# Every command, on files that make it do its work; {script} starts the program.
COMMANDS = [
    "check a.md",
    "check --fix b.md",
    "check --diff a.md",
    "check --format json a.md",
    "check --changed-since HEAD a.md",
    "check --glossary-only",
    "check --add-ignore c.md",
    "check --write-baseline base.json a.md",
    "lookup サーバー",
    "scan a.md",
    "config",
    "rule TB101",
    "doctor",
    "inspect g.xlsx",
    "validate g.tbx",
    "convert g.xlsx g.csv",
    "export glossary -o g.utx",
    "mine a.md",
    "mine --workers 2 a.md b.md",
    "kwic サーバ a.md",
    "reconcile words.txt",
    "variants a.md",
    "build a.md b.md -o built",
    "memory import -m tm pairs.csv",
    "memory search -m tm サーバーを使う。",
    "memory stats -m tm",
    "seeds verify",
    "init new",
    "add 端末 --en terminal --glossary glossary",
    "edit サーバー --en server --glossary glossary",
    "approve サーバー --glossary glossary",
    "prefer サーバー --glossary glossary",
    "retire 端末 --glossary glossary",
    "reject 端末 --glossary glossary",
    "merge サーバー 端末 --glossary glossary",
    "split サーバ --glossary glossary",
    "import g.xlsx --glossary glossary --dry-run",
    "undo --glossary glossary",
    "diff glossary g.xlsx",
    "stats --glossary glossary",
    "site out --glossary glossary",
    "brief a.md",
    "verify a.md b.md",
    "enrich glossary --english a.md",
    "review --glossary absent",
    "token list",
    "backup saved --glossary glossary",
    "push --store absent --glossary glossary",
    "pull --store absent --glossary glossary",
    "store status --store absent",
    "join-shards absent",
    "completion bash",
    "lsp",
    "mcp",
    "serve --glossary absent",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A work tree whose modules and git settings each leave a mark when they run."""
    folder = tmp_path_factory.mktemp("hostile")
    marks = tmp_path_factory.mktemp("marks")
    glossary = Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja")
    glossary.write(folder / "glossary")
    glossary.write(folder / "g.xlsx")
    glossary.write(folder / "g.tbx")
    (folder / "termbank.toml").write_text('glossaries = ["g.xlsx"]\n')
    (folder / "words.txt").write_text("サーバー\nサーバ\n", encoding="utf-8")
    (folder / "pairs.csv").write_text("ja,en\nサーバーを使う。,Use it.\n", "utf-8")
    for name in "abc":
        (folder / f"{name}.md").write_text("サーバを使う。\n" * 50, encoding="utf-8")
    for name in SHADOWED:
        (folder / f"{name}.py").write_text(
            f"open({str(marks / name)!r}, 'w').close()\n"
            "raise ImportError('this module must not run')\n"
        )
    return folder, marks


def ran(command, folder, **more):
    # PYTHONPATH begins with an empty entry, as in "PYTHONPATH=$PYTHONPATH:/lib".
    searched = os.pathsep.join(["", *[entry for entry in sys.path if entry]])
    environment = {**os.environ, "PYTHONPATH": searched, **more}
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_command_is_among_them():
    assert {words.split()[0] for words in COMMANDS} >= set(COMMAND_TABLE)


@pytest.mark.parametrize("words", COMMANDS)
def test_no_module_of_the_working_folder_runs(hostile, words, tmp_path):
    folder, marks = hostile
    script = tmp_path / "termbank"
    script.write_text("import sys\nfrom termbank.cli import main\nsys.exit(main())\n")
    clean = os.pathsep.join(entry for entry in sys.path if entry)
    answer = ran(
        [sys.executable, str(script), *words.split()], folder, PYTHONPATH=clean
    )
    assert not os.listdir(marks), (sorted(os.listdir(marks)), answer.stderr)
    assert answer.returncode in (0, 1, 2), answer.stderr
    assert "usage:" not in answer.stderr


def test_python_m_runs_no_module_of_the_working_folder_either(hostile):
    folder, marks = hostile
    # What the interpreter imports for -m before termbank is asked; see SECURITY.md.
    for name in ("runpy", "collections", "functools", "typing"):
        (folder / f"{name}.py").unlink()
    clean = os.pathsep.join(entry for entry in sys.path if entry)
    for words in COMMANDS[:4]:
        answer = ran(
            [sys.executable, "-m", "termbank", *words.split()], folder, PYTHONPATH=clean
        )
        assert answer.returncode in (0, 1), answer.stderr
    assert not os.listdir(marks)


def test_relative_and_working_folder_entries_are_left_out(tmp_path):
    here = str(tmp_path)
    kept = trusted_search_path(["", ".", "lib", here, "/usr/lib"], here, "/opt/own")
    assert kept == ["/usr/lib"]


def test_a_program_is_never_taken_from_the_working_folder(tmp_path, monkeypatch):
    fake = tmp_path / "git"
    fake.write_text("#!/bin/sh\nexit 0\n")
    fake.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join([".", "", str(tmp_path)]))
    assert program("git") is None


def git(folder, *words):
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(
        ["git", *identity, *words], cwd=folder, check=True, capture_output=True
    )


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


@needs_git
@pytest.mark.parametrize(
    "trap",
    ["fsmonitor", "filter", "textconv", "external", "hook", "attributes", "bare"],
)
def test_changed_since_runs_nothing_that_a_repository_names(tmp_path, trap):
    mark = tmp_path / "mark"
    bomb = tmp_path / "bomb"
    bomb.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n")
    bomb.chmod(0o755)
    work = tmp_path / "work"
    work.mkdir()
    git(work, "init", "-q")
    (work / "a.md").write_text("サーバ\n", encoding="utf-8")
    git(work, "add", "a.md")
    git(work, "commit", "-qm", "first")
    (work / "a.md").write_text("サーバ\n\nサーバ\n", encoding="utf-8")
    target = spring(work, trap, str(bomb))
    Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja").write(tmp_path / "g")
    command = "check --glossary {} --changed-since HEAD {}"
    answer = ran(
        [sys.executable, "-P", "-m", "termbank",
         *command.format(tmp_path / "g", target).split()],
        work,
    )  # fmt: skip
    assert not mark.exists()
    assert answer.returncode == (2 if trap == "bare" else 1), answer.stderr


def spring(work, trap, bomb):
    """Set one trap; return the file to check."""
    if trap == "bare":
        bare = work / "docs"
        for folder in ("objects", "refs"):
            (bare / folder).mkdir(parents=True)
        (bare / "HEAD").write_text("ref: refs/heads/main\n")
        (bare / "config").write_text(
            textwrap.dedent(f"""\
            [core]
            \trepositoryformatversion = 0
            \tbare = false
            \tworktree = "."
            \tfsmonitor = "{bomb}"
            """)
        )
        (bare / "b.md").write_text("サーバ\n", encoding="utf-8")
        return "docs/b.md"
    settings = {
        "fsmonitor": ("core.fsmonitor", bomb),
        "filter": ("filter.x.clean", bomb),
        "textconv": ("diff.x.textconv", bomb),
        "external": ("diff.external", bomb),
        "hook": ("core.hooksPath", str(work / "hooks")),
        "attributes": ("diff.x.command", bomb),
    }
    git(work, "config", *settings[trap])
    attribute = "filter=x" if trap == "filter" else "diff=x"
    (work / ".gitattributes").write_text(f"* {attribute}\n")
    (work / "hooks").mkdir()
    for name in ("post-index-change", "post-checkout", "reference-transaction"):
        shutil.copy(bomb, work / "hooks" / name)
    return "a.md"


@needs_git
def test_changed_lines_are_those_of_a_diff_whatever_the_line_ends():
    assert changed_lines(b"a\nb\nc\n", b"a\nb\nc\n") == set()
    assert changed_lines(b"a\nb\nc\n", b"a\r\nb\r\nc\r\n") == set()
    assert changed_lines(b"a\nc\n", b"a\nb\nc\nd\n") == {2, 4}
    assert changed_lines(b"", b"a\n") == {1}
