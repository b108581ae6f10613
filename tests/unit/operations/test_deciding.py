"""Cards decided without a browser: what stays, what is parted, what is stale."""

from datetime import UTC, datetime

import pytest

from termbank.errors import GlossaryError
from termbank.identifiers import concept_id
from termbank.operations.deciding import Choice, StaleCardError, decide, decide_all
from termbank.operations.project import Project
from termbank.operations.review_queue import ReviewQueue
from termbank.operations.row_changes import Author

BY = Author("葵", datetime(2026, 12, 1, tzinfo=UTC))


@pytest.fixture(params=["サーバー", "サーバ"])
def reviewed(request):
    """Return the form whose concept a person has reviewed."""
    return request.param


@pytest.fixture
def project(tmp_path, reviewed):
    """Return two concepts that a link ties, of which one or the other is reviewed."""
    made = Project.begin(tmp_path)
    concepts, terms = ["concept_id,kind,status"], ["concept_id,lang,form,status"]
    for form in ("サーバー", "サーバ"):
        status = "preferred" if form == reviewed else "proposed"
        concepts.append(f"{concept_id('ja', form)},term,{status}")
        terms.append(f"{concept_id('ja', form)},ja,{form},preferred")
    (made.folder / "concepts.csv").write_text("\n".join(concepts) + "\n", "utf-8")
    (made.folder / "terms.csv").write_text("\n".join(terms) + "\n", "utf-8")
    link = ("サーバ", "サーバー", 80.0, "long-vowel", "spelling", "ask")
    seen = [("ja", "サーバー", 9, 1, "", ""), ("ja", "サーバ", 3, 1, "", "")]
    made.journal.replace({"links": [link], "forms": seen})
    return made


def card_of(queue):
    (heading,) = queue.headings("spelling")
    return queue.card(heading.id)


def test_of_two_concepts_made_one_the_reviewed_one_stays(project, reviewed):
    queue = ReviewQueue(project)
    card = card_of(queue)
    decide(queue, project, Choice(card.heading.id, card.version, "accept"), BY)
    glossary = project.glossary()
    assert glossary.concepts["concept_id"].to_list() == [concept_id("ja", reviewed)]
    status = dict(glossary.terms.select("form", "status").rows())
    assert status == {"サーバー": "preferred", "サーバ": "admitted"}
    assert queue.headings("spelling") == []


def test_the_form_a_person_chose_leads(project):
    queue = ReviewQueue(project)
    card = card_of(queue)
    choice = Choice(card.heading.id, card.version, "accept", preferred="サーバ")
    decide(queue, project, choice, BY)
    status = dict(project.glossary().terms.select("form", "status").rows())
    assert status == {"サーバー": "admitted", "サーバ": "preferred"}


def test_a_rejected_card_parts_its_members_and_asks_no_more(project):
    queue = ReviewQueue(project)
    card = card_of(queue)
    decide(queue, project, Choice(card.heading.id, card.version, "reject"), BY)
    glossary = project.glossary()
    assert glossary.concepts.height == 2
    (row,) = glossary.decisions.select("action", "left", "right").rows()
    assert (row[0], {*row[1:]}) == ("different", {"サーバー", "サーバ"})
    assert ReviewQueue(project).headings("spelling") == []


def test_a_stale_choice_changes_nothing_alone_or_among_others(project):
    queue = ReviewQueue(project)
    card = card_of(queue)
    stale = Choice(card.heading.id, "another version", "accept")
    good = Choice(card.heading.id, card.version, "accept")
    before = project.glossary()
    for step in (
        lambda: decide(queue, project, stale, BY),
        lambda: decide_all(queue, project, [good, stale], BY),
    ):
        with pytest.raises(StaleCardError):
            step()
        assert project.glossary() == before
    # What the refused lot had done to the rows in memory is undone, too.
    decide_all(queue, project, [good], BY)
    assert project.glossary().concepts.height == 1


def test_an_action_that_a_card_does_not_have_is_refused(project):
    queue = ReviewQueue(project)
    card = card_of(queue)
    with pytest.raises(GlossaryError, match="accept"):
        decide(queue, project, Choice(card.heading.id, card.version, "burn"), BY)
