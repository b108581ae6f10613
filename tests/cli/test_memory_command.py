"""What ``termbank memory`` prints, writes and returns."""

import json

import pytest

from termbank.cli import main

TABLE = """\
source,target,domain
停戦案に合意した。,They agreed to the ceasefire proposal.,news
交渉は3時間続いた。,The talks lasted 3 hours.,news
交渉は３時間続いた。,The talks lasted 3 hours.,news
価格は12ドルだ。,It costs 15 dollars.,
会談は終わった。,会談は終わった。,
"""
PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

#: a.c:1
#, c-format
msgid "交渉は5時間続いた。"
msgstr ""

msgid "停戦案に合意した。"
msgstr ""

msgid "人が訳した。"
msgstr "By a person."

#, fuzzy
msgid "下訳。"
msgstr "Draft."

msgid "知らない文。"
msgstr ""
"""
XLIFF = """\
<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="ja" target-language="en" datatype="plaintext"><body>
<trans-unit id="1"><source>停戦案に合意した。</source></trans-unit>
<trans-unit id="2"><source>停戦案に合意した。</source><target>By a person.</target></trans-unit>
<trans-unit id="3"><source>停戦<g id="1">案</g>に合意した。</source></trans-unit>
<trans-unit id="4" translate="no"><source>停戦案に合意した。</source></trans-unit>
<trans-unit id="5"><source>交渉は5時間続いた。</source><target state="new"></target></trans-unit>
</body></file></xliff>
"""
XLIFF_2 = """\
<xliff version="2.0" srcLang="ja" trgLang="en" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f"><unit id="1">
<segment id="a"><source>停戦案に合意した。</source></segment><segment id="b"><source>甲</source><target>A</target></segment>
</unit></file></xliff>
"""


@pytest.fixture
def folder(tmp_path, capsys):
    (tmp_path / "a.csv").write_text(TABLE, encoding="utf-8")
    assert (
        main(["memory", "import", str(tmp_path / "a.csv"), "-m", str(tmp_path / "tm")])
        == 0
    )
    capsys.readouterr()
    return tmp_path


@pytest.fixture
def said(folder, capsys):
    def call(action, *words):
        code = main(["memory", action, *map(str, words), "-m", str(folder / "tm")])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return call


def test_search_shows_score_translation_and_what_changed(said):
    code, out, _ = said("search", "停戦案に同意した。")
    assert code == 0
    assert "They agreed" in out
    assert "停戦案に[-合意-]{+同意+}した。" in out
    assert said("search", "全く違う話です")[0] == 1


def test_search_as_json_has_all_fields(said):
    _, out, _ = said(
        "search", "交渉は五時間続いた。", "--format", "json", "--limit", "1"
    )
    (match,) = json.loads(out)["matches"]
    assert match["target"] == "The talks lasted 5 hours."
    assert match["penalties"] == ["numbers"]
    assert ["inserted", "五"] in match["edits"]


def test_concordance_prints_pairs(said):
    code, out, _ = said("concordance", "ドル")
    assert (code, out) == (0, "価格は12ドルだ。\tIt costs 15 dollars.\n")


def test_stats_and_export(said, folder):
    _, out, _ = said("stats", "--format", "json")
    assert json.loads(out)["segments"] == 5
    said("export", folder / "out.tmx")
    assert (folder / "out.tmx").read_text(encoding="utf-8").count("<tu ") == 5
    code, _, err = said("export", folder / "out.doc")
    assert code == 2
    assert ".tmx" in err


def test_clean_names_what_is_wrong_and_deletes_what_it_is_told(said):
    code, out, _ = said("clean")
    assert code == 1
    assert [line.split("\t")[0] for line in out.splitlines()] == [
        "duplicate",
        "numbers",
        "untranslated",
    ]
    said("clean", "--delete", "duplicate", "--delete", "untranslated")
    _, out, _ = said("clean")
    assert [line.split("\t")[0] for line in out.splitlines()] == ["numbers"]


def test_leverage_counts_a_job(said, folder):
    job = folder / "job.txt"
    job.write_text(
        "停戦案に合意した。交渉は9時間続いた。新しい話題だ。新しい話題だ。\n",
        encoding="utf-8",
    )
    _, out, _ = said("leverage", job, "--format", "json")
    rows = {row["band"]: row["segments"] for row in json.loads(out)}
    assert rows == {
        "context": 0,
        "100": 1,
        "95-99": 1,
        "85-94": 0,
        "75-84": 0,
        "50-74": 0,
        "new": 1,
        "repetitions": 1,
    }
    assert "repetitions" in said("leverage", job)[1]


def test_pretranslate_fills_po_and_leaves_what_people_wrote(said, folder):
    (folder / "a.po").write_text(PO, encoding="utf-8")
    _, out, _ = said("pretranslate", folder / "a.po", "--format", "json")
    assert json.loads(out) == {"filled": 2, "kept": 2, "open": 1}
    after = (folder / "a.po").read_text(encoding="utf-8")
    expected = PO.replace(
        '#, c-format\nmsgid "交渉は5時間続いた。"\nmsgstr ""',
        '#, fuzzy, c-format\nmsgid "交渉は5時間続いた。"\nmsgstr "The talks lasted 5 hours."',
    ).replace(
        'msgid "停戦案に合意した。"\nmsgstr ""',
        'msgid "停戦案に合意した。"\nmsgstr "They agreed to the ceasefire proposal."',
    )
    assert after == expected


def test_pretranslate_fills_xliff_and_leaves_what_people_wrote(said, folder):
    (folder / "a.xlf").write_text(XLIFF, encoding="utf-8")
    _, out, _ = said(
        "pretranslate", folder / "a.xlf", "-o", folder / "b.xlf", "--format", "json"
    )
    assert json.loads(out) == {"filled": 2, "kept": 1, "open": 2}
    after = (folder / "b.xlf").read_text(encoding="utf-8")
    assert ">By a person.<" in after
    assert after.count("They agreed to the ceasefire proposal.") == 1
    assert "The talks lasted 5 hours." in after
    assert (folder / "a.xlf").read_text(encoding="utf-8") == XLIFF


def test_pretranslate_fills_xliff_2(said, folder):
    (folder / "a.xlf").write_text(XLIFF_2, encoding="utf-8")
    said("pretranslate", folder / "a.xlf")
    after = (folder / "a.xlf").read_text(encoding="utf-8")
    assert "<target>They agreed to the ceasefire proposal.</target>" in after
    assert "<target>A</target>" in after


def test_align_writes_pairs_and_names_doubtful_ones(said, folder):
    (folder / "a.txt").write_text("3人が来た。停戦案は5月2日に出た。", encoding="utf-8")
    (folder / "b.txt").write_text(
        "Three people came. The proposal was made on May 2.", encoding="utf-8"
    )
    _, out, _ = said("align", folder / "a.txt", folder / "b.txt")
    assert out.splitlines()[1].endswith("The proposal was made on May 2.")
    said("align", folder / "a.txt", folder / "b.txt", "--add")
    assert said("search", "3人が来た。")[1].strip().startswith("97.0")


@pytest.mark.parametrize(
    "words",
    [
        ("search", "甲", "-m", "absent"),
        ("import", "absent.tmx"),
        ("leverage", "absent.txt"),
        ("pretranslate", "absent.po"),
    ],
)
def test_wrong_input_gets_one_line_and_exit_2(folder, capsys, monkeypatch, words):
    monkeypatch.chdir(folder)
    place = () if "-m" in words else ("-m", "tm")
    assert main(["memory", *words, *place]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
