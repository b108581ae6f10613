"""The shipped glossary is found in a wheel, an sdist install and an editable install."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASK = (
    "import termbank, os; "
    "print(os.path.dirname(termbank.__file__)); "
    "print(termbank.lookup('シルスキー', to='en')[0].equivalents[0])"
)


def run(*words, check=False, **kwargs):
    return subprocess.run(
        [str(word) for word in words],
        check=check,
        capture_output=True,
        text=True,
        encoding="utf-8",
        **kwargs,
    )


@pytest.fixture
def bare(tmp_path):
    """An environment without termbank whose dependencies are this one's."""
    home = tmp_path / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", home, check=True)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
    here = sysconfig.get_path("purelib")
    # Path files inside a folder that a path file names are not followed, so an
    # editable termbank of the running environment stays out.
    (Path(site.stdout.strip()) / "zz_dependencies.pth").write_text(here)
    return python


def install(python, *what):
    flags = ("--no-deps", "--no-index", "--no-build-isolation", "--quiet")
    done = run(
        sys.executable, "-m", "pip", "--python", python, "install", *flags, *what
    )
    assert done.returncode == 0, done.stderr


def answers(python, tmp_path):
    asked = run(python, "-I", "-X", "utf8", "-c", ASK, cwd=tmp_path)
    assert asked.returncode == 0, asked.stderr
    return asked.stdout.splitlines()


def test_a_wheel_answers_from_any_folder(artefacts, bare, tmp_path):
    install(bare, next(artefacts.glob("*.whl")))
    home, english = answers(bare, tmp_path)
    assert str(ROOT / "src") not in home
    assert english == "Oleksandr Syrskyi"


def test_an_sdist_answers_from_any_folder(artefacts, bare, tmp_path):
    # An unpacked source distribution needs the backend at hand, as pip would fetch it.
    install(bare, next(artefacts.glob("*.tar.gz")))
    home, english = answers(bare, tmp_path)
    assert str(ROOT / "src") not in home
    assert english == "Oleksandr Syrskyi"


def test_an_editable_install_answers_from_any_folder(bare, tmp_path):
    pytest.importorskip("editables", reason="needs editables: pip install '.[test]'")
    install(bare, "--editable", ROOT)
    home, english = answers(bare, tmp_path)
    assert str(ROOT / "src") in home
    assert english == "Oleksandr Syrskyi"


def test_the_wheel_holds_what_it_must_and_no_source_text(artefacts):
    import zipfile

    names = zipfile.ZipFile(next(artefacts.glob("*.whl"))).namelist()
    assert "termbank/py.typed" in names
    assert {
        f"termbank/shipped/{x}.csv" for x in ("concepts", "definitions", "terms")
    } <= {*names}
    assert not [name for name in names if name.startswith(("tests/", "seeds/"))]
