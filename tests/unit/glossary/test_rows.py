"""Glossary files: each fault has its line; rows are what the files say."""

import pytest

from termbank import glossary_places, schemas
from termbank import table_columns as said
from termbank.errors import FormatError, GlossaryError, InputError
from termbank.glossary import Glossary, concept_id
from termbank.glossary.light_rows import TermRow, definitions, read_rows, rows_of

KYIV = concept_id("ja", "キーウ")
HEADER = "concept_id,lang,form,status\n"


def folder(place, **files):
    for name, content in files.items():
        encoded = content if isinstance(content, bytes) else content.encode()
        (place / f"{name}.csv").write_bytes(encoded)
    return str(place)


def test_a_terms_file_alone_suffices(tmp_path):
    place = folder(tmp_path, terms=f"{HEADER}{KYIV},ja,キーウ,preferred\n")
    assert read_rows(place) == [
        TermRow(KYIV, "term", "", "ja", "キーウ", "", "preferred", "", "", "", "", "")
    ]
    assert definitions(place) == {}


def test_kind_and_domain_come_from_the_concepts(tmp_path):
    place = folder(
        tmp_path,
        terms=f"{HEADER}{KYIV},ja,キーウ,preferred\n",
        concepts=f"concept_id,kind,domain,status\n{KYIV},place,地理,preferred\n",
        definitions=f"concept_id,lang,text\n{KYIV},ja,ウクライナの首都。\n",
    )
    (row,) = read_rows(place)
    assert (row.kind, row.domain) == ("place", "地理")
    assert definitions(place) == {(KYIV, "ja"): "ウクライナの首都。"}


def test_a_mark_of_excel_and_its_line_ends_are_no_fault(tmp_path):
    content = f"\ufeff{HEADER}{KYIV},ja,キーウ,preferred\n".replace("\n", "\r\n")
    assert read_rows(folder(tmp_path, terms=content))[0].form == "キーウ"


GOOD = f"{KYIV},ja,キーウ,preferred\n"
BROKEN = {
    "nothing at all": ("", 1, "empty file"),
    "another header": ("a,b\n", 1, "column 'a'"),
    "a column short": ("concept_id,lang,form\n", 1, "no column 'status'"),
    "a column twice": ("concept_id,lang,lang,form,status\n", 1, "twice"),
    "a ragged row": (f"{HEADER}{GOOD}{KYIV},ja\n", 3, "2 fields"),
    "an open quote": (f'{HEADER}{GOOD}{KYIV},ja,"キエフ,preferred\n', 3, "end of data"),
    "a NUL": (f"{HEADER}{KYIV},ja,キ\0ウ,preferred\n", 2, "NUL"),
    "Shift_JIS": (HEADER.encode() + f"{KYIV},ja,".encode() + b"\x83L\n", 2, "0x83"),
    "an unknown status": (f"{HEADER}{KYIV},ja,キーウ,good\n", 2, "'good'"),
    "an empty form": (f"{HEADER}{GOOD}{KYIV},ja,,preferred\n", 3, "empty form"),
    "a foreign id": (f"{HEADER}kyiv,ja,キーウ,preferred\n", 2, "'kyiv'"),
    "a form on two lines": (f'{HEADER}{KYIV},ja,"キ\nウ",preferred\n', 2, "form"),
    "a row twice": (f"{HEADER}{GOOD}{GOOD}", 3, "once more"),
    "a wrong date": (
        f"concept_id,lang,form,status,since\n{KYIV},ja,キーウ,preferred,31.3.2022\n",
        2,
        "since '31.3.2022'",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_gets_one_line_with_the_place(name, tmp_path):
    content, line, found = BROKEN[name]
    place = folder(tmp_path, terms=content)
    with pytest.raises(FormatError) as caught:
        read_rows(place)
    assert caught.value.line == line
    assert found in caught.value.found
    assert caught.value.path.endswith("terms.csv")
    assert "\n" not in str(caught.value)
    with pytest.raises(FormatError):
        Glossary.read(place)


def test_a_line_counts_the_lines_of_quoted_fields_before_it(tmp_path):
    notes = "concept_id,lang,form,status,note\n"
    content = f'{notes}{KYIV},ja,キーウ,preferred,"一\n二"\n{KYIV},ja,キエフ,bad,\n'
    with pytest.raises(FormatError) as caught:
        read_rows(folder(tmp_path, terms=content))
    assert caught.value.line == 4


def test_a_decision_needs_a_known_action_and_a_time_in_utc(tmp_path):
    good = f"{HEADER}{GOOD}"
    head = "lang,action,left,right,who,when,why\n"
    for row in ("ja,like,キーウ,,,,", "ja,prefer,キーウ,,,2024-01-01T09:00:00+09:00,"):
        place = folder(tmp_path, terms=good, decisions=f"{head}{row}\n")
        with pytest.raises(FormatError) as caught:
            Glossary.read(place)
        assert caught.value.line == 2


@pytest.mark.parametrize(
    ("until", "good"),
    [
        ("2022-03-31", True),
        ("", True),
        ("20220331", False),
        ("2022-W13-4", False),
        ("2022-3-31", False),
        ("2022-02-30", False),
        ("2022-03-31T09:00:00Z", False),
    ],
)
def test_a_date_is_written_year_month_day_with_hyphens(tmp_path, until, good):
    head = "concept_id,lang,form,status,until\n"
    place = folder(tmp_path, terms=f"{head}0123456789ab,ja,キエフ,preferred,{until}\n")
    if good:
        assert len(read_rows(str(place))) == 1
        return
    for read in (Glossary.read, read_rows):
        with pytest.raises(FormatError) as caught:
            read(str(place))
        assert caught.value.line == 2


def test_a_folder_without_terms_says_what_is_missing(tmp_path):
    with pytest.raises(InputError, match=r"terms\.csv"):
        read_rows(str(tmp_path))
    with pytest.raises(InputError, match=r"terms\.csv"):
        Glossary.read(tmp_path)
    with pytest.raises(InputError):
        Glossary.read(tmp_path / "nowhere")


def test_rows_of_an_object_are_the_rows_of_its_files(tmp_path):
    glossary = Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja")
    glossary.write(tmp_path)
    assert rows_of(glossary) == read_rows(str(tmp_path))


def test_the_columns_of_the_files_are_the_columns_of_the_frames():
    for name, columns in said.COLUMNS.items():
        schema = getattr(schemas, name.capitalize())
        assert columns == tuple(schema.columns())
        assert said.KEYS[name] == tuple(schema.primary_key())


def test_identifiers_go_on_where_their_digits_are_taken():
    taken = set()
    for _ in range(12):  # more than one digest holds
        made = concept_id("ja", "キーウ", taken)
        assert made not in taken
        assert len(made) == 12
        taken.add(made)
    assert concept_id("en", "キーウ") != concept_id("ja", "キーウ")


def test_an_installation_without_its_glossary_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(glossary_places, "_PACKAGE", str(tmp_path / "src" / "termbank"))
    with pytest.raises(GlossaryError, match="pip install"):
        glossary_places.shipped_folder()
    inside = tmp_path / "src" / "termbank" / "shipped"
    inside.mkdir(parents=True)
    folder(inside, terms=HEADER)
    assert glossary_places.shipped_folder() == str(inside)
