"""Tokenisers: offsets are those of the text given, whatever its length."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbank.errors import PluginError
from termbank.tokenise import best_dictionary, tokeniser
from termbank.tokenise.pieces import pieces

TEXTS = st.text(alphabet="停戦案のをーァABc１２ 　\n\r\t。「」・ｶﾞ㍿👍", max_size=60)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("name", ["sudachi", "scripts"])
@pytest.mark.parametrize("mode", ["A", "C"])
def test_every_token_is_the_text_at_its_offsets(
    name: str, mode: str, text: str
) -> None:
    last = 0
    for token in tokeniser(name, mode).tokens(text):
        assert token.surface == text[token.start : token.end]
        assert token.start >= last
        last = token.end


@pytest.mark.parametrize(
    "piece", ["停戦案に応じた。", "㍿", "ﷺ", "㌀", "𠮷", "か\u3099"]
)
def test_a_text_beyond_the_limit_of_sudachi_is_read_whole(piece: str) -> None:
    text = piece * 8000
    tokens = list(tokeniser().tokens(text))
    assert "".join(token.surface for token in tokens) == text
    assert tokens[-1].end == len(text)


@given(TEXTS, st.integers(min_value=1, max_value=9))
def test_pieces_hold_all_but_the_line_ends(text: str, longest: int) -> None:
    found = list(pieces(text, longest))
    assert "".join(piece for _, piece in found) == text.replace("\n", "")
    assert all(text[start : start + len(piece)] == piece for start, piece in found)
    assert all(len(piece) <= longest for _, piece in found)


def test_two_readers_of_one_tokeniser_do_not_disturb_each_other() -> None:
    one, two = (tokeniser().tokens("停戦案。首脳会談。") for _ in range(2))
    pairs = [
        (left.surface, right.surface) for left, right in zip(one, two, strict=True)
    ]
    assert all(left == right for left, right in pairs)


def test_an_unknown_tokeniser_is_refused_with_the_known_ones() -> None:
    with pytest.raises(PluginError, match="sudachi"):
        tokeniser("nobody")


def test_a_missing_dictionary_says_what_to_install() -> None:
    with pytest.raises(PluginError, match="pip install"):
        tokeniser("sudachi", "C", "huge")


def test_the_best_dictionary_has_a_version() -> None:
    name, version = best_dictionary()
    assert name in ("full", "core", "small")
    assert version[0].isdigit()


def test_a_numeral_is_read_by_its_neighbours_whatever_was_read_before() -> None:
    reader = tokeniser("sudachi", "C")
    readings = [next(reader.tokens(text)).reading for text in ("一つ", "一階", "一つ")]
    assert readings == ["ヒト", "イチ", "ヒト"]
