"""The bundle for desktop agents and the skill: what they name is there."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
SKILL = (ROOT / "skills" / "termbank" / "SKILL.md").read_text(encoding="utf-8")


@pytest.fixture
def bundle(tmp_path):
    def build(name):
        words = [sys.executable, str(ROOT / "tools" / "agent_bundle.py"), "-o", name]
        subprocess.run(words, cwd=tmp_path, check=True)
        return tmp_path / name

    return build


def test_the_same_sources_give_the_same_bundle(bundle):
    assert bundle("a.mcpb").read_bytes() == bundle("b.mcpb").read_bytes()


def test_the_manifest_names_the_tools_of_the_server_and_files_of_the_bundle(bundle):
    from termbank.service.mcp_tools import TOOLS

    with ZipFile(bundle("a.mcpb")) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert [tool["name"] for tool in manifest["tools"]] == list(TOOLS)
        assert manifest["server"]["entry_point"] in archive.namelist()


def test_the_official_tool_accepts_the_bundle(bundle, tmp_path):
    tool = os.environ.get("TERMBANK_MCPB") or shutil.which("mcpb")
    if not tool:
        pytest.skip("needs mcpb (npm install @anthropic-ai/mcpb) or $TERMBANK_MCPB")
    with ZipFile(bundle("a.mcpb")) as archive:
        archive.extractall(tmp_path / "unpacked")
    words = [tool, "validate", str(tmp_path / "unpacked" / "manifest.json")]
    answer = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_the_skill_names_commands_options_and_tools_that_exist():
    from termbank.cli import parser_of
    from termbank.service.mcp_tools import TOOLS

    for command, options in re.findall(r"termbank ([a-z]+)((?: [^`\n]+)?)", SKILL):
        if command in ("termbank", "glossary"):
            continue
        text = parser_of(command).format_help()
        for option in re.findall(r"--[a-z-]+", options):
            assert option in text, (command, option)
    assert set(re.findall(r"`([a-z_]+)\(", SKILL)) <= set(TOOLS)


def test_the_skill_has_the_head_that_agents_read():
    head = re.match(r"---\nname: (\S+)\ndescription: (.+)\n", SKILL)
    assert head
    assert head[1] == "termbank"
    assert len(head[2]) <= 1024
