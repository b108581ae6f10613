"""The shipped glossary holds the words of its field, not those of everyday texts.

``general_text`` is everyday prose written for this test: weather, cooking, sports,
health, software. A concept that is found there is too general to be looked up.
"""

from pathlib import Path

import pytest

from termbank import scan

MOST_IN_DOCUMENTATION = 15  # hits in 10,000 characters; 17 before general words went

FOLDER = Path(__file__).parent


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_nothing_of_an_everyday_text_is_in_the_glossary(lang):
    text = (FOLDER / f"general_text.{lang}.txt").read_text(encoding="utf-8")
    assert [hit.surface for hit in scan(text, glossary="builtin")] == []


def test_software_documentation_holds_few_terms_of_the_field(shared):
    texts = [
        path.read_text(encoding="utf-8", errors="ignore")
        for path in sorted((shared / "data" / "check" / "sample").rglob("*"))
        if path.is_file()
    ]
    hits = sum(len(scan(text, glossary="builtin")) for text in texts)
    assert hits / sum(map(len, texts)) * 10_000 < MOST_IN_DOCUMENTATION
