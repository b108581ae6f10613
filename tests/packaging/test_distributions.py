"""What a wheel and a source distribution hold: all that is ours, no more, the same each time."""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
MEGABYTE = 1_000_000
# Half of it are trained weights and word lists; more has to be meant.
LARGEST = {"wheel": 9 * MEGABYTE, "sdist": 11 * MEGABYTE}
RUBBISH = ("__pycache__", ".pyc", ".git/", ".hypothesis", ".venv", ".egg-info")


@pytest.fixture(scope="module")
def wheel(artefacts):
    return next(artefacts.glob("*.whl"))


@pytest.fixture(scope="module")
def sdist(artefacts):
    return next(artefacts.glob("*.tar.gz"))


def in_wheel(path):
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def in_sdist(path):
    with tarfile.open(path) as archive:
        names = [PurePosixPath(name) for name in archive.getnames()]
    return {str(PurePosixPath(*name.parts[1:])) for name in names}


def sources():
    return {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src" / "termbank").rglob("*")
        if path.is_file() and not any(part in str(path) for part in RUBBISH)
    }


def metadata(wheel):
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith("dist-info/METADATA"))
        return Parser().parsestr(archive.read(name).decode())


def test_the_wheel_holds_every_file_of_the_package_and_the_glossary(wheel):
    names = in_wheel(wheel)
    assert sources() <= names
    assert "termbank/py.typed" in names
    shipped = {f"termbank/shipped/{p.name}" for p in (ROOT / "glossary").glob("*.csv")}
    assert shipped <= names


def test_the_wheel_holds_nothing_else(wheel):
    info = f"termbank-{metadata(wheel)['Version']}.dist-info"
    others = {
        name for name in in_wheel(wheel) - sources()
        if not name.startswith((f"{info}/", "termbank/shipped/"))
    }  # fmt: skip
    assert others == set()


def test_the_source_distribution_holds_what_builds_and_tests_it(sdist):
    names = in_sdist(sdist)
    wanted = {"pyproject.toml", "README.md", "README.ja.md", "CHANGELOG.md", "LICENSE"}
    assert wanted | {"NOTICE", "PKG-INFO", "tests/conftest.py"} <= names
    assert {f"src/{name}" for name in sources()} <= names
    assert [name for name in names if any(part in name for part in RUBBISH)] == []


def test_no_source_document_is_given_away(sdist, shared):
    """The five articles belong to their publishers."""
    texts = [p.read_text("utf-8") for p in (shared / "seeds").glob("*.txt")]
    assert texts
    sentences = {line.strip() for text in texts for line in text.splitlines()}
    long = {line for line in sentences if len(line) > 60}
    with tarfile.open(sdist) as archive:
        for member in archive:
            if member.isfile() and member.name.endswith((".txt", ".md", ".csv", ".py")):
                held = archive.extractfile(member).read().decode("utf-8", "replace")
                assert not [line for line in long if line in held], member.name


def test_neither_is_larger_than_it_should_be(wheel, sdist):
    assert wheel.stat().st_size < LARGEST["wheel"]
    assert sdist.stat().st_size < LARGEST["sdist"]


def test_every_licence_is_named_and_there(wheel):
    told = metadata(wheel)
    assert told["License-Expression"] == PROJECT["license"]
    assert sorted(told.get_all("License-File")) == sorted(PROJECT["license-files"])
    names = in_wheel(wheel)
    info = f"termbank-{told['Version']}.dist-info"
    absent = [
        f for f in PROJECT["license-files"] if f"{info}/licenses/{f}" not in names
    ]
    assert absent == []


def test_the_metadata_speaks_of_this_version(wheel):
    from termbank.version import __version__

    told = metadata(wheel)
    assert told["Version"] == PROJECT["version"] == __version__
    assert told["Requires-Python"] == PROJECT["requires-python"]


def test_a_build_elsewhere_and_later_gives_the_same_bytes(wheel, tmp_path):
    tree = tmp_path / "elsewhere"
    skip = shutil.ignore_patterns("__pycache__", "*.pyc")
    for name in ("src", "glossary"):
        shutil.copytree(
            ROOT / name, tree / name, ignore=skip, copy_function=shutil.copyfile
        )
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copyfile(ROOT / name, tree / name)
    for path in tree.rglob("*"):
        os.utime(path, (1_900_000_000, 1_900_000_000))
    words = ["-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "out")]
    built = subprocess.run(
        [sys.executable, *words], cwd=tree, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    again = next((tmp_path / "out").glob("*.whl"))
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (wheel, again)]
    assert digests[0] == digests[1]
