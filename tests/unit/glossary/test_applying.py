"""A proposal taken in: what people reviewed stands, what they decided is obeyed."""

import polars as pl
import pytest

import termbank
from termbank.glossary import Glossary, concept_id
from termbank.proposal import Proposal
from termbank.schemas import Concepts, Links, Terms, check_frame

EMPTY = Glossary()


def proposal(*groups, kind="place"):
    """Each group: its preferred form, then (form, status) pairs or admitted forms."""
    concepts, terms = [], []
    for head, *others in groups:
        identifier = concept_id("ja", head)
        concepts.append((identifier, kind, "preferred"))
        pairs = [one if isinstance(one, tuple) else (one, "admitted") for one in others]
        for form, status in [(head, "preferred"), *pairs]:
            terms.append((identifier, "ja", form, status))
    return Proposal(
        Links.create_empty(),
        check_frame(
            Concepts,
            pl.DataFrame(concepts, ["concept_id", "kind", "status"], orient="row"),
            "concepts",
        ),
        check_frame(
            Terms,
            pl.DataFrame(terms, ["concept_id", "lang", "form", "status"], orient="row"),
            "terms",
        ),
    )


def groups(glossary):
    """Return forms with their status, grouped by concept."""
    found = {}
    for concept, form, status in glossary.terms.select(
        "concept_id", "form", "status"
    ).iter_rows():
        found.setdefault(concept, {})[form] = status
    return sorted(found.values(), key=sorted)


def test_an_empty_glossary_takes_everything():
    made = EMPTY.apply(proposal(("キーウ", ("キエフ", "proposed")), ("ハルキウ",)))
    assert groups(made) == [
        {"キエフ": "proposed", "キーウ": "preferred"},
        {"ハルキウ": "preferred"},
    ]
    assert set(made.concepts["kind"]) == {"place"}


def test_reviewed_rows_stay_as_they_are():
    reviewed = Glossary.from_variants({"キーウ": ["キエフ"]}, lang="ja")
    made = reviewed.apply(proposal(("キエフ", "キーウ", "キイフ")))
    assert groups(made) == [
        {"キイフ": "admitted", "キエフ": "deprecated", "キーウ": "preferred"}
    ]
    assert made.concepts.height == 1


def test_a_new_form_never_takes_the_place_of_the_preferred_one():
    reviewed = Glossary.from_variants({"キーウ": []}, lang="ja")
    (forms,) = groups(reviewed.apply(proposal(("キイフ", "キーウ"))))
    assert forms == {"キイフ": "admitted", "キーウ": "preferred"}


def test_a_rejected_form_stays_out():
    decided = Glossary.from_variants({"キーウ": ["キエフ"]}, lang="ja").reject("キエフ")
    assert groups(decided.apply(proposal(("キーウ", "キエフ")))) == [
        {"キーウ": "preferred"}
    ]


def test_without_its_rejected_head_a_concept_gets_another():
    decided = Glossary.from_variants({"A": ["B", "キエフ"]}, lang="ja").reject("キエフ")
    made = decided.apply(proposal(("キエフ", "キーウ")))
    assert {"キーウ": "preferred"} in groups(made)


def test_forms_that_people_parted_come_into_concepts_of_their_own():
    names = {"安全の保証": ["安全保証"]}
    decided = Glossary.from_variants(names, lang="ja").split("安全保証")
    bare = Glossary(decisions=decided.decisions)
    made = bare.apply(proposal(("安全の保証", "安全保証")))
    assert groups(made) == [{"安全の保証": "preferred"}, {"安全保証": "preferred"}]
    assert made.apply(proposal(("安全の保証", "安全保証"))) == made


def test_forms_that_people_joined_come_into_one_concept():
    names = {"キーウ": [], "キエフ": []}
    decided = Glossary.from_variants(names, lang="ja").merge("キーウ", "キエフ")
    bare = Glossary(decisions=decided.decisions)
    made = bare.apply(proposal(("キーウ",), ("キエフ",)))
    assert groups(made) == [{"キエフ": "admitted", "キーウ": "preferred"}]


def test_a_status_that_a_person_gave_holds():
    names = {"キエフ": ["キーウ"]}
    decided = Glossary.from_variants(names, lang="ja").prefer("キーウ").retire("キエフ")
    bare = Glossary(decisions=decided.decisions)
    made = bare.apply(proposal(("キエフ", "キーウ")))
    assert groups(made) == [{"キエフ": "deprecated", "キーウ": "preferred"}]


@pytest.mark.parametrize("mapping", [{}, {"プーチン": ["プーティン"]}])
def test_what_reconcile_proposes_is_taken_in_once(mapping):
    glossary = Glossary.from_variants(mapping, lang="ja")
    forms = [
        "ルーク・コーフィー",
        "ルーク・コフィー",
        "ウラジーミル・プーチン",
        "ウラジミール・プーチン",
        "プーチン",
        "停戦",
        "停戦案",
    ]
    made = glossary.apply(termbank.reconcile(forms, glossary))
    assert set(forms) <= set(made.terms["form"])
    assert made.apply(termbank.reconcile(forms, glossary)) == made
    assert made.apply(termbank.reconcile(forms, made)) == made


def test_every_new_concept_waits_for_a_person_and_reviewed_ones_stay():
    reviewed = Glossary.from_variants({"キーウ": []}, lang="ja")
    made = reviewed.apply(proposal(("キーウ", "キエフ"), ("ハルキウ",)))
    status = dict(made.concepts.select("concept_id", "status").iter_rows())
    homes = dict(made.terms.select("form", "concept_id").iter_rows())
    assert status[homes["キーウ"]] == "preferred"
    assert status[homes["ハルキウ"]] == "proposed"


def test_apply_adds_what_build_adds():
    from termbank.building import build

    texts = ["停戦案について、ルーク・コーフィー氏と話した。停戦案は度を越す。" * 3]
    mentions = termbank.mine(termbank.documents(texts))
    for known in (EMPTY, Glossary.from_variants({"停戦案": []}, lang="ja")):
        made = known.apply(termbank.reconcile(mentions, known))
        assert made == build(mentions, known).glossary
