"""Windows and macOS, as far as this machine can play them: modules, encodings, consoles."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# The standard library and the dependencies are imported first: they know the system.
WITHOUT_POSIX = """
import asyncio, concurrent.futures, importlib, multiprocessing, pkgutil, socket, sqlite3
import subprocess, sys, tempfile, types, zipfile
for name in ("polars", "dataframely", "sudachipy", "rapidfuzz", "numpy", "lxml.etree",
             "daachorse", "openpyxl", "starlette.applications", "uvicorn", "jinja2",
             "pygls.server", "mcp", "docx", "pptx", "pypdf", "anyio", "psycopg"):
    try:
        importlib.import_module(name)
    except ImportError:
        pass
for name in ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "posix"):
    sys.modules[name] = None
sys.platform = "win32"
console = types.ModuleType("msvcrt")
console.LK_LOCK, console.locking = 1, lambda *ignored: None
sys.modules["msvcrt"] = console
import termbank
for module in pkgutil.walk_packages(termbank.__path__, "termbank."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""
# Whatever is read or written without naming its encoding would be CP932 on a Japanese
# Windows: Python warns of each such place, and the warning ends the run.
IN_ANY_LOCALE = """
import sys, warnings
warnings.filterwarnings("error", category=EncodingWarning, module="termbank")
from termbank.cli import main
for line in sys.argv[1].split("|"):
    code = main(line.split())
    assert code in (0, 1), (line, code)
"""
COMMANDS = (
    "init",
    "add サーバー --en server --variant サーバ",
    "add 髙島屋 --en Takashimaya",
    "stats",
    "lookup サーバ --glossary glossary",
    "scan a.txt",
    "check a.txt",
    "check a.txt --fix",
    "variants a.txt",
    "export glossary -o terms.tbx",
    "export glossary -o terms.csv",
    "export glossary --to prh -o prh.yml",
    "convert terms.csv terms.utx",
    "inspect terms.tbx",
    "validate terms.tbx",
    "import terms.csv",
    "memory import pairs.csv -m tm",
    "memory search 停戦 -m tm",
    "memory export pairs.tmx -m tm",
    "site out",
    "undo --list",
    "rule TB101",
    "config",
)


def run(code, *words, folder, **variables):
    return subprocess.run(
        [sys.executable, "-X", "utf8=0", "-c", code, *words],
        cwd=folder, capture_output=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **variables},
    )  # fmt: skip


def test_every_module_is_imported_without_posix(tmp_path):
    done = run(WITHOUT_POSIX, folder=tmp_path)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")


@pytest.mark.parametrize("encoding", ["cp932", "utf-8"])
def test_no_file_is_read_or_written_in_the_encoding_of_the_locale(tmp_path, encoding):
    (tmp_path / "a.txt").write_bytes(
        "サーバを止めた。髙島屋で会う。\r\n".encode("cp932")
    )
    (tmp_path / "pairs.csv").write_text("source,target\n停戦,truce\n", "utf-8-sig")
    done = run(
        IN_ANY_LOCALE, "|".join(COMMANDS), folder=tmp_path,
        PYTHONWARNDEFAULTENCODING="1", PYTHONIOENCODING=encoding, PYTHONUTF8="0",
        TERMBANK_MESSAGES="ja",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode(encoding, "replace")
    assert "サーバー" in done.stdout.decode(encoding)
    # A fix keeps the file's own encoding and line ends.
    fixed = (tmp_path / "a.txt").read_bytes()
    assert fixed == "サーバーを止めた。髙島屋で会う。\r\n".encode("cp932")
