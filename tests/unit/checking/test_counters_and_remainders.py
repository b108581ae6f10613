"""Counters after digits, and what is left of a loanword beside a hit."""

import pytest

from termbank import Glossary, check_text
from termbank.text.normalise import normalise_mapped


def codes(text, better, variant):
    rules = Glossary.from_variants({better: [variant]}, lang="ja")
    return [finding.code for finding in check_text(text, glossary=rules)]


@pytest.mark.parametrize(
    ("better", "variant"), [("個所", "箇所"), ("個所", "か所"), ("カ月", "ヶ月")]
)
def test_a_counter_after_a_digit_is_no_word_of_its_own(better, variant):
    assert codes(f"3{variant}ある。", better, variant) == []


def test_the_same_spelling_is_found_where_it_counts_nothing():
    assert codes("この箇所を直す。", "個所", "箇所") == ["TB101"]


@pytest.mark.parametrize("word", ["プリンタ", "ブラウザ", "コンテナ", "ドライバ"])
@pytest.mark.parametrize(("beside", "found"), [("ゾリン", []), ("ゾリンガ", ["TB104"])])
def test_an_unknown_remainder_of_a_loanword_has_four_letters_to_be_a_name(
    word, beside, found
):
    assert codes(f"{word}{beside}を使う。", f"{word}ー", word) == found
    assert codes(f"{beside}{word}を使う。", f"{word}ー", word) == found


@pytest.mark.parametrize(
    ("text", "plain", "starts"),
    [
        ("cafe\u0301の席", "caf\u00e9の席", [0, 1, 2, 3, 5, 6, 7]),
        ("か\u3099き", "がき", [0, 2, 3]),
        ("は\u309aん", "ぱん", [0, 2, 3]),
        ("A\u030angström", "\u00e5ngström", [0, 2, 3, 4, 5, 6, 7, 8, 9]),
    ],
)
def test_a_combining_mark_is_one_cluster_with_its_letter(text, plain, starts):
    found = normalise_mapped(text)
    assert (found.text, list(found.starts)) == (plain, starts)


def test_a_half_voiced_mark_of_its_own_hides_no_variant():
    written = "スハ\u309aー"
    rules = Glossary.from_variants({"スーパー": ["スパー"]}, lang="ja")
    (finding,) = check_text(f"{written}へ行く。", glossary=rules)
    assert tuple(finding.span) == (0, len(written))
