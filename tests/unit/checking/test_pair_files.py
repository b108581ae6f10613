"""Findings stand in the very message, and a fix touches nothing outside its target."""

import pytest
from lxml import etree

from termbank import check
from termbank.checking.bilingual.pair_files import counterpart
from termbank.checking.files.fixing import fix_file
from termbank.glossary.glossary_sources import Rows
from termbank.rules.pages import rows_in

MAIL = Rows(rows_in(("電子メール < メール", "en: e-mail < mail")))


def findings(path, glossary=MAIL, select=("TB301",)):
    return check([path], glossary=[glossary], select=list(select))


def fixed_bytes(path, glossary=MAIL):
    found = findings(path, glossary)
    fix_file(str(path), found, unsafe=True)
    return path.read_bytes()


def test_entities_beside_the_term_stay(tmp_path):
    path = tmp_path / "a.xlf"
    text = (
        '<xliff version="1.2"><file original="a" source-language="en" target-language="ja" '
        "datatype='x'><body><trans-unit id=\"1\"><source>Q&amp;A by e-mail</source>"
        "<target>Q&amp;A は&#x20;メールで</target></trans-unit></body></file></xliff>"
    )
    path.write_text(text, encoding="utf-8")
    after = fixed_bytes(path).decode()
    assert after == text.replace("メール", "電子メール")
    etree.fromstring(after.encode())


def test_the_source_and_other_messages_are_not_touched(tmp_path):
    path = tmp_path / "a.po"
    text = (
        'msgid ""\nmsgstr "Language: ja\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "メール"\nmsgstr "\\"メール\\""\n\nmsgid "an e-mail"\nmsgstr "\\"メール\\"です"\n'
    )
    path.write_text(text, encoding="utf-8")
    assert [one.line for one in findings(path)] == [8]
    assert fixed_bytes(path).decode() == text.replace(
        'メール\\"です', '電子メール\\"です'
    )


def test_of_two_equal_targets_each_finding_names_its_own(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "en,ja\nUse it,メールを使う\nUse e-mail,メールを使う\ne-mail now,メールを使う\n",
        encoding="utf-8",
    )
    assert [(one.line, one.column) for one in findings(path)] == [(3, 12), (4, 12)]


def test_a_quoted_cell_stays_quoted(tmp_path):
    path = tmp_path / "a.csv"
    text = 'en,ja\n"e-mail, now","メール, 今"\n"an ""e-mail""","「""メール""」"\n'
    path.write_text(text, encoding="utf-8")
    assert fixed_bytes(path).decode() == text.replace('"メール, 今', '"電子メール, 今')


def test_a_term_over_a_seam_of_strings_gets_no_fix(tmp_path):
    path = tmp_path / "a.po"
    path.write_text(
        'msgid ""\nmsgstr "Language: ja\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "an e-mail"\nmsgstr "メー"\n"ルです"\n',
        encoding="utf-8",
    )
    (found,) = findings(path)
    assert found.fix is None


@pytest.mark.parametrize(
    ("lines", "source", "target", "code"),
    [
        (
            ("サポート", "en: Support"),
            "The Support System",
            "Support System（助ける装置）",
            "TB303",
        ),
        (("サポート", "en: Support"), "Press Support", "「Support」を押す", "TB303"),
        (("画像", "en: image"), "The image", "WP_Image を `image` に", "TB303"),
        (("ウィジェット", "en: Widget"), "get Widget", "org.x.Widget()", "TB303"),
        (("Widget", "en: Widget"), "Add Widgets", "Widgetsを足す", "TB307"),
        (("メニュー", "en: menu"), "custom menu", "カスタムメニュー", "TB302"),
        (("有効化する", "en: activate"), "activate it", "有効化しました", "TB302"),
        (("切り替える", "en: switch"), "switch it", "切替ボタン", "TB302"),
        (
            ("有効化|アクティベート", "en: activate"),
            "activate it",
            "アクティベートする",
            "TB302",
        ),
        (
            ("設定、セッティング", "en: setting"),
            "a setting",
            "セッティング画面",
            "TB302",
        ),
        (("ドワーフ", "en: dwarf"), "ドワーフの町", "dwarven town", "TB302"),
        (("魔術師", "en: mage"), "黒魔術師", "dark adept", "TB302"),
        (("更新 {文脈による}", "en: update"), "update", "改める", "TB302"),
    ],
)
def test_a_rendering_in_another_form_is_silent(tmp_path, lines, source, target, code):
    path = tmp_path / "a.csv"
    path.write_text(f'en,ja\n"{source}","{target}"\n', encoding="utf-8")
    if source[0] > "ぁ":
        path.write_text(f'ja,en\n"{source}","{target}"\n', encoding="utf-8")
    assert findings(path, Rows(rows_in(lines)), [code]) == []


