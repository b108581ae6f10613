"""A katakana word and the English word that it was taken from share a key."""

import pytest

from termbank.memory.alignment.sound_keys import sound_keys


@pytest.mark.parametrize(
    ("ja", "en"),
    [("ネコのエサ", "cat food"), ("人が来た", "A person came"), ("テスト", "rest")],
)
def test_other_words_share_none(ja, en):
    assert not sound_keys(ja) & sound_keys(en)


@pytest.mark.parametrize(
    ("ja", "en"),
    [
        ("コンポーネント", "components"),
        ("データベース", "database"),
        ("プロパティ", "properties"),
        ("ファンクション", "function"),
        ("テンプレート", "templates"),
        ("イベント", "event"),
        ("ブラウザー", "browsers"),
        ("レンダリング", "rendering"),
        ("メソッド", "methods"),
    ],
)
def test_a_loanword_meets_its_original(ja, en):
    assert sound_keys(f"この{ja}は速い") & sound_keys(f"These {en} are fast")
