"""Every reason a writer gives for a loss has a Japanese wording."""

import ast
from collections.abc import Iterator
from pathlib import Path

from termbank import formats
from termbank.formats.model.loss_reasons import said

COUNTING = {"add", "term", "concept", "unset", "leave_out", "_count_rest"}
GIVING = {"_reason", "_fault", "_side"}


def reasons(tree: ast.AST) -> Iterator[str]:
    """English reasons of a module: what its writers count under."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in COUNTING:
                yield from (text for each in node.args[1:3] for text in texts(each))
            elif called == "count_lost":
                yield from texts(node.args[-1])
        elif isinstance(node, ast.FunctionDef) and node.name in GIVING:
            yield from (text for each in node.body for text in texts(each))


def texts(node: ast.AST) -> Iterator[str]:
    """String literals of several words below a node, the holes of f-strings as 1."""
    if isinstance(node, ast.JoinedStr):
        parts = (getattr(part, "value", "1") for part in node.values)
        yield "".join(part if isinstance(part, str) else "1" for part in parts)
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str) and " " in node.value:
            yield node.value
    else:
        for child in ast.iter_child_nodes(node):
            yield from texts(child)


def test_every_reason_is_said_in_japanese(monkeypatch):
    monkeypatch.setenv("TERMBANK_MESSAGES", "ja")
    given = set()
    for path in sorted(Path(formats.__file__).parent.rglob("*.py")):
        given |= set(reasons(ast.parse(path.read_text(encoding="utf-8"))))
    given = {text for text in given if not text.endswith(".")}  # docstrings
    assert len(given) > 25
    assert not {text for text in given if said(text) == text}
