"""textlint with editors/textlint-rule-termbank: findings and fixes."""

import json
import os
from pathlib import Path

from editor_files import ROOT


def run_textlint(program, run_program, tmp_path, document, *arguments):
    textlint = program("textlint", "TERMBANK_TEXTLINT")
    modules = tmp_path / "node_modules"
    modules.mkdir(exist_ok=True)
    rule = modules / "textlint-rule-termbank"
    if not rule.exists():
        os.symlink(ROOT / "editors" / "textlint-rule-termbank", rule)
    settings = tmp_path / ".textlintrc.json"
    settings.write_text(json.dumps({"rules": {"termbank": True}}))
    words = ["--config", settings, "--rules-base-directory", modules, *arguments]
    return run_program([textlint, *map(str, words), str(document)])


def test_textlint_reports_and_fixes_behind_emoji(
    program, project, run_program, tmp_path
):
    document = Path(project / "docs" / "a.md")
    document.write_text("# 見出し\n\n😀😀新しいサーバを😀キエフに置く。\n")
    output = run_textlint(program, run_program, tmp_path, document, "--format", "json")
    (result,) = json.loads(output)
    # Columns of textlint count UTF-16 units, from 1.
    places = [
        (message["line"], message["column"], message["message"][:5])
        for message in result["messages"]
    ]
    assert places == [(3, 8, "TB101"), (3, 14, "TB101")]
    run_textlint(program, run_program, tmp_path, document, "--fix")
    assert "😀😀新しいサーバーを😀キーウに置く。" in document.read_text()


def test_textlint_is_silent_on_a_clean_text(program, project, run_program, tmp_path):
    document = Path(project / "docs" / "a.md")
    document.write_text("😀新しいサーバーを`サーバ`と呼ぶ。\n")
    output = run_textlint(program, run_program, tmp_path, document, "--format", "json")
    assert json.loads(output)[0]["messages"] == []
