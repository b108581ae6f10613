"""Build ``termbank.mcpb``: the MCP server as a bundle that desktop agents install.

The bundle holds a manifest and the skill, no code of its own: it starts the ``termbank``
that is installed. Version and tools come from the package, so that they cannot differ
from it; the same sources give the same bytes.

    $ python tools/agent_bundle.py -o termbank.mcpb
    $ npx @anthropic-ai/mcpb validate manifest.json
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from termbank.service.mcp_tools import TOOLS
from termbank.version import __version__

ROOT = Path(__file__).parents[1]
_SKILL = ROOT / "skills" / "termbank" / "SKILL.md"
_TIME = (1980, 1, 1, 0, 0, 0)
_SERVER = '''"""Start the termbank server that is installed beside this Python."""

import runpy
import sys

sys.argv = ["termbank", "mcp", *sys.argv[1:]]
runpy.run_module("termbank", run_name="__main__")
'''


def manifest() -> dict[str, Any]:
    """Return the manifest of the bundle (MCPB 0.3)."""
    return {
        "manifest_version": "0.3",
        "name": "termbank",
        "display_name": "termbank",
        "version": __version__,
        "description": "Japanese-English terminology: look up, check, recall, propose.",
        "long_description": (
            "Gives an agent the terms, names and forms to avoid of your glossary before it"
            " translates, and checks the translation afterwards. Proposals wait for a"
            " person. Needs `pip install termbank`; no text leaves this computer."
        ),
        "author": {"name": "The termbank authors"},
        "license": "Apache-2.0",
        "keywords": ["terminology", "translation", "Japanese", "glossary"],
        "server": {
            "type": "python",
            "entry_point": "server/main.py",
            "mcp_config": {
                "command": "termbank",
                "args": ["mcp", "--glossary", "${user_config.glossary}"],
            },
        },
        "tools": [
            {"name": tool.name, "description": tool.description}
            for tool in TOOLS.values()
        ],
        "user_config": {
            "glossary": {
                "type": "string",
                "title": "Glossary",
                "description": "Folder or file of a glossary; builtin is the shipped one.",
                "default": "builtin",
                "required": False,
            }
        },
        "compatibility": {
            "platforms": ["darwin", "linux", "win32"],
            "runtimes": {"python": ">=3.11"},
        },
    }


def members() -> dict[str, bytes]:
    """Return the files of the bundle by name."""
    text = json.dumps(manifest(), ensure_ascii=False, indent=2) + "\n"
    return {
        "manifest.json": text.encode(),
        "server/main.py": _SERVER.encode(),
        "skills/termbank/SKILL.md": _SKILL.read_bytes(),
    }


def write_bundle(path: Path) -> None:
    """Write the bundle; the same sources give the same bytes."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in members().items():
            entry = ZipInfo(name, _TIME)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)


def main() -> None:
    """Write the bundle named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("-o", "--output", type=Path, default=Path("termbank.mcpb"))
    write_bundle(parser.parse_args().output)


if __name__ == "__main__":
    main()
