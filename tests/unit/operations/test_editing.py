"""Edits by form: what must stay as it is, and what each one does to the files."""

from datetime import UTC, datetime

import polars as pl
import pytest

import termbank
from termbank import Glossary
from termbank.errors import ConfigError, GlossaryError, InputError, SchemaError
from termbank.operations import term_editing as editing
from termbank.operations.project import Project
from termbank.operations.project_building import build_into_project
from termbank.operations.row_changes import Author
from termbank.operations.term_import import import_files
from termbank.operations.term_values import NewTerm, Update

BY = Author("葵", datetime(2026, 12, 1, 9, tzinfo=UTC), "社内規則")


@pytest.fixture
def project(tmp_path):
    made = Project.begin(tmp_path)
    server = NewTerm("サーバー", english=("server",), variants=("サーバ",))
    editing.add(made, server, BY)
    editing.add(made, NewTerm("利用者", english=("user",), kind="person"), BY)
    return made


def files(project):
    return {path.name: path.read_bytes() for path in project.folder.iterdir()}


def statuses(project, lang="ja"):
    rows = project.glossary().terms.select("lang", "form", "status").rows()
    return {form: status for one, form, status in rows if one == lang}


@pytest.mark.parametrize(
    ("edit", "argument"),
    [
        (lambda p: editing.reject(p, "サーバ", BY), "forms"),
        (lambda p: editing.approve(p, "サーバー", BY), "forms"),
        (lambda p: editing.approve(p, ["サーバー"], BY, english="host"), "english"),
        (lambda p: editing.prefer(p, ["サーバ"], BY), "form"),
        (lambda p: editing.retire(p, None, BY), "form"),
        (lambda p: editing.merge(p, "サーバー", ["利用者"], by=BY), "forms[1]"),
        (lambda p: editing.split(p, ["サーバ"], by=BY), "forms[0]"),
        (lambda p: editing.add(p, NewTerm("鯖", english="fish"), BY), "term.english"),
        (lambda p: editing.add(p, NewTerm("鯖", variants="さば"), BY), "term.variants"),
        (
            lambda p: editing.edit(p, "利用者", Update(english="u"), BY),
            "update.english",
        ),
        (lambda p: import_files(p, "list.csv", BY), "paths"),
    ],
)
def test_an_argument_of_another_type_is_named_and_nothing_written(
    project, edit, argument
):
    before = files(project)
    with pytest.raises(InputError) as refused:
        edit(project)
    assert refused.value.path == argument
    assert files(project) == before


def test_a_new_project_holds_nothing_and_is_never_begun_twice(tmp_path):
    project = Project.begin(tmp_path)
    assert project.glossary() == Glossary()
    assert 'glossaries = ["glossary"]' in (tmp_path / "termbank.toml").read_text()
    with pytest.raises(ConfigError):
        Project.begin(tmp_path)


@pytest.mark.parametrize(
    "edit",
    [
        lambda p: editing.approve(p, ["サーハ"], BY),
        lambda p: editing.retire(p, "サーバー", BY),
        lambda p: editing.merge(p, "サーバー", "サーバ", by=BY),
        lambda p: editing.split(p, "サーバー", "利用者", by=BY),
        lambda p: editing.add(p, NewTerm("利用者", variants=("サーバ",)), BY),
        lambda p: editing.add(p, NewTerm("利用者", english=("user",)), BY),
        lambda p: editing.add(p, NewTerm("改\n行"), BY),
        lambda p: editing.edit(p, "利用者", Update(kind="人"), BY),
    ],
)
def test_a_refused_edit_leaves_every_byte(project, edit):
    before, history = files(project), project.history()
    with pytest.raises((GlossaryError, SchemaError)):
        edit(project)
    assert files(project) == before
    assert project.history() == history


def test_a_preview_writes_nothing_and_says_what_the_change_does(project):
    before = files(project)
    shown = editing.prefer(project, "サーバ", BY, dry=True)
    assert files(project) == before
    assert editing.prefer(project, "サーバ", BY).rows == shown.rows


def test_forms_are_found_in_any_width_and_case(project):
    editing.prefer(project, "ｻｰﾊﾞ", BY)
    assert statuses(project) == {
        "サーバ": "preferred",
        "サーバー": "admitted",
        "利用者": "preferred",
    }
    editing.edit(project, "USER", Update(note="人"), BY)
    notes = project.glossary().terms.select("form", "note").rows()
    assert ("user", "人") in notes


def test_a_renamed_form_gives_way_to_the_new_one(project):
    editing.edit(project, "利用者", Update(form="ユーザー"), BY)
    assert statuses(project)["ユーザー"] == "preferred"
    assert statuses(project)["利用者"] == "deprecated"


def test_merge_split_and_every_undo_lead_back_to_the_same_bytes(project):
    before = files(project)
    editing.merge(project, "サーバー", "利用者", by=BY)
    editing.split(project, "利用者", by=BY)
    editing.edit(project, "利用者", Update(definition="使う人", domain="IT"), BY)
    editing.reject(project, ["サーバ"], BY)
    for _ in range(4):
        project.undo(BY)
    assert files(project) == before


def test_undo_refuses_what_was_edited_by_hand_since(project):
    editing.edit(project, "利用者", Update(note="一"), BY)
    terms = project.folder / "terms.csv"
    terms.write_text(terms.read_text("utf-8").replace("一", "二"), "utf-8")
    with pytest.raises(GlossaryError, match="利用者"):
        project.undo(BY)
    assert "二" in terms.read_text("utf-8")


def test_a_rejected_proposal_takes_its_concept_and_never_returns(project):
    mentions = termbank.mine(termbank.documents(["停戦案を話した。停戦案は続く。"] * 2))
    build_into_project(project, mentions, BY)
    assert "停戦案" in statuses(project)
    editing.reject(project, ["停戦案"], BY)
    build_into_project(project, mentions, BY)
    assert "停戦案" not in statuses(project)
    assert ("ja", "reject", "停戦案", "") in project.rows().tables["decisions"]


def test_decisions_bear_who_when_and_why(project):
    row = project.rows().tables["decisions"]["ja", "prefer", "サーバー", ""]
    assert row[4:] == ("葵", "2026-12-01T09:00:00Z", "社内規則")


def test_homographs_are_listed_and_told_apart(tmp_path):
    folder = tmp_path / "glossary"
    one = Glossary.from_variants({"橋": []}, lang="ja")
    rows = one.terms.with_columns(concept_id=pl.lit("0" * 12))
    both = Glossary(None, None, pl.concat([one.terms, rows]))
    both.write(folder)
    project = Project(folder)
    with pytest.raises(GlossaryError, match="000000000000"):
        editing.approve(project, ["橋"], BY)
    editing.approve(project, ["橋"], BY, concept="0" * 12)


def test_a_concept_shows_what_git_and_the_journal_know_of_it(project):
    import shutil
    import subprocess

    from termbank.operations.browsing import concept_page

    if shutil.which("git") is None:
        pytest.skip("needs git")
    home = project.folder.parent
    setting = ("-c", "user.name=葵", "-c", "user.email=a@example.org")
    for words in (("init", "-q"), ("add", "glossary"), ("commit", "-qm", "初版")):
        subprocess.run(["git", *setting, *words], cwd=home, check=True)
    editing.edit(project, "利用者", Update(note="人"), BY)
    (concept,) = project.rows().concepts("利用者", "ja")
    told = [event.what for event in concept_page(project, concept).history]
    assert "初版" in told
    assert any(what.startswith("edit") for what in told)
