"""Nearness: spellings of one word come through the usual cut-off, other words do not."""

import pytest

from termbank.text.nearness import fold_spelling, pairs, similarity, spelling
from termbank.text.sounds import romaji, sound_of_kana, sound_of_latin

CUT_OFF = 75.0
SAME = [
    ("シルスキ", "シルスキーイ"),
    ("シルスキイ", "シルスキーイ"),
    ("ウラジミール", "ウラジーミル"),
    ("ルーク・コーフィー", "ルークコフィ"),
    ("捕虜の交換", "捕虜交換"),
    ("ヴァンス", "バンス"),
    ("ぜれんすきー", "ゼレンスキー"),
    ("ﾌﾟｰﾁﾝ", "プーチン"),
    ("プチーン", "プーチン"),
    ("キャノン", "キヤノン"),
    ("ロシヤ", "ロシア"),
    ("ティーム", "チーム"),
    ("Zelenski", "Zelenskyy"),
    ("Syrsky", "Syrskyi"),
    ("Lviv", "Lwiw"),
    ("securty guarantees", "security guarantees"),
    ("Dušan", "dusan"),
]
OTHER = [
    ("メーター", "メーカー"),
    ("トランプ", "トランク"),
    ("りんご", "リング"),
    ("停戦案", "停戦合意"),
    ("ウィトコフ", "ウシャコフ"),
    ("ハルキウ", "ハリコフ"),
    ("国務長官", "国防長官"),
    ("F16", "F15"),
    ("レオ14世", "レオ13世"),
    ("lease", "cease"),
]


@pytest.mark.parametrize(("left", "right"), OTHER)
def test_other_words_stay_below(left, right):
    assert similarity(spelling(left), spelling(right)) < CUT_OFF


@pytest.mark.parametrize(("left", "right"), SAME)
def test_spellings_of_one_word_come_through(left, right):
    one, two = spelling(left), spelling(right)
    assert similarity(one, two) >= CUT_OFF
    assert pairs(one) & pairs(two)


def test_a_cut_off_only_spares_work():
    for left, right in SAME + OTHER:
        one, two = spelling(left), spelling(right)
        full, cut = similarity(one, two), similarity(one, two, at_least=CUT_OFF)
        assert cut == (full if full >= CUT_OFF else 0.0)


def test_nothing_is_near_nothing():
    assert similarity("", "") == 0.0
    assert fold_spelling("ー・") == ""
    assert len(pairs("ー")) == 2


@pytest.mark.parametrize(
    ("kana", "letters"),
    [
        ("シルスキーイ", "Syrskyi"),
        ("ゼレンスキー", "Zelenskyy"),
        ("ゼレンスキー", "zerensukii"),
        ("プーチン", "Putin"),
        ("プーティン", "putin"),
        ("ケロッグ", "Kellogg"),
        ("ウィトコフ", "Witkoff"),
        ("ルカシェンコ", "Lukashenko"),
        ("ストルテンベルグ", "Stoltenberg"),
        ("フランス", "France"),
        ("ドネツク", "Donetsk"),
        ("ツルオカ", "tsuruoka"),
        ("ヘグセス", "Hegseth"),
        ("シンブン", "shinbun"),
        ("キャリー", "kyarii"),
        ("ティチーノ", "Titino"),
    ],
)
def test_a_name_sounds_like_its_letters(kana, letters):
    assert sound_of_kana(kana) == sound_of_latin(letters.lower())


@pytest.mark.parametrize("text", ["東京", "キーウ市", "Kyiv", ""])
def test_only_katakana_has_a_sound(text):
    assert sound_of_kana(text) == ""


@pytest.mark.parametrize(
    ("kana", "letters"),
    [
        ("ウォルツ", "worutsu"),
        ("シェフチェンコ", "shefuchenko"),
        ("ジャパン", "japan"),
        ("ディーゼル", "dizeru"),
        ("トゥルーズ", "turuzu"),
        ("ファイル", "fairu"),
        ("ピョートル", "pyotoru"),
        ("チャーチル", "chachiru"),
    ],
)
def test_katakana_in_hepburn_letters(kana, letters):
    assert romaji(kana) == letters
