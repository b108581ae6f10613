"""What other tools see in our exports: no form to avoid is offered as a translation."""

from xml.etree import ElementTree

import pytest

from termbank.formats.model.concept_records import Concept, Term
from termbank.formats.parts import module

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def concept(*forms, identifier="0123456789ab"):
    record = Concept(identifier)
    for lang, form, status, *note in forms:
        term = Term(lang, form)
        term.status, term.note = status, "".join(note)
        record.terms.append(term)
    return record


KYIV = concept(
    ("en", "Kiev", "deprecated", "Until 2019.|except: chicken Kiev|also: a dish"),
    ("en", "Kyiv", "preferred", "Since 2019.|except: x|example: in Kiev → in Kyiv"),
    ("en", "City of Kyiv", "admitted"),
    ("ja", "キエフ", "deprecated", "except: キエフ大公国"),
    ("ja", "キーウ", "preferred"),
    ("ja", "キーウ市", "proposed"),
)
RETIRED = concept(("en", "old", "deprecated"), ("ja", "古", "forbidden"), identifier="")
ALONE = concept(("ja", "停戦", "preferred"), ("en", "truce", "forbidden"))


def omegat_rows(path, *records):
    module("omegat").write_records(records, str(path), source="ja", target="en")
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def test_a_table_of_omegat_offers_no_form_to_avoid(tmp_path):
    rows = omegat_rows(tmp_path / "a.txt", KYIV, RETIRED, ALONE)
    assert {row[1] for row in rows} == {"Kyiv", "City of Kyiv"}
    assert {row[0] for row in rows} == {"キーウ", "キエフ", "キーウ市"}


def test_comments_of_omegat_warn_and_hold_nothing_for_machines(tmp_path):
    rows = omegat_rows(tmp_path / "a.txt", KYIV)
    comments = {(row[0], row[1]): row[2] for row in rows}
    assert "avoid): Kiev" in comments["キーウ", "Kyiv"]
    assert "Since 2019." in comments["キーウ", "Kyiv"]
    assert "deprecated) → キーウ" in comments["キエフ", "Kyiv"]
    assert "(preferred): Kyiv" in comments["キーウ", "City of Kyiv"]
    assert not any(
        mark in comment
        for comment in comments.values()
        for mark in ("except:", "example:", "|", "例:")
    )


def units_of(path):
    units = ElementTree.parse(path).getroot().iter("tu")  # noqa: S314  # ours
    return [
        [(tuv.get(LANG), tuv.findtext("seg")) for tuv in unit.iter("tuv")]
        for unit in units
    ]


@pytest.fixture
def tmx(tmp_path):
    path = str(tmp_path / "a.tmx")
    module("tmx").write_records([KYIV, RETIRED, ALONE], path)
    return path


def test_a_unit_of_a_tmx_has_a_language_once(tmx):
    units = units_of(tmx)
    assert all(units)
    for unit in units:
        langs = [lang for lang, _ in unit]
        assert len(langs) == len(set(langs)), unit


def test_a_form_to_avoid_is_no_side_of_a_pair(tmx):
    pairs = [unit for unit in units_of(tmx) if len(unit) > 1]
    forms = {form for pair in pairs for _, form in pair}
    assert forms == {"Kyiv", "キーウ", "City of Kyiv", "キーウ市"}
    assert [("en", "Kyiv"), ("ja", "キーウ")] in pairs


def test_all_forms_of_a_concept_come_back_from_a_tmx(tmx):
    def forms(record):
        return {(term.lang, term.form, term.status, term.note) for term in record.terms}

    back = list(module("tmx").concepts(tmx))
    assert list(map(forms, back)) == list(map(forms, (KYIV, RETIRED, ALONE)))
    assert [record.id for record in back] == [KYIV.id, "", ALONE.id]
