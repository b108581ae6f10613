"""Verdicts on pairs handed over."""

import polars as pl
import pytest

import termbank


def verdicts(*pairs: tuple[str, str]) -> list[str]:
    answer = termbank.compare([a for a, _ in pairs], [b for _, b in pairs])
    return answer["verdict"].to_list()


@pytest.mark.parametrize(
    "pair",
    [
        ("パス", "パース"),
        ("ローカル", "ロケール"),
        ("フォーム", "ホーム"),
        ("バー", "バッ"),
        ("ビル", "ビール"),
        ("シュア", "ユタ"),
        ("コード", "コート"),
        ("レズニコフ", "ルキヤノフ"),
        ("ウラジーミル・プーチン", "ウラジーミル・ゼレンスキー"),
        ("安全の保証", "安全保障"),
        ("停戦", "停戦案"),
    ],
)
def test_words_that_checkers_confuse_are_never_same(pair):
    assert verdicts(pair)[0] in ("different", "ask")


@pytest.mark.parametrize(
    "pair",
    [
        ("サーバー", "サーバ"),
        ("ヴァイオリン", "バイオリン"),
        ("ルーク・コーフィー", "ルーク・コフィー"),
        ("ウラジーミル・ゼレンスキー", "ウォロディミル・ゼレンスキー"),
        ("取り組み", "取組"),
        ("捕虜の交換", "捕虜交換"),
        ("ＮＡＴＯ", "NATO"),
        ("ジョン＝スミス", "ジョン スミス"),
        ("Web サイト", "ウェブサイト"),
        ("クラウド サービス", "クラウドサービス"),
    ],
)
def test_spellings_of_one_word_are_same(pair):
    assert verdicts(pair) == ["same"]


@pytest.mark.parametrize(
    ("pair", "relation"),
    [
        (("キエフ", "キーウ"), "renamed"),
        (("希土類", "レアアース"), "synonym"),
        (("慶応大", "慶應義塾大学"), "short-name"),
        (("NATO", "北大西洋条約機構"), "acronym"),
        (("露", "ロシア"), "abbreviation"),
        (("米露", "ロシア"), "composition"),
    ],
)
def test_relations_that_are_no_spelling_are_related(pair, relation):
    (row,) = termbank.compare([pair[0]], [pair[1]]).to_dicts()
    assert (row["verdict"], row["relation"]) == ("related", relation)


def test_a_surname_alone_is_asked_about():
    (row,) = termbank.compare(["ルビオ"], ["マルコ・ルビオ"]).to_dicts()
    assert (row["verdict"], row["relation"]) == ("ask", "short-name")


def test_the_sides_may_change_places():
    forms = ["サーバー", "キエフ", "取り組み", "ビル"]
    other = ["サーバ", "キーウ", "取組", "ビール"]
    assert termbank.compare(forms, other).equals(termbank.compare(other, forms))


def test_nulls_stay_null_and_lengths_must_agree():
    answer = termbank.compare(
        pl.Series(["サーバー", None]), pl.Series(["サーバ", "サーバ"])
    )
    assert answer.row(1) == (None, None, None, None)
    assert answer.row(0)[3] == "same"
    with pytest.raises(ValueError, match="2 forms"):
        termbank.compare(["a", "b"], ["a"])


def test_no_pairs_give_no_rows():
    assert termbank.compare([], []).height == 0


def test_one_form_is_the_same_as_itself():
    (row,) = termbank.compare(["停戦"], ["停戦"]).to_dicts()
    assert (row["similarity"], row["verdict"]) == (100.0, "same")


def test_reasons_say_what_was_seen():
    answer = termbank.compare(
        ["サーバー", "ジョン・スミス"], ["サーバ", "ジョンスミス"]
    )
    assert answer["reasons"].to_list()[0][0] == "long-vowel"
    assert answer["reasons"].to_list()[1][0] == "middle-dot"


def test_hostile_forms_are_judged_all_the_same():
    forms = ["", "・", "a" * 5000, "ー" * 300, "𠮟る", "\x00", "ｶﾞｷﾞ"]
    answer = termbank.compare(forms, forms[::-1])
    assert answer["verdict"].null_count() == 0
