"""The real prh agrees wherever it is right: where no chance substring stands.

Needs ``prh`` (npm) on the path or in ``$TERMBANK_PRH``; skipped without it.
"""

import json
import os
import shutil
import subprocess

import pytest

from termbank import Glossary, check_text
from termbank.checking.files.fixing import mended

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
    return mended(text, lambda one: check_text(one, glossary=glossary))


@pytest.mark.parametrize("text", AGREED)
def test_prh_agrees(rewrite, text):
    assert rewrite(text) == ours(text) != text


@pytest.mark.parametrize("text", PRH_ALONE)
def test_where_prh_errs_we_are_silent(rewrite, text):
    assert ours(text) == text
    assert rewrite(text) != text
