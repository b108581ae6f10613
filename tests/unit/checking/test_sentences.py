"""Sentences of the project's own with one rule each: found where marked, nowhere else."""

from pathlib import Path

import pytest

from termbank import Glossary, check_text

CASES = Path(__file__).parents[2] / "cases" / "standing.txt"


def cases():
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            rule, _, sentence = line.partition(" | ")
            better, _, variant = rule.partition(" < ")
            yield pytest.param(better, variant, sentence, id=line)


def unmarked(sentence):
    """Return the sentence without its marks, and the marked spans."""
    text, spans = "", []
    for part in sentence.split("【"):
        marked, closed, rest = part.partition("】")
        if closed:
            spans.append((len(text), len(text) + len(marked)))
        text += marked + rest
    return text, spans


def test_there_are_many():
    assert len(list(cases())) >= 200


@pytest.mark.parametrize(("better", "variant", "sentence"), list(cases()))
def test_the_variant_is_found_where_it_is_marked(better, variant, sentence):
    text, spans = unmarked(sentence)
    lang = "en" if variant.isascii() and text.isascii() else "ja"
    rules = Glossary.from_variants({better: [variant]}, lang=lang)
    found = check_text(text, glossary=rules, select=["TB1"])
    assert [tuple(one.span) for one in found] == spans
