"""LibreOffice keeps the translator's sheet whole."""

import pytest

pytest.importorskip("openpyxl")

import openpyxl


def test_a_sheet_that_libreoffice_has_saved_changes_nothing_but_what_was_filled_in(
    program, project, run_program, tmp_path
):
    office = program("soffice")
    termbank = str(tmp_path / "bin" / "termbank")
    glossary = ["--glossary", str(project / "glossary")]
    sheet = tmp_path / "sheet.xlsx"
    run_program(
        [
            termbank,
            "export",
            str(project / "glossary"),
            "--to",
            "sheet",
            "-o",
            str(sheet),
        ]
    )
    profile = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    saved = tmp_path / "saved"
    convert = [office, profile, "--headless", "--convert-to"]
    run_program([*convert, "ods", "--outdir", str(saved), str(sheet)])
    run_program([*convert, "xlsx", "--outdir", str(saved), str(saved / "sheet.ods")])
    terms = project / "glossary" / "terms.csv"
    before = terms.read_bytes()
    back = [termbank, "import", *glossary, "--who", "a translator"]
    output = run_program([*back, str(saved / "sheet.xlsx")])
    assert terms.read_bytes() == before, output

    book = openpyxl.load_workbook(saved / "sheet.xlsx")
    (row,) = [row for row in book.active.iter_rows() if row[1].value == "サーバー"]
    row[2].value = "server"
    book.save(tmp_path / "filled.xlsx")
    run_program(
        [*convert, "ods", "--outdir", str(saved), str(tmp_path / "filled.xlsx")]
    )
    output = run_program([*back, str(saved / "filled.ods")])
    added = set(terms.read_text("utf-8").splitlines()) - set(
        before.decode().splitlines()
    )
    assert [line.split(",")[1:3] for line in added] == [["en", "server"]], output
