"""What a Japanese reader sees is a Japanese sentence, with the count or name it is about."""

import pytest

from termbank.cli import main

TBX = """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="ja" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>
<text><body><conceptEntry id="c1"><langSec xml:lang="ja"><termSec><term>停戦</term>
</termSec></langSec></conceptEntry></body></text></tbx>
"""
PO = 'msgid ""\nmsgstr "Language: ja\\n"\n\nmsgid "scope"\nmsgstr "スコープ"\n'
SENTENCES = {
    "mine absent": "absent: ファイルまたはフォルダーが見つかりません",
    "mine ab*nt": "ab*nt: パターンに一致するファイルがありません",
    "check": "検査するファイルを指定してください",
    "reconcile a.txt b.txt": "表記が一つの概念: ほかに ",
    "inspect terms.tbx": "\n概念: 1\n用語: 1\n",
    "inspect job.po": "\n項目: 2\n訳文: 1\n",
    "inspect table.csv": "\n行: ",
}


@pytest.fixture
def job(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("停戦案について大統領が会談した。\n" * 3, "utf-8")
    (tmp_path / "b.txt").write_text("停戦案を首相が受け入れた。\n" * 3, "utf-8")
    (tmp_path / "terms.tbx").write_text(TBX, "utf-8")
    (tmp_path / "job.po").write_text(PO, "utf-8")
    (tmp_path / "table.csv").write_text("日本語,英語\n停戦,ceasefire\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TERMBANK_MESSAGES", "ja")


@pytest.mark.parametrize("command", SENTENCES)
def test_a_message_reads_as_japanese(job, capsys, command):
    main(command.split())
    out, err = capsys.readouterr()
    assert SENTENCES[command] in out + err


def test_a_cut_list_names_all_rows_and_those_shown(job, capsys):
    from pathlib import Path

    words = "。".join(f"第{n}{kind}" for n in range(30) for kind in ("会議", "委員会"))
    Path("long.txt").write_text(words, "utf-8")
    main(["mine", "long.txt", "--limit", "0", "--format", "csv"])
    every = len(capsys.readouterr().out.splitlines()) - 1
    main(["mine", "long.txt"])
    assert (
        f"全 {every} 件中 50 件を表示。すべて表示: --limit 0" in capsys.readouterr().err
    )


def test_columns_and_kinds_are_named_in_japanese(job, capsys):
    main(["mine", "a.txt"])
    head, _, *rows = capsys.readouterr().out.splitlines()
    assert head.split()[:4] == ["語形", "読み", "種類", "回数"]
    assert any(" 用語 " in row for row in rows)


def test_columns_and_kinds_stay_english_where_english_is_asked_for(
    job, capsys, monkeypatch
):
    monkeypatch.setenv("TERMBANK_MESSAGES", "en")
    main(["mine", "a.txt"])
    head, _, *rows = capsys.readouterr().out.splitlines()
    assert head.split()[:4] == ["form", "reading", "kind", "mentions"]
    assert any(" term " in row for row in rows)
