"""What a check of a translation says of each segment and over the document."""

import pytest

from termbank.formats.model.concept_records import Concept, Term
from termbank.formats.parts import module
from termbank.glossary import Glossary
from termbank.operations.translation_checks import check_translation

TERMS = (
    ("term", "ja 冗長化", "en redundancy"),
    ("term", "ja 障害", "en failure", "en! trouble"),
    ("term", "ja 帯域幅", "en bandwidth", "en! band breadth"),
    ("term", "ja 水はけ", "en drainage"),
    ("term", "ja 面会時間", "en visiting hours"),
    ("term", "ja 対価", "en consideration"),
    ("term", "ja 窓", "en window"),
    ("person", "ja 大河内", "en Okochi"),
)


@pytest.fixture(scope="module")
def glossary(tmp_path_factory):
    path = str(tmp_path_factory.mktemp("terms") / "a.csv")
    module("csv").write_records(map(concept, TERMS), path)
    return Glossary.read(path)


def concept(row):
    record = Concept()
    record.kind, record.status = row[0], "preferred"
    for side in row[1:]:
        lang, form = side.split(" ", 1)
        term = Term(lang.rstrip("!"), form)
        term.status = "forbidden" if lang.endswith("!") else "preferred"
        record.terms.append(term)
    return record


def codes(glossary, *pairs, lang="ja", to="en"):
    checked = check_translation(pairs, lang=lang, to=to, glossary=glossary)
    return [each.finding.code for each in (*checked.errors, *checked.advice)]


SILENT = [
    ("ja", "大河内主任が話した。", "Mr. Okochi spoke."),
    ("en", "Sign the form and pay the consideration.", "署名して対価を払う。"),
    ("en", "Windows shows a window.", "Windows は窓を表示する。"),
    ("en", "Drainage matters.", "水はけが大切だ。"),
]


@pytest.mark.parametrize(("lang", "source", "target"), SILENT)
def test_a_right_translation_is_passed_over(glossary, lang, source, target):
    to = "en" if lang == "ja" else "ja"
    assert codes(glossary, (source, target), lang=lang, to=to) == []


SPEAKING = [
    ("ja", "大河内主任が話した。", "Mr. Okouchy spoke.", "TB302"),
    ("en", "Sign the form and pay the consideration.", "署名して熟慮を払う。", "TB302"),
    ("en", "Visiting hours are posted.", "Visiting hoursを掲示する。", "TB303"),
    ("en", "Drainage matters.", "排水管が大切だ。", "TB302"),
]


@pytest.mark.parametrize(("lang", "source", "target", "code"), SPEAKING)
def test_a_wrong_translation_is_reported(glossary, lang, source, target, code):
    to = "en" if lang == "ja" else "ja"
    assert codes(glossary, (source, target), lang=lang, to=to) == [code]


def test_two_absent_terms_of_a_segment_are_two_findings(glossary):
    pair = ("電源の冗長化で障害に備える。", "Use verbosity against a disability.")
    assert codes(glossary, pair) == ["TB302", "TB302"]


def test_what_was_spoken_of_before_may_be_left_out_when_it_is_pointed_at(glossary):
    pairs = [
        ("Ask for a consideration.", "対価を求める。"),
        ("Sign the form and pay the consideration.", "署名して払う。"),
    ]
    assert codes(glossary, *pairs, lang="en", to="ja") == []


def test_a_rendering_to_avoid_is_a_change_of_rendering_too(glossary):
    pairs = [
        ("帯域幅を増やす。", "Raise the bandwidth."),
        ("帯域幅だ。", "It is band breadth."),
    ]
    checked = check_translation(pairs, lang="ja", to="en", glossary=glossary)
    (changing,) = checked.inconsistent
    assert changing.ways == (("bandwidth", 1), ("band breadth", 1))
    assert checked.rendered == 1
