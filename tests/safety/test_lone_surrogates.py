"""Half a UTF-16 pair in a text is an odd sign and never a crash."""

import pytest

import termbank
from termbank import Glossary, Memory
from termbank.errors import GlossaryError, InputError

RULES = Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja")
ODD = "サーバ\ud800\udfff を x\udc80"


@pytest.fixture
def memory(tmp_path):
    with Memory.open(tmp_path / "tm") as opened:
        opened.add([("停戦案", "plan")])
        yield opened


CALLS = {
    "check_text": lambda: termbank.check_text(ODD, glossary=RULES),
    "lookup": lambda: termbank.lookup(ODD, glossary=RULES),
    "scan": lambda: termbank.scan(ODD, glossary=RULES),
    "compare": lambda: termbank.compare([ODD], ["サーバー"]),
    "reconcile": lambda: termbank.reconcile([ODD, "サーバー"]),
    "mine": lambda: termbank.mine(termbank.documents([ODD])),
    "segment": lambda: termbank.segment(ODD),
    "align": lambda: termbank.align(ODD, ODD),
    "best_spelling": lambda: termbank.best_spelling(ODD, [ODD]),
}


@pytest.mark.parametrize("name", CALLS)
def test_questions_are_answered(name):
    CALLS[name]()


def test_offsets_stay(memory):
    (found,) = termbank.check_text(f"\ud800{ODD}", glossary=RULES)
    assert tuple(found.span) == (1, 4)
    assert memory.search(ODD) == []
    assert memory.concordance(ODD) == []
    assert memory.delete([ODD]) == 0


def test_what_is_stored_is_refused(memory):
    for pair in ((ODD, "x"), ("x", ODD)):
        with pytest.raises(InputError, match="surrogate"):
            memory.add([pair])
    for mapping in ({ODD: ["x"]}, {"x": [ODD]}):
        with pytest.raises(GlossaryError, match="surrogate"):
            Glossary.from_variants(mapping, lang="ja")
