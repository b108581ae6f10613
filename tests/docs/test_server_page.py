"""The server's pages and deployment files name what is there: options, addresses, roles."""

import json
import re
import shlex
from argparse import ArgumentParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "docs" / "how-to" / name for name in ("server.md", "server.ja.md")]
FILES = [ROOT / "deploy" / "termbank.service", ROOT / "deploy" / "Containerfile"]


def commands(path):
    """Yield the name and words of each serve, token or backup that a file shows."""
    text = path.read_text("utf-8").replace("\\\n#", " ").replace("\\\n", " ")
    quoted = re.findall(r"^CMD (\[.*\])$", text, re.MULTILINE)
    lines = [f"termbank {' '.join(json.loads(words))}" for words in quoted]
    for line in [*text.splitlines(), *lines]:
        shown = line.partition("  #")[0]
        match = re.search(r"termbank (serve|token|backup)\b(.*)$", shown)
        if match and "`" not in shown:
            yield match[1], shlex.split(match[2])


@pytest.mark.parametrize("path", [*PAGES, *FILES], ids=lambda path: path.name)
def test_every_command_shown_parses(path):
    from importlib import import_module

    shown = list(commands(path))
    assert {name for name, _ in shown} >= {"serve", "token"}
    for name, words in shown:
        parser = ArgumentParser(exit_on_error=False)
        import_module(f"termbank.commands.project.{name}").add_arguments(parser)
        parser.parse_args(words)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_address_and_role_stands_on_the_page(path):
    pytest.importorskip("starlette")
    from termbank.operations.team.access_tokens import ROLES
    from termbank.service.http_routes import shared_routes

    text = path.read_text("utf-8")
    for route in shared_routes():
        assert route.path in text, route.path
    assert all(f"`{role}`" in text for role in ROLES)
