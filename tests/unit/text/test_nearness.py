"""Nearness: spellings of one word come through the usual cut-off, other words do not."""

import pytest

from termbank.text.nearness import folded, pairs, similarity, spelling
from termbank.text.romaji import from_romaji

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
    assert folded("ー・") == ""
    assert len(pairs("ー")) == 2


@pytest.mark.parametrize(
    ("letters", "kana"),
    [
        ("zerensukii", "ゼレンスキイ"),
        ("pu-chin", "プーチン"),
        ("tōkyō", "トーキョー"),
        ("shinbun", "シンブン"),
        ("shimbun", "シンブン"),
        ("kitto", "キット"),
        ("jon'ichi", "ジョンイチ"),
        ("lukashenko", "ルカシェンコ"),
        ("ruuku kofii", "ルウク・コフィイ"),
        ("trump", ""),
        ("x", ""),
        ("", ""),
    ],
)
def test_letters_are_read_as_kana_or_not_at_all(letters, kana):
    assert from_romaji(letters) == kana
