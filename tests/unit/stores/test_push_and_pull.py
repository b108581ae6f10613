"""Push and pull between a glossary's files and a team's store: three-way, nothing lost."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbank import cli
from termbank.errors import FormatError
from termbank.operations.project import Project
from termbank.operations.row_changes import Author
from termbank.operations.team.push_and_pull import pull, push
from termbank.operations.team.store_base import FILE, read_base
from termbank.operations.team.three_way_merge import merge_entries
from termbank.operations.term_editing import add, edit
from termbank.operations.term_values import NewTerm, Update
from termbank.stores import open_store

BY = Author("愛子", datetime(2026, 12, 1, tzinfo=UTC))


@pytest.fixture
def store(address):
    return open_store(address, create=True)


@pytest.fixture
def clone(tmp_path):
    """Glossary folder of a person's clone."""

    def project(name):
        folder = tmp_path / name / "glossary"
        if not folder.exists():
            Project.begin(tmp_path / name)
        return Project(folder)

    return project


def forms(project):
    return set(Project(project.folder).glossary().terms["form"])


def note(project, form):
    terms = Project(project.folder).glossary().terms
    return terms.filter(form=form)["note"].item()


def test_nothing_new_changes_nothing(store, clone):
    project = clone("a")
    assert push(project, store, BY).change.rows == ()
    assert pull(project, store, BY).change.rows == ()
    assert store.audit() == []


def test_what_one_pushes_the_other_pulls(store, clone):
    first, second = clone("a"), clone("b")
    add(first, NewTerm("停戦", "ja", ("ceasefire",)), BY)
    assert push(first, store, BY).clashes == ()
    assert pull(second, store, BY).clashes == ()
    assert forms(second) == forms(first) == {"停戦", "ceasefire"}
    files = [(p.folder / "terms.csv").read_bytes() for p in (first, second)]
    assert files[0] == files[1]
    assert store.audit()[0].note.who == "愛子"


def test_changes_of_both_sides_meet(store, clone):
    first, second = clone("a"), clone("b")
    for form in ("停戦", "協定", "制裁"):
        add(first, NewTerm(form, "ja", ()), BY)
    push(first, store, BY)
    pull(second, store, BY)
    edit(first, "停戦", Update(note="一"), BY)
    edit(second, "協定", Update(note="二"), BY)
    add(second, NewTerm("合意", "ja", ()), BY)
    assert not push(second, store, BY).clashes
    assert not push(first, store, BY).clashes  # without a pull in between
    edit(first, "停戦", Update(note="三"), BY)
    assert not push(first, store, BY).clashes  # and once more
    assert note(first, "協定") is None
    for project in (first, second):
        assert not pull(project, store, BY).clashes
        assert note(project, "停戦") == "三"
        assert note(project, "協定") == "二"
    assert Project(first.folder).glossary() == Project(second.folder).glossary()
    assert read_base(first.folder).pushed == {}


def test_rows_of_one_concept_are_joined_by_a_pull(store, clone):
    first, second = clone("a"), clone("b")
    add(first, NewTerm("停戦", "ja", ("ceasefire",)), BY)
    push(first, store, BY)
    pull(second, store, BY)
    edit(first, "停戦", Update(note="日本語"), BY)
    edit(second, "ceasefire", Update(note="English"), BY)
    push(first, store, BY)
    head = store.entries()[0]
    assert push(second, store, BY).clashes  # pull first
    assert store.entries()[0] == head
    assert not pull(second, store, BY).clashes
    assert not push(second, store, BY).clashes
    pull(first, store, BY)
    for project in (first, second):
        assert note(project, "停戦") == "日本語"
        assert note(project, "ceasefire") == "English"


@pytest.fixture
def clash(store, clone):
    """Two clones that changed the same row; the first has pushed."""
    first, second = clone("a"), clone("b")
    add(first, NewTerm("停戦", "ja", ()), BY)
    add(first, NewTerm("協定", "ja", ()), BY)
    push(first, store, BY)
    pull(second, store, BY)
    edit(first, "停戦", Update(note="一"), BY)
    edit(first, "協定", Update(note="届く"), BY)
    edit(second, "停戦", Update(note="二"), BY)
    push(first, store, BY)
    return second


def test_a_clash_is_listed_and_writes_nothing(store, clash):
    before = {p.name: p.read_bytes() for p in clash.folder.iterdir()}
    head = store.entries()[0]
    for act in (push, pull):
        (found,) = act(clash, store, BY).clashes
        ((table, key, ours, theirs),) = found.rows
        assert (table, key[2], "二" in ours, "一" in theirs) == (
            "terms",
            "停戦",
            True,
            True,
        )
    assert store.entries()[0] == head
    assert {p.name: p.read_bytes() for p in clash.folder.iterdir()} == before


