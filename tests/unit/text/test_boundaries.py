"""Where a term may stand: chance substrings stay silent."""

import pytest

from termbank.text.boundaries import script, stands_alone


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("パスワード", "ワード"),
        ("エラー", "エラ"),
        ("東京都", "京都"),
        ("首長国連邦", "国連"),
        ("側面", "側"),
        ("ロシア側", "側"),
        ("露わ", "露"),
        ("米国", "米"),
        ("natos", "nato"),
        ("nato2", "nato"),
        ("my_nato", "nato"),
        ("これはいかがか", "いか"),
        ("サーバー", "サーバ"),
        ("14世", "4世"),
    ],
)
def test_a_chance_substring_is_no_term(text, form):
    at = text.index(form)
    assert not stands_alone(text, at, at + len(form))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("プーチン大統領", "プーチン"),
        ("ウラジーミル・プーチン", "プーチン"),
        ("停戦合意", "停戦"),
        ("無条件停戦", "停戦"),
        ("無条件停戦案", "停戦"),
        ("国連総会", "国連"),
        ("対露制裁", "制裁"),
        ("新政権", "政権"),
        ("停戦する", "停戦"),
        ("nato加盟国", "nato"),
        ("nato's", "nato"),
        ("日本の側に", "側"),
        ("米と露が", "露"),
        ("「キーウ」", "キーウ"),
        ("キーウ", "キーウ"),
        ("それはつるおかさん", "つるおか"),
        ("レオ14世", "レオ14世"),
    ],
)
def test_a_term_is_found_where_it_stands(text, form):
    at = text.index(form)
    assert stands_alone(text, at, at + len(form))


def test_every_character_has_one_script():
    assert [script(char) for char in "漢々カーゝひa1é・。 "] == [
        "kanji",
        "kanji",
        "katakana",
        "katakana",
        "hiragana",
        "hiragana",
        "latin",
        "latin",
        "latin",
        "",
        "",
        "",
    ]
