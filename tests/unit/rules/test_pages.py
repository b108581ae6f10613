"""Every rule has a page, and every example on it holds."""

import re
import sys
from types import ModuleType

import pytest

from termbank import Glossary, check_text
from termbank.checking.bilingual.pair_checking import findings
from termbank.checking.bilingual.pair_files import guess_language
from termbank.checking.bilingual.renderings import Pair, Terms
from termbank.checking.options import Options
from termbank.rules import RULES, rule
from termbank.rules.pages import page, rows_in

ON_PAIRS = [code for code, row in RULES.items() if row.reads in ("pairs", "renderings")]
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
def test_a_page_opens_with_code_and_name(code):
    made = rule(code)
    assert (made.code, made.name) == (code, RULES[code].name)
    assert page(made).text.startswith(f"{code} {made.name}: ")


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
def test_the_examples_of_a_page_hold(code):
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


def found_in(code, pairs, lines):
    listed = [
        Pair(source, target, "", at, guess_language(source), guess_language(target))
        for at, (source, target) in enumerate(pairs)
    ]
    # The languages of a batch are those of its first pair.
    first = (listed[0].source_lang, "en" if listed[0].source_lang == "ja" else "ja")
    listed = [
        one._replace(source_lang=first[0], target_lang=first[1]) for one in listed
    ]
    return findings(listed, Terms(rows_in(lines)), [code])


@pytest.mark.parametrize("code", ON_PAIRS)
def test_the_pairs_of_a_page_hold(code):
    shown = page(rule(code))
    assert shown.bad_pairs
    assert shown.good_pairs
    for pairs in shown.bad_pairs:
        assert found_in(code, pairs, shown.glossary), pairs
    for pairs in shown.good_pairs:
        assert found_in(code, pairs, shown.glossary) == [], pairs


@pytest.mark.parametrize(
    "code", [code for code, row in RULES.items() if row.reads == "glossary"]
)
def test_the_glossaries_of_a_page_hold(code):
    shown = page(rule(code))
    assert shown.bad_glossaries
    assert shown.good_glossaries
    for lines in shown.bad_glossaries:
        assert list(rule(code).check_rows(rows_in(lines))), lines
    for lines in shown.good_glossaries:
        assert list(rule(code).check_rows(rows_in(lines))) == [], lines
