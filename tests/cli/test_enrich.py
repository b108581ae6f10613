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


def test_evidence_that_is_written_names_no_place_of_this_machine(
    tmp_path, capsys, monkeypatch
):
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    for folder in (home / "texts", elsewhere):
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text(f"Witkoff met Syrskyi, {folder.name}.", "utf-8")
    (elsewhere / "b.txt").write_text("停戦案（truce plan）に合意。\n", "utf-8")
    monkeypatch.chdir(home)
    forms = {"ウィトコフ": [], "シルスキー": [], "停戦案": []}
    termbank.Glossary.from_variants(forms, lang="ja").write("glossary")
    words = ["--english", str(home / "texts" / "a.txt"), str(elsewhere / "a.txt")]
    words += ["--japanese", str(elsewhere / "b.txt"), "--write"]
    assert main(["enrich", "glossary", *words]) == 0
    notes = termbank.Glossary.read("glossary").terms.filter(lang="en")["note"]
    assert sorted(notes) == ["a.txt, texts/a.txt", "a.txt, texts/a.txt", "b.txt"]
