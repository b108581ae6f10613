"""Run a page of the documentation as a reader does: its files, commands and Python in order.

A page is worked through from top to bottom in a folder of its own:

- ``<!-- file: NAME -->`` before a block: the block is the content of a file;
- ``console``: each ``$ command`` is run; lines after it are its output, ``…`` stands for
  anything, and the exit code is 0, or 1 of a command that reports findings;
- ``python``: run in one namespace for the page; what a trailing comment quotes is the
  value of its line; ``>>>`` are doctests;
- ``json``, ``toml``: read, so that they are what they claim to be.

Commands that serve until they are stopped are only read. Installing is for CI.
"""

import ast
import contextlib
import doctest
import glob
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path

from termbank import cli

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(
    r"^(?:<!-- file: (?P<file>\S+) -->\n)?^```(?P<kind>\w*)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
SERVERS = ("review", "mcp", "lsp", "serve")
# What reports findings says so by exit code 1.
FINDERS = (
    *("check", "verify", "variants", "validate", "diff", "import", "memory"),
    *("push", "pull"),
)
SHELL = ("cp", "mkdir", "git", "cat", "python", "mv", "rm")
NOT_RUN = (("pip", "install"), ("git", "clone"), ("python", "-m", "pytest"))


@contextlib.contextmanager
def reader(folder, language=None):
    """Work in a folder as a reader whose messages are in a language; then go back."""
    before, home = dict(os.environ), os.getcwd()
    os.chdir(folder)
    os.environ.pop("TERMBANK_MESSAGES", None)
    os.environ |= {"TERMBANK_MESSAGES": language} if language else {}
    os.environ["NO_COLOR"] = "1"
    try:
        yield
    finally:
        os.chdir(home)
        os.environ.clear()
        os.environ.update(before)


def language_of(path):
    """Return the language of a page."""
    return "ja" if path.name.endswith(".ja.md") else "en"


def fill_folder(path, folder):
    """Put what a page starts with into its folder; say in which language it runs.

    A README is followed in a clone and names the language itself; the ten minutes begin
    beside a clone; the other pages have the sample texts as ``samples``.
    """
    if path.name.startswith("README"):
        for name in ("seeds", "glossary"):
            shutil.copytree(ROOT / name, folder / name)
        return None
    beside = path.name.startswith("ten-minutes")
    place = "termbank/seeds/sample" if beside else "samples"
    shutil.copytree(ROOT / "seeds" / "sample", folder / place)
    return language_of(path)


def run_page(path, compare=None):
    """Run all blocks of a page in the working folder; return how many commands ran.

    Args:
        path: Of the page.
        compare: Called with a command, what it printed, its errors and what is shown;
            raises AssertionError where they differ if absent.
    """
    text = path.read_text("utf-8")
    names = {}
    counted = 0
    for block in BLOCK.finditer(text):
        file = Path(block["file"] or "").name
        assert text.count(file) > 1, f"a reader does not see that it is {file}"
        counted += _run_block(block, names, compare or _same)
    return counted


def blocks(path):
    """Return the blocks of a page without outputs and comments: what is run."""
    return [
        [command.partition("  #")[0].rstrip() for command, _ in prompts(block["body"])]
        if block["kind"] == "console"
        else re.sub(r" *# .*", "", block["body"])
        for block in BLOCK.finditer(path.read_text("utf-8"))
    ]


def prompts(body):
    """Yield the commands of a console block with the output that is shown."""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output.strip("\n")


def _run_block(block, names, compare):
    body, kind = block["body"], block["kind"]
    if block["file"]:
        place = Path(block["file"])
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(body, "utf-8")
    elif kind == "console":
        assert body.startswith("$ "), f"a command begins with $: {body}"
        for command, output in prompts(body):
            _run_line(command, output, compare)
        return len(list(prompts(body)))
    elif kind in ("python", "pycon"):
        _run_python(body, names)
        return 1
    elif kind == "json":
        json.loads(body)
    elif kind == "toml":
        tomllib.loads(body)
    else:
        assert kind in ("text", "yaml", "xml", "{image}"), kind
        assert not body.startswith("$ "), body
    return 0


def _run_line(line, output, compare):
    printed, errors = "", ""
    for part in line.split(" && "):
        out, err = _run_command(part)
        printed, errors = printed + out, errors + err
    if output:
        compare(line, printed, errors, output)


def _same(line, printed, errors, shown):
    assert fits_any(printed, errors, shown), (
        f"$ {line}\n--- printed\n{printed}--- stderr\n{errors}--- shown\n{shown}\n"
        "python tools/page_outputs.py renews what pages show"
    )


def fits_any(printed, errors, shown):
    """Whether the shown output is the standard output, the errors, or both."""
    both = (printed, errors, printed + errors, errors + printed)
    return any(_fits(text, shown) for text in both)


def _fits(printed, pattern):
    escaped = pattern.replace("[", "[[]").replace("?", "[?]").replace("*", "[*]")
    # A byte order mark is written and not seen.
    seen = printed.strip("\n").replace("\ufeff", "")
    lines = [line.rstrip() for line in seen.splitlines()]
    wanted = [line.rstrip() for line in escaped.replace("…", "*").splitlines()]
    return fnmatchcase("\n".join(lines), "\n".join(wanted))


def _run_command(command):
    words = shlex.split(command, comments=True)
    if any(words[: len(start)] == list(start) for start in NOT_RUN):
        return "", ""
    if words[0] == "cd":
        os.chdir(words[1])
    elif words[0] == "export":
        name, _, value = words[1].partition("=")
        os.environ[name] = value
    elif words[0] == "termbank":
        return _run_termbank(words[1:])
    else:
        assert words[0] in SHELL, command
        done = subprocess.run(
            ["bash", "-c", command], capture_output=True, check=True, encoding="utf-8"
        )
        return done.stdout, done.stderr
    return "", ""


def _run_termbank(words):
    name = words[0]
    assert name in cli.COMMANDS, name
    target = None
    if ">" in words:
        at = words.index(">")
        words, target = words[:at], words[at + 1]
    words = [one for word in words for one in _expanded(word)]
    if name in SERVERS:
        cli.arguments(name, words[1:])
        return "", ""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.main(words)
    right = (0, 1) if name in FINDERS else (0,)
    assert code in right, (
        f"$ termbank {words}: {code}\n{out.getvalue()}{err.getvalue()}"
    )
    if target:
        Path(target).write_text(out.getvalue(), "utf-8")
        return "", err.getvalue()
    return out.getvalue(), err.getvalue()


def _expanded(word):
    found = sorted(glob.glob(word)) if re.search(r"[*?\[]", word) else []
    return found or [word]


def _run_python(body, names):
    if body.startswith(">>> "):
        test = doctest.DocTestParser().get_doctest(body, names, "page", None, 0)
        report = io.StringIO()
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
        runner.run(test, out=report.write, clear_globs=False)
        assert not runner.failures, report.getvalue()
        names.update(test.globs)
        return
    lines = body.splitlines()
    for node in ast.parse(body).body:
        source = ast.Module([node], [])
        if isinstance(node, ast.Expr):
            value = eval(compile(ast.Expression(node.value), "page", "eval"), names)  # noqa: S307
            _compare(value, lines, node.end_lineno)
        else:
            exec(compile(source, "page", "exec"), names)  # noqa: S102


def _compare(value, lines, last):
    """Compare a value with the literal that a comment on its line or the next quotes."""
    after = lines[last] if last < len(lines) else ""
    comment = re.search(r"  # (.*)$", lines[last - 1]) or re.match(r"# (.*)$", after)
    if comment is None:
        return
    text = comment[1].strip()
    if not re.match(r"""[\[('"{<]|\d|None$|True$|False$""", text):
        return
    assert _fits(repr(value), text), f"{lines[last - 1]}\n--- value\n{value!r}"
