"""Pages of rules in both languages; their examples hold through the public function.

That each example holds for the rule itself is its contract (``tests/contracts``).
"""

import re
import sys
from types import ModuleType

import pytest

from termbank import Glossary, check_text
from termbank.checking.options import Options
from termbank.rules import RULES, rule
from termbank.rules.pages import page, rows_in

ON_TEXTS = [code for code, row in RULES.items() if row.reads in ("hits", "text")]


def glossary_of(lines):
    import polars as pl

    rows = rows_in(lines)
    concepts = {row.concept_id: row.kind for row in rows}
    frame = pl.DataFrame(
        {
            "concept_id": [row.concept_id for row in rows],
            "lang": [row.lang for row in rows],
            "form": [row.form for row in rows],
            "status": [row.status for row in rows],
            "relation": [row.relation or None for row in rows],
            "since": [row.since or None for row in rows],
        },
        schema=dict.fromkeys(
            ("concept_id", "lang", "form", "status", "relation", "since"), pl.String
        ),
    ).with_columns(pl.col("since").str.to_date())
    table = pl.DataFrame(
        {
            "concept_id": list(concepts),
            "kind": list(concepts.values()),
            "status": ["preferred"] * len(concepts),
        },
        schema={"concept_id": pl.String, "kind": pl.String, "status": pl.String},
    )
    return Glossary(table, None, frame)


@pytest.mark.parametrize("code", RULES)
def test_a_page_has_the_same_examples_in_both_languages(code):
    shown = page(rule(code))
    assert shown.japanese.startswith(f"{code} {RULES[code].name}: ")
    assert "日本語:" not in shown.text
    examples = [
        [line for line in text.splitlines() if line.startswith("    ")]
        for text in (shown.text, shown.japanese)
    ]
    assert examples[0] == examples[1]
    english = re.findall(r"^[A-Z][a-z]+\b", shown.japanese, re.MULTILINE)
    assert english == []


def test_a_rule_without_a_japanese_page_shows_its_english_one():
    module = ModuleType("stranger")
    module.__doc__ = "X1 strange: something.\n\nWhy: it is."
    sys.modules["stranger"] = module
    try:
        made = type("Rule", (), {"__module__": "stranger"})()
        assert page(made).japanese == page(made).text == module.__doc__
    finally:
        del sys.modules["stranger"]


@pytest.mark.parametrize("code", ON_TEXTS)
def test_the_examples_of_a_page_hold_in_check_text(code):
    shown = page(rule(code))
    assert shown.bad
    assert shown.good
    options = Options()._replace(**dict(shown.settings))
    glossary = glossary_of(shown.glossary)
    for text in shown.bad:
        found = check_text(text, glossary=glossary, select=[code], options=options)
        assert [one.code for one in found if one.code == code], text
    for text in shown.good:
        found = check_text(text, glossary=glossary, select=[code], options=options)
        assert found == [], text
