"""Inline codes that a conversion drops are counted, and refused with strict."""

import pytest

from termbank.errors import InputError
from termbank.formats.conversion import convert

TMX = """<?xml version="1.0"?><tmx version="1.4"><header creationtool="t"
 creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en" srclang="ja"
 datatype="plaintext"/><body>
<tu><tuv xml:lang="ja"><seg><bpt i="1">&lt;b></bpt>停戦<ept i="1">&lt;/b></ept>案</seg></tuv>
<tuv xml:lang="en"><seg>the <hi>ceasefire <ph x="1">%s</ph></hi> plan</seg></tuv></tu>
<tu><tuv xml:lang="ja"><seg>和平</seg></tuv><tuv xml:lang="en"><seg>peace</seg></tuv></tu>
</body></tmx>"""
XLIFF = """<?xml version="1.0"?><xliff version="1.2"
 xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="ja"
 target-language="en" datatype="plaintext"><body>
<trans-unit id="1"><source><g id="1">停戦</g><x id="2"/></source>
<seg-source><mrk mtype="seg" mid="1"><g id="1">停戦</g><x id="2"/></mrk></seg-source>
<target><mrk mtype="seg" mid="1">ceasefire</mrk></target></trans-unit>
</body></file></xliff>"""


@pytest.mark.parametrize("wanted", ["out.csv", "out.tbx", "out.po"])
@pytest.mark.parametrize(
    ("name", "content", "lost"), [("a.tmx", TMX, 4), ("a.xlf", XLIFF, 2)]
)
def test_every_dropped_code_is_counted(tmp_path, name, content, lost, wanted):
    (tmp_path / name).write_text(content, encoding="utf-8")
    losses = convert(tmp_path / name, tmp_path / wanted)
    assert losses.fields[("segments.codes", "inline codes")] == lost
    assert "停戦" in (tmp_path / wanted).read_text(encoding="utf-8")


def test_strict_refuses_and_writes_nothing(tmp_path):
    (tmp_path / "a.tmx").write_text(TMX, encoding="utf-8")
    with pytest.raises(InputError, match="inline codes"):
        convert(tmp_path / "a.tmx", tmp_path / "out.csv", strict=True)
    assert not (tmp_path / "out.csv").exists()


def test_a_file_without_codes_loses_none(tmp_path):
    plain = TMX.replace('<bpt i="1">&lt;b></bpt>', "").replace(
        '<ept i="1">&lt;/b></ept>', ""
    )
    plain = plain.replace('<hi>ceasefire <ph x="1">%s</ph></hi>', "ceasefire")
    (tmp_path / "a.tmx").write_text(plain, encoding="utf-8")
    assert not convert(tmp_path / "a.tmx", tmp_path / "out.csv")
