"""``termbank reconcile`` and ``termbank variants`` as typed."""

import json

import pytest

from termbank.cli import main

TEXT = (
    "ルーク・コーフィー氏が書いた。ルーク・コフィー氏は研究員である。"
    "サーバーを直し、サーバーを止め、サーバの電源を切った。キエフをキーウと書く。"
)


@pytest.fixture
def document(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def test_reconcile_shows_what_is_written_in_several_ways(document, capsys):
    assert main(["--messages", "en", "reconcile", document]) == 0
    out = capsys.readouterr().out
    assert "ルーク・コフィー" in out
    assert "キエフ" in out
    assert "more concepts of one form" in out


def test_reconcile_as_json_holds_the_three_frames(document, capsys):
    assert main(["reconcile", document, "--format", "json"]) == 0
    held = json.loads(capsys.readouterr().out)
    assert set(held) == {"links", "concepts", "terms"}
    verdicts = {(row["left"], row["right"]): row["verdict"] for row in held["links"]}
    assert verdicts["キエフ", "キーウ"] == "related"


def test_explain_needs_no_documents(capsys):
    assert main(["reconcile", "--explain", "サーバー", "サーバ"]) == 0
    assert "long-vowel" in capsys.readouterr().out


def test_explain_shows_the_links_of_the_documents(document, capsys):
    forms = ["ルーク・コーフィー", "ルーク・コフィー"]
    assert main(["reconcile", document, "--explain", *forms, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["chain"]


def test_variants_prints_the_majority_first_and_exits_1(document, capsys):
    assert main(["variants", document]) == 1
    assert "サーバー(2) サーバ(1)" in capsys.readouterr().out.splitlines()


def test_variants_of_a_clean_text_is_silent(tmp_path, capsys):
    path = tmp_path / "b.txt"
    path.write_text("サーバーを直す。", encoding="utf-8")
    assert main(["variants", str(path)]) == 0
    assert capsys.readouterr().out == ""


def test_an_unknown_profile_exits_2_with_one_line(document, capsys):
    assert main(["reconcile", document, "--profile", "mine"]) == 2
    assert "majority" in capsys.readouterr().err
