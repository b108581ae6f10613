"""Whatever is proposed or edited, the files that are written can be read."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from termbank import Glossary
from termbank.errors import GlossaryError, InputError
from termbank.operations.project import Project
from termbank.operations.proposing import propose
from termbank.operations.row_changes import Author

BY = Author("葵", datetime(2026, 12, 1, tzinfo=UTC))
# Control characters, ends of lines, halves of pairs, and what CSV quotes.
TEXTS = st.text(
    st.sampled_from("語a\x00\x04\n\r\u2028\u2029\x85\ud800,\"' "), max_size=4
)


@pytest.fixture
def project(tmp_path):
    return Project.begin(tmp_path)


@pytest.mark.parametrize("form", ["語\x04", "語\n", "\x00", "語\u2028二", "\ud800"])
def test_a_form_that_no_reader_takes_is_refused_and_nothing_is_written(project, form):
    propose(project, "停戦", "ceasefire", BY)
    before = (project.folder / "terms.csv").read_bytes()
    for term, rendering in ((form, "term"), ("休戦", form)):
        with pytest.raises(GlossaryError):
            propose(project, term, rendering, BY)
    assert (project.folder / "terms.csv").read_bytes() == before
    assert len(project.history()) == 1


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(term=TEXTS, rendering=TEXTS, evidence=TEXTS)
def test_what_was_accepted_is_read_by_a_fresh_reader(
    project, term, rendering, evidence
):
    try:
        propose(project, term, rendering, BY, evidence=evidence)
    except (GlossaryError, InputError):
        accepted = False
    else:
        accepted = True
    forms = {key[2] for key in Project(project.folder).rows().tables["terms"]}
    assert not accepted or {term, rendering} <= forms


def test_a_glossary_with_odd_proposals_opens_as_frames(project):
    propose(project, 'a,"b"', "x'y", BY, evidence="one\ntwo")
    assert Glossary.read(project.folder).terms.height == 2
