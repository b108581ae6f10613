"""What readers see is found: full width, combining marks, attributes; what they do not is not."""

import pytest

from termbank import Glossary, check_text
from termbank.checking.files.fixing import apply_fixes
from termbank.glossary.glossary_sources import Rows
from termbank.rules.pages import rows_in


def findings(text: str, better: str, variant: str, markup: str = "plain"):
    rules = Glossary.from_variants({better: [variant]}, lang="ja")
    return check_text(text, glossary=rules, format=markup)


@pytest.mark.parametrize(
    ("better", "variant", "text", "surface"),
    [
        ("ソフトバンク", "SoftBank", "ＳｏｆｔＢａｎｋの回線。", "ＳｏｆｔＢａｎｋ"),
        ("サーバー", "サーバ", "新しいｻｰﾊﾞを買う。", "ｻｰﾊﾞ"),
        ("ガイド", "がいど", "か\u3099いど を読む。", "か\u3099いど"),
        ("葛城", "葛󠄀木", "葛󠄀木市。", "葛󠄀木"),
    ],
)
def test_width_and_combining_marks_hide_nothing(better, variant, text, surface):
    (found,) = findings(text, better, variant)
    assert text[slice(*found.span)] == surface
    assert apply_fixes(text, [found]).startswith(text[: found.span.start] + better)


def test_a_full_width_form_that_is_part_of_another_word_is_silent():
    assert findings("ＸＰＣＲを測る。", "パソコン", "PC") == []


def test_a_latin_variant_is_no_variant_in_an_english_paragraph():
    text = "We strip one prefix.\n\nこのprefixを消す。\n\nThe prefix stays."
    (found,) = findings(text, "接頭辞", "prefix")
    assert found.line == 3


def test_a_latin_spelling_of_a_latin_word_counts_in_english_too():
    assert len(findings("See Github.", "GitHub", "Github")) == 1


@pytest.mark.parametrize(
    ("markup", "text", "after"),
    [
        ("html", "<p>サーバ</p>", "<p>A&amp;B</p>"),
        ("xliff", "<target>サーバ</target>", "<target>A&amp;B</target>"),
        ("markdown", "サーバ", "A&B"),
    ],
)
def test_a_fix_is_written_as_the_markup_wants_it(markup, text, after):
    assert apply_fixes(text, findings(text, "A&B", "サーバ", markup)) == after


def test_a_fix_that_would_close_a_string_is_not_offered():
    (found,) = findings('msgid "a"\nmsgstr "サーバ"\n', 'い"う', "サーバ", "po")
    assert found.fix is None


def test_the_word_inside_a_chance_hit_is_found():
    rules = Glossary.from_variants(
        {"そのうえ": ["その上"], "ジョウギ": ["上着"]}, lang="ja"
    )
    text = "その上着を着る。"
    assert [text[slice(*f.span)] for f in check_text(text, glossary=rules)] == ["上着"]


@pytest.mark.parametrize("surface", ["高島屋", "髙島屋"])
def test_old_shapes_of_a_retired_name_are_found(surface):
    rules = Rows(rows_in(("タカシマヤ < 高島屋 [organization]",)))
    text = f"{surface}の売場。"
    (found,) = check_text(text, glossary=[rules])
    assert apply_fixes(text, [found]) == "タカシマヤの売場。"


@pytest.mark.parametrize("surface", ["関ヶ原", "関ケ原", "関が原"])
def test_the_small_ke_of_a_retired_place_is_found_in_any_shape(surface):
    rules = Rows(rows_in(("せきがはら < 関ヶ原 [place]",)))
    assert len(check_text(f"{surface}で会う。", glossary=[rules])) == 1


def test_old_shapes_of_common_words_are_words_of_their_own():
    rules = Rows(rows_in(("まなぶ < 学ぶ",)))
    assert check_text("學ぶ。", glossary=[rules]) == []
