"""The back matter of a TBX file comes back whole, referred to or not."""

from termbank.formats.conversion import convert

TBX = """<?xml version="1.0"?><tbx style="dca" type="TBX-Basic" xml:lang="en"
 xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc>
</fileDesc></tbxHeader><text><body>
<conceptEntry id="c1"><langSec xml:lang="ja"><termSec><term>停戦</term></termSec></langSec>
</conceptEntry>
<conceptEntry id="c2"><langSec xml:lang="ja"><termSec><term>和平</term>
<transacGrp><transac type="transactionType">origination</transac>
<transacNote type="responsibility" target="R2">編集者</transacNote></transacGrp>
</termSec></langSec></conceptEntry></body>
<back><refObjectSec type="respPerson">
<refObject id="R1"><item type="fn">見出しの人</item></refObject>
<refObject id="R2"><item type="fn">編集の人</item></refObject></refObjectSec></back>
</text></tbx>"""


def test_no_object_is_dropped(tmp_path):
    (tmp_path / "a.tbx").write_text(TBX, encoding="utf-8")
    assert not convert(tmp_path / "a.tbx", tmp_path / "b.tbx")
    again = (tmp_path / "b.tbx").read_text(encoding="utf-8")
    for name in ("見出しの人", "編集の人"):
        assert again.count(name) == 1
