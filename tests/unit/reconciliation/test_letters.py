"""Latin letters spelled out in katakana."""

import polars as pl
import pytest

from termbank.reconciliation.features.spelled_letters import latin_letters


def letters(form):
    frame = pl.DataFrame({"form": [form]})
    return frame.select(latin_letters(pl.col("form"))).item()


@pytest.mark.parametrize(
    "word", ["", "エッチ", "ワイン", "エースワン", "アイドル", "ケーキ"]
)
def test_words_are_no_letters(word):
    assert letters(word) is None


@pytest.mark.parametrize(
    ("form", "expected"),
    [("シーディー", "cd"), ("ディーブイディーラム", None), ("デーエヌエイ", "dna"),
     ("エイチティーティーピー", "http"), ("ビーツービー", "b2b")],
)  # fmt: skip
def test_letters_are_read_however_they_are_said(form, expected):
    assert letters(form) == expected
