"""What comes into a memory: both directions of a pair, the rest named with its reason."""

import pytest

from termbank.errors import InputError
from termbank.memory import Memory
from termbank.memory.import_report import ImportReport

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
PO = f"""{HEAD}"Language: ja\\n"

msgid "Open"
msgstr "開く"

#, fuzzy
msgid "Save"
msgstr "保存"

msgid "Print"
msgstr ""

#~ msgid "Old"
#~ msgstr "古い"
"""


@pytest.fixture
def memory(tmp_path):
    with Memory.open(tmp_path / "tm") as opened:
        yield opened


def _file(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def _pairs(memory):
    columns = ("source", "target", "source_lang", "target_lang")
    return memory.export().select(columns).rows()


def test_a_file_in_other_languages_is_refused_with_those_it_holds(tmp_path, memory):
    variants = "".join(
        f'<tuv xml:lang="{lang}"><seg>x</seg></tuv>' for lang in ("fr", "de")
    )
    text = f'<tmx version="1.4"><header srclang="fr"/><body><tu>{variants}</tu></body></tmx>'
    path = _file(tmp_path, "a.tmx", text)
    with pytest.raises(InputError, match="fr, de"):
        memory.add(path)
    assert memory.add(path, lang="de", to="fr") == 1
    assert _pairs(memory) == [("x", "x", "fr", "de")]


def test_what_is_left_out_is_counted_by_reason(tmp_path, memory):
    report = ImportReport()
    assert memory.add(_file(tmp_path, "a.po", PO), report=report) == 1
    assert _pairs(memory) == [("Open", "開く", "en", "ja")]
    assert report.languages == {("en", "ja"): 1}
    assert report.left_out == {
        "nobody has confirmed it": 1,
        "no translation": 1,
        "obsolete": 1,
    }


@pytest.mark.parametrize(
    ("table", "pair"),
    [
        ("source,target\nOpen the file,ファイルを開く\n", ("en", "ja")),
        ("source,target\nファイルを開く,Open the file\n", ("ja", "en")),
        ("日本語;英語\nファイルを開く;Open, then close\n", ("ja", "en")),
        ("English,Japanese,Notes\nOpen,開く,x\n", ("en", "ja")),
        ("訳語,原語\n開く,Open\n", ("en", "ja")),
    ],
)
def test_the_languages_of_a_table_are_those_of_its_header_or_its_rows(
    tmp_path, memory, table, pair
):
    assert memory.add(_file(tmp_path, "a.csv", table)) == 1
    assert _pairs(memory)[0][2:] == pair


def test_pairs_are_taken_as_mining_takes_them(memory):
    assert memory.add([("停戦", "ceasefire"), ["和平", "peace"]]) == 2
    for wrong in (None, 3, [("a",)], [("a", None)], ["ab"]):
        with pytest.raises(InputError, match="segments"):
            memory.add(wrong)


def test_contexts_of_one_source_stay_apart(tmp_path, memory):
    text = f"""{HEAD}"Language: ja\\n"

msgctxt "menu"
msgid "Open"
msgstr "開く"

msgctxt "state"
msgid "Open"
msgstr "開く"
"""
    assert memory.add(_file(tmp_path, "a.po", text)) == 2
    assert memory.export()["context"].to_list() == ["menu", "state"]


def test_unit_1_of_one_file_is_not_unit_1_of_another(tmp_path, memory):
    for name, ja, en in (("a.tmx", "開く", "Open"), ("b.tmx", "保存", "Save")):
        sides = "".join(
            f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>'
            for lang, text in (("ja", ja), ("en", en))
        )
        unit = f'<tu tuid="1">{sides}</tu>'
        text = f'<tmx version="1.4"><header srclang="ja"/><body>{unit}</body></tmx>'
        assert memory.add(_file(tmp_path, name, text)) == 1
    assert sorted(pair[:2] for pair in _pairs(memory)) == [
        ("保存", "Save"),
        ("開く", "Open"),
    ]