@pytest.mark.parametrize(("take", "expected"), [("files", "二"), ("store", "一")])
def test_a_person_says_whose_version_wins(store, clash, take, expected):
    assert not pull(clash, store, BY, take=take).clashes
    assert note(clash, "停戦") == expected
    assert note(clash, "協定") == "届く"
    assert not push(clash, store, BY).clashes
    rows = [row for e in store.entries()[1] for row in e.tables.get("terms", ())]
    assert [expected in row for row in rows if row[2] == "停戦"] == [True]


def test_what_was_removed_goes_and_stays_gone(store, clone):
    first, second = clone("a"), clone("b")
    for form in ("停戦", "協定"):
        add(first, NewTerm(form, "ja", ()), BY)
    push(first, store, BY)
    pull(second, store, BY)
    first.undo(BY)  # 協定 goes
    push(first, store, BY)
    assert not push(second, store, BY).change.rows
    pull(second, store, BY)
    assert forms(second) == {"停戦"}


def test_a_clone_without_a_base_loses_nothing(store, clone):
    first, second = clone("a"), clone("b")
    add(first, NewTerm("停戦", "ja", ()), BY)
    push(first, store, BY)
    add(second, NewTerm("協定", "ja", ()), BY)
    assert not push(second, store, BY).clashes
    assert not pull(second, store, BY).clashes
    assert forms(second) == {"停戦", "協定"}


def test_an_older_branch_does_not_take_back_what_is_newer(store, clone):
    project = clone("a")
    add(project, NewTerm("停戦", "ja", ()), BY)
    push(project, store, BY)
    branch = {p: p.read_bytes() for p in project.folder.iterdir()}
    edit(project, "停戦", Update(note="新"), BY)
    push(project, store, BY)
    for path, content in branch.items():  # git switch
        path.write_bytes(content)
    assert not push(Project(project.folder), store, BY).change.rows
    pull(Project(project.folder), store, BY)
    assert note(project, "停戦") == "新"


def test_a_broken_base_is_an_error_with_its_line(store, clone):
    project = clone("a")
    (project.folder / FILE).write_text("<<<<<<< HEAD\nnumber 3\n", "utf-8")
    with pytest.raises(FormatError) as fault:
        pull(project, store, BY)
    assert fault.value.line == 1


