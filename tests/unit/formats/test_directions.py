"""The direction of a pair is a fact of its file, and conversions keep it."""

import pytest

from termbank.errors import FormatError, InputError
from termbank.formats.conversion import convert
from termbank.formats.inspection import inspect
from termbank.formats.po import segments as po_segments
from termbank.formats.tmx import segments as tmx_segments

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


def _file(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def _tmx(*units, srclang="en"):
    body = "".join(
        f"<tu{more}>"
        + "".join(
            f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>' for lang, text in variants
        )
        + "</tu>"
        for more, variants in units
    )
    return f'<tmx version="1.4"><header srclang="{srclang}"/><body>{body}</body></tmx>'


@pytest.mark.parametrize(
    ("header", "options", "direction"),
    [
        ("Language: ja", {}, ("en", "ja")),
        ("Language: en_US", {}, ("ja", "en_US")),
        ("Language: ja\\nX-Source-Language: de", {}, ("de", "ja")),
        ("Language: ja", {"source": "fr"}, ("fr", "ja")),
        ("Language: ja", {"source": "ja", "target": "en"}, ("en", "ja")),
        ("X-Generator: x", {}, ("en", "ja")),
        ("X-Generator: x", {"target": "fr"}, ("en", "fr")),
    ],
)
def test_msgid_is_in_the_language_that_the_header_or_the_caller_names(
    tmp_path, header, options, direction
):
    text = f'{HEADER}"{header}\\n"\n\nmsgid "Open 日本"\nmsgstr "開く"\n'
    (pair,) = po_segments(_file(tmp_path, "a.po", text), **options)
    assert (pair.source_lang, pair.target_lang) == direction


@pytest.mark.parametrize(
    ("srclang", "unit", "pair", "direction"),
    [
        ("en", "", None, [("en", "de"), ("en", "ja")]),
        ("EN-US", "", ("ja", "en"), [("en", "de"), ("en", "ja")]),
        ("en", ' srclang="ja"', None, [("ja", "de"), ("ja", "en")]),
        ("*all*", "", None, [("de", "en"), ("de", "ja")]),
        ("de", "", ("ja", "en"), [("en", "de"), ("en", "ja")]),
        ("", "", ("ja", "en"), [("en", "de"), ("en", "ja")]),
    ],
)
def test_the_source_of_a_unit_is_its_srclang_then_that_of_the_header(
    tmp_path, srclang, unit, pair, direction
):
    text = _tmx((unit, [("de", "a"), ("en", "b"), ("ja", "c")]), srclang=srclang)
    found = tmx_segments(_file(tmp_path, "a.tmx", text), pair=pair)
    assert [(p.source_lang, p.target_lang) for p in found] == direction


def test_a_file_of_three_languages_is_not_mixed_into_one_pair(tmp_path):
    text = _tmx(
        ("", [("de", "Öffnen"), ("en", "Open"), ("ja", "開く")]),
        (' srclang="ja"', [("ja", "閉じる"), ("en", "Close")]),
    )
    path = _file(tmp_path, "a.tmx", text)
    with pytest.raises(InputError, match="de, en, ja"):
        convert(path, tmp_path / "a.po")
    assert not (tmp_path / "a.po").exists()
    losses = convert(path, tmp_path / "a.po", source="en", target="ja")
    written = (tmp_path / "a.po").read_text(encoding="utf-8")
    assert 'msgid "Open"\nmsgstr "開く"' in written
    assert 'msgid "Close"\nmsgstr "閉じる"' in written
    assert "Öffnen" not in written
    assert sum(losses.fields.values()) >= 1


@pytest.mark.parametrize("langs", [("en", "ja"), ("ja", "en")])
@pytest.mark.parametrize("name", ["b.po", "b.xlf", "b.tmx", "b.tsv"])
def test_a_table_of_pairs_keeps_its_direction_and_contexts(tmp_path, langs, name):
    table = (
        "source,target,source_lang,target_lang,context\n"
        f"a,b,{langs[0]},{langs[1]},menu\na,c,{langs[0]},{langs[1]},state\n"
    )
    convert(_file(tmp_path, "a.csv", table), tmp_path / name)
    convert(tmp_path / name, tmp_path / "again.csv")
    lines = (tmp_path / "again.csv").read_text(encoding="utf-8").splitlines()
    rows = [
        dict(zip(lines[0].split(","), line.split(","), strict=True)) for line in lines
    ]
    found = [
        (r["source"], r["target"], r["source_lang"], r["target_lang"]) for r in rows
    ]
    assert found[1:] == [("a", "b", *langs), ("a", "c", *langs)]
    if name != "b.xlf":
        assert [row["context"] for row in rows[1:]] == ["menu", "state"]


def test_a_glossary_with_columns_by_language_keeps_their_order(tmp_path):
    path = _file(tmp_path, "a.csv", "英語,日本語\nopen,開く\n")
    convert(path, tmp_path / "b.po")
    written = (tmp_path / "b.po").read_text(encoding="utf-8")
    assert 'msgid "open"\nmsgstr "開く"' in written
    assert "Language: ja" in written


def test_a_translation_nobody_confirmed_is_counted_as_lost(tmp_path):
    text = f'{HEADER}"Language: ja\\n"\n\n#, fuzzy\nmsgid "a"\nmsgstr "あ"\n'
    losses = convert(_file(tmp_path, "a.po", text), tmp_path / "b.csv")
    assert losses.fields["segments.target", "nobody has confirmed it"] == 1


TAGS = ("j" * 80, "ja<b>", "en;ja")
FILES = {
    "a.tmx": _tmx(("", [("en", "a"), ("TAG", "b")])),
    "a.xlf": '<xliff version="1.2"><file source-language="en" target-language="TAG" '
    'original="x"><body><trans-unit id="1"><source>a</source><target>b</target>'
    "</trans-unit></body></file></xliff>",
    "a.tbx": '<martif type="TBX" xml:lang="en"><text><body><termEntry id="a"><langSet '
    'xml:lang="TAG"><tig><term>x</term></tig></langSet></termEntry></body></text></martif>',
    "a.po": f'{HEADER}"Language: TAG\\n"\n\nmsgid "a"\nmsgstr "b"\n',
    "a.csv": "concept_id,lang,form\n1,TAG,x\n",
    "b.csv": "source,target,source_lang,target_lang\na,b,en,TAG\n",
    "a.jsonl": '{"id": "1", "terms": [{"lang": "TAG", "form": "x"}]}\n',
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("tag", TAGS)
def test_a_tag_that_can_be_no_language_is_refused_in_every_format(tmp_path, name, tag):
    written = tag.replace("<", "&lt;") if name[-3:] in ("tmx", "xlf", "tbx") else tag
    path = _file(tmp_path, name, FILES[name].replace("TAG", written))
    for call in (
        lambda: inspect(path),
        lambda: convert(path, tmp_path / "out.tmx"),
        lambda: convert(path, tmp_path / "out.jsonl"),
    ):
        with pytest.raises(FormatError, match="language tag"):
            call()
    understood = _file(tmp_path, name, FILES[name].replace("TAG", "ja_JP"))
    assert inspect(understood).langs
