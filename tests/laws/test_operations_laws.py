"""No edit and no decision is lost, whatever is done in whatever order."""

from datetime import UTC, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import termbank
from termbank.errors import GlossaryError
from termbank.glossary import Glossary
from termbank.operations import term_editing as editing
from termbank.operations.concept_edits import Draft
from termbank.operations.glossary_rows import GlossaryRows
from termbank.operations.project import Project
from termbank.operations.project_building import build_into_project
from termbank.operations.row_changes import Author
from termbank.operations.sheet.sheet_files import write_sheet
from termbank.operations.sheet.term_sheet import sheet_rows
from termbank.operations.term_import import import_files
from termbank.operations.term_values import NewTerm, Update

WHEN = datetime(2026, 12, 1, tzinfo=UTC)
BY = Author("葵", WHEN)
FORMS = ("サーバー", "サーバ", "利用者", "ユーザー", "停戦案", "停戦提案", "キーウ")
TEXT = "停戦案をキーウで話した。停戦案は続く。停戦提案とサーバとサーバーと利用者。"
form = st.sampled_from(FORMS)
FEW = settings(max_examples=60, deadline=None)


def glossary_of(words):
    return Glossary.from_variants({one: rest for one, *rest in words}, lang="ja")


groups = st.lists(
    st.lists(form, min_size=1, max_size=3), min_size=1, max_size=3
).filter(lambda words: len({f for g in words for f in g}) == sum(map(len, words)))
steps = st.sampled_from(["prefer", "admit", "retire", "reject", "merge", "split"])


@FEW
@given(groups, st.lists(st.tuples(steps, form, form), max_size=4))
def test_edits_of_rows_and_of_frames_are_the_same_edits(words, edits):
    glossary = glossary_of(words)
    rows = GlossaryRows.of(glossary)
    for action, one, other in edits:
        named = (one, other) if action == "merge" else (one,)
        try:
            edited = getattr(glossary, action)(*named, who=BY.who, when=BY.when)
        except GlossaryError:
            edited = None
        draft = Draft(rows)
        try:
            places = [rows.locate(name, "ja") for name in named]
            if action == "merge" and places[0][0] == places[1][0]:
                raise GlossaryError(one, "", "")
            concept, lang, exact = places[0]
            if action in ("prefer", "admit", "retire"):
                draft.set_status(concept, lang, exact, action, BY)
            elif action == "reject":
                draft.reject(concept, lang, exact, BY)
            elif action == "merge":
                draft.merge(concept, places[1][0], lang, (exact, places[1][2]), BY)
            else:
                draft.split(concept, lang, [exact], BY)
        except GlossaryError:
            assert edited is None, (action, named)
            continue
        assert edited is not None, (action, named)
        rows.apply(draft.changes())
        glossary = edited
        ours = Glossary(**rows.frames()._asdict())
        # Without a reason the rows keep the former one, which frames clear.
        drop = pl.lit(None, pl.String)
        assert ours.concepts.equals(glossary.concepts)
        assert ours.terms.with_columns(reason=drop).equals(
            glossary.terms.with_columns(reason=drop)
        )
        assert ours.decisions.equals(glossary.decisions)


@FEW
@given(groups)
def test_files_are_written_as_a_glossary_writes_them(words):
    import tempfile
    from pathlib import Path

    glossary = glossary_of(words).prefer(words[0][-1])
    with tempfile.TemporaryDirectory() as folder:
        glossary.write(folder)
        rows = GlossaryRows.read(Path(folder))
        for path in Path(folder).iterdir():
            assert rows.csv(path.stem) == path.read_text("utf-8")


@pytest.fixture(scope="module")
def mentions():
    return termbank.mine(termbank.documents([TEXT, TEXT + "キーウ。"]))


actions = st.sampled_from(
    [
        *("build", "prefer", "retire", "reject", "merge", "split", "approve", "note"),
        *("add", "import", "export", "sheet", "undo"),
    ]
)


@settings(max_examples=500, deadline=None)
@given(sequence=st.lists(st.tuples(actions, form, form), min_size=2, max_size=8))
def test_no_edit_or_decision_is_lost(sequence, mentions, tmp_path_factory):
    folder = tmp_path_factory.mktemp("p")
    project = Project(folder / "glossary")
    noted: dict[str, str] = {}
    for number, (action, one, other) in enumerate(sequence):
        before = project.rows().tables
        decided = dict(before["decisions"])
        rows = {name: dict(table) for name, table in before.items()}
        change = step(project, action, one, other, f"注{number}", mentions, folder)
        after = project.rows().tables
        changed = {(row.table, row.key) for row in change.rows} if change else set()
        for name, table in rows.items():
            for key, row in table.items():
                if (name, key) not in changed:
                    assert after[name].get(key) == row, (action, name, key)
        if action == "sheet":
            assert after == rows
        if action == "build":
            for name, table in rows.items():
                assert table.items() <= after[name].items(), name
        if action in ("build", "import", "export", "sheet"):
            assert decided.items() <= after["decisions"].items(), action
            assert notes_of(project, noted) == noted
        elif action == "note" and change is not None:
            noted[one] = f"注{number}"
        else:
            noted = notes_of(project, noted)


def notes_of(project, noted):
    """Notes that stand under their forms now."""
    rows = project.rows().tables["terms"].values()
    present = {row[2]: row[13] for row in rows if row[2] in noted}
    return {form: note for form, note in present.items() if note}


def step(project, action, one, other, note, mentions, folder):
    def exchange(back):
        file = folder / "list.tbx"
        project.glossary().write(file)
        return import_files(project, [str(file)], BY).change if back else None

    def sheet():
        file = folder / "sheet.csv"
        write_sheet(sheet_rows(project), str(file))
        return import_files(project, [str(file)], BY).change

    term = NewTerm(one, english=(other,))
    moves = {
        "build": lambda: build_into_project(project, mentions, BY).change,
        "note": lambda: editing.edit(project, one, Update(note=note), BY),
        "add": lambda: editing.add(project, term, BY),
        "approve": lambda: editing.approve(project, [one], BY),
        "reject": lambda: editing.reject(project, [one], BY),
        "merge": lambda: editing.merge(project, one, other, by=BY),
        "split": lambda: editing.split(project, one, by=BY),
        "prefer": lambda: editing.prefer(project, one, BY),
        "retire": lambda: editing.retire(project, one, BY),
        "sheet": sheet,
        "undo": lambda: project.undo(BY),
        "import": lambda: exchange(back=True),
        "export": lambda: exchange(back=False),
    }
    try:
        return moves[action]()
    except termbank.TermbankError:
        return None
