"""The language of a document, told by its scripts."""

from termbank.sources.collection import language


def test_a_page_in_english_that_quotes_japanese_is_english():
    page = "The glossary holds 停戦 and キーウ. " * 20
    assert language(page) == "en"


def test_japanese_full_of_code_and_short_titles_are_japanese():
    code = (
        "関数 `useEffect(() => { connection.connect(); })` を呼び出すと、接続が始まります。"
        * 20
    )
    assert language(code) == "ja"
    assert language("NATO加盟") == "ja"
