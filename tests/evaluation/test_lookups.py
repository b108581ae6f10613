"""Look-ups as people type them, in the shipped glossary; each answer was read by eye.

``lookups.tsv`` holds a query and the first three entries it leads to; none for words
that the glossary has nothing for.
"""

from pathlib import Path

import pytest

from termbank import lookup

CASES = [
    tuple(line.split("\t"))
    for line in Path(__file__)
    .with_name("lookups.tsv")
    .read_text(encoding="utf-8")
    .splitlines()
]


def test_there_are_enough_queries_of_all_kinds():
    assert len(CASES) >= 300
    assert any(query for query, entries in CASES if not entries)


@pytest.mark.parametrize(("query", "entries"), CASES, ids=[case[0] for case in CASES])
def test_a_query_leads_to_the_entries_a_translator_expects(query, entries):
    found = lookup(query, glossary="builtin", limit=3)
    assert "|".join(entry.preferred for entry in found) == entries
