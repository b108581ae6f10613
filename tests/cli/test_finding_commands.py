"""What ``termbank lookup`` and ``termbank scan`` print, and how they end."""

import io
import json

import pytest

from termbank.cli import main

TERMS = """\
concept_id,lang,form,reading,status
a00000000003,en,Kyiv,,preferred
a00000000003,ja,キエフ,,deprecated
a00000000003,ja,キーウ,,preferred
a00000000004,en,security guarantees,,preferred
a00000000004,ja,安全の保証,アンゼンノホショウ,preferred
"""
DEFINITIONS = """\
concept_id,lang,text
a00000000003,ja,ウクライナの首都。
"""


@pytest.fixture
def glossary(tmp_path):
    (tmp_path / "g").mkdir()
    (tmp_path / "g" / "terms.csv").write_text(TERMS, encoding="utf-8")
    (tmp_path / "g" / "definitions.csv").write_text(DEFINITIONS, encoding="utf-8")
    return str(tmp_path / "g")


def said(capsys, *words):
    code = main([*words])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_an_entry_as_a_person_reads_it(glossary, capsys):
    words = ("lookup", "キエフ", "安全の保証", "--glossary", glossary)
    code, out, err = said(capsys, *words)
    assert (code, err) == (0, "")
    assert out == (
        "キーウ  [用語; 別表記 100]\n"
        "  → Kyiv\n"
        "  非推奨: キエフ\n"
        "  ウクライナの首都。\n"
        "\n"
        "安全の保証（アンゼンノホショウ）  [用語; 完全一致 100]\n"
        "  → security guarantees\n"
    )


def test_an_entry_in_english(glossary, capsys, monkeypatch):
    monkeypatch.setenv("TERMBANK_MESSAGES", "en")
    _, out, _ = said(capsys, "lookup", "Kyiv", "--glossary", glossary)
    assert out.startswith("Kyiv  [term; equivalent 100]\n  → キーウ\n")


def test_nothing_found_is_exit_1(glossary, capsys):
    code, out, err = said(capsys, "lookup", "りんご", "--glossary", glossary)
    assert (code, err) == (1, "")
    assert out == "りんご: 見つかりません (nothing found)\n"


def test_entries_as_json_one_line_a_query(glossary, capsys):
    words = ("lookup", "キエフ", "りんご", "--to", "en", "--format", "json")
    code, out, _ = said(capsys, *words, "--glossary", glossary)
    first, second = map(json.loads, out.splitlines())
    assert code == 1
    assert first["query"] == "キエフ"
    assert first["entries"][0]["preferred"] == "キーウ"
    assert first["entries"][0]["forms"] == [["キエフ", "deprecated"]]
    assert second == {"query": "りんご", "entries": []}


def test_a_broken_glossary_is_exit_2_with_its_line(tmp_path, capsys):
    (tmp_path / "terms.csv").write_text("form\nキーウ\n", encoding="utf-8")
    for words in (("lookup", "キーウ"), ("scan", str(tmp_path / "terms.csv"))):
        code, out, err = said(capsys, *words, "--glossary", str(tmp_path))
        assert (code, out) == (2, "")
        assert "terms.csv:1:" in err
        assert err.count("\n") == 1


def test_hits_have_places_that_an_editor_follows(glossary, tmp_path, capsys):
    text = tmp_path / "a.txt"
    text.write_text("一行目\nその後、ｷｴﾌで安全の保証を\n", encoding="utf-8")
    code, out, _ = said(capsys, "scan", str(text), "--glossary", glossary)
    assert code == 0
    assert out == (
        f"{text}:2:5: ｷｴﾌ (deprecated) → キーウ: Kyiv\n"
        f"{text}:2:9: 安全の保証: security guarantees\n"
    )


def test_hits_as_json_from_standard_input(glossary, capsys, monkeypatch):
    given = io.TextIOWrapper(io.BytesIO("キーウ".encode()))
    monkeypatch.setattr("sys.stdin", given)
    words = ("scan", "-", "--format", "json", "--glossary", glossary)
    code, out, _ = said(capsys, *words)
    hit = json.loads(out)
    assert code == 0
    assert (hit["path"], hit["line"], hit["column"]) == ("-", 1, 1)
    assert (hit["surface"], hit["equivalents"]) == ("キーウ", ["Kyiv"])


def test_a_text_in_shift_jis_is_read(glossary, tmp_path, capsys):
    text = tmp_path / "a.txt"
    text.write_bytes(
        ("この文書の中にはキーウという地名があります。" * 3).encode("cp932")
    )
    code, out, _ = said(capsys, "scan", str(text), "--glossary", glossary)
    assert code == 0
    assert len(out.splitlines()) == 3


def test_no_hit_is_exit_1_and_no_file_is_exit_2(glossary, tmp_path, capsys):
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    assert said(capsys, "scan", str(empty), "--glossary", glossary)[0] == 1
    code, _, err = said(capsys, "scan", str(tmp_path / "no"), "--glossary", glossary)
    assert code == 2
    assert "no" in err