@pytest.mark.parametrize(
    ("lines", "source", "target", "code"),
    [
        (("サポート", "en: Support"), "Ask Support", "Supportに聞く", "TB303"),
        (
            ("フォルダー < フォルダ", "en: folder"),
            "a folder",
            "フォルダを開く",
            "TB301",
        ),
        (("魔術師", "en: mage"), "a mage", "魔法使い", "TB302"),
        (("設定", "en: setting"), "a setting", "〔訳注: 設定〕せってい", "TB302"),
    ],
)
def test_what_is_wrong_is_found(tmp_path, lines, source, target, code):
    path = tmp_path / "a.csv"
    path.write_text(f'en,ja\n"{source}","{target}"\n', encoding="utf-8")
    (found,) = findings(path, Rows(rows_in(lines)), [code])
    assert found.code == code


PLURAL = """msgid ""
msgstr "Language: ja\\nContent-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "One new message"
msgid_plural "%d new messages"
msgstr[0] "%d 件の新しいメッセージ"
"""


def test_singular_and_plural_of_one_message_are_one(tmp_path):
    path = tmp_path / "a.po"
    path.write_text(PLURAL, encoding="utf-8")
    assert findings(path, select=["TB305", "TB309"]) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("[more]", "[拡大表示]"),
        ("%s MB left", "残り%sMB"),
        ("%b %d, %Y", "%Y年%m月%d日"),
        ("Get <em>another</em> one", "もう一つ手に入れる"),
        ("Move %1$s to %2$s", "%1$sを%2$sに移す"),
        ("Set at 10,000 in October", "10月に1万にする"),
        ("Twelve years, 50%", "12年、50％"),
    ],
)
def test_what_translators_may_change_is_silent(tmp_path, source, target):
    path = tmp_path / "a.csv"
    path.write_text(f'en,ja\n"{source}","{target}"\n', encoding="utf-8")
    assert findings(path, Rows([]), ["TB309"]) == []


@pytest.mark.parametrize(
    ("source", "target", "severity"),
    [
        ("%1$s to %2$s", "%1$sへ", "error"),
        ("{name} left", "{nmae}が去った", "error"),
        ("<1>Save</1> it", "<1>保存", "error"),
        ("up to 250 items", "最大520件", "warning"),
        ("[player] won", "[playr]の勝ち", "error"),
    ],
)
def test_what_the_target_lost_is_found(tmp_path, source, target, severity):
    path = tmp_path / "a.csv"
    path.write_text(
        f'en,ja\n"{source}","{target}"\n"[player] lost","[player]の負け"\n',
        encoding="utf-8",
    )
    assert [one.severity for one in findings(path, Rows([]), ["TB309"])] == [severity]


@pytest.mark.parametrize(
    ("there", "found"),
    [
        (("docs/a/b.md", "a/b.md", "b.md"), "docs/a/b.md"),
        (("a/b.md", "b.md"), "a/b.md"),
        (("b.md",), "b.md"),
        (("c.md",), ""),
    ],
)
def test_the_source_of_a_translation_is_the_longest_path_that_is_in_both(
    tmp_path, there, found
):
    sources = tmp_path / "ja"
    for name in there:
        path = sources / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("文", encoding="utf-8")
    translated = tmp_path / "en" / "docs" / "a" / "b.md"
    expected = str(sources / found) if found else ""
    assert counterpart(str(translated), str(sources)) == expected
    # No text is its own source.
    own = sources / "b.md"
    assert counterpart(str(own), str(sources)) in ("", str(sources / "ja" / "b.md"))
