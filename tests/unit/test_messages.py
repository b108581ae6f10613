"""What termbank says to people, it says in Japanese and in English."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from termbank.errors import InputError
from termbank.messages import of_system, say

SOURCE = Path(__file__).parents[2] / "src" / "termbank"
# constructor or helper: where it takes what was found and what would be right
SAYS = {
    "ConfigError": (1, 3),
    "InputError": (1, 3),
    "FormatError": (2, 4),
    "GlossaryError": (1, 3),
    "StoreError": (1, 3),
    "PluginError": (1, 3),
    "EngineError": (0, 1),
    "SchemaError": (1, 2),
    "Fault": (0, 3),
    "Misfit": (1, 3),
    "refuse": (0, 2),
}
# Words that are the same in both languages: commands, keys, formats, values.
NEUTRAL = re.compile(
    r"pip install [\w' \[\]{}-]+(\(full, core, small\))?"
    r"|termbank [a-z-]+( (--?)?[\w/]+)*|# What this glossary and the team's store .*"
    r"|termbank\.toml: glossaries = .*|TOML 1\.0, UTF-8|best \| rules"
    r"|open\((path|address)\)|lsp|jamdict|core|uuid|none|ray( 0: 0)?|: majority \| kokuji \| jis \| jtf \| authority"
)


def is_english(text: str) -> bool:
    """Whether a text holds an English word, which is no key, tag or file name."""
    if NEUTRAL.fullmatch(text):
        return False
    return bool(re.search(r"(?<![\w.:=<'/-])[a-z]{3,}(?![\w.:=>'/(-])", text))


def literals(node: ast.AST, known: dict[str, list[ast.AST]]) -> Iterator[str]:
    """Texts an argument may be: through conditions and names, but not into ``say``."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        parts = (getattr(part, "value", "") for part in node.values)
        yield "".join(part if isinstance(part, str) else "0" for part in parts)
    elif isinstance(node, ast.Name):
        for value in known.get(node.id, ()):
            yield from literals(value, known)
    elif isinstance(node, ast.IfExp | ast.BoolOp | ast.Tuple | ast.BinOp | ast.Starred):
        for child in ast.iter_child_nodes(node):
            yield from literals(child, known)


def assigned(scope: ast.AST) -> dict[str, list[ast.AST]]:
    """Values given to each name in a function or module."""
    found: dict[str, list[ast.AST]] = {}
    for node in ast.walk(scope):
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign) and node.value:
            targets = [node.target]
        for target in targets:
            if isinstance(target, ast.Name):
                found.setdefault(target.id, []).append(node.value)
            elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                for name, value in zip(target.elts, node.value.elts, strict=False):
                    if isinstance(name, ast.Name):
                        found.setdefault(name.id, []).append(value)
    return found


def english_only(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of each sentence that is said in English only."""
    constants = {
        name: values
        for name, values in assigned(tree).items()
        if name.isupper() or name.startswith("_")
    }
    scopes = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    for scope in scopes:
        known = constants | assigned(scope)
        for node in ast.walk(scope):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            first, end = SAYS.get(called, (0, 0))
            helps = [each.value for each in node.keywords if each.arg == "help"]
            for argument in (*node.args[first:end], *helps):
                for text in literals(argument, known):
                    if is_english(text):
                        yield node.lineno, text


@pytest.mark.parametrize(
    "path", sorted(SOURCE.rglob("*.py")), ids=lambda p: str(p.relative_to(SOURCE))
)
def test_no_error_or_help_is_said_in_english_only(path):
    found = sorted(set(english_only(ast.parse(path.read_text(encoding="utf-8")))))
    assert not found


def test_an_english_sentence_is_found_wherever_it_hides():
    tree = ast.parse(
        "_WANTED = 'a text file'\n"
        "def f(path, other):\n"
        "    found = f'suffix {path}' if other else 'no file'\n"
        "    raise InputError(path, found, _WANTED)\n"
    )
    assert [text for _, text in english_only(tree)] == [
        "suffix 0",
        "no file",
        "a text file",
    ]


def test_both_are_said_once_where_they_are_the_same(monkeypatch):
    monkeypatch.setenv("TERMBANK_MESSAGES", "both")
    assert say("TMX", "TMX") == "TMX"
    assert say("表", "a table") == "表 (a table)"


def test_a_refusal_of_the_system_has_its_reason_in_japanese(monkeypatch, tmp_path):
    monkeypatch.setenv("TERMBANK_MESSAGES", "ja")
    with pytest.raises(FileNotFoundError) as missing:
        (tmp_path / "none").read_text()
    assert of_system(missing.value) == "ファイルまたはフォルダーが見つかりません"
    assert of_system(OSError(28, "No space left on device")).startswith("システム")


def test_an_error_is_one_sentence_of_each_language(monkeypatch):
    for language, expected in {
        "ja": "a.csv: 空のファイル。正しくは: 表",
        "en": "a.csv: found an empty file; expected a table",
        "both": "a.csv: 空のファイル (an empty file); 正しくは (expected): 表 (a table)",
    }.items():
        monkeypatch.setenv("TERMBANK_MESSAGES", language)
        found, wanted = say("空のファイル", "an empty file"), say("表", "a table")
        assert str(InputError("a.csv", found, wanted)) == expected
