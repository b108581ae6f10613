"""Take the pictures of the review and look-up pages: ``python tools/pictures.py``.

Needs the extras ``web`` and ``test`` and Debian's chromium. The documents are written
here, so that no picture shows anybody else's text.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

os.environ["TERMBANK_MESSAGES"] = "ja"
ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

DOCUMENTS = {
    "2026-01-12-運用手順.txt": """\
夜間はサーバーを二台だけ動かす。サーバーの電源は管理者が切る。
メアリー・ジョンソン氏が点検を引き受けた。デコレータで記録を残し、ライブラリを更新する。
北大西洋条約機構（NATO）の様式に従い、報告書はアレクセイ・ヴェリチコ氏に送る。
""",
    "2026-02-03-会議録.txt": """\
サーバの増設は見送った。プリンターとプリンタの表記が混ざっている。
マリー・ジョンソン氏から、デコレートの書き方について質問があった。
アレクセイ・ヴェリチコ氏とアレクセイ・ヴィリチコ氏は同じ人である。
サーバーの監視は続ける。ライブラリの版を上げる。
""",
    "2026-03-20-報告書.txt": """\
サーバーの監視を自動にした。デコレータを三つ加え、ライブラリを入れ替えた。
マリー氏とメアリー氏の担当を分けた。プリンターは四階に置く。
デコレートされた関数は一覧にある。ユーザーとユーザの表記も混ざっている。
""",
}
VIEWS = {
    "review.png": ("?queue=spelling", 1280, 800, "light"),
    "review-dark.png": ("?queue=concept", 1280, 800, "dark"),
    "review-narrow.png": ("?queue=spelling", 360, 780, "light"),
    "look-up.png": ("browse?q=さーば", 1280, 560, "light"),
}


def main() -> int:
    """Build a project, open each page, write its picture."""
    from playwright.sync_api import sync_playwright

    from termbank import cli
    from termbank.operations.project import Project
    from web.conftest import ARGUMENTS, served

    home = Path(tempfile.mkdtemp()) / "製品マニュアル"
    (home / "docs").mkdir(parents=True)
    for name, text in DOCUMENTS.items():
        (home / "docs" / name).write_text(text, "utf-8")
    os.chdir(home)
    cli.main(["init", "--who", "葵"])
    cli.main(["build", "docs", "--who", "葵", "--limit", "1"])
    cli.main(["enrich", "--japanese", "docs", "--write", "--who", "葵"])
    with served(Project(home / "glossary")) as address, sync_playwright() as tool:
        browser = tool.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(ARGUMENTS)
        )
        for name, (place, width, height, scheme) in VIEWS.items():
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                locale="ja-JP",
            )
            page = context.new_page()
            page.goto(address)
            page.goto(address.split("?")[0] + place)
            page.wait_for_selector("main h1", state="attached")
            page.screenshot(path=str(ROOT / "docs" / "pictures" / name))
            context.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
