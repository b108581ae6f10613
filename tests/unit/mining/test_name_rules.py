"""What the rules after the name model leave out, and what they must leave alone."""

import numpy as np
import pytest

from termbank.mining.kind_rules import plausible
from termbank.mining.lexicon import Lexicon, numbering
from termbank.mining.phrases import Spans
from termbank.mining.rules import Name
from termbank.mining.sheet import Sheet, sheet
from termbank.mining.tidying import tidied
from termbank.schemas import KINDS


def _read(text: str) -> tuple[Sheet, Lexicon]:
    lexicon = Lexicon(numbering("sudachi", None))
    return sheet([text], lexicon), lexicon


@pytest.mark.parametrize(
    ("text", "stays"),
    [("全日本卓球選手権", True), ("同委員会", False), ("両政府", False)],
)
def test_a_body_meant_in_passing_is_no_name_unless_it_holds_one(
    text: str, stays: bool
) -> None:
    words, lexicon = _read(text)
    whole = Name(0, len(words.slots))
    assert tidied(words, lexicon, [whole]) == [whole] * stays


@pytest.mark.parametrize(
    ("text", "stays"), [("韓丙起", True), ("八乙女光", True), ("恒久和平", False)]
)
def test_common_nouns_are_no_person_unless_one_is_a_single_character(
    text: str, stays: bool
) -> None:
    words, _ = _read(text)
    whole = Spans(np.array([0]), np.array([len(words.slots)]))
    kept, _ = plausible(words, whole, np.array([KINDS.index("person")]))
    assert len(kept.first) == stays
