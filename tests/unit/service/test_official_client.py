"""The official client of the protocol against ``termbank mcp`` over standard input."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

mcp = pytest.importorskip("mcp", reason="needs the official client: pip install mcp")

SOURCE = str(Path(__file__).parents[3] / "src")


async def conversation(folder):
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client

    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "termbank", "mcp", "--glossary", "builtin"],
        env={**os.environ, "PYTHONPATH": SOURCE},
        cwd=folder,
    )
    async with (
        stdio_client(server) as (read, write),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        tools = await session.list_tools()
        found = await session.call_tool("lookup", {"query": "キエフ", "to": "en"})
        wrong = await session.call_tool("lookup", {"query": 3})
        checked = await session.call_tool(
            "check", {"source": "キーウで停戦", "target": "A truce in Kiev"}
        )
        resources = await session.list_resources()
        return tools, found, wrong, checked, resources


def test_the_official_client_calls_the_tools(tmp_path, run_apart):
    tools, found, wrong, checked, resources = run_apart(conversation(tmp_path))
    assert {tool.name for tool in tools.tools} >= {"lookup", "check", "propose"}
    content = (
        found.structured_content
        if hasattr(found, "structured_content")
        else found.structuredContent
    )
    assert content["entries"][0]["renderings"] == ["Kyiv"]
    assert getattr(wrong, "is_error", None) or getattr(wrong, "isError", None)
    assert checked.content[0].text
    assert len(resources.resources) == 2


def test_eight_clients_at_once(tmp_path, run_apart):
    async def all_of_them():
        return await asyncio.gather(*(conversation(tmp_path) for _ in range(8)))

    assert len(run_apart(all_of_them())) == 8
