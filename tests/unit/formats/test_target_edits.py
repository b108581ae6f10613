"""Targets are edited in place: what was not asked for stays, to the byte."""

import re

import pytest

from termbank.errors import FormatError
from termbank.formats import read_segments
from termbank.formats.model.bilingual_units import TargetEdit
from termbank.formats.xml.target_edits import Document, bilingual_units, edit_targets

XLIFF = (
    "\ufeff<?xml version='1.0' encoding='utf-8' standalone=\"no\"?>\r\n"
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:t="GMAPS: https://x y"\r\n'
    "  version='1.2'><file target-language='ja' source-language='en' original='a'><body>\r\n"
    "<trans-unit  id = '1' ><source>Close the lid.</source><target></target></trans-unit>\r\n"
    "<trans-unit id='2'><source>Q&amp;A &#x201c;x&#x201d;</source>"
    "<target><![CDATA[古い<b>訳</b>]]></target><note/></trans-unit>\r\n"
    "<trans-unit id='3'><source>None yet.</source><t:own a='1'/></trans-unit>\r\n"
    "<trans-unit id='4' translate='no'><source>Locked.</source></trans-unit>\r\n"
    "</body></file></xliff>"
)
SEGMENTED = (
    '<xliff version="1.2"><file source-language="en" target-language="ja" original="a">'
    '<body><trans-unit id="1"><source>One. <g id="1">Two.</g></source>'
    '<seg-source><mrk mtype="seg" mid="1">One.</mrk> <mrk mtype="seg" mid="2">'
    '<g id="1">Two.</g></mrk></seg-source></trans-unit></body></file></xliff>'
)
PO = (
    'msgid ""\r\nmsgstr ""\r\n"Language: ja\\n"\r\n\r\n#, c-format\r\nmsgid "a\\"b"\r\n'
    'msgstr ""\r\n"古い"\r\n"訳"\r\n\r\nmsgid "%d file"\r\nmsgid_plural "%d files"\r\n'
    'msgstr[0] ""'
)


def _edited(text, *edits):
    return edit_targets(text.encode(), edits).decode()


@pytest.mark.parametrize("text", [XLIFF, SEGMENTED, PO])
def test_without_edits_a_file_is_the_same_bytes(text):
    assert _edited(text) == text


def test_a_filled_target_is_all_that_changes():
    after = _edited(XLIFF, TargetEdit(0, "ふたを <閉める> & 終わり"))
    target = re.search("<target .*?</target>", after)[0]
    assert target.endswith(">ふたを &lt;閉める> &amp; 終わり</target>")
    assert after.replace(target, "<target></target>") == XLIFF


def test_a_target_that_is_not_there_is_made_after_the_source():
    after = _edited(XLIFF, TargetEdit(2, "まだ", fuzzy=True))
    target = re.search("<target [^>]*>まだ</target>", after)[0]
    assert "fuzzy-match" in target
    assert f"</source>{target}<t:own" in after
    assert after.replace(target, "") == XLIFF


def test_characters_are_replaced_where_they_stand():
    (unit,) = [
        u for u in bilingual_units(XLIFF.encode()) if u.segment.segment_id == "2"
    ]
    assert unit.target == "古い<b>訳</b>"
    after = _edited(XLIFF, TargetEdit(1, "新しい", 0, 2))
    assert after == XLIFF.replace("古い", "新しい")


def test_an_escaped_character_is_replaced_whole():
    text = XLIFF.replace("<![CDATA[古い<b>訳</b>]]>", "&lt;b>電子&amp;郵便&lt;/b>")
    after = _edited(text, TargetEdit(1, "<メール>", 3, 8))
    assert after == text.replace("電子&amp;郵便", "&lt;メール>")


def test_codes_between_replaced_characters_stay():
    text = XLIFF.replace("<![CDATA[古い<b>訳</b>]]>", '電子<x id="1"/>郵便です')
    after = _edited(text, TargetEdit(1, "メール", 0, 4))
    assert after == text.replace('電子<x id="1"/>郵便', 'メール<x id="1"/>')


def test_markers_of_the_source_are_those_of_the_target():
    first, second = bilingual_units(SEGMENTED.encode())
    assert (first.segment.source, second.segment.source) == ("One.", "Two.")
    after = _edited(SEGMENTED, TargetEdit(0, "一。"), TargetEdit(1, "二。"))
    assert (
        '><mrk mtype="seg" mid="1">一。</mrk> <mrk mtype="seg" mid="2">'
        '<g id="1">二。</g></mrk></target></trans-unit>'
    ) in after
    one = _edited(SEGMENTED, TargetEdit(1, "二。"))
    assert '<mrk mtype="seg" mid="1"></mrk> <mrk' in one
    both = edit_targets(one.encode(), [TargetEdit(0, "一。")]).decode()
    assert both.count("</mrk>") == 4
    assert both.count("<target") == 1


def test_the_state_of_a_cut_target_changes_only_when_all_its_segments_do():
    marks = "".join(f'<mrk mtype="seg" mid="{n}">x{n}</mrk>' for n in (1, 2))
    text = (
        '<xliff version="1.2"><file original="a"><body><trans-unit id="1"><source>x1x2'
        f"</source><seg-source>{marks}</seg-source>"
        f'<target state="new">{marks}</target></trans-unit></body></file></xliff>'
    )
    assert '<target state="new">' in _edited(text, TargetEdit(0, "一"))
    both = _edited(text, TargetEdit(0, "一"), TargetEdit(1, "二"))
    assert '<target state="needs-review-translation">' in both


