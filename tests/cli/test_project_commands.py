"""A project as typed: begun, built, edited by form, imported, undone, counted."""

import json

import pytest

from termbank import Glossary, cli

TEXT = (
    "ウィトコフ特使は停戦案を話した。停戦案にサーバーの件はない。サーバを止めた。" * 2
)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TERMBANK_MESSAGES", "en")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text(TEXT, "utf-8")
    return tmp_path


def run(words, capsys, code=0):
    assert cli.main(words.split() if isinstance(words, str) else words) == code
    return capsys.readouterr()


def bytes_of(home):
    return {path.name: path.read_bytes() for path in (home / "glossary").iterdir()}


def test_a_new_project_knows_nothing_of_the_shipped_glossary(home, capsys):
    run("init", capsys)
    out = run("build docs", capsys)
    assert "review" in out.err
    glossary = Glossary.read(home / "glossary")
    assert glossary.decisions.is_empty()
    assert set(glossary.concepts["status"]) == {"proposed"}
    assert not (home / "out").exists()
    assert "キーウ" not in set(glossary.terms["form"])


def test_a_second_build_changes_nothing_and_keeps_every_decision(home, capsys):
    run("init", capsys)
    run("build docs", capsys)
    run("approve 停戦案 --en truce --why 社内規則", capsys)
    run("reject ウィトコフ", capsys)
    before = bytes_of(home)
    run("build docs", capsys)
    assert bytes_of(home) == before


def test_a_build_into_a_folder_keeps_what_was_decided_there(home, capsys):
    run("build docs -o out/glossary", capsys)
    made = Glossary.read(home / "out" / "glossary")
    edited = (
        made.reject("ウィトコフ").retire("サーバ")
        if "サーバ" in set(made.terms["form"])
        else made.reject("ウィトコフ")
    )
    edited.write(home / "out" / "glossary")
    run("build docs -o out/glossary", capsys)
    again = Glossary.read(home / "out" / "glossary")
    assert again == edited


def test_a_dry_run_writes_nothing(home, capsys):
    run("init", capsys)
    before = bytes_of(home)
    run("build docs --dry-run", capsys)
    run("add サーバー --en server --dry-run", capsys)
    assert bytes_of(home) == before


def test_edits_by_form_and_undo(home, capsys):
    run("init", capsys)
    run("add サーバー --en server --variant サーバ --why 規則", capsys)
    run("add 利用者 --en user", capsys)
    before = bytes_of(home)
    for words in (
        "edit 利用者 --to ユーザー --note 社内",
        "prefer サーバ",
        "retire サーバー",
        "merge サーバ ユーザー",
        "split ユーザー",
    ):
        assert "undo" in run(words, capsys).err
    for _ in range(5):
        run("undo", capsys)
    assert bytes_of(home) == before
    assert "no change" not in run("undo --list", capsys).out


def test_a_form_that_is_not_there_is_one_line_with_the_nearest(home, capsys):
    run("init", capsys)
    run("add サーバー", capsys)
    said = run("approve サーバ", capsys, 2).err
    assert "サーバー" in said
    assert said.count("\n") == 1


def test_an_import_shows_new_changed_and_contradictory_and_keeps_decisions(
    home, capsys
):
    run("init", capsys)
    run("add サーバー --en server --variant サーバ", capsys)
    (home / "list.csv").write_text(
        "ja,en,en status\nサーバー,host,preferred\n鯖,mackerel,\n", "utf-8"
    )
    shown = run("import list.csv --dry-run --format json", capsys, 1).out
    told = json.loads(shown)
    assert told["new"] == ["鯖"]
    assert [one["form"] for one in told["contradictions"]] == ["host"]
    run("import list.csv", capsys, 1)
    terms = dict(Glossary.read(home / "glossary").terms.select("form", "status").rows())
    assert terms["server"] == "preferred"
    assert terms["host"] == "admitted"
    run("import list.csv --theirs", capsys)
    terms = dict(Glossary.read(home / "glossary").terms.select("form", "status").rows())
    assert (terms["host"], terms["server"]) == ("preferred", "admitted")


def test_a_file_of_segments_is_pointed_to_the_memory(home, capsys):
    run("init", capsys)
    (home / "a.tmx").write_text(
        '<?xml version="1.0"?><tmx version="1.4"><header srclang="en"/><body><tu>'
        '<tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="ja"><seg>あ</seg></tuv>'
        "</tu></body></tmx>",
        "utf-8",
    )
    assert "memory import" in run("import a.tmx", capsys, 2).err


def test_init_starts_from_a_list_people_own(home, capsys):
    (home / "own.csv").write_text("ja,en\nサーバー,server\n利用者,user\n", "utf-8")
    run("init --from own.csv", capsys)
    assert Glossary.read(home / "glossary").concepts.height == 2
    run("init", capsys, 2)


def test_stats_and_diff(home, capsys):
    run("init", capsys)
    run("add サーバー --en server", capsys)
    told = json.loads(run("stats --format json", capsys).out)
    assert (told["concepts"], told["without_english"]) == (1, 0)
    Glossary.read(home / "glossary").write(home / "before")
    assert run("diff before", capsys).out.strip() == "no difference"
    run("retire server --lang en", capsys, 0)
    assert "server" in run("diff before", capsys, 1).out


def test_without_a_project_the_way_to_one_is_named(home, capsys):
    assert "termbank init" in run("add サーバー", capsys, 2).err
