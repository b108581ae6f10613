"""The language server follows the workspace: its roots, settings and glossaries."""

import shutil

import pytest

pytest.importorskip("pygls")

from language_client import Editor, change
from termbank import Glossary


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    glossary = Glossary.from_variants(
        {"サーバー": ["サーバ"], "キーウ": ["キエフ"]}, lang="ja"
    )
    glossary.write(folder / "glossary")
    (folder / "termbank.toml").write_text('glossaries = ["glossary"]')
    (folder / "docs").mkdir()
    (tmp_path / "elsewhere").mkdir()
    return folder


def uri(path):
    return path.absolute().as_uri()


def test_without_any_glossary_the_user_is_told_once(tmp_path):
    with Editor(cwd=tmp_path) as editor:
        editor.begin(uri(tmp_path))
        editor.open(uri(tmp_path / "a.md"), "新しいサーバ")
        assert editor.diagnostics() == []
        for version in range(2, 5):
            editor.send(change("サーバ" * version, version, uri(tmp_path / "a.md")))
            assert editor.diagnostics() == []
        place = {"line": 0, "character": 2}
        where = {"textDocument": {"uri": uri(tmp_path / "a.md")}, "position": place}
        assert editor.ask("textDocument/completion", where) is None
        assert editor.ask("textDocument/hover", where) is None
        assert len(editor.shown_messages()) == 1


@pytest.mark.parametrize("document", ["docs/a.md", "../elsewhere/a.md"])
def test_settings_come_from_the_root_whatever_the_working_folder(
    project, tmp_path, document
):
    with Editor(cwd=tmp_path / "elsewhere") as editor:
        editor.begin(uri(project))
        editor.open((project / document).resolve().as_uri(), "新しいサーバ")
        assert [found["code"] for found in editor.diagnostics()] == ["TB101"]


def test_settings_nearer_to_the_document_win(project, tmp_path):
    inner = project / "docs"
    Glossary.from_variants({"服务器": ["サーバー"]}, lang="ja").write(inner / "own")
    (inner / "termbank.toml").write_text('glossaries = ["own"]')
    with Editor(cwd=tmp_path) as editor:
        editor.begin(uri(project))
        editor.open(uri(inner / "a.md"), "サーバとサーバー")
        (found,) = editor.diagnostics()
        assert found["range"]["start"]["character"] == 4


def test_a_glossary_that_is_gone_takes_its_diagnostics_along(project):
    with Editor(cwd=project) as editor:
        editor.begin(uri(project))
        editor.open(uri(project / "a.md"), "新しいサーバ")
        assert len(editor.diagnostics()) == 1
        shutil.rmtree(project / "glossary")
        editor.send(change("新しいサーバだ", 2, uri(project / "a.md")))
        assert editor.diagnostics() == []
        assert "glossary" in editor.shown_messages()[0]


def test_a_changed_glossary_holds_from_the_next_change_on(project):
    with Editor(cwd=project) as editor:
        editor.begin(uri(project))
        editor.open(uri(project / "a.md"), "新しいコンピュータ")
        assert editor.diagnostics() == []
        other = Glossary.from_variants({"コンピューター": ["コンピュータ"]}, lang="ja")
        other.write(project / "glossary")
        editor.send(change("新しいコンピュータだ", 2, uri(project / "a.md")))
        assert len(editor.diagnostics()) == 1


def test_an_editor_that_watches_files_gets_new_diagnostics_without_a_change(project):
    watching = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}
    with Editor(cwd=project) as editor:
        editor.begin(uri(project), capabilities=watching)
        asked = editor.wait_for(
            lambda m: m.get("method") == "client/registerCapability"
        )
        assert asked["params"]["registrations"][0]["method"].endswith("WatchedFiles")
        editor.open(uri(project / "a.md"), "新しいサーバ")
        assert len(editor.diagnostics()) == 1
        shutil.rmtree(project / "glossary")
        gone = {"uri": uri(project / "glossary" / "terms.csv"), "type": 3}
        editor.notify("workspace/didChangeWatchedFiles", {"changes": [gone]})
        assert editor.diagnostics() == []


def test_completion_inside_japanese_text_says_what_it_replaces(project):
    with Editor(cwd=project) as editor:
        editor.begin(uri(project))
        editor.open(uri(project / "a.md"), "😀昨日はキー")
        editor.diagnostics()
        where = {
            "textDocument": {"uri": uri(project / "a.md")},
            "position": {"line": 0, "character": 7},
        }
        (item,) = editor.ask("textDocument/completion", where)["items"]
        edit = item["textEdit"]
        span = [edit["range"][end]["character"] for end in ("start", "end")]
        assert (edit["newText"], span) == ("キーウ", [5, 7])


@pytest.mark.parametrize("broken", [False, True])
def test_a_shutdown_in_order_ends_with_zero(project, broken):
    if broken:
        (project / "termbank.toml").write_text("glossaries = [")
    with Editor(cwd=project) as editor:
        editor.begin(uri(project))
        editor.open(uri(project / "a.md"), "サーバ")
        editor.diagnostics()
        assert editor.end() == 0
    assert editor.errors == ""