def test_the_commands_say_conflicts_in_lines_and_exit_1(
    store, clash, address, capsys, monkeypatch
):
    monkeypatch.chdir(clash.folder.parent)
    monkeypatch.setenv("TERMBANK_STORE", address)
    monkeypatch.setenv("TERMBANK_MESSAGES", "en")
    assert cli.main(["push"]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 1
    assert cli.main(["pull"]) == 1
    out = capsys.readouterr().out
    assert "停戦" in out
    assert "'二'" in out
    assert "'一'" in out
    assert cli.main(["pull", "--format", "json"]) == 1
    assert len(json.loads(capsys.readouterr().out)["conflicts"]) == 1
    assert cli.main(["pull", "--take", "files", "--dry-run"]) == 0
    assert cli.main(["pull", "--take", "files"]) == 0
    assert cli.main(["push", "--why", "決定会議"]) == 0
    assert cli.main(["store", "audit", "--format", "json"]) == 0
    capsys.readouterr()
    assert cli.main(["store", "status"]) == 0
    assert "role: owner" in capsys.readouterr().out


def test_without_a_store_named_a_command_says_so(clone, monkeypatch, capsys):
    monkeypatch.chdir(clone("a").folder.parent)
    monkeypatch.delenv("TERMBANK_STORE", raising=False)
    assert cli.main(["push"]) == 2
    assert cli.main(["push", "--store", "host=x password=hunter2"]) == 2
    assert "hunter2" not in capsys.readouterr().err


def test_a_store_set_back_gets_a_new_identity(store, clone):
    project = clone("a")
    add(project, NewTerm("停戦", "ja", ()), BY)
    push(project, store, BY)
    before = store.identity
    store.renew()
    assert store.identity != before
    assert not pull(project, store, BY).clashes
    assert read_base(project.folder).store == store.identity


ROWS = st.dictionaries(
    st.sampled_from("abc"), st.sampled_from(["一", "二", "三"]), max_size=3
)


def entries(forms_of):
    found = {}
    for form, text in forms_of.items():
        row = ("a", "ja", form, "", "admitted", *[""] * 8, text, "")
        found.setdefault("terms", []).append(row)
    if not found:
        return {}
    tables = {name: tuple(sorted(rows)) for name, rows in found.items()}
    head = ("a", "term", "", "preferred", "", "")
    return {("concept", "a"): {"concepts": (head,), **tables}}


@settings(max_examples=150)
@given(ours=ROWS, base=ROWS, theirs=ROWS)
def test_a_merge_keeps_every_row_that_a_side_changed(ours, base, theirs):
    merge = merge_entries(entries(ours), entries(base), entries(theirs))
    if merge.clashes:
        changed = {f for f in "abc" if ours.get(f) != base.get(f) != theirs.get(f)}
        assert changed or not ours or not theirs
        return
    result = {**entries(ours), **merge.incoming, **merge.joined}
    tables = result.get(("concept", "a")) or {}
    texts = {row[2]: row[-2] for row in tables.get("terms", ())}
    for form in "abc":
        if ours.get(form) != base.get(form):
            assert texts.get(form) == ours.get(form)
        else:
            assert texts.get(form) == theirs.get(form)


def concept_with(**statuses):
    rows = [
        ("a", "ja", form, "", status, *[""] * 10) for form, status in statuses.items()
    ]
    head = ("a", "term", "", "preferred", "", "")
    return {("concept", "a"): {"concepts": (head,), "terms": tuple(sorted(rows))}}


def test_two_forms_preferred_by_two_people_are_a_clash():
    base = concept_with(停戦="preferred", 停火="admitted", 休戦="admitted")
    ours = concept_with(停戦="admitted", 停火="preferred", 休戦="admitted")
    theirs = concept_with(停戦="admitted", 停火="admitted", 休戦="preferred")
    (clash,) = merge_entries(ours, base, theirs).clashes
    assert {key[2] for _, key, *_ in clash.rows} == {"停火", "休戦"}


def test_a_form_added_to_a_concept_that_was_removed_is_a_clash():
    base, more = (
        concept_with(停戦="preferred"),
        concept_with(停戦="preferred", 停火="admitted"),
    )
    for ours, theirs in ((more, {}), ({}, more)):
        (clash,) = merge_entries(ours, base, theirs).clashes
        assert None in (clash.ours, clash.theirs)


def test_the_same_decision_of_two_people_is_no_clash():
    def decided(who):
        row = ("ja", "reject", "停火", "", who, "2026-12-01T00:00:00Z", "")
        return {("decision", "k"): {"decisions": (row,)}}

    merge = merge_entries(decided("愛子"), {}, decided("健"))
    assert merge.clashes == ()
    assert merge.incoming == decided("健")


def test_another_store_is_not_taken_for_the_one_the_files_know(store, clone, tmp_path):
    project, other = clone("a"), clone("b")
    add(project, NewTerm("停戦", "ja", ()), BY)
    push(project, store, BY)
    second = open_store(f"sqlite://{tmp_path / 'second.db'}", create=True)
    add(other, NewTerm("協定", "ja", ()), BY)
    push(other, second, BY)
    assert not push(project, second, BY).clashes
    assert not pull(project, second, BY).clashes
    assert forms(project) == {"停戦", "協定"}


@pytest.mark.parametrize(
    "words",
    [
        ("convert", "postgresql://aiko:hunter2@127.0.0.1:1/terms", "a.csv"),
        ("inspect", "postgresql://aiko:hunter2@127.0.0.1:1/terms"),
        ("check", "postgresql://aiko:hunter2@127.0.0.1:1/terms"),
        ("diff", "postgresql://aiko:hunter2@127.0.0.1:1/terms", "a.csv"),
        ("export", "postgresql://aiko:hunter2@127.0.0.1:1/terms", "-o", "a.csv"),
        ("stats", "--glossary", "postgresql://aiko:hunter2@127.0.0.1:1/terms"),
        ("lookup", "停戦", "--glossary", "postgresql://a:hunter2@127.0.0.1:1/t"),
        ("memory", "stats", "-m", "postgresql://a:hunter2@127.0.0.1:1/t"),
        ("store", "init", "postgresql://127.0.0.1:1/t?password=hunter2"),
        ("store", "postgresql://a:hunter2@127.0.0.1:1/t"),
        ("push", "postgresql://a:hunter2@127.0.0.1:1/t"),
        ("build", "-o", "postgresql://a:hunter2@127.0.0.1:1/t", "absent.md"),
    ],
)
def test_no_command_prints_a_password(words, tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    try:
        code = cli.main(list(words))
    except SystemExit as ended:
        code = ended.code
    assert code in (1, 2)
    printed = capfd.readouterr()
    assert "hunter2" not in printed.out + printed.err
    assert "Traceback" not in printed.err
