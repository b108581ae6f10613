"""A package of somebody else: its parts work from Python and from the command line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLUGIN = ROOT / "examples" / "plugin"
POINTS = ("formats", "rules", "tokenisers", "reports", "engines", "stores")


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    pytest.importorskip(
        "hatchling", reason="needs the build backend: pip install '.[test]'"
    )
    folder = tmp_path_factory.mktemp("site")
    flags = ("--no-deps", "--no-index", "--no-build-isolation", "--quiet")
    command = [sys.executable, "-m", "pip", "install", *flags, "--target", folder]
    source = tmp_path_factory.mktemp("source") / "plugin"
    subprocess.run(["cp", "-r", PLUGIN, source], check=True)
    done = subprocess.run(
        [*map(str, command), str(source)], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def run(installed, tmp_path):
    paths = [str(ROOT / "src"), str(installed)]

    def termbank(*words, code=0, module="termbank"):
        done = subprocess.run(
            [sys.executable, "-m", module, *map(str, words)],
            cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1",
                 "TERMBANK_MESSAGES": "en", "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
        assert done.returncode == code, (done.stdout, done.stderr)
        return done.stdout + done.stderr

    return termbank


def test_its_own_tests_pass(run, tmp_path):
    tests = tmp_path / "tests"
    subprocess.run(["cp", "-r", PLUGIN / "tests", tests], check=True)
    assert " passed" in run("-q", "-p", "no:cacheprovider", tests, module="pytest")


def test_its_format_is_written_recognised_inspected_and_converted(run, tmp_path):
    assert "anki" in run("export", "--help")
    said = json.loads(run("export", "-o", "cards.anki", "--format", "json"))
    assert said["lost"] > 0
    assert "no place on a card" in {row["reason"] for row in said["fields"]}
    seen = json.loads(run("inspect", "cards.anki", "--format", "json"))
    assert seen["format"] == "anki"
    assert seen["units"] > 100
    run("convert", "cards.anki", "cards.tbx")
    run("convert", "cards.tbx", "again.anki")
    before, after = (
        sorted((tmp_path / name).read_text("utf-8").splitlines())
        for name in ("cards.anki", "again.anki")
    )
    assert before == after
    run("validate", "cards.anki")
    (tmp_path / "broken.anki").write_text("#separator:tab\n一\t二\n", "utf-8")
    assert "broken.anki:2: " in run("validate", "broken.anki", code=1)


def test_strict_export_refuses_and_writes_nothing(run, tmp_path):
    run("export", "--strict", "-o", "cards.anki", code=2)
    assert not (tmp_path / "cards.anki").exists()


def test_its_rule_on_texts_finds_fixes_and_has_a_page(run, tmp_path):
    text = tmp_path / "a.md"
    text.write_text("停戦で合意した。。\n", "utf-8")
    assert "EX101" in run("check", "--select", "EX101", "a.md", code=1)
    assert "EX101" in run("check", "--select", "EX", "a.md", code=1)
    run("check", "--select", "EX101", "--fix", "a.md")
    assert text.read_text("utf-8") == "停戦で合意した。\n"
    assert run("rule", "EX101").startswith("EX101 double-stop: ")
    assert "EX301" in run("rule")


def test_its_rule_on_pairs_reads_bilingual_files(run, tmp_path):
    (tmp_path / "a.csv").write_text("ja,en\n保存する,Save TODO\n", "utf-8")
    assert "EX301" in run("check", "--bilingual", "--select", "EX301", "a.csv", code=1)


def test_its_rule_on_glossaries_reads_them(run, tmp_path):
    (tmp_path / "g.csv").write_text("ja,en\n安全の 保証,security guarantees\n", "utf-8")
    (tmp_path / "a.md").write_text("停戦\n", "utf-8")
    found = run("check", "--glossary", "g.csv", "--select", "EX401", "a.md", code=1)
    assert "EX401" in found


def test_its_report_is_chosen_by_name(run, tmp_path):
    (tmp_path / "a.md").write_text("停戦で合意した。。\n", "utf-8")
    words = ("check", "--select", "EX101", "--format", "count", "a.md")
    assert run(*words, code=1).startswith("EX101 1\n")


def test_its_tokeniser_is_made_by_name(installed):
    code = (
        "from termbank.tokenise import tokeniser;"
        "print([t.surface for t in tokeniser('characters').tokens('停戦')])"
    )
    paths = os.pathsep.join([str(ROOT / "src"), str(installed)])
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert said.stdout == "['停', '戦']\n"


def test_its_tokeniser_mines(run, tmp_path):
    (tmp_path / "a.md").write_text("ウィトコフ特使がNATOを訪れた。\n" * 3, "utf-8")
    assert json.loads(
        run("mine", "--tokeniser", "characters", "--format", "json", "a.md")
    )
    said = run("mine", "--tokeniser", "mecab", "a.md", code=2)
    assert "characters" in said


def test_its_engine_mines(run, tmp_path):
    (tmp_path / "a.md").write_text("ウィトコフ特使がNATOを訪れた。\n" * 3, "utf-8")
    words = ("mine", "--format", "json", "a.md")
    assert run(*words, "--engine", "threads") == run(*words)
    assert "threads" in run(*words, "--engine", "slurm", code=2)


def test_its_store_holds_a_glossary(installed, tmp_path):
    code = (
        "from termbank import Glossary, lookup; from termbank.stores import open_store;"
        "open_store('process://a', create=True);"
        "Glossary.from_variants({'停戦': []}, lang='ja').write('process://a');"
        "print(lookup('停戦', glossary='process://a')[0].preferred)"
    )
    paths = os.pathsep.join([str(ROOT / "src"), str(installed)])
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1",
             "TERMBANK_CACHE": str(tmp_path / "cache")},
    )  # fmt: skip
    assert done.stdout == "停戦\n"


def test_doctor_names_who_offers_what(run):
    said = run("doctor")
    assert "termbank-example 1.0" in said
    for point in POINTS:
        assert point in said


def test_a_package_that_cannot_be_imported_spoils_nothing_else(run, installed):
    broken = installed / "termbank_example" / "anki.py"
    before = broken.read_bytes()
    broken.write_bytes(b"raise RuntimeError('broken')\n")
    try:
        run("lookup", "キエフ", "--limit", "1")
        said = run("export", "--to", "anki", "-o", "cards.anki", code=2)
        assert "Traceback" not in said
        assert "RuntimeError: broken" in run("doctor", code=1)
    finally:
        broken.write_bytes(before)
