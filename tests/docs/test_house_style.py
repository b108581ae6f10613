"""Our own documentation and messages keep the house style, checked by termbank itself."""

import ast
from pathlib import Path

import pytest

from termbank import check, check_text

ROOT = Path(__file__).parents[2]
STYLE = ROOT / "docs" / "house-style"
PAGES = [
    ROOT / "README.ja.md",
    *(p for p in sorted((ROOT / "docs").rglob("*.md")) if p.parent.name != "reference"),
]


def messages():
    """Yield the Japanese sentences of ``say`` with the place where they are written."""
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if called and node.func.id == "say" and node.args:
                parts = ast.walk(node.args[0])
                texts = [p.value for p in parts if isinstance(p, ast.Constant)]
                text = "".join(text for text in texts if isinstance(text, str))
                yield f"{path.relative_to(ROOT)}:{node.lineno}", text


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_page_keeps_the_house_style(page):
    found = check([page], glossary=str(STYLE), select=["TB101", "TB104"])
    assert [f"{f.line}: {f.message}" for f in found] == []


def test_messages_keep_the_house_style():
    whole = list(messages())
    assert len(whole) > 500
    text = "\n".join(sentence.replace("\n", " ") for _, sentence in whole)
    places = [place for place, _ in whole]
    found = check_text(text, glossary=str(STYLE), select=["TB101", "TB104"])
    assert [f"{places[f.line - 1]}: {f.message}" for f in found] == []
