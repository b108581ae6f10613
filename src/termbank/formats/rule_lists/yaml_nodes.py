"""YAML as nodes with their lines; PyYAML is imported when a list is read."""

from __future__ import annotations

from typing import Any

from termbank.errors import FormatError, InputError
from termbank.formats.safe_files import chunks
from termbank.messages import say


def mapping_of(path: str, shown: str, expected: str) -> dict[str, Any]:
    """Return the top level of a file: names, and the nodes of their values.

    Args:
        path: The file.
        shown: What it is called in errors.
        expected: What the file should be.

    Raises:
        FormatError: It is no YAML, or no mapping.
        InputError: It cannot be read, or PyYAML is not installed.
    """
    try:
        import yaml
    except ImportError as fault:
        absent = say("PyYAML がありません", "PyYAML is not installed")
        right = say(
            'pip install "termbank[rules]" を実行', 'pip install "termbank[rules]"'
        )
        raise InputError(shown, absent, right) from fault
    content = b"".join(chunks(path))
    try:
        root = yaml.compose(content.decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as fault:
        mark = getattr(fault, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(fault, "problem", None) or str(fault).split("\n")[0]
        raise FormatError(shown, line, str(problem), expected) from fault
    if not isinstance(root, yaml.MappingNode):
        problem = say("項目がありません", "no entries")
        raise FormatError(shown, 1, problem, expected)
    return {key.value: value for key, value in root.value if isinstance(key.value, str)}


def entries_of(node: Any) -> list[tuple[Any, Any]]:
    """Return the (key, value) nodes of a mapping; nothing for any other node."""
    value = getattr(node, "value", None)
    pairs = isinstance(value, list) and all(isinstance(pair, tuple) for pair in value)
    return list(value) if pairs and isinstance(value, list) else []


def line_of(node: Any) -> int:
    """Return the line where a node begins, from 1."""
    return int(node.start_mark.line) + 1
