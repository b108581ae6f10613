"""Pairs that are no spellings of each other, whatever the judge says."""

import pytest

import termbank


@pytest.mark.parametrize("pair", [("同調", "支持"), ("姿勢", "立場"), ("命令", "指示")])
def test_synonyms_that_share_neither_kanji_nor_sounds_are_different(pair):
    assert termbank.compare(pair[:1], pair[1:])["verdict"].to_list() == ["different"]


def test_a_loanword_and_its_translation_stay_related():
    answer = termbank.compare(["希土類"], ["レアアース"])
    assert answer["verdict"].to_list() == ["related"]


@pytest.mark.parametrize("pair", [("停戦", "停戦案"), ("捕虜", "捕虜交換")])
def test_a_word_is_never_the_same_as_a_compound_of_it(pair):
    assert termbank.compare(pair[:1], pair[1:])["verdict"][0] != "same"


def test_spellings_that_share_kanji_or_sounds_still_join():
    answer = termbank.compare(
        ["取り組み", "稲荷寿司", "渡邊"], ["取組", "いなり寿司", "渡辺"]
    )
    assert answer["verdict"].to_list() == ["same", "same", "same"]


@pytest.mark.parametrize("pair", [("バー", "バッ"), ("ザッ", "ザー")])
def test_a_sound_cut_short_is_never_the_same_as_one_drawn_out(pair):
    assert termbank.compare(pair[:1], pair[1:])["verdict"][0] != "same"
    assert termbank.compare(pair[1:], pair[:1])["verdict"][0] != "same"
