"""Tables: encodings, separators, layouts; faults have lines, oddities are warnings."""

import pytest

from termbank.errors import FormatError
from termbank.formats.model.concept_records import Concept, Term
from termbank.formats.tables.dialects import DIALECTS
from termbank.formats.tables.pair_writer import PairWriter
from termbank.formats.tables.record_reader import Reader
from termbank.formats.utx import Utx


def _file(tmp_path, content, name="a.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def _forms(path, **options):
    return [
        [(t.lang, t.form, t.status) for t in c.terms]
        for c in Reader(path, **options).concepts()
    ]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp"]
)
def test_encodings_are_recognised(tmp_path, encoding):
    text = "source,target,status\n停戦合意について,ceasefire agreement,approved\n"
    path = _file(tmp_path, text.encode(encoding))
    ((source, target),) = _forms(path)
    assert (source[1], target[1], target[2]) == (
        "停戦合意について",
        "ceasefire agreement",
        "preferred",
    )


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('a,b\n"x,y\nz,w\n', 2),
        ("a,b\nx\0,y\n", 2),
        ("source,target,source\na,b,c\n", 1),
        ("a,b\n" + "x" * (1 << 20) + "y,b\n", 2),
        (",".join(["x"] * 1001), 1),
        (b"a,b\nx\x81,\xff\xfe\xfd\n", 2),
    ],
)
def test_faults_have_their_line(tmp_path, content, line):
    with pytest.raises(FormatError) as caught:
        list(Reader(_file(tmp_path, content)).concepts())
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("source,target\nキーウ\n", "2"),
        ("source;target\nキーウ;Kyiv\n", "semicolons"),
        (b"\xef\xbb\xbf\xef\xbb\xbfsource,target\na,b\n", "byte order"),
        ("source,target\n=1+1,x\n", "formula"),
    ],
)
def test_oddities_are_warnings_that_name_the_place(tmp_path, content, word):
    reader = Reader(_file(tmp_path, content))
    list(reader.concepts())
    assert any(word in warning for warning in reader.warnings)


def test_a_bare_table_gets_its_languages_from_its_letters(tmp_path):
    path = _file(tmp_path, "# comment\nError\tエラー\tnoun\n", "a.txt")
    assert _forms(path, separator="\t") == [[("en", "Error", ""), ("ja", "エラー", "")]]


def test_a_wide_table_names_languages_in_its_header(tmp_path):
    path = _file(
        tmp_path, "Concept ID,ja,ja status,en\n1,キーウ,推奨,Kyiv\n1,キエフ,禁止,\n"
    )
    assert _forms(path) == [
        [
            ("ja", "キーウ", "preferred"),
            ("en", "Kyiv", ""),
            ("ja", "キエフ", "forbidden"),
        ]
    ]


def test_an_unknown_status_is_never_preferred(tmp_path):
    path = _file(tmp_path, "lang,term,status\nja,キーウ,best of all\n")
    ((term,),) = _forms(path)
    assert term[2] == "proposed"


UTX = (
    "#UTX 1.11; ja/en; 2013-12-20T17:00:45Z; license: x\r\n#description: 説明\r\n"
    "#src\ttgt\tsrc:pos\tterm status\tsrc:plural\tconcept ID\r\n"
    "キーウ\tKyiv\tnoun\tapproved\t\t1\r\nキエフ\tKiev\tnoun\tforbidden\tx\t1\r\n"
)


def test_a_utx_file_that_nothing_changed_is_written_back_to_the_byte(tmp_path):
    from termbank.formats.conversion import convert

    path = _file(tmp_path, UTX, "a.utx")
    assert not convert(path, tmp_path / "b.utx")
    assert (tmp_path / "b.utx").read_bytes() == UTX.encode()
    file = Utx(path)
    (record,) = file.concepts()
    assert [(t.form, t.status) for t in record.terms] == [
        ("キーウ", ""),
        ("Kyiv", "preferred"),
        ("キエフ", ""),
        ("Kiev", "forbidden"),
    ]


def _concept(*terms):
    record = Concept("c1")
    for lang, form, status in terms:
        term = Term(lang, form)
        term.status = status
        record.terms.append(term)
    return record


def _pairs(name, *records, **options):
    writer = PairWriter(DIALECTS[name], "ja", "en", **options)
    return [row for record in records for row in writer.rows(record)], writer.losses


def test_deepl_takes_approved_forms_within_its_limits_and_names_what_is_left_out():
    rows, losses = _pairs(
        "deepl",
        _concept(
            ("ja", "キーウ", "preferred"),
            ("ja", "キエフ", "deprecated"),
            ("en", "Kyiv", "preferred"),
        ),
        _concept(("ja", "キーウ", "preferred"), ("en", "Kiev", "preferred")),
        _concept(("ja", "あ" * 342, ""), ("en", "x", "")),
    )
    assert rows == [["キーウ", "Kyiv"]]
    named = "\n".join(losses.rows)
    assert "already there as 'Kyiv'" in named
    assert "over 1,024 bytes a side" in named
    assert losses.fields["terms.form", "status deprecated"] == 1


def test_a_region_stands_for_its_language_only_where_allowed_and_says_so():
    record = _concept(("ja", "キーウ", "preferred"), ("en-US", "Kyiv", "preferred"))
    assert _pairs("google", record)[0] == []
    rows, losses = _pairs("google", record, regions=True)
    assert rows == [["キーウ", "Kyiv"]]
    assert ["en-US taken as en" in row for row in losses.rows] == [True]


def test_amazon_begins_with_language_codes_and_deepl_with_a_pair():
    assert PairWriter(DIALECTS["amazon"], "ja", "en").header() == ["ja", "en"]
    assert PairWriter(DIALECTS["deepl"], "ja", "en").header() == []


def test_amazon_takes_no_form_over_its_200_bytes():
    fits, over = "あ" * 66, "あ" * 67
    rows, losses = _pairs(
        "amazon",
        _concept(("ja", fits, "preferred"), ("en", "x", "preferred")),
        _concept(("ja", over, "preferred"), ("en", "y", "preferred")),
    )
    assert rows == [[fits, "x"]]
    assert "over 200 bytes a side" in "\n".join(losses.rows)


def test_rows_of_a_concept_without_identifier_stay_together(tmp_path):
    from termbank.formats.conversion import convert

    path = _file(tmp_path, "ja,en\nキーウ,Kyiv\n停戦,ceasefire\n")
    convert(path, tmp_path / "b.csv")
    assert [len(each) for each in _forms(str(tmp_path / "b.csv"))] == [2, 2]
