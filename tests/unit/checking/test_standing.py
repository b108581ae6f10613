"""Free, part of a compound, or chance: sentences of the project's own."""

import pytest

from termbank import Glossary, check_text


def spans(text: str, better: str, variant: str) -> list[str]:
    rules = Glossary.from_variants({better: [variant]}, lang="ja")
    found = check_text(text, glossary=rules)
    assert all(text[slice(*one.span)] == variant for one in found)
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("better", "variant", "text"),
    [
        ("鰓", "エラ", "エラーが出た。"),
        ("Word", "ワード", "パスワードを入れる。"),
        ("単語", "ワード", "キーワードを探す。"),
        ("そば", "側", "側面から見る。"),
        ("そば", "側", "ロシア側の説明。"),
        ("そば", "側", "こちら側の席。"),
        ("サーバー", "サーバ", "サーバーを止める。"),
        ("サーバー", "サーバ", "サーバーーを止める。"),
        ("サーバー", "サーバ", "サーバルキャットを見た。"),
        ("ユーザー", "ユーザ", "ユーザビリティを調べる。"),
        ("レイヤー", "レイヤ", "プレイヤが走る。"),
        ("メーター", "メータ", "パラメータを渡す。"),
        ("メモリー", "メモリ", "メモリアルホールに着く。"),
        ("こと", "事", "仕事をする。"),
        ("とき", "時", "時間と同時。"),
        ("ため", "為", "為替と行為。"),
        ("もの", "物", "物語と食べ物。"),
        ("大都市", "大の都市", "世界最大の都市だ。"),
        ("列表現", "列の表現", "文字列の表現を見る。"),
        ("人息子", "人の息子", "2人の息子がいる。"),
        ("技術者", "エンジニア", "エンジニアリングを学ぶ。"),
        ("データ", "データー", "バリデーターの一覧。"),
        ("キャッシュ", "cache", "図は clear-cache-all と書く。"),
        ("Android", "android", "絵は android-push-icon である。"),
        ("ブログ", "blog", "The data for blog posts. 日本語。"),
        ("パス", "path", "場所は a/path/b である。"),
        ("JavaScript", "javascript", "段階は build-javascript である。"),
        ("並ば", "ならば", "「雨」 ならば 「休み」。"),
        ("Express", "express", "Use this to express a fact."),
    ],
)
def test_a_chance_substring_is_silent(better, variant, text):
    assert spans(text, better, variant) == []


@pytest.mark.parametrize(
    ("better", "variant", "text"),
    [
        ("サーバー", "サーバ", "サーバ管理者を呼ぶ。"),
        ("サーバー", "サーバ", "クラウドサーバを借りる。"),
        ("サーバー", "サーバ", "Webサーバが落ちた。"),
        ("サーバー", "サーバ", "サーバレスにする。"),
        ("コンピューター", "コンピュータ", "マイクロコンピュータを組む。"),
        ("コンピューター", "コンピュータ", "コンピュータグラフィックスの授業。"),
        ("プリンター", "プリンタ", "プリンタドライバを入れる。"),
        ("インターフェース", "インタフェース", "ユーザインタフェースを描く。"),
        ("子ども", "子供", "子供達が来た。"),
        ("ください", "下さい", "教えて下さいね。"),
        ("できる", "出来る", "出来るだけ早く。"),
        ("取り扱い", "取扱い", "商品取扱い説明書。"),
        ("竜", "龍", "龍神の伝説。"),
        ("とき", "時", "出かける時に見る。"),
        ("こと", "事", "話す事がない。"),
        ("そば", "側", "川の側に立つ。"),
        ("ウラジーミル", "ウラジミール", "ウラジミール・プーチン大統領。"),
        ("キーウ", "キエフ", "在キエフの記者。"),
    ],
)
def test_a_word_or_a_part_of_a_compound_is_found(better, variant, text):
    assert len(spans(text, better, variant)) == 1


def test_the_base_of_a_reading_is_found_and_the_reading_is_not():
    rules = Glossary.from_variants({"恐れ": ["虞", "おそれ"]}, lang="ja")
    text = "<ruby>虞<rp>(</rp><rt>おそれ</rt><rp>)</rp></ruby>がある。"
    (found,) = check_text(text, glossary=rules, format="html")
    assert text[slice(*found.span)] == "虞"
    assert found.fix is not None
    assert not found.fix.safe


def test_a_gloss_of_another_word_makes_a_fix_unsafe():
    rules = Glossary.from_variants({"Flash": ["フラッシュ"]}, lang="ja")
    other, same = check_text(
        "フラッシュ (flush) する。フラッシュ (Flash) だ。", glossary=rules
    )
    assert other.fix is not None
    assert same.fix is not None
    assert (other.fix.safe, same.fix.safe) == (False, True)


def test_latin_words_end_where_letters_end():
    rules = Glossary.from_variants({"color": ["colour"]}, lang="en")
    text = "colour, colours; discolour colour_map colourful 灰色colour"
    found = check_text(text, glossary=rules)
    assert [one.span.start for one in found] == [0, 8, text.index("灰色") + 2]


@pytest.mark.parametrize("status", ["admitted", "proposed", "preferred"])
def test_forms_that_may_be_written_are_silent(status):
    import polars as pl

    glossary = Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja")
    terms = glossary.terms.with_columns(
        pl.when(pl.col("form") == "サーバ")
        .then(pl.lit(status))
        .otherwise(pl.col("status").cast(pl.String))
        .alias("status")
    )
    if status == "preferred":
        terms = terms.filter(pl.col("form") == "サーバ")
    assert check_text("サーバ", glossary=Glossary(glossary.concepts, None, terms)) == []
