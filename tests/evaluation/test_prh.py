"""The real prh agrees wherever it is right: where no chance substring stands.

Needs ``prh`` (npm) on the path or in ``$TERMBANK_PRH``; skipped without it.
"""

import json
import os
import shutil
import subprocess

import pytest

from termbank import Glossary, check_text
from termbank.checking.files.fixing import fix_until_clean

PRH = os.environ.get("TERMBANK_PRH") or shutil.which("prh")
RULES = {
    "サーバー": ["サーバ"],
    "インターフェース": ["インタフェース", "インターフェイス"],
    "キーウ": ["キエフ"],
    "子ども": ["子供"],
    "ください": ["下さい"],
    "取り扱い": ["取扱い"],
}
AGREED = [
    "サーバ管理者がクラウドサーバを止めた。",
    "ユーザーインタフェースとインターフェイスを比べる。",
    "キエフで会談した。子供たちも来た。",
    "教えて下さい。取扱い説明書を読んで下さい。",
]
# prh reads these wrong, and we must not.
PRH_ALONE = ["サーバーを止めた。", "サーバルキャットを見た。"]


@pytest.fixture(scope="module")
def rewrite(tmp_path_factory):
    if PRH is None:
        pytest.skip("needs prh (npm install prh) on the path or in $TERMBANK_PRH")
    folder = tmp_path_factory.mktemp("prh")
    lines = ["version: 1", "rules:"]
    for better, variants in RULES.items():
        lines.append(f"  - expected: {json.dumps(better, ensure_ascii=False)}")
        lines.append(f"    patterns: {json.dumps(variants, ensure_ascii=False)}")
    (folder / "rules.yml").write_text("\n".join(lines), encoding="utf-8")

    def by_prh(text):
        (folder / "a.txt").write_text(text, encoding="utf-8")
        run = subprocess.run(
            [PRH, "--rules", "rules.yml", "--stdout", "a.txt"],
            cwd=folder, capture_output=True, check=True, encoding="utf-8",
        )  # fmt: skip
        return run.stdout.rstrip("\n")

    return by_prh


def ours(text):
    glossary = Glossary.from_variants(RULES, lang="ja")
    return fix_until_clean(text, lambda one: check_text(one, glossary=glossary))


@pytest.mark.parametrize("text", AGREED)
def test_prh_agrees(rewrite, text):
    assert rewrite(text) == ours(text) != text


@pytest.mark.parametrize("text", PRH_ALONE)
def test_where_prh_errs_we_are_silent(rewrite, text):
    assert ours(text) == text
    assert rewrite(text) != text


# What an export must leave as it is, and what it must find.
EXPORTED = {"サーバー": ["サーバ"], "ブラウザー": ["ブラウザ"], "キーウ": ["キエフ"],
            "GitHub": ["Github"], "投げる": ["なげる"], "Q&A": ["ＱＡ"]}  # fmt: skip
RIGHT = "サーバーとブラウザーとGitHub。キエフ大公国の歴史。つなげる。Githubber"
WRONG = "サーバとブラウザとGithub。キエフの町。石をなげる。"
FIXED = "サーバーとブラウザーとGitHub。キーウの町。石を投げる。"
TEXTLINT = os.environ.get("TERMBANK_TEXTLINT") or shutil.which("textlint")


def exported(folder, name, suffix):
    import polars as pl

    glossary = Glossary.from_variants(EXPORTED, lang="ja")
    note = pl.when(pl.col("form") == "キエフ").then(pl.lit("例外: キエフ大公国"))
    terms = glossary.terms.with_columns(note=note.otherwise(pl.col("note")))
    path = folder / f"rules.{suffix}"
    Glossary(glossary.concepts, None, terms).export(path, format=name)
    return path


def test_the_exported_list_is_safe_and_fires_in_prh(tmp_path):
    if PRH is None:
        pytest.skip("needs prh (npm install prh) on the path or in $TERMBANK_PRH")
    rules = exported(tmp_path, "prh", "yml")

    def by_prh(text):
        (tmp_path / "a.txt").write_text(text, encoding="utf-8")
        run = subprocess.run([PRH, "--rules", str(rules), "--stdout", "a.txt"],
            cwd=tmp_path, capture_output=True, check=True, encoding="utf-8")  # fmt: skip
        return run.stdout.rstrip("\n")

    assert by_prh(RIGHT) == RIGHT
    assert by_prh(WRONG) == FIXED
    assert by_prh(FIXED) == FIXED


def test_the_exported_list_is_safe_and_fires_in_textlint(tmp_path):
    if TEXTLINT is None:
        pytest.skip("needs textlint and textlint-rule-terminology; $TERMBANK_TEXTLINT")
    rules = exported(tmp_path, "textlint", "json")
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(TEXTLINT))))
    path = tmp_path / "a.txt"

    def by_textlint(text):
        path.write_text(text, encoding="utf-8")
        subprocess.run([TEXTLINT, "--config", str(rules), "--fix", str(path)],
            cwd=root, capture_output=True, check=False)  # fmt: skip
        return path.read_text(encoding="utf-8")

    assert by_textlint(RIGHT) == RIGHT
    assert by_textlint(WRONG) == FIXED
