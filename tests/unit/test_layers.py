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
# One arrow: a module or package may import what stands before it, and itself. A new
# one is entered where its imports allow; what it must not see stands behind it.
ORDER = (
    "version",
    "lazy_imports",
    "processors",
    "table_columns",
    "messages",
    "errors",
    "arguments",
    "records",
    "types",
    "registry",
    "command_line",
    "strict_csv",
    "terminal",
    "atomic_files",
    "isolation",
    "cache",
    "config",
    "text",
    "schemas",
    "glossary_places",
    "identifiers",
    "proposal",
    "engines",
    "sudachi_dictionaries",
    "stores",
    "tokenise",
    "formats",
    "sources",
    "mining",
    "equivalents",
    "reconciliation",
    "glossary",
    "term_search",
    "memory",
    "rules",
    "checking",
    "reports",
    "seeds",
    "building",
    "operations",
    "testing",
    "lsp",
    "web",
    "service",
    "commands",
    "cli",
    "__main__",
)
# Rules are leaves that checking runs, and stand on checking's engine; no file of the
# two is in a circle.
MUTUAL = {("rules", "checking")}


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


def module_of(path: Path) -> str:
    """Return the dotted name of a file below ``termbank``; empty for the package."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {module_of(path): path for path in sorted(SOURCE.rglob("*.py"))}


def imports(name: str) -> set[str]:
    """Modules of termbank that one imports, however late and for types only."""
    path = FILES[name]
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
            found |= {each[len("termbank.") :] for each in names if "termbank." in each}
        if not isinstance(node, ast.ImportFrom):
            continue
        if node.level:
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*above, *filter(None, [node.module])])
        elif (node.module or "").split(".")[0] == "termbank":
            base = (node.module or "").partition(".")[2]
        else:
            continue
        for alias in node.names:
            inner = f"{base}.{alias.name}".strip(".")
            found.add(inner if inner in FILES else base)
    return (found & set(FILES)) - {name}


IMPORTS = {name: imports(name) for name in FILES}


@pytest.mark.parametrize("name", sorted({name.split(".")[0] for name in FILES if name}))
def test_a_room_looks_one_way_only(name):
    assert name in ORDER, f"enter {name} in ORDER, behind all that it imports"
    before = set(ORDER[: ORDER.index(name) + 1])
    for module, imported in IMPORTS.items():
        if module.split(".")[0] != name:
            continue
        assert "" not in imported, f"{module} imports the package itself"
        for other in sorted(imported):
            room = other.split(".")[0]
            assert room in before or (name, room) in MUTUAL, f"{module} imports {other}"


def test_no_file_is_in_a_circle_of_imports():
    waiting = {name: set(imported) for name, imported in IMPORTS.items()}
    while ready := [name for name, imported in waiting.items() if not imported]:
        for name in ready:
            del waiting[name]
        for imported in waiting.values():
            imported.difference_update(ready)
    assert not waiting, f"in circles or behind them: {sorted(waiting)}"


def test_no_module_name_stands_twice():
    doors = {name for name in FILES if name.split(".")[0] == "commands"}
    files = [n for n in FILES if FILES[n].name != "__init__.py" and n not in doors]
    stems = [name.split(".")[-1] for name in files]
    assert sorted({stem for stem in stems if stems.count(stem) > 1}) == []


def test_no_folder_is_too_full():
    counts: dict[str, int] = {}
    for path in FILES.values():
        room = path.parent.relative_to(SOURCE).as_posix()
        counts[room] = counts.get(room, 0) + (path.name != "__init__.py")
    crowded = {room: count for room, count in counts.items() if count > 25}
    assert set(crowded) <= {"rules"}, crowded


def test_the_library_never_prints():
    for path in sorted(SOURCE.rglob("*.py")):
        if "commands" in path.parts or path.name in {"cli.py", "__main__.py"}:
            continue
        calls = (
            node
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        )
        assert not any(call.func.id == "print" for call in calls), path
