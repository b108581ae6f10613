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


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ミシガン州", "ミネソタ州"),
        ("ミズーリ州", "ミシシッピ州"),
        ("パデュー大学", "パドヴァ大学"),
        ("株式会社アクロス", "株式会社アクロン"),
    ],
)
def test_a_word_that_both_names_share_is_no_evidence(left, right):
    (row,) = termbank.compare([left], [right]).iter_rows(named=True)
    assert row["verdict"] == "different"


@pytest.mark.parametrize(
    ("left", "right"),
    [("ジュネーブ市", "ジュネーヴ市"), ("カリフォルニア州", "カルフォルニア州")],
)
def test_respelled_katakana_beside_one_word_is_still_the_same(left, right):
    assert termbank.compare([left], [right])["verdict"].to_list() == ["same"]


@pytest.mark.parametrize(
    ("left", "right"),
    [("五輪", "5輪"), ("三井", "3井"), ("二階堂", "2階堂"), ("四国", "4国")],
)
def test_a_figure_that_is_part_of_a_word_is_not_written_in_figures(left, right):
    assert termbank.compare([left], [right])["verdict"].to_list() != ["same"]


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        ("1万人", "10,000人", True),
        ("2.5億円", "250,000,000円", True),
        ("1万2000円", "12,000円", True),
        ("1万人", "1,000人", False),
        ("二十人", "20人", True),
        ("二人目", "2人目", True),
        ("三カ国", "3か国", True),
    ],
)
def test_figures_are_compared_by_value(left, right, equal):
    verdict = termbank.compare([left], [right])["verdict"][0]
    assert verdict == ("same" if equal else "different")
