"""Agents over HTTP: the official client of both generations, headers, roles, cancelling."""

import asyncio
import threading

import pytest

pytest.importorskip("starlette", reason="needs the extra: pip install 'termbank[web]'")

MODERN = "2026-07-28"
META = {"_meta": {"io.modelcontextprotocol/protocolVersion": MODERN}}


def ask(team, method, params=None, role="reader", **headers):
    message = {"jsonrpc": "2.0", "id": 7, "method": method, "params": params or {}}
    return team.client.post("/mcp", json=message, headers={**team.headers(role), **headers})  # fmt: skip


def modern(team, method, params=None, role="reader", **headers):
    named = {"MCP-Protocol-Version": MODERN, "Mcp-Method": method}
    return ask(team, method, {**(params or {}), **META}, role, **{**named, **headers})


def proposal(rendering="core"):
    return {"name": "propose", "arguments": {"term": "炉心", "rendering": rendering}}


def test_a_handshake_gives_a_session_and_tools_answer(team):
    hello = ask(team, "initialize", {"protocolVersion": "2025-06-18"})
    assert hello.json()["result"]["protocolVersion"] == "2025-06-18"
    assert len(hello.headers["mcp-session-id"]) == 32
    call = {"name": "lookup", "arguments": {"query": "キエフ"}}
    result = ask(team, "tools/call", call, **{"MCP-Protocol-Version": "2025-06-18"})
    entries = result.json()["result"]["structuredContent"]["entries"]
    assert entries[0]["renderings"] == ["Kyiv"]


def test_a_notification_is_accepted_without_a_body(team):
    message = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    answer = team.client.post("/mcp", json=message, headers=team.headers())
    assert (answer.status_code, answer.content) == (202, b"")


def test_a_modern_request_needs_no_session_and_its_headers_are_believed_when_true(team):
    call = {"name": "lookup", "arguments": {"query": "停戦"}}
    answer = modern(team, "tools/call", call, **{"Mcp-Name": "lookup"})
    assert answer.json()["result"]["resultType"] == "complete"
    uri = {"uri": "termbank://glossary"}
    encoded = {"Mcp-Name": "=?base64?dGVybWJhbms6Ly9nbG9zc2FyeQ==?="}
    assert "result" in modern(team, "resources/read", uri, **encoded).json()


@pytest.mark.parametrize(
    "headers",
    [
        {"Mcp-Method": "tools/list"},
        {"Mcp-Name": "check"},
        {"Mcp-Name": "=?base64?!!?="},
        {"MCP-Protocol-Version": "2025-11-25"},
    ],
)
def test_headers_that_contradict_the_body_are_refused(team, headers):
    call = {"name": "lookup", "arguments": {"query": "停戦"}}
    answer = modern(team, "tools/call", call, **{"Mcp-Name": "lookup", **headers})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, -32020)


def test_versions_methods_and_bodies_that_nobody_knows_have_their_errors(team):
    unknown = ask(team, "ping", **{"MCP-Protocol-Version": "2099-01-01"})
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (400, -32022)
    assert modern(team, "nonsense").status_code == 404
    assert ask(team, "nonsense").json()["error"]["code"] == -32601
    kind = {**team.headers(), "Content-Type": "application/json"}
    broken = team.client.post("/mcp", content=b"[" * 9000, headers=kind)
    assert (broken.status_code, broken.json()["error"]["code"]) == (400, -32700)
    plain = team.client.post("/mcp", content=b"{}", headers=team.headers())
    assert plain.status_code == 415
    assert ask(team, "ping", Accept="text/html").status_code == 406
    for method in ("get", "delete"):
        refused = getattr(team.client, method)("/mcp", headers=team.headers())
        assert (refused.status_code, refused.headers["allow"]) == (405, "POST")


def test_a_batch_of_the_first_protocol_is_answered_and_later_ones_have_none(team):
    pings = [{"jsonrpc": "2.0", "id": at, "method": "ping"} for at in range(3)]
    answer = team.client.post("/mcp", json=pings, headers=team.headers())
    assert [each["id"] for each in answer.json()] == [0, 1, 2]
    later = {**team.headers(), "MCP-Protocol-Version": "2025-06-18"}
    assert team.client.post("/mcp", json=pings, headers=later).status_code == 400
    many = team.client.post("/mcp", json=pings * 20, headers=team.headers())
    assert many.status_code == 400


