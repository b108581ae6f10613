"""Write docs/reference from the code: public names, frames, commands, errors.

``python tools/reference.py`` writes; ``--check`` exits 1 where a page is stale.
"""

from __future__ import annotations

import argparse
import inspect
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

os.environ["TERMBANK_MESSAGES"] = "en"
os.environ["COLUMNS"] = "88"

import termbank
from termbank import cli, errors, schemas

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
NOTICE = "<!-- Made by tools/reference.py; edit the code, not this page. -->\n"


def api() -> Iterator[str]:
    """Yield the page of public names."""
    yield "# Public names\n\nEverything here is imported from `termbank` itself.\n"
    for name in sorted(termbank.__all__, key=str.lower):
        thing = getattr(termbank, name)
        yield f"\n## {name}\n"
        if inspect.isfunction(thing):
            yield f"\n```python\n{name}{_signature(thing)}\n```\n"
        yield f"\n{_text(thing)}\n"
        if inspect.isclass(thing) and not issubclass(thing, tuple):
            yield from _methods(name, thing)


def _methods(name: str, thing: type) -> Iterator[str]:
    for member, function in inspect.getmembers(thing):
        if member.startswith("_") or not (
            inspect.isfunction(function) or inspect.ismethod(function)
        ):
            continue
        yield f"\n### {name}.{member}\n\n```python\n{member}{_signature(function)}\n```\n"
        yield f"\n{_text(function)}\n"


def frames() -> Iterator[str]:
    """Yield the page of frames."""
    yield "# Frames\n\nDeclared in `termbank.schemas` with dataframely.\n"
    source = inspect.getsource(schemas)
    for name, schema in vars(schemas).items():
        if not (inspect.isclass(schema) and schema.__module__ == schemas.__name__):
            continue
        yield f"\n## {name}\n\n{_text(schema)}\n\n"
        yield "| column | type | key | null | meaning |\n| --- | --- | --- | --- | --- |\n"
        block = source.split(f"class {name}(", 1)[1].split("\nclass ", 1)[0]
        for column, kind in schema.columns().items():
            said = re.search(rf"^    {column} = .*?# (.*)$", block, re.MULTILINE)
            key = "key" if kind.primary_key else ""
            null = "null" if kind.nullable else ""
            values = getattr(kind, "categories", None)
            meaning = ", ".join(values) if values else (said[1] if said else "")
            shown = type(kind).__name__
            yield f"| {column} | {shown} | {key} | {null} | {meaning} |\n"


def commands() -> Iterator[str]:
    """Yield the page of commands."""
    yield "# Commands\n\nExit: 0 clean, 1 findings, 2 usage or input, 3 our fault.\n"
    for name in cli.COMMANDS:
        parser = cli.parser_of(name)
        yield f"\n## termbank {name}\n\n```text\n{parser.format_help().rstrip()}\n```\n"


def error_tree() -> Iterator[str]:
    """Yield the page of errors."""
    yield f"# Errors\n\n{_text(errors)}\n"
    for name, thing in vars(errors).items():
        if inspect.isclass(thing) and issubclass(thing, Exception):
            yield f"\n## {name}\n\n{_text(thing)}\n"


def _signature(function: object) -> str:
    return str(inspect.signature(function)).replace("'", "")  # type: ignore[arg-type]


def _text(thing: object) -> str:
    text = inspect.getdoc(thing) or ""
    # Examples become code blocks, so that a page renders the same everywhere.
    return re.sub(
        r"((?:^>>> .*\n?(?:(?!\n).+\n?)*)+)", r"```pycon\n\1\n```", text, flags=re.M
    )


PAGES = {"api": api, "frames": frames, "commands": commands, "errors": error_tree}


def main() -> int:
    """Write or check all pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = []
    for name, page in PAGES.items():
        path = FOLDER / f"{name}.md"
        text = NOTICE + re.sub(r"\n{3,}", "\n\n", "".join(page()))
        if check and (not path.exists() or path.read_text(encoding="utf-8") != text):
            stale.append(path.name)
        elif not check:
            path.write_text(text, encoding="utf-8")
    if stale:
        print(f"stale: {', '.join(stale)}; run python tools/reference.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
