"""What the server refuses in one call, with the rest of the conversation unharmed."""

from datetime import UTC, datetime

import pytest

from termbank.operations.project import Project
from termbank.service import json_calls
from termbank.service.mcp_server import HANDSHAKE_VERSIONS, McpServer
from termbank.service.mcp_tools import Resources

NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture
def server(tmp_path):
    Project.begin(tmp_path)
    return McpServer(Resources("builtin", "", str(tmp_path / "glossary"), lambda: NOW))


def result(server, method, **params):
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    return server.answer(message)["result"]


@pytest.mark.parametrize("length", [200_000, 200_001])
def test_a_text_over_the_limit_is_refused_and_names_it(server, length):
    text = "x" * length
    found = result(server, "tools/call", name="terms_in", arguments={"text": text})
    assert found["isError"] is (length > 200_000)
    if found["isError"]:
        assert "200000" in found["content"][0]["text"]


@pytest.mark.parametrize("count", [3, 4])
def test_pairs_over_the_limit_are_refused(server, monkeypatch, count):
    assert json_calls.MOST_PAIRS == 5_000
    monkeypatch.setattr(json_calls, "MOST_PAIRS", 3)
    pairs = [{"source": "停戦", "target": "ceasefire"}] * count
    found = result(
        server, "tools/call", name="check_document", arguments={"pairs": pairs}
    )
    assert found["isError"] is (count > 3)


def test_a_version_nobody_speaks_is_answered_with_one_that_we_speak(server):
    for asked in ("1999-01-01", "2027-01-01", 7, None, ""):
        found = result(server, "initialize", protocolVersion=asked)
        assert found["protocolVersion"] == HANDSHAKE_VERSIONS[-1]