@pytest.mark.parametrize(
    ("unit", "state"),
    [
        ("<trans-unit id='1'><source>a</source><target>b</target></trans-unit>", "translated"),
        ("<trans-unit id='1'><source>a</source><target state='new'>b</target></trans-unit>", "open"),
        ("<trans-unit id='1'><source>a</source><target state='needs-translation'>b</target></trans-unit>", "open"),
        ("<group translate='no'><trans-unit id='1'><source>a</source></trans-unit></group>", "protected"),
        ("<trans-unit id='1' x:locked='locked'><source>a</source></trans-unit>", "protected"),
        ("<trans-unit id='1' x:locked='false'><source>a</source></trans-unit>", "open"),
        ("<trans-unit id='1' x:confirmed='0'><source>a</source><target>b</target></trans-unit>", "review"),
        ("<trans-unit id='1' x:status='NotStarted'><source>a</source><target>a</target></trans-unit>", "open"),
        ("<trans-unit id='1'><source>a</source><seg-source><mrk mtype='seg' mid='1'>a</mrk>"
         "</seg-source><x:seg-defs><x:seg id='1' locked='true'/></x:seg-defs></trans-unit>", "protected"),
    ],
)  # fmt: skip
def test_states_and_locks_are_those_of_the_tool(unit, state):
    text = f"<xliff version='1.2' xmlns:x='y'><file><body>{unit}</body></file></xliff>"
    (found,) = bilingual_units(text.encode())
    assert found.state == state
    assert (found.segment.target is not None) == (state == "translated")


def test_po_strings_flags_and_line_ends_stay():
    after = _edited(PO, TargetEdit(0, '新しい"訳"', fuzzy=True), TargetEdit(1, "%d 個"))
    assert after == PO.replace(
        'msgstr ""\r\n"古い"\r\n"訳"', 'msgstr "新しい\\"訳\\""'
    ).replace("#, c-format", "#, fuzzy, c-format").replace(
        'msgstr[0] ""', 'msgstr[0] "%d 個"'
    )


def test_a_word_of_a_message_is_changed_in_its_own_msgstr():
    text = 'msgid "電子郵便"\nmsgstr "電子郵便"\n\nmsgid "b"\nmsgstr "電子\\"郵便"\n'
    after = _edited(text, TargetEdit(1, "メール", 0, 5))
    assert after == text.replace('電子\\"郵便', "メール")


def test_what_the_encoding_lacks_is_a_reference_in_xml_and_an_error_in_po():
    text = XLIFF.removeprefix("\ufeff").replace("utf-8", "iso-8859-1")
    text = text.replace("古い<b>訳</b>", "old")
    after = edit_targets(text.encode("latin-1"), [TargetEdit(0, "ふた")])
    assert b">&#12405;&#12383;<" in after
    po = 'msgid ""\nmsgstr "charset=ISO-8859-1\\n"\n\nmsgid "a"\nmsgstr "\xe9"\n'
    with pytest.raises(FormatError, match="UTF-8"):
        edit_targets(po.encode("latin-1"), [TargetEdit(0, "あ")])


def test_places_are_offsets_in_the_file():
    document = Document(XLIFF.encode())
    unit = document.units()[1]
    start, end = unit.place(document.text, 0, 2)
    assert document.text[start:end] == "古い"
    assert unit.place(document.text, 0, 99) is None
    assert unit.line == 5


def test_line_breaks_of_the_layout_are_blanks_and_meant_ones_stay():
    text = "<xliff version='1.2'><file><body><trans-unit id='1'{}><source>a</source><target>\n  二\r\n\t行&#10;目\n</target></trans-unit></body></file></xliff>"
    (unit,) = bilingual_units(text.format("").encode())
    assert unit.target == "二 行\n目"
    (kept,) = bilingual_units(text.format(" xml:space='preserve'").encode())
    assert kept.target == "\n  二\n\t行\n目\n"
    after = _edited(text.format(""), TargetEdit(0, "頁", 2, 3))
    assert after == text.format("").replace("行", "頁")


PREFIXED = """<?xml version="1.0" encoding="{encoding}"?>
<!-- <a:b> --><{p}xliff version="1.2" a='>'>
<{p}file source-language="en" target-language="ja" original="a" logoport:x="1"><{p}body>
<{p}trans-unit id="1" mq:state="x"><{p}source>Close a:b="1".</{p}source><mq:note>n</mq:note></{p}trans-unit>
</{p}body></{p}file></{p}xliff>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "shift_jis"])
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_prefixes_that_nobody_declared_are_edited_around(tmp_path, prefix, encoding):
    text = PREFIXED.format(p=prefix, encoding=encoding)
    after = edit_targets(text.encode(encoding), [TargetEdit(0, "閉じる")]).decode(
        encoding
    )
    target = re.search("<(?:x:)?target.*?</(?:x:)?target>", after)[0]
    assert "閉じる" in target
    assert after.replace(target, "") == text
    path = tmp_path / "a.xlf"
    path.write_bytes(after.encode(encoding))
    assert read_segments(path).__next__().select("source", "target").rows() == [
        ('Close a:b="1".', "閉じる")
    ]


def test_a_prefix_that_is_declared_further_in_stays_what_it_is():
    text = PREFIXED.format(p="", encoding="utf-8").replace(
        "<mq:note>", '<mq:note xmlns:mq="urn:x">'
    )
    (unit,) = bilingual_units(text.encode())
    assert unit.segment.source == 'Close a:b="1".'


def test_a_broken_file_with_undeclared_prefixes_is_refused_where_it_breaks():
    text = PREFIXED.format(p="", encoding="utf-8").replace("</body>", "")
    with pytest.raises(FormatError) as fault:
        bilingual_units(text.encode())
    assert fault.value.line == 5
