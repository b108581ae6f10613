"""Hostile XML is refused with its place; honest XML is read in any encoding."""

import gzip

import pytest

from termbank.errors import FormatError
from termbank.formats.xml.element_tree import serialise
from termbank.formats.xml.positioned_reader import parse_element, stream
from termbank.formats.xml.safe_bytes import DEPTH
from termbank.formats.xml.subtree_reader import units


def _file(tmp_path, content, name="a.xml"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def _texts(path):
    return ["".join(e.itertext()) for e, whole in units(path, ("t",)) if whole]


@pytest.mark.parametrize(
    "doctype",
    [
        "",
        "<!DOCTYPE r>",
        '<!DOCTYPE r SYSTEM "r.dtd">',
        '<!DOCTYPE r PUBLIC "-//x" "r.dtd">',
    ],
)
def test_a_plain_doctype_changes_nothing(tmp_path, doctype):
    path = _file(tmp_path, f"<?xml version='1.0'?>{doctype}<r><t>キーウ</t></r>")
    assert _texts(path) == ["キーウ"]


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE r SYSTEM "r.dtd"><r><t>A&nbsp;B</t></r>',
        '<!DOCTYPE r SYSTEM "r.dtd"><r><t a="A&nbsp;B"/></r>',
        "<r><t>A&nbsp;B</t></r>",
        '<!DOCTYPE r [<!ENTITY x "y">]><r><t>a</t></r>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r><t>&x;</t></r>',
        '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]><r><t>a</t></r>',
        '<!DOCTYPE r SYSTEM "r.dtd" [<!ENTITY x "y">]><r><t>&x;</t></r>',
        "<r><t>" + "<a>" * (DEPTH + 5) + "</a>" * (DEPTH + 5) + "</t></r>",
        "<r>" * (DEPTH + 5) + "</r>" * (DEPTH + 5),
        '<!DOCTYPE r [%p;]><r><t a="A&nbsp;B"/></r>',
        "<r><t>a\x0bb</t></r>",
        "<r><t>a</t>",
        "<r/><r/>",
        "",
        " <?xml version='1.0'?><r/>",
        "<?xml version='1.0' encoding='x-klingon'?><r/>",
        "<?xml version='1.0' encoding='idna'?><r/>",
        "<?xml version='1.0' encoding='UTF-16'?><r/>",
    ],
)
def test_hostile_or_broken_xml_is_refused_with_its_place(tmp_path, document):
    path = _file(tmp_path, document)
    for read in (units, stream):
        with pytest.raises(FormatError) as caught:
            list(read(path, ("t",)))
        assert caught.value.line >= 1
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "shift_jis", "euc_jp", "iso2022_jp"],
)
def test_declared_encodings_are_read(tmp_path, encoding):
    label = encoding.removesuffix("-sig").replace("_", "-")
    label = "ISO-2022-JP" if encoding == "iso2022_jp" else label.removesuffix("-le")
    text = f"<?xml version='1.0' encoding='{label}'?><r><t>停戦合意</t></r>"
    assert _texts(_file(tmp_path, text.encode(encoding))) == ["停戦合意"]


def test_windows_characters_under_the_name_of_shift_jis(tmp_path):
    text = "<?xml version='1.0' encoding='Shift_JIS'?><r><t>①髙</t></r>"
    assert _texts(_file(tmp_path, text.encode("cp932"))) == ["①髙"]


def test_gzip_is_unpacked_and_a_bomb_is_not(tmp_path):
    good = gzip.compress(b"<r><t>Kyiv</t></r>")
    assert _texts(_file(tmp_path, good, "a.xml.gz")) == ["Kyiv"]
    bomb = gzip.compress(b"<r>" + b" " * (40 << 20) + b"</r>")
    with pytest.raises(FormatError, match="200"):
        _texts(_file(tmp_path, bomb, "b.xml.gz"))
    with pytest.raises(FormatError, match="cut short"):
        _texts(_file(tmp_path, good[:-9], "c.xml.gz"))


def test_units_come_complete_and_containers_once(tmp_path):
    rows = "".join(f"<t>{n}{'.' * 200}</t>" for n in range(2000))
    path = _file(tmp_path, f"<r><h a='1'/><g>{rows}</g><t>last</t></r>")
    found = [(e.tag, whole) for e, whole in units(path, ("t",))]
    assert found.count(("t", True)) == 2001
    assert [tag for tag, whole in found if not whole] == ["r", "h", "g"]


def test_the_careful_way_knows_line_and_column(tmp_path):
    path = _file(tmp_path, "<r>\n <g>\n  <t>あ<b/></t>\n </g>\n</r>")
    (node,) = [n for n, whole in stream(path, ("t",), places=True) if n.tag == "t"]
    (inner,) = node.elements()
    assert (node.line, node.column, inner.line, inner.column) == (3, 3, 3, 7)


def test_an_element_kept_as_text_comes_back_equal():
    text = '<k:a xmlns:k="urn:x" b="1&quot;">キーウ&#10;<k:c xmlns:k="urn:x"/></k:a>'
    assert serialise(parse_element(text)) == text
    assert parse_element("<a>&x;</a>") is None
    assert parse_element("no element") is None
