"""Renew the outputs that the READMEs, ten minutes and how-to pages show.

``python tools/page_outputs.py [PAGE…]``: each page is run as its test does, and an output
that is another today is replaced; as many lines are shown as before, ``…`` for the rest.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "docs"))

from page_runner import fill_folder, fits_any, reader, run_page  # noqa: E402


def renewed(page: Path) -> str:
    """Return the text of a page with today's outputs."""
    text = page.read_text("utf-8")
    changes: list[tuple[str, str]] = []

    def compare(command: str, printed: str, errors: str, shown: str) -> None:
        if fits_any(printed, errors, shown):
            return
        lines = [line.rstrip() for line in (printed or errors).strip("\n").split("\n")]
        cut = shown.endswith("\n…")
        count = shown.count("\n") if cut else len(lines)
        now = [*lines[:count], *(["…"] if cut else [])]
        changes.append(
            (f"$ {command}\n{shown}\n", "\n".join([f"$ {command}", *now, ""]))
        )

    with tempfile.TemporaryDirectory() as folder:
        language = fill_folder(page, Path(folder))
        with reader(folder, language):
            run_page(page, compare)
    for before, after in changes:
        text = text.replace(before, after, 1)
    return text


def main() -> int:
    """Write the pages that changed and name them."""
    sys.path.insert(0, str(ROOT / "tests" / "docs"))
    from test_pages_run import PAGES

    for page in map(Path, sys.argv[1:] or PAGES):
        text = renewed(page.resolve())
        if text != page.read_text("utf-8"):
            page.write_text(text, "utf-8")
            print(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
