"""What headers of tables say: a language with its region, or a column of a language."""

import pytest

from termbank.formats.tables.column_names import column_meaning


@pytest.mark.parametrize(
    ("name", "lang"),
    [
        ("英語（米）", "en-US"),
        ("英語（イギリス）", "en-GB"),
        ("English (UK)", "en-GB"),
        ("English (United States)", "en-US"),
        ("日本語（日本）", "ja-JP"),
        ("中国語（台湾）", "zh-TW"),
        ("nb_NO", "nb-NO"),
        ("zh-Hans-CN", "zh-Hans-CN"),
    ],
)
def test_a_region_in_words_or_letters_belongs_to_the_language(name, lang):
    assert column_meaning(name)[:2] == ("form", lang)


@pytest.mark.parametrize(
    ("name", "field", "lang"),
    [
        ("ja_reading", "reading", "ja"),
        ("ja-yomi", "reading", "ja"),
        ("en_note", "note", "en"),
        ("ja_definition", "definition", "ja"),
    ],
)
def test_a_column_of_a_language_is_no_language(name, field, lang):
    assert column_meaning(name)[:2] == (field, lang)
