"""String tables and subtitles of fourteen kinds are bilingual files."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from termbank.errors import FormatError, TermbankError
from termbank.formats import module
from termbank.formats.detection import recognise_format
from termbank.formats.inspection import inspect
from termbank.formats.model.bilingual_units import OPEN, TargetEdit
from termbank.formats.strings.counterparts import counterparts
from termbank.formats.xml.target_edits import bilingual_units, edit_targets

XML = '<?xml version="1.0" encoding="utf-8"?>\n'
TIMES = "00:00:01,000 --> 00:00:02,000"
ASS = (
    "[Script Info]\nTitle: x\n\n[Events]\n"
    "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
    "Dialogue: 0,0:00:01.00,0:00:02.00,Default,A,0,0,0,,{{\\an8}}{}\n"
)
PLURALS = (
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://x/y.dtd">\n'
    '<plist version="1.0">\n<dict>\n\t<key>files</key>\n\t<dict>\n'
    "\t\t<key>NSStringLocalizedFormatKey</key>\n\t\t<string>%#@count@</string>\n"
    "\t\t<key>count</key>\n\t\t<dict>\n\t\t\t<key>NSStringFormatSpecTypeKey</key>\n"
    "\t\t\t<string>NSStringPluralRuleType</string>\n\t\t\t<key>other</key>\n"
    "\t\t\t<string>{}</string>\n\t\t</dict>\n\t</dict>\n</dict>\n</plist>\n"
)
# Of each kind: format, path and text of the source, of the translation. The source is
# "Open"; {} is the place of the translation. A file of both has no source path.
KINDS = {
    "json": (
        "json-strings",
        "en.json",
        '{\n  "a": {"b": "Open", "n": 1}\n}\n',
        "ja.json",
        '{\n  "a": {"b": "{}", "n": 1}\n}\n',
    ),
    "chrome": (
        "json-strings",
        "_locales/en/messages.json",
        '{"a": {"message": "Open", "description": "menu"}}',
        "_locales/ja/messages.json",
        '{"a": {"message": "{}", "description": "menu"}}',
    ),
    "yaml": (
        "yaml-strings",
        "en.yml",
        "en:\n  a:\n    b: Open # x\n",
        "ja.yml",
        'ja:\n  a:\n    b: "{}" # x\n',
    ),
    "arb": (
        "arb",
        "app_en.arb",
        '{"@@locale": "en", "a": "Open", "@a": {"description": "menu"}}',
        "app_ja.arb",
        '{"@@locale": "ja", "a": "{}"}',
    ),
    "android": (
        "android",
        "values/strings.xml",
        XML + '<resources>\n<!-- m -->\n<string name="a">Open</string></resources>\n',
        "values-ja/strings.xml",
        XML + "<resources>\n<string name='a' >{}</string></resources>\n",
    ),
    "strings": (
        "strings",
        "en.lproj/L.strings",
        '/* menu */\n"a" = "Open";\n',
        "ja.lproj/L.strings",
        '/* menu */\n"a"   =  "{}";\n',
    ),
    "xcstrings": (
        "xcstrings",
        None,
        None,
        "L.xcstrings",
        '{"sourceLanguage": "en", "strings": {"Open": {"localizations": {"ja": '
        '{"stringUnit": {"state": "translated", "value": "{}"}}}}}, "version": "1.0"}',
    ),
    "resx": (
        "resx",
        "T.resx",
        XML + '<root><data name="a"><value>Open</value></data></root>',
        "T.ja.resx",
        XML + '<root><data name="a">\r\n<value>{}</value></data></root>',
    ),
    "stringsdict": (
        "stringsdict",
        "en.lproj/L.stringsdict",
        XML + PLURALS.format("Open"),
        "ja.lproj/L.stringsdict",
        XML + PLURALS.replace("\n", "\r\n").replace("\t", " "),
    ),
    "properties": (
        "properties",
        "m.properties",
        "# menu\na.b = Open\n",
        "m_ja.properties",
        "# menu\r\na.b = {}\r\nc=x\r\n",
    ),
    "fluent": (
        "fluent",
        "en/m.ftl",
        "# menu\nx = y\na = Open\n",
        "ja/m.ftl",
        "# menu\na = {}\n\nx = y\n",
    ),
    "renpy": (
        "renpy",
        None,
        None,
        "game/tl/japanese/s.rpy",
        'translate japanese s_1:\n\n    # e "Open"\n    e "{}" with fade\n\n',
    ),
    "renpy-strings": (
        "renpy",
        None,
        None,
        "game/tl/japanese/s.rpy",
        'translate japanese strings:\n\n    old "Open"\n    new "{}"\n\n',
    ),
    "table": (
        "keyed-table",
        None,
        None,
        "t.csv",
        'key,en,ja,note\r\nUI_A,Open,"{}",x\r\n',
    ),
    "srt": ("srt", "f.srt", f"1\n{TIMES}\nOpen\n", "f.ja.srt", f"1\n{TIMES}\n{{}}\n"),
    "vtt": (
        "vtt",
        "f.en.vtt",
        f"WEBVTT\n\n{TIMES.replace(',', '.')}\nOpen\n",
        "f.ja.vtt",
        f"WEBVTT\n\nNOTE x\n\n{TIMES.replace(',', '.')} align:left\n{{}}\n",
    ),
    "ass": ("ass", "en.ass", ASS.format("Open"), "ja.ass", ASS),
}
each_kind = pytest.mark.parametrize("kind", sorted(KINDS))


def files(folder, kind, text, encoding="utf-8"):
    """Write the files of a kind with a translation as it is written there."""
    name, source, original, target, whole = KINDS[kind]
    if source:
        path = folder / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(original.encode())
    path = folder / target
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = whole.replace("{{", "{").replace("}}", "}") if kind == "ass" else whole
    path.write_bytes(whole.replace("{}", text).encode(encoding))
    return name, str(folder / source) if source else None, str(path)


def opened(path):
    return module(recognise_format(path)).document(path)


def unit_of(document):
    (found,) = [unit for unit in document.units() if unit.segment.source == "Open"]
    return found


@each_kind
def test_a_file_and_its_counterpart_are_pairs(tmp_path, kind):
    name, source, target = files(tmp_path, kind, "開く")
    assert recognise_format(target) == name
    pair = unit_of(opened(target)).segment
    assert (pair.source, pair.target) == ("Open", "開く")
    assert (pair.source_lang, pair.target_lang) == ("en", "ja")
    assert pair.context
    found = inspect(target)
    assert found.format == name
    assert {"en", "ja"} <= set(found.langs)
    if source:  # either file stands for the pair
        again = unit_of(opened(source)).segment
        assert (again.source, again.target) == ("Open", "開く")


@each_kind
def test_an_open_target_is_filled_and_no_other_byte_changes(tmp_path, kind):
    *_, target = files(tmp_path, kind, "")
    document = opened(target)
    unit = unit_of(document)
    assert unit.state == OPEN
    assert unit.segment.target is None
    after = document.edited(document.units(), [TargetEdit(unit.number, "開く")])
    *_, done = files(tmp_path / "done", kind, "開く")
    assert after == Path(done).read_bytes()


@each_kind
def test_characters_of_a_target_have_places(tmp_path, kind):
    *_, target = files(tmp_path, kind, "ここを開く")
    document = opened(target)
    start, end = unit_of(document).place(document.text, 3, 5)
    assert document.text[start:end] == "開く"


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn"))
    | st.sampled_from("\n\"'\\<>&{}%:#,;"),
    min_size=1,
    max_size=12,
).filter(lambda text: text == text.strip() and text != "Open")
# What the format itself cannot hold, or reads as syntax of its own.
NOT_HELD = {
    "android": "<>\n\xa0\u3000  ",
    "fluent": "{}\n",
    "srt": "\n",
    "vtt": "\n<>",
    "ass": "{}\\",
    "chrome": "",
}


@each_kind
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=TEXTS)
@example(text="A: b # c")
@example(text='O\'Brien said "5 < 6 & 7"')
@example(text="C:\\new")
@example(text="@id/x")
@example(text="😀")
def test_any_text_comes_back_and_the_rest_stays(tmp_path, kind, text):
    if not set(NOT_HELD.get(kind, "")).isdisjoint(text) or "\ufeff" in text:
        return
    if kind == "fluent" and text[0] in "[*.":
        return
    *_, target = files(tmp_path, kind, "")
    document = opened(target)
    before = Path(target).read_bytes()
    number = unit_of(document).number
    after = document.edited(document.units(), [TargetEdit(number, text)])
    again = module(document.name).document(target, after)
    assert unit_of(again).target == text
    # Emptied again, the file is what it was.
    back = again.edited(again.units(), [TargetEdit(number, "")])
    assert len(back) == len(before) or kind in ("yaml", "srt", "vtt")


@pytest.mark.parametrize("name", ["en.json", "en.yml", "f.srt", "values/strings.xml"])
def test_a_file_without_a_counterpart_is_refused(tmp_path, name):
    kind = next(k for k, v in KINDS.items() if v[1] == name)
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(KINDS[kind][2], encoding="utf-8")
    with pytest.raises(TermbankError, match=r"ja\.json"):
        list(module(recognise_format(str(path))).segments(str(path)))
    # It is still a text to be translated.
    document = opened(str(path))
    unit = unit_of(document)
    assert "開く" in document.edited(
        document.units(), [TargetEdit(unit.number, "開く")]
    ).decode("utf-8")


def test_two_imports_of_one_pair_are_one(tmp_path):
    from termbank.memory import Memory

    _, source, target = files(tmp_path, "json", "開く")
    memory = Memory.open(tmp_path / "tm")
    assert memory.add(source) == 1
    assert memory.add(target) == 0


def test_a_key_that_the_translation_lacks_is_put_in_beside_its_neighbour(tmp_path):
    (tmp_path / "en.json").write_text('{\n  "a": "A",\n  "b": "Bee",\n  "c": "C"\n}\n')
    path = tmp_path / "ja.json"
    path.write_bytes('{\r\n    "c": "シー"\r\n}'.encode())
    document = opened(str(path))
    units = document.units()
    edits = [TargetEdit(u.number, "い" * (u.number + 1)) for u in units[:2]]
    after = document.edited(units, edits).decode()
    assert json.loads(after) == {"a": "い", "b": "いい", "c": "シー"}
    assert '\r\n    "b": "いい",\r\n    "c"' in after


def test_plural_forms_that_japanese_does_not_have_are_no_gaps(tmp_path):
    (tmp_path / "en.json").write_text('{"d_one": "{{n}} day", "d_other": "{{n}} days"}')
    path = tmp_path / "ja.json"
    path.write_text('{"d_other": "{{n}}日"}', encoding="utf-8")
    (unit,) = opened(str(path)).units()
    assert (unit.segment.source, unit.target) == ("{{n}} days", "{{n}}日")


def test_a_copy_of_the_source_is_no_translation(tmp_path):
    for name in ("en.json", "ja.json"):
        (tmp_path / name).write_text('{"a": "OK", "b": "Open a file"}')
    assert {u.state for u in opened(str(tmp_path / "ja.json")).units()} == {OPEN}


def test_keys_that_are_sentences_are_the_sources(tmp_path):
    path = tmp_path / "ja.strings"
    path.write_text('"Open the file" = "ファイルを開く";\n', encoding="utf-16")
    (pair,) = module("strings").segments(str(path))
    assert (pair.source, pair.target) == ("Open the file", "ファイルを開く")


def test_cues_shown_together_are_pairs(tmp_path):
    (tmp_path / "f.en.srt").write_text(
        "1\n00:00:01,000 --> 00:00:03,000\nOne.\n\n2\n00:00:03,000 --> 00:00:05,000\n"
        "Two\nlines.\n\n3\n00:00:09,000 --> 00:00:10,000\nAlone.\n"
    )
    path = tmp_path / "f.ja.srt"
    path.write_text(
        "1\n00:00:01,100 --> 00:00:03,050\n一。\n\n2\n00:00:03,100 --> 00:00:04,900\n二行。\n",
        encoding="cp932",
    )
    found = [(u.segment.source, u.segment.target) for u in opened(str(path)).units()]
    assert found == [("One.", "一。"), ("Two\nlines.", "二行。"), ("Alone.", None)]


@pytest.mark.parametrize(
    ("first", "second", "langs"),
    [
        ("en.json", "ja.json", {"en", "ja"}),
        ("lang/en_us.json", "lang/ja_jp.json", {"en-US", "ja-JP"}),
        ("locales/en/en.json", "locales/ja/ja.json", {"en", "ja"}),
        ("values/strings.xml", "values-ja-rJP/strings.xml", {"", "ja-JP"}),
        ("Base.lproj/L.strings", "ja.lproj/L.strings", {"", "ja"}),
        ("l10n/app_en.arb", "l10n/app_ja.arb", {"en", "ja"}),
        ("devise.en.yml", "devise.ja.yml", {"en", "ja"}),
        ("package.nls.json", "package.nls.ja.json", {"", "ja"}),
        ("locales/en.default.json", "locales/ja.json", {"en", "ja"}),
        ("Film.English.srt", "Film.Japanese.srt", {"en", "ja"}),
        ("tl/en/a/b.yml", "tl/ja/a/b.yml", {"en", "ja"}),
    ],
)
def test_counterparts_are_found_from_either_side(tmp_path, first, second, langs):
    for name in (first, second):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    for name in (first, second):
        assert set(counterparts(str(tmp_path / name))) == langs
    assert counterparts(str(tmp_path / "none.json")) == {}


@pytest.mark.parametrize("header", ["en,ja,note", "concept_id,ja,en", "id,ja,en"])
def test_a_glossary_is_no_keyed_table(tmp_path, header):
    path = tmp_path / "g.csv"
    path.write_text(f"{header}\nserver,サーバー,x\nT001,開く,open\n", encoding="utf-8")
    assert recognise_format(str(path)) != "keyed-table"


def test_the_translation_is_checked_and_only_files_asked_for_are_refused(tmp_path):
    from termbank import check

    (tmp_path / "en.json").write_text('{"a": "Hello, {name}!"}')
    (tmp_path / "ja.json").write_text('{"a": "こんにちは！"}', encoding="utf-8")
    (tmp_path / "package.json").write_text('{"name": "x"}')
    (tmp_path / "alone.srt").write_text(f"1\n{TIMES}\nHello.\n")
    found = check([tmp_path], select=["TB309", "TB903"])
    assert [(Path(f.path).name, f.code, f.span.start) for f in found] == [
        ("ja.json", "TB309", 7)
    ]
    (alone,) = check([tmp_path / "alone.srt"], select=["TB309", "TB903"])
    assert alone.code == "TB903"


def test_a_file_of_both_languages_under_their_names_is_pairs(tmp_path):
    path = tmp_path / "i18n.json"
    path.write_text('{"en": {"a": "Open"}, "ja": {"a": ""}}', encoding="utf-8")
    document = opened(str(path))
    unit = unit_of(document)
    after = document.edited(document.units(), [TargetEdit(unit.number, "開く")])
    assert json.loads(after) == {"en": {"a": "Open"}, "ja": {"a": "開く"}}


def test_a_table_of_three_languages_loses_none(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("key,en,fr,ja\nA,Open,Ouvrir,開く\n", encoding="utf-8")
    table = module("keyed-table")
    langs = [pair.target_lang for pair in table.segments(str(path))]
    assert langs == ["fr", "ja"]
    assert inspect(str(path)).langs == ["en", "fr", "ja"]
    (pair,) = table.segments(str(path), source="ja", target="fr")
    assert (pair.source, pair.target) == ("開く", "Ouvrir")


def test_the_source_is_the_side_without_gaps_that_the_other_fills(tmp_path):
    base, other = tmp_path / "m.properties", tmp_path / "m_ja.properties"
    base.write_text("a=Open\nempty=\n")
    other.write_text("a=開く\n", encoding="utf-8")
    (unit,) = opened(str(base)).units()  # a value empty on one side only is no gap
    assert unit.segment.source == "Open"
    other.write_text("a=開く\nempty=空\n", encoding="utf-8")
    document = opened(str(base))
    assert [u.segment.source for u in document.units()] == ["開く", "空"]
    assert document.path == str(base)


@each_kind
def test_targets_of_any_kind_are_edited_from_bytes(tmp_path, kind):
    _, source, target = files(tmp_path, kind, "")
    content = Path(target).read_bytes()
    units = bilingual_units(content, path=target)
    (number,) = [u.number for u in units if u.segment.source == "Open"]
    after = edit_targets(content, [TargetEdit(number, "開く")], path=target)
    *_, done = files(tmp_path / "done", kind, "開く")
    assert after == Path(done).read_bytes()
    assert Path(target).read_bytes() == content
    if source:
        with pytest.raises(FormatError, match="the file of the sources"):
            edit_targets(Path(source).read_bytes(), [], path=source)


def test_a_row_with_a_bare_separator_is_left_out_and_said(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(
        "key,en,ja\nA,Open,開く\nB,Wait, then go,待つ\nC,Go,行く,\n", encoding="utf-8"
    )
    pairs = [(p.source, p.target) for p in module("keyed-table").segments(str(path))]
    assert pairs == [("Open", "開く"), ("Go", "行く")]
    (warning,) = inspect(str(path)).warnings
    assert "3" in str(warning)
