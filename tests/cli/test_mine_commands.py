"""termbank mine and kwic as a person runs them."""

import csv
import io
import json
from pathlib import Path

import pytest

from termbank.cli import main

TEXT = "首脳会談で「安全の保証」を求めた。ゼレンスキー大統領は停戦案に応じた。停戦案は新しい。\n"


@pytest.fixture
def job(tmp_path: Path) -> Path:
    (tmp_path / "2025-04-12.txt").write_text(TEXT, "utf-8")
    return tmp_path


def test_mine_prints_a_table_best_first(job: Path, capsys) -> None:
    assert main(["mine", str(job), "--limit", "3"]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 5
    assert "停戦案" in out
    assert "--limit 0" in err


def test_mine_prints_json_and_csv(job: Path, capsys) -> None:
    assert main(["mine", str(job), "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {"form", "score", "kind"} <= rows[0].keys()
    assert main(["mine", str(job), "--format", "csv", "--mentions"]) == 0
    table = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert all(TEXT[int(r["start"]) : int(r["end"])] == r["surface"] for r in table)


def test_mine_explains_a_form(job: Path, capsys) -> None:
    assert main(["mine", str(job), "--explain", "安全の保証"]) == 0
    out = capsys.readouterr().out
    assert "termhood" in out
    assert "2025-04-12" in out
    assert main(["mine", str(job), "--explain", "存在しない語"]) == 2


def test_mine_writes_a_report(job: Path, tmp_path: Path, capsys) -> None:
    target = tmp_path / "report.html"
    assert main(["mine", str(job), "--report", str(target)]) == 0
    assert "停戦案" in target.read_text("utf-8")
    assert not capsys.readouterr().out
    assert main(["mine", str(job), "--report", str(tmp_path / "no" / "r.html")]) == 2


def test_mine_new_leaves_out_what_the_glossary_holds(
    job: Path, capsys, monkeypatch
) -> None:
    (job / "terms").mkdir()
    (job / "terms" / "concepts.csv").write_text(
        "concept_id,kind,domain,status,since,extra\n000000000001,term,,preferred,,\n",
        "utf-8",
    )
    (job / "terms" / "terms.csv").write_text(
        "concept_id,lang,form,reading,status,term_type,part_of_speech,relation,context,"
        "since,until,reason,source,note,extra\n"
        "000000000001,ja,停戦案,,preferred,,,,,,,,,,\n",
        "utf-8",
    )
    (job / "termbank.toml").write_text('glossaries = ["terms"]\n', "utf-8")
    monkeypatch.chdir(job)
    assert main(["mine", "2025-04-12.txt", "--new", "--format", "json"]) == 0
    forms = [row["form"] for row in json.loads(capsys.readouterr().out)]
    assert "停戦案" not in forms
    assert "首脳会談" in forms


def test_settings_name_the_shipped_glossary_builtin(
    job: Path, capsys, monkeypatch
) -> None:
    (job / "termbank.toml").write_text('glossaries = ["builtin"]\n', "utf-8")
    monkeypatch.chdir(job)
    assert main(["mine", "2025-04-12.txt", "--new", "--format", "json"]) == 0
    assert main(["build", "2025-04-12.txt"]) == 0
    assert "no such file" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt", b""), ("a.txt", bytes(range(256))), ("a.docx", b"no archive")],
)
def test_bad_input_is_one_line_and_exit_2(
    tmp_path: Path, capsys, name, content
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert main(["mine", str(path)]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert err.count("\n") == 1
    assert str(path) in err


def test_kwic_shows_every_place_and_says_when_there_is_none(job: Path, capsys) -> None:
    assert main(["kwic", "停戦案", str(job)]) == 0
    out = capsys.readouterr().out
    assert out.count("【停戦案】") == 2
    assert "2025-04-12.txt:1" in out
    assert main(["kwic", "停戦案", str(job), "--format", "json", "--limit", "1"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["start"] == TEXT.index("停戦案")
    assert main(["kwic", "ない語", str(job)]) == 1
