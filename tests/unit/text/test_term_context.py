"""A spelling of several senses is a hit only where the words beside it settle which."""

import pytest

from termbank import Glossary, lookup, scan

HEADER = "concept_id,lang,form,status,note\n"
TERMS = """\
a00000000001,ja,解放,preferred,別義: 負担がなくなること|文脈: 捕虜、人質
a00000000001,en,release,preferred,"also: of products|with: prisoner, hostage"
a00000000002,ja,支持,preferred,
a00000000002,en,support,preferred,"with: plan, idea"
a00000000003,ja,支援,preferred,
a00000000003,en,support,preferred,"with: military, aid"
"""
NAMES = """\
a00000000004,ja,霞ヶ浦,preferred,
a00000000005,ja,高島屋,preferred,
a00000000006,ja,飛騨市,preferred,
a00000000007,ja,葛飾区,preferred,
"""


@pytest.fixture(scope="module")
def glossary(tmp_path_factory):
    place = tmp_path_factory.mktemp("senses") / "terms.csv"
    place.write_text(HEADER + TERMS + NAMES, encoding="utf-8")
    return Glossary.read(place)


@pytest.mark.parametrize(
    "text",
    [
        "家事から解放された。",
        "奴隷解放の歴史。捕虜は戻らない。",
        "The release of the album is near.",
        "A prisoner wrote it. The release is near.",
        "They need support.",
        "A replan needs support.",
    ],
)
def test_without_a_cue_in_its_sentence_it_is_another_sense(text, glossary):
    surfaces = {hit.surface for hit in scan(text, glossary=glossary)}
    assert not surfaces & {"解放", "release", "support"}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("捕虜が解放された。", "a00000000001"),
        ("The release of two hostages is near.", "a00000000001"),
        ("Support for the plan grew.", "a00000000002"),
        ("Their support is military.", "a00000000003"),
    ],
)
def test_a_cue_settles_which_concept_is_meant(text, concept, glossary):
    hits = scan(text, glossary=glossary)
    assert concept in {hit.concept_id for hit in hits}


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("髙島屋", "高島屋"),
        ("飛驒市", "飛騨市"),
        ("葛\U000e0100飾区", "葛飾区"),
        ("霞が浦", "霞ヶ浦"),
        ("霞ケ浦", "霞ヶ浦"),
    ],
)
def test_a_name_is_found_in_every_shape_of_its_kanji(written, form, glossary):
    (hit,) = scan(f"昨日、{written}へ行く。", glossary=glossary)
    assert (hit.surface, hit.form) == (written, form)
    assert lookup(written, glossary=glossary)[0].preferred == form


def test_a_particle_between_other_kanji_stays_one(glossary):
    assert scan("霞が出て浦が見えた。", glossary=glossary) == []
