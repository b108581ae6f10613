"""The translator's sheet: what must come back unharmed, then what an edit does."""

from datetime import UTC, datetime

import pytest

from termbank.operations import term_editing as editing
from termbank.operations.project import Project
from termbank.operations.row_changes import Author
from termbank.operations.sheet.sheet_files import is_sheet, read_sheet, write_sheet
from termbank.operations.sheet.term_sheet import sheet_rows
from termbank.operations.term_import import import_files
from termbank.operations.term_values import NewTerm, Update

openpyxl = pytest.importorskip("openpyxl")
BY = Author("葵", datetime(2026, 12, 1, tzinfo=UTC))


@pytest.fixture
def project(tmp_path):
    made = Project.begin(tmp_path)
    server = NewTerm("サーバー", english=("server", "host"), variants=("サーバ",))
    editing.add(made, server, BY)
    editing.add(made, NewTerm("利用者", english=("user",), note="人"), BY)
    editing.add(made, NewTerm("=1+1", admitted=("－", "+81")), BY)
    return made


@pytest.fixture(params=["xlsx", "csv"])
def sheet(request, project, tmp_path):
    path = tmp_path / f"terms.{request.param}"
    write_sheet(sheet_rows(project), str(path))
    return path


def edit(path, form, **values):
    """Fill cells of the row with a form, as a person does."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    heads = {cell.value: cell.column for cell in page[1]}
    row = next(r for r in range(2, page.max_row + 1) if page.cell(r, 2).value == form)
    for head, value in values.items():
        page.cell(row, heads[head]).value = value
    book.save(path)


@pytest.fixture
def book(project, tmp_path):
    path = tmp_path / "terms.xlsx"
    write_sheet(sheet_rows(project), str(path))
    return path


def terms(project, form):
    (concept,) = project.rows().concepts(form, "ja")
    return {(row[1], row[2]): row[4] for row in project.rows().terms(concept)}


def test_an_untouched_sheet_changes_nothing(project, sheet):
    before = {path.name: path.read_bytes() for path in project.folder.iterdir()}
    done = import_files(project, [str(sheet)], BY)
    assert done.change.rows == ()
    assert done.contradictions == ()
    after = {path.name: path.read_bytes() for path in project.folder.iterdir()}
    assert after == before


def test_a_half_filled_sheet_is_no_error(project, book):
    page = openpyxl.load_workbook(book)
    rows = page.worksheets[0]
    rows.append([])
    rows.append([None, None, "orphan"])
    rows.append([None, "量子"])
    rows.append(["zzz", None, None, None, None, "？", "x", None, "多分"])
    page.save(book)
    done = import_files(project, [str(book)], BY)
    assert done.new == ("量子",)
    assert done.contradictions == ()


def test_cells_that_a_person_changed_go_in_and_no_others(project, book):
    edit(
        book, "サーバー", 英語="host; server", 許容する表記="サーバ", 使わない表記="鯖"
    )
    edit(book, "利用者", 日本語="ユーザー", 注記="社内", 種類="人名")
    done = import_files(project, [str(book)], BY)
    assert done.contradictions == ()
    assert terms(project, "サーバー") == {
        ("en", "host"): "preferred",
        ("en", "server"): "admitted",
        ("ja", "サーバー"): "preferred",
        ("ja", "サーバ"): "admitted",
        ("ja", "鯖"): "deprecated",
    }
    assert terms(project, "ユーザー")["ja", "利用者"] == "deprecated"


def test_a_status_rejects_a_question_asks_and_a_comment_is_heard(project, book):
    edit(book, "サーバー", 状態="却下")
    edit(book, "利用者", 質問="「ユーザー」では？")
    page = openpyxl.load_workbook(book)
    page.worksheets[0]["C3"].comment = openpyxl.comments.Comment("client か", "訳者")
    page.save(book)
    import_files(project, [str(book)], BY)
    import_files(project, [str(book)], BY)
    assert project.rows().concepts("サーバー", "ja") == []
    asked = project.journal.read("SELECT kind, body FROM requests ORDER BY body")
    assert asked == [("question", "client か"), ("question", "「ユーザー」では？")]


def test_what_both_changed_is_a_conflict_and_the_glossary_stands(project, book):
    edit(book, "利用者", 注記="甲", 英語="user; end user")
    editing.edit(project, "利用者", Update(note="乙"), BY)
    done = import_files(project, [str(book)], BY)
    assert [(one.form, one.ours) for one in done.contradictions] == [("利用者", "乙")]
    assert ("en", "end user") in terms(project, "利用者")
    import_files(project, [str(book)], BY, theirs=True)
    assert sheet_rows(project)[-1].note == "甲" or "甲" in {
        row.note for row in sheet_rows(project)
    }


def test_what_the_glossary_changed_meanwhile_is_not_undone(project, book):
    edit(book, "サーバー", 注記="x")
    editing.edit(project, "利用者", Update(note="新"), BY)
    editing.prefer(project, "サーバ", BY)
    import_files(project, [str(book)], BY)
    assert terms(project, "サーバー")["ja", "サーバ"] == "preferred"
    assert "新" in {row.note for row in sheet_rows(project)}


def test_a_concept_taken_out_meanwhile_stays_out(project, book):
    editing.reject(project, ["利用者"], BY)
    done = import_files(project, [str(book)], BY)
    assert done.new == ()
    assert project.rows().concepts("利用者", "ja") == []


def test_comments_and_further_columns_outlive_a_new_export(project, book):
    page = openpyxl.load_workbook(book)
    rows = page.worksheets[0]
    rows["L1"] = "顧客"
    line = next(r for r in range(2, 5) if rows.cell(r, 2).value == "利用者")
    rows.cell(line, 12).value = "A社"
    rows.cell(line, 3).comment = openpyxl.comments.Comment("要確認", "訳者")
    page.save(book)
    editing.add(project, NewTerm("量子"), BY)
    write_sheet(sheet_rows(project), str(book))
    again = openpyxl.load_workbook(book).worksheets[0]
    line = next(r for r in range(2, 6) if again.cell(r, 2).value == "利用者")
    assert again.cell(line, 12).value == "A社"
    assert again.cell(line, 3).comment.text == "要確認"
    assert again.max_row == 5


def test_the_workbook_is_dressed_for_work(book):
    page = openpyxl.load_workbook(book).worksheets[0]
    assert page.freeze_panes == "C2"
    assert page.auto_filter.ref.startswith("A1:")
    assert page["B1"].font.bold
    assert page.column_dimensions["H"].width >= 40
    lists = [one.formula1 for one in page.data_validations.dataValidation]
    assert any("承認" in words or "approved" in words for words in lists)
    hidden = openpyxl.load_workbook(book)["termbank"].sheet_state
    assert hidden == "hidden"


def test_no_cell_is_a_formula(project, sheet):
    rows = read_sheet(str(sheet)).rows
    assert "=1+1" in {row.japanese for _, row in rows}
    if sheet.suffix == ".xlsx":
        kinds = {
            cell.data_type
            for row in openpyxl.load_workbook(sheet).worksheets[0].iter_rows()
            for cell in row
        }
        assert "f" not in kinds


def test_other_tables_are_no_sheets(tmp_path, sheet):
    other = tmp_path / "other.csv"
    other.write_text("ja,en\nサーバー,server\n", "utf-8")
    assert not is_sheet(str(other))
    assert is_sheet(str(sheet))
