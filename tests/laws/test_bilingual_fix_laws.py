"""A bilingual fix leaves every byte outside its term as it was, and the file readable."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from termbank import check
from termbank.checking.bilingual.pair_files import DocumentPairs, document_of
from termbank.checking.files.fixing import fix_file
from termbank.glossary.glossary_sources import Rows
from termbank.rules.pages import rows_in

MAIL = Rows(rows_in(("Q&Aメール < メール", "en: e-mail < mail")))
# What stands around the term in a target, raw, by format.
AROUND = {
    "po": ["", "x", "「", "\\\"", "\\n", "\\\\", "%s ", "<b>", "&amp;", " ", "を"],
    "xlf": ["", "x", "「", "&amp;", "&lt;b&gt;", "<x id='1'/>", "&#x20;", "<!-- メール -->",
            "<g id='2'>", " ", "\n", "を"],
    "tmx": ["", "x", "&amp;", "<ph>メール</ph>", "&#10;", "<![CDATA[<b>]]>", " ", "を"],
    "csv": ["", "x", "、", '""', ",", "\n", " ", "を"],
}  # fmt: skip
WHOLE = {
    "po": 'msgid ""\nmsgstr "Language: ja\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
    'msgid "メール"\nmsgstr "メール"\n\n#: a\nmsgid "an e-mail"\nmsgstr "{}"\n',
    "xlf": '<?xml version="1.0"?>\n<xliff version="1.2"><file original="メール" source-language="en"'
    ' target-language="ja" datatype="x"><body><trans-unit id="メール"><source>e-mail</source>'
    "<target>{}</target></trans-unit></body></file></xliff>\n",
    "tmx": '<tmx version="1.4"><header srclang="en" creationtool="x" creationtoolversion="1" '
    'segtype="sentence" o-tmf="x" adminlang="en" datatype="x"/><body><tu><note>メール</note>'
    '<tuv xml:lang="en"><seg>e-mail</seg></tuv><tuv xml:lang="ja"><seg>{}</seg></tuv></tu>'
    "</body></tmx>",
    "csv": 'en,ja\nメール,"別"\nan e-mail,"{}"\n',
}
FORM = {
    "po": "Q&Aメール",
    "xlf": "Q&amp;Aメール",
    "tmx": "Q&amp;Aメール",
    "csv": "Q&Aメール",
}


def target(data, name):
    piece = st.sampled_from([*AROUND[name], "メール"])
    pieces = data.draw(st.lists(piece, min_size=1, max_size=6))
    opened = pieces.count("<g id='2'>")
    return "".join(pieces) + "</g>" * opened, pieces


@pytest.mark.parametrize("name", sorted(WHOLE))
@settings(max_examples=250, deadline=None)
@given(data=st.data())
def test_only_the_term_is_replaced(tmp_path_factory, name, data):
    raw, _ = target(data, name)
    text = WHOLE[name].replace("{}", raw)
    path = tmp_path_factory.mktemp("fix") / f"a.{name}"
    path.write_bytes(text.encode())
    found = check([path], glossary=[MAIL], select=["TB301"])
    fix_file(str(path), found, unsafe=True)
    after = path.read_bytes().decode()
    for fix in (one.fix for one in found if one.fix):
        assert text[slice(*fix.span)] == "メール"
        assert fix.text == FORM[name]
    # Taking the new form back gives the old bytes.
    head, tail = text.split(raw, 1) if raw and text.count(raw) == 1 else ("", "")
    assert after.startswith(head)
    assert after.endswith(tail)
    assert after.replace(FORM[name], "メール") == text
    if name in ("xlf", "tmx"):
        etree.fromstring(after.encode())
    if name != "csv":
        before = _pairs(path, text).pairs
        now = _pairs(path, after).pairs
        assert len(now) == len(before)


def _pairs(path, text):
    return DocumentPairs(document_of(str(path), text.encode()), str(path), text)