def test_a_reader_cannot_propose_and_the_trail_says_who_tried(team):
    assert ask(team, "tools/call", proposal()).json()["result"]["isError"]
    done = ask(team, "tools/call", proposal(), "translator").json()["result"]
    assert done["structuredContent"] == {"status": "proposed"}
    assert ask(team, "tools/call", proposal(), "translator").json()["result"]["isError"]
    events = team.get("/v1/audit", "terminologist").json()["events"]
    assert [(each["who"], each["outcome"]) for each in events] == [
        ("translator", "rejected"),
        ("translator", "done"),
        ("reader", "refused"),
    ]


def test_without_a_token_or_from_another_site_nothing_is_answered(team):
    ping = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    assert team.client.post("/mcp", json=ping).status_code == 401
    assert ask(team, "ping", Origin="https://evil.example").status_code == 403


@pytest.mark.parametrize("session", ["theirs", "ours"])
def test_a_call_is_cancelled_in_its_own_session_only(team, monkeypatch, session):
    from termbank.service.mcp_tools import TOOLS

    begun, go = threading.Event(), threading.Event()

    def slow(_on, _given):
        begun.set()
        go.wait(30)
        return {"entries": []}

    monkeypatch.setitem(TOOLS, "lookup", TOOLS["lookup"]._replace(call=slow))
    answers = []
    call = {"name": "lookup", "arguments": {"query": "a"}}
    headers = {"Mcp-Session-Id": "ours"}
    asking = threading.Thread(
        target=lambda: answers.append(ask(team, "tools/call", call, **headers).json())
    )
    asking.start()
    assert begun.wait(30)
    message = {
        "jsonrpc": "2.0",
        "method": "notifications/cancelled",
        "params": {"requestId": 7},
    }
    headers = {**team.headers(), "Mcp-Session-Id": session}
    assert team.client.post("/mcp", json=message, headers=headers).status_code == 202
    if session == "theirs":
        go.set()
    asking.join(30)
    go.set()
    assert ("error" in answers[0]) is (session == "ours")


@pytest.mark.parametrize("mode", ["legacy", "auto", MODERN])
def test_the_official_client_calls_every_tool(served, run_apart, mode):
    pytest.importorskip("mcp", reason="needs the official client: pip install mcp")

    async def talk():
        from mcp import Client
        from mcp.client.streamable_http import streamable_http_client
        from mcp.shared._httpx_utils import create_mcp_http_client

        http = create_mcp_http_client(headers=served.headers("translator"))
        transport = streamable_http_client(f"{served.address}/mcp", http_client=http)
        async with http, Client(transport, mode=mode) as client:
            tools = await client.list_tools()
            found = await client.call_tool("lookup", {"query": "キエフ", "to": "en"})
            wrong = await client.call_tool("lookup", {"query": 3})
            pair = {"source": "キーウで停戦", "target": "A truce in Kiev"}
            calls = {
                "terms_in": {"text": "停戦"},
                "check": pair,
                "check_document": {"pairs": [pair]},
                "recall": {"text": "停戦で合意する。"},
                "propose": {"term": "炉心", "rendering": f"core {mode}"},
                "spelling": {"katakana": "ルビオ", "text": "Rubio spoke."},
            }
            rest = [await client.call_tool(*each) for each in calls.items()]
            resources = await client.list_resources()
            return tools, found, wrong, rest, resources

    async def eight():
        return await asyncio.gather(
            *(talk() for _ in range(8 if mode == "auto" else 1))
        )

    for tools, found, wrong, rest, resources in run_apart(eight()):
        assert len(tools.tools) == 7
        assert found.structured_content["entries"][0]["renderings"][0] == "Kyiv"
        assert wrong.is_error
        assert len(rest) == 6
        assert len(resources.resources) == 2
