"""A language tag that can be none is refused by every reader and every way in."""

from html import escape

import pytest

from termbank.errors import FormatError
from termbank.formats.conversion import convert
from termbank.formats.inspection import inspect
from termbank.formats.xml.target_edits import bilingual_units
from termbank.memory.leverage import job_of

TBX = """<tbx type="TBX-Basic" style="dca" xml:lang="en"
 xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc>
</fileDesc></tbxHeader><text><body><conceptEntry id="c1"><langSec xml:lang="LANG"><termSec>
<term>a</term></termSec></langSec></conceptEntry></body></text></tbx>"""
TMX = """<tmx version="1.4"><header srclang="HEADER"/><body><tu srclang="UNIT">
<tuv xml:lang="en"><seg>a b</seg></tuv><tuv xml:lang="LANG"><seg>え</seg></tuv></tu></body></tmx>"""
XLIFF_1 = """<xliff version="1.2"><file original="a" source-language="SOURCE" target-language="LANG">
<body><trans-unit id="1"><source>a b</source><target>え</target></trans-unit></body></file></xliff>"""
XLIFF_2 = """<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en"
 trgLang="LANG"><file id="f"><unit id="u"><segment><source>a b</source><target>え</target>
</segment></unit></file></xliff>"""
PO = 'msgid ""\nmsgstr "Language: LANG\\nX-Source-Language: SOURCE\\n"\n\nmsgid "a b"\nmsgstr "え"\n'
CATALOGUE = """{"sourceLanguage":"SOURCE","strings":{"a":{"localizations":{"LANG":{"stringUnit":
{"state":"translated","value":"え"}},"en":{"stringUnit":{"state":"translated","value":"A b"}}}}}}"""
FILES = {
    "a.tbx": (TBX, "LANG"),
    "a.tmx": (TMX, "LANG HEADER UNIT"),
    "a.xlf": (XLIFF_1, "LANG SOURCE"),
    "b.xlf": (XLIFF_2, "LANG"),
    "a.po": (PO, "LANG SOURCE"),
    "a.csv": ("source,target,source_lang,target_lang\na b,え,SOURCE,LANG\n", "LANG SOURCE"),
    "b.csv": ("concept_id,lang,form\n1,LANG,駅\n1,en,station\n", "LANG"),
    "a.utx": ("#UTX 1.11; en/LANG;\n#src\ttgt\tsrc:pos\nstation\t駅\tnoun\n", "LANG"),
    "a.jsonl": (
        '{"concept_id":"0123456789ab","terms":[{"lang":"LANG","form":"駅"}]}\n',
        "LANG",
    ),
    "a.arb": ('{"@@locale":"LANG","a":"A b"}', "LANG"),
    "a.xcstrings": (CATALOGUE, "LANG SOURCE"),
}  # fmt: skip
USUAL = {"LANG": "ja", "SOURCE": "en", "HEADER": "en", "UNIT": "en"}
IN_PLACE = [name for name in FILES if name.endswith((".tmx", ".xlf", ".po"))]


def _file(tmp_path, name, place, tag):
    text = FILES[name][0]
    for where, usual in USUAL.items():
        text = text.replace(where, tag if where == place else usual)
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def _places(names):
    return [(name, place) for name in names for place in FILES[name][1].split()]


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_usual_languages_is_read(tmp_path, name):
    inspect(_file(tmp_path, name, "", ""))


@pytest.mark.parametrize("long", [True, False])
@pytest.mark.parametrize(("name", "place"), _places(FILES))
def test_inspect_and_convert_refuse_it(tmp_path, name, place, long):
    if name == "a.utx" and not long:
        pytest.skip("UTX then has no pair of languages, which is a warning")
    tag = "x" * 80 if long else "en<us"
    path = _file(
        tmp_path,
        name,
        place,
        escape(tag) if name[-3:] in ("tbx", "tmx", "xlf") else tag,
    )
    with pytest.raises(FormatError, match="language tag"):
        inspect(path)
    if name != "a.arb":  # one language is no pair and is refused for that
        with pytest.raises(FormatError, match="language tag"):
            convert(path, tmp_path / "out.csv")
        assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(("name", "place"), _places(IN_PLACE))
def test_edits_in_place_and_leverage_refuse_it(tmp_path, name, place):
    path = _file(tmp_path, name, place, "x" * 80)
    with pytest.raises(FormatError, match="language tag"):
        bilingual_units(path.read_bytes())
    with pytest.raises(FormatError, match="language tag"):
        job_of(path, "en")
