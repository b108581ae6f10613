"""Bilingual files: read, judged, and placed in the file again."""

import pytest

from termbank import check
from termbank.checking.bilingual.pair_files import counterpart
from termbank.checking.bilingual.renderings import Pair, Terms
from termbank.checking.bilingual.search_normalisation import keys_of
from termbank.checking.options import Options
from termbank.glossary.glossary_sources import Rows
from termbank.rules.pages import rows_in

GLOSSARY = Rows(
    rows_in(
        (
            "キーウ < キエフ [renamed]",
            "en: Kyiv < Kiev",
            "ゼレンスキー [person]",
            "en: Zelenskyy",
            "北大西洋条約機構 [organization]",
            "en: NATO",
            "安全の保証",
            "en: security guarantee",
        )
    )
)
CODES = ["TB3"]
PO = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"
"Language: en\\n"

msgid "キーウで会談した。"
msgstr "They met in Kiev."

msgid "ゼレンスキー大統領"
msgstr "President Zelenskiy"

msgid "北大西洋条約機構の会議"
msgstr "A meeting of Nato"

msgid "安全の保証を求めた。"
msgstr "They asked for security guarantees."
"""
XLIFF = """<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
<file original="a" source-language="ja" target-language="en" datatype="plaintext"><body>
<trans-unit id="1"><source>キーウで会談した。</source>
<target>They met in Kiev.</target></trans-unit>
</body></file></xliff>
"""
TMX = """<?xml version="1.0"?>
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence"
 o-tmf="x" adminlang="en" srclang="ja" datatype="plaintext"/><body>
<tu><tuv xml:lang="ja"><seg>キーウで会談した。</seg></tuv>
<tuv xml:lang="en"><seg>They met in Kiev.</seg></tuv></tu>
</body></tmx>
"""


def found(path, **options):
    listed = check([path], glossary=[GLOSSARY], select=CODES, **options)
    return [(one.code, one.line, one.column) for one in listed]


def test_po_findings_stand_where_they_are_written(tmp_path):
    path = tmp_path / "a.po"
    path.write_text(PO, encoding="utf-8")
    assert found(path) == [("TB301", 6, 21), ("TB308", 9, 19), ("TB306", 12, 22)]


@pytest.mark.parametrize(
    ("name", "content", "line"), [("a.xlf", XLIFF, 5), ("a.tmx", TMX, 5)]
)
def test_xml_findings_stand_where_they_are_written(tmp_path, name, content, line):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert [one[:2] for one in found(path)] == [("TB301", line)]


def test_a_broken_bilingual_file_is_a_finding(tmp_path):
    path = tmp_path / "a.tmx"
    path.write_text(TMX[:-40], encoding="utf-8")
    assert [one[0] for one in found(path)] == ["TB903"]


def rendered(source, target, lang="ja"):
    other = "en" if lang == "ja" else "ja"
    pair = Pair(source, target, "", 0, lang, other)
    return list(Terms(GLOSSARY.rows).rendered([pair]))


def test_the_longest_term_is_taken_and_a_rendering_inside_another_counts():
    assert rendered("安全の保証", "security guarantees") == []
    (one,) = rendered("安全の保証", "safety")
    assert (one.right, one.wrong, one.expected) == ((), (), ("security guarantee",))


@pytest.mark.parametrize("target", ["ＮＡＴＯ summit", "the NATO-led force"])
def test_width_and_hyphens_do_not_hide_a_rendering(target):
    (one,) = rendered("北大西洋条約機構", target)
    assert one.right


def test_tags_and_placeholders_are_no_renderings():
    (one,) = rendered("キーウ", "<Kyiv> %(Kyiv)s")
    assert one.right == ()


def test_both_directions():
    (one,) = rendered("In Kyiv.", "キエフで。", "en")
    assert [wrong.surface for wrong in one.wrong] == ["キエフ"]


SITES = Rows(
    rows_in(
        (
            "サイト",
            "en: site",
            "ウェブサイト",
            "en: website",
            "委員",
            "en: member",
            "委員会",
            "en: committee",
            "表示",
            "en: display",
            "表示名",
            "en: display name",
        )
    )
)


def absent(source, target, glossary=SITES):
    pairs = [Pair(source, target, "", 0, "en", "ja")]
    from termbank.rules.absent_rendering import RULE

    rendered = list(Terms(glossary.rows).rendered(pairs))
    return [finding.message for finding in RULE.check_renderings(rendered)]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Visit the site.", "サイトを見る。"),
        ("Visit the site of the website.", "ウェブサイトを見る。"),
        ("The name to display", "表示名"),
        ("All members of the committee", "委員会の全員"),
        ("Visit the site.", "ウェブサイトのサイトを見る。"),
        ("Visit the site.", "サイトマップを見る。"),
    ],
)
def test_a_rendering_inside_a_longer_term_that_the_source_holds_counts(source, target):
    assert absent(source, target) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [("Visit the site.", "ウェブサイトを見る。"), ("Each member", "委員会ごと")],
)
def test_a_longer_term_of_the_glossary_renders_itself_only(source, target):
    assert len(absent(source, target)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "_Site",
        "Si_te",
        "&Site",
        "S&ite",
        "~Site",
        "si~te...",
        "site_display",
        "All Si&tes",
    ],
)
def test_marks_of_accelerators_do_not_hide_a_term(source):
    assert absent(source, "訳なし")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("The _site of x", "_site のこと"),
        ("max_site", "max_site"),
        ("S&ite", "サイト(&S)"),
    ],
)
def test_identifiers_that_a_translation_repeats_hold_no_term(source, target):
    assert absent(source, target) == []


def test_names_match_without_middle_dot_and_final_long_vowel():
    assert "ルークコフィ" in keys_of("ルーク・コフィー", "ja")


def test_a_folder_of_translations_is_paired_by_name(tmp_path):
    for name, text in (
        ("ja/a/b.md", "キーウで会談した。安全の保証を求めた。\n"),
        ("en/a/b.md", "They met in Kiev. They asked for a security guarantee.\n"),
    ):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    options = Options(source_folder=str(tmp_path / "ja"))
    path = tmp_path / "en" / "a" / "b.md"
    assert counterpart(str(path), str(tmp_path / "ja")) == str(tmp_path / "ja/a/b.md")
    assert found(path, options=options) == [("TB301", 1, 13)]
