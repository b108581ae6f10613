"""A spelling that is another word there: silent; one that may be: a warning to read."""

import pytest

from termbank import Glossary, check_text


def findings(text: str, better: str, variant: str):
    rules = Glossary.from_variants({better: variant.split(",")}, lang="ja")
    return check_text(text, glossary=rules)


def surfaces(text: str, better: str, variant: str) -> list[str]:
    return [text[slice(*one.span)] for one in findings(text, better, variant)]


@pytest.mark.parametrize(
    ("better", "variant", "text"),
    [
        ("言い訳", "いいわけ", "歩けばいいわけです。"),
        ("言い訳", "いいわけ", "これでいいわけではない。"),
        ("および", "及び", "被害は市内にも及びました。"),
        ("そのうえ", "その上", "その上を歩く。"),
        ("そのうち", "その内", "その内に入れる。"),
        ("あたり", "当たり", "目の当たりにした。"),
        ("ゼロから", "1から,0から", "表3-1から写す。"),
        ("ゼロから", "1から,0から", "版4.0から動く。"),
        ("だいぶ", "大分", "大分に行く。"),
        ("話", "話し", "静かに話します。"),
        ("置く", "おく", "開けておく。"),
        ("見る", "みる", "食べてみる。"),
        ("言う", "いう", "犬という生き物。"),
        ("無い", "ない", "大切でない。"),
        ("ひかり", "光", "光さんが来た。"),
        ("したがって", "従って", "規則に従って動く。"),
        ("付け足", "つけた", "印をつけた箱。"),
        ("いまだ", "今だ", "今だけ使う。"),
    ],
)
def test_another_word_of_the_same_spelling_is_silent(better, variant, text):
    assert surfaces(text, better, variant) == []


@pytest.mark.parametrize(
    ("better", "variant", "text"),
    [
        ("おく", "置く", "棚に置く。"),
        ("ください", "下さい", "水を下さい。"),
        ("とおり", "通り", "通りを歩く。"),
        ("うえ", "上", "机の上。"),
        ("あまり", "余り", "割り算の余り。"),
        ("いう", "言う", "「いいえ」と言う。"),
        ("ゼロから", "1から", "項目1から読む。"),
        ("ゼロから", "0から", "0から5まで。"),
        ("でほし", "で欲し", "店で欲しい物。"),
        ("いつ", "何時", "今何時ですか。"),
        ("とおり", "通り", "期待通りに動く。"),
    ],
)
def test_a_word_with_two_readings_is_a_warning_without_a_safe_fix(
    better, variant, text
):
    (found,) = findings(text, better, variant)
    assert found.severity == "warning"
    assert not found.fix.safe


@pytest.mark.parametrize(
    ("better", "variant", "text", "count"),
    [
        ("言い訳", "いいわけ", "いいわけをする。", 1),
        ("および", "及び", "東京及び大阪。", 1),
        ("そのうえ", "その上", "その上、雪も降る。", 1),
        ("おく", "置く", "開けて置く。", 1),
        ("ください", "下さい", "見て下さい。お待ち下さい。", 2),
        ("とおり", "通り", "次の通りです。思った通りだ。", 2),
        ("ゼロから", "1から", "1から作る。", 1),
        ("気付", "気づ", "気づけば。気づかない。気づこう。", 3),
        ("気を付", "気をつ", "気をつける。気をつけて。", 2),
        ("いただ", "頂", "見て頂いた。", 1),
        ("分か", "わか", "わかれば。わからない。わかめ。", 2),
        ("私", "わたし", "わたしたちは行く。", 1),
        ("わたし", "私", "私たちと私達。", 2),
        ("先生", "せんせい", "せんせい方。", 1),
        ("したがって", "従って", "従って、動く。", 1),
        ("かまい", "構い", "どれでも構いません。", 1),
        ("ごとに", "毎に", "押す毎に鳴る。", 1),
        ("あいまい", "曖昧", "文の曖昧性。", 1),
        ("でほし", "で欲し", "読んで欲しい。", 1),
    ],
)
def test_the_word_itself_is_found_in_every_inflection(better, variant, text, count):
    assert len(findings(text, better, variant)) == count
    assert all(one.fix.safe for one in findings(text, better, variant))
