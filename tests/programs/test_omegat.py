"""OmegaT fills a document from our glossary as TMX, and never with a form to avoid."""

from termbank.formats.model.concept_records import Concept, Term
from termbank.formats.parts import module

PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>JA</source_lang><target_lang>EN</target_lang>
<sentence_seg>true</sentence_seg>
<support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags>
</project></omegat>
"""
FORMS = (
    ("ja", "キーウ", "preferred"),
    ("ja", "キエフ", "deprecated"),
    ("en", "Kiev", "deprecated"),
    ("en", "Kyiv", "preferred"),
)


def concept():
    record = Concept("0123456789ab")
    for lang, form, status in FORMS:
        term = Term(lang, form)
        term.status = status
        record.terms.append(term)
    return record


def test_omegat_fills_from_our_tmx_and_offers_no_form_to_avoid(
    program, run_program, tmp_path
):
    omegat = program("omegat")
    folder = tmp_path / "job"
    for name in ("source", "target", "tm/auto", "glossary", "omegat", "dictionary"):
        (folder / name).mkdir(parents=True)
    (folder / "omegat.project").write_text(PROJECT)
    (folder / "source" / "a.txt").write_text("キーウ\n\nキエフ\n")
    module("tmx").write_records([concept()], str(folder / "tm" / "auto" / "terms.tmx"))
    glossary = folder / "glossary" / "terms.txt"
    module("omegat").write_records([concept()], str(glossary), source="ja", target="en")
    output = run_program([omegat, str(folder), "--mode=console-translate"])
    target = folder / "target" / "a.txt"
    assert target.exists(), output
    assert target.read_text().split() == ["Kyiv", "キエフ"]
    assert "Warnings: 0" in output or "Errors: 0" in output
