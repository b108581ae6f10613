"""The Python of the documentation passes mypy --strict, as a reader's editor shows it."""

import os
import subprocess
import sys

import pytest
from page_runner import BLOCK, ROOT
from test_pages_run import ENGLISH

pytest.importorskip("mypy", reason="needs mypy (the extra dev)")


def python_of(page):
    """Return the Python of a page as one module; doctests without their outputs."""
    parts = []
    for block in BLOCK.finditer(page.read_text("utf-8")):
        if block["kind"] != "python" or block["file"]:
            continue
        lines = block["body"].splitlines()
        if lines[0].startswith(">>> "):
            lines = [line[4:] for line in lines if line.startswith((">>> ", "... "))]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def test_the_examples_are_typed_as_a_reader_sees_them(tmp_path):
    assert (ROOT / "src" / "termbank" / "py.typed").exists()
    for page in ENGLISH:
        if text := python_of(page):
            name = page.stem.replace("-", "_").lower()
            (tmp_path / f"{name}_example.py").write_text(text + "\n", "utf-8")
    wrong = tmp_path / "wrong_example.py"
    wrong.write_text("import termbank\n\ntermbank.lookup(3).nothing\n", "utf-8")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "mypy", "--strict", "--config-file="),
            *("--follow-imports=silent", "--ignore-missing-imports"),
            *("--cache-dir", str(tmp_path / "cache")),
            *map(str, sorted(tmp_path.glob("*.py"))),
        ],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "MYPYPATH": str(ROOT / "src")},
    )  # fmt: skip
    faults = [line for line in done.stdout.splitlines() if ": error:" in line]
    # What must be refused shows that the types are seen at all.
    assert [line for line in faults if "wrong_example" in line], done.stdout
    assert [line for line in faults if "wrong_example" not in line] == []
