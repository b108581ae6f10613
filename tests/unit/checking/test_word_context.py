"""The dictionary's words of a context of any length."""

import pytest

from termbank import Glossary, check_text
from termbank.checking.engine.word_context import Words


@pytest.mark.parametrize("piece", ["サーバ", "漢", "a", "あ", "1,000円"])
def test_a_context_of_any_length_is_parted_without_a_gap(piece):
    text = piece * (60_000 // len(piece.encode()))
    words = Words().of(text)
    assert [word.start for word in words[1:]] == [word.end for word in words[:-1]]
    assert (words[0].start, words[-1].end) == (0, len(text))
    assert all(word.cuts[-1] == word.end for word in words)


def test_a_word_longer_than_any_name_is_no_slip():
    glossary = Glossary.from_variants({"ライブラリー": ["ライブラリ"]}, lang="ja")
    text = "サーバ" * 20_000 + "。ライプラリーを読む。"
    found = check_text(text, glossary=glossary, select=["TB103"])
    assert [finding.span.start for finding in found] == [60_001]
