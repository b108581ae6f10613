"""TBX in all versions: what is read is written back, and nothing is made preferred."""

from termbank.formats.tbx.reader import Tbx
from termbank.formats.tbx.writer import Header, write_records
from termbank.glossary import Glossary

V2 = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcdv04.dtd">
<martif type="TBX" xml:lang="en"><martifHeader><fileDesc>
 <titleStmt><title>用語</title></titleStmt>
 <sourceDesc><p>from a tool</p></sourceDesc></fileDesc></martifHeader><text><body>
 <termEntry id="c147">
  <descrip type="subjectField">外交</descrip>
  <descrip type="Translation needed" id="c147-f2">Yes</descrip>
  <descrip type="definition">a capital</descrip>
  <langSet xml:lang="ja">
   <tig id="c147-1"><term>キーウ</term>
    <termNote type="administrativeStatus">preferred</termNote></tig>
   <ntig><termGrp><term>キエフ</term>
    <termNote type="administrativeStatus">Obsolete</termNote></termGrp>
    <transacGrp><transac type="transactionType">origination</transac>
     <date>20010507T10:57:25Z</date></transacGrp>
    <note>旧称</note><note>二つ目</note></ntig>
   <tig><term>キエーフ</term>
    <termNote type="administrativeStatus">verboten</termNote></tig>
  </langSet>
  <langSet xml:lang="en-us"><tig><term>Kyiv</term></tig></langSet>
 </termEntry>
</body></text></martif>"""


def _said(records):
    return [
        (
            record.id,
            record.domain,
            [(d.lang, d.text, d.source) for d in record.definitions],
            [(t.lang, t.form, t.status, t.note) for t in record.terms],
        )
        for record in records
    ]


def _v2(tmp_path):
    path = tmp_path / "v2.tbx"
    path.write_text(V2, encoding="utf-8")
    return Tbx(str(path))


def test_version_2_is_read_with_its_statuses(tmp_path):
    file = _v2(tmp_path)
    (record,) = file.concepts()
    assert file.version == "v2"
    assert (file.header.title, file.header.sources) == ("用語", ("from a tool",))
    assert [(t.form, t.status) for t in record.terms] == [
        ("キーウ", "preferred"),
        ("キエフ", "deprecated"),
        ("キエーフ", "proposed"),
        ("Kyiv", ""),
    ]
    assert record.terms[1].note == "旧称\n二つ目"


def test_both_styles_give_the_same_terms_and_unknown_elements(tmp_path):
    file = _v2(tmp_path)
    first = list(file.concepts())
    for style in ("dca", "dct"):
        path = str(tmp_path / f"{style}.tbx")
        losses = write_records(iter(first), path, style=style, header=file.header)
        assert not losses
        again = Tbx(path)
        records = list(again.concepts())
        assert _said(records) == _said(first)
        assert again.header.title == "用語"
        text = (tmp_path / f"{style}.tbx").read_text(encoding="utf-8")
        assert "Translation needed" in text
        assert "verboten" in text
        assert "2001-05-07T10:57:25Z" in text


def test_two_entries_with_one_id_stay_two_concepts(tmp_path):
    path = tmp_path / "a.tbx"
    twice = V2.replace(
        "</body>", V2[V2.index("<termEntry") : V2.index("</body>")] + "</body>"
    )
    path.write_text(twice, encoding="utf-8")
    glossary = Glossary.read(path)
    assert glossary.concepts.height == 2


def test_a_glossary_has_no_preferred_form_that_nobody_preferred(tmp_path):
    path = tmp_path / "a.tbx"
    path.write_text(V2, encoding="utf-8")
    terms = Glossary.read(path).terms
    statuses = dict(terms.select("form", "status").rows())
    assert statuses["キエーフ"] == "proposed"
    assert set(terms["lang"]) == {"ja", "en-US"}


def test_silence_about_a_status_is_written_back_as_silence(tmp_path):
    path = tmp_path / "a.tbx"
    path.write_text(V2, encoding="utf-8")
    Glossary.read(path).write(tmp_path / "b.tbx")
    (record,) = Tbx(str(tmp_path / "b.tbx")).concepts()
    assert {t.form: t.status for t in record.terms}["Kyiv"] == ""
    assert record.id == "c147"


def test_identifiers_become_xml_names_and_come_back(tmp_path):
    path = tmp_path / "a.tbx"
    path.write_text(V2.replace('"c147"', '"../../etc/x"'), encoding="utf-8")
    records = list(Tbx(str(path)).concepts())
    write_records(iter(records), str(tmp_path / "b.tbx"))
    assert "../" not in (tmp_path / "b.tbx").read_text(encoding="utf-8")
    (record,) = Tbx(str(tmp_path / "b.tbx")).concepts()
    assert record.id == "../../etc/x"


def test_references_into_nothing_are_dropped_and_counted(tmp_path):
    path = tmp_path / "a.tbx"
    ref = '<ref type="crossReference" target="gone">x</ref>'
    path.write_text(
        V2.replace('<langSet xml:lang="ja">', ref + '<langSet xml:lang="ja">')
    )
    file = Tbx(str(path))
    losses = write_records(file.concepts(), str(tmp_path / "b.tbx"))
    assert losses.fields == {("attribute target", "points at nothing in the file"): 1}
    assert "gone" not in (tmp_path / "b.tbx").read_text(encoding="utf-8")


def test_back_matter_that_is_referred_to_is_kept(tmp_path):
    path = tmp_path / "a.tbx"
    back = (
        '<back><refObjectList type="x"/><refObjectSec type="respPerson">'
        '<refObject id="p1"><item type="fn">Hanako</item></refObject></refObjectSec></back>'
    )
    note = '<transacNote type="responsibility" target="p1">H</transacNote>'
    text = V2.replace("</transac>", "</transac>" + note).replace(
        "</body>", "</body>" + back
    )
    path.write_text(text, encoding="utf-8")
    file = Tbx(str(path))
    assert not write_records(file.concepts(), str(tmp_path / "b.tbx"), header=Header())
    assert "Hanako" in (tmp_path / "b.tbx").read_text(encoding="utf-8")
