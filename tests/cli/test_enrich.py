"""``termbank enrich``: shows proposals, writes them as proposed rows when asked."""

import json

import termbank
from termbank.cli import main


def test_enrich_shows_then_writes(tmp_path, capsys):
    folder = tmp_path / "glossary"
    termbank.Glossary.from_variants({"ウィトコフ": []}, lang="ja").write(folder)
    english = tmp_path / "a.txt"
    english.write_text("Envoy Steve Witkoff spoke in Geneva.\n", "utf-8")
    before = (folder / "terms.csv").read_bytes()
    assert (
        main(["enrich", str(folder), "--english", str(english), "--format", "json"])
        == 0
    )
    shown = json.loads(capsys.readouterr().out)
    assert [row["en"] for row in shown] == ["Witkoff"]
    assert (folder / "terms.csv").read_bytes() == before
    assert main(["enrich", str(folder), "--english", str(english), "--write"]) == 0
    written = termbank.Glossary.read(folder).terms.to_dicts()
    assert [(row["form"], row["status"]) for row in written if row["lang"] == "en"] == [
        ("Witkoff", "proposed")
    ]
    assert (
        main(["enrich", str(folder), "--english", str(english), "--format", "json"])
        == 0
    )


def test_enrich_refuses_a_folder_that_is_not_there(tmp_path, capsys):
    assert main(["enrich", str(tmp_path / "none")]) == 2
    assert "none" in capsys.readouterr().err
