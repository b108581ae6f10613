"""A pattern that tells its first or last characters answers as if it did not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.checking.former_names import japanese_context, japanese_evidence
from termbank.text import personal_titles
from termbank.text.lazy_patterns import LazyPattern

PATTERNS = {
    name: pattern
    for room in (personal_titles, japanese_context, japanese_evidence)
    for name, pattern in vars(room).items()
    if isinstance(pattern, LazyPattern)
}
LETTERS = sorted(
    {char for pattern in PATTERNS.values() for char in pattern.pattern}
    | set("漢のは。\n 0９")
)


def words_of(pattern):
    """Return strings near to what a pattern finds: the words between its signs."""
    words = [word for word in re.split(r"[^\w・]+", pattern.pattern) if word]
    pieces = st.sampled_from([*words, *LETTERS])
    return st.lists(pieces, max_size=4).map("".join)


@pytest.mark.parametrize("name", sorted(PATTERNS))
@given(data=st.data())
def test_rims_never_change_an_answer(name, data):
    pattern = PATTERNS[name]
    flags = re.IGNORECASE if name == "_FAMILY_NAME" else 0
    plain = re.compile(pattern.pattern, flags)
    text = data.draw(words_of(pattern))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for bounds in ((), (start,), (start, end)):
        for verb in ("match", "search"):
            found = getattr(pattern, verb)(text, *bounds)
            right = getattr(plain, verb)(text, *bounds)
            assert (found and found.span()) == (right and right.span())
