"""The arrow of imports: the writers' path stays light, stages look one way only."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "termbank"
HEAVY = {
    "polars",
    "sudachipy",
    "rapidfuzz",
    "numpy",
    "dataframely",
    "lxml",
    "rich",
    "typer",
    "typing",
    "dataclasses",
    "importlib.resources",
    "importlib.metadata",
}
WRITERS = [
    "termbank",
    "termbank.cli",
    "termbank.types",
    "termbank.errors",
    "termbank.config",
    "termbank.cache",
    "termbank.term_search",
    "termbank.checking",
    "termbank.glossary.light_rows",
    "termbank.glossary.index",
    "termbank.commands.lookup",
    "termbank.commands.scan",
    "termbank.commands.check",
]
# Each package may import itself, what stands left of it, and nothing to its right.
FOUNDATION = {
    "__version__",
    "identifiers",
    "proposal",
    "version",
    "errors",
    "messages",
    "records",
    "types",
    "schemas",
    "plugins",
    "cache",
    "lazy_imports",
    "processors",
    "child_processes",
    "project_root",
    "atomic_files",
    "git_commands",
    "strict_csv",
    "quick_arguments",
    "config",
    "text",
}
STAGES = {
    "tokenise": set(),
    "sources": {"formats"},
    "mining": {"sources", "tokenise", "engines", "glossary"},
    "reconciliation": {"tokenise", "glossary", "sources", "mining"},
    "glossary": {"formats", "reconciliation"},
    "term_search": {"glossary", "equivalents"},
    "formats": {"glossary", "tokenise"},
    "rules": {"checking", "glossary", "tokenise"},
    "checking": {
        "rules",
        "glossary",
        "sources",
        "tokenise",
        "formats",
        "term_search",
        "memory",
    },
    "reports": {"checking", "rules"},
    "memory": {"tokenise", "formats", "term_search", "glossary", "sources"},
    "equivalents": {"tokenise", "mining", "glossary", "sources", "formats"},
}


@pytest.mark.parametrize("module", WRITERS)
def test_the_writers_path_starts_light(module):
    code = f"import sys, {module}; print(*sorted(sys.modules))"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    loaded = set(ran.stdout.split())
    bare = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sorted(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not (loaded - set(bare.stdout.split())) & HEAVY


def imports(path: Path) -> set[str]:
    """Names of termbank's own packages that a module imports, however late."""
    package = ("termbank", *path.relative_to(SOURCE).parent.parts)
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            full = (*base, *(node.module or "").split("."))
            full = tuple(part for part in full if part)
            if full[:1] == ("termbank",):
                names = [full[1]] if len(full) > 1 else [a.name for a in node.names]
                found |= set(names)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                parts = alias.name.split(".")
                if parts[0] == "termbank" and len(parts) > 1:
                    found.add(parts[1])
    return found


@pytest.mark.parametrize("stage", sorted(STAGES))
def test_a_stage_looks_only_where_the_arrow_allows(stage):
    home = SOURCE / stage
    paths = sorted(home.rglob("*.py")) if home.is_dir() else [home.with_suffix(".py")]
    for path in paths:
        beyond = imports(path) - FOUNDATION - {stage} - STAGES[stage]
        assert not beyond, f"{path.name} imports {sorted(beyond)}"


def test_the_library_never_prints():
    for path in sorted(SOURCE.rglob("*.py")):
        if path.parent.name == "commands" or path.name in {"cli.py", "__main__.py"}:
            continue
        calls = (
            node
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        )
        assert not any(call.func.id == "print" for call in calls), path
