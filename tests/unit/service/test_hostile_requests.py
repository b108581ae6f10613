"""Requests that nobody honest sends: each is refused, and the service goes on."""

import contextlib
import json
import socket
import threading
import time

import pytest

pytest.importorskip("starlette", reason="needs the extra: pip install 'termbank[web]'")

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from termbank.service import http_server, request_bodies, work_lanes
from termbank.service.http_calls import CALLS

PATIENCE = 60  # seconds that a test waits for what happens in less than one
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


def talk(port, *parts):
    """Send bytes as they are; return all that comes back until the server closes."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as client:
        received = b""
        with contextlib.suppress(ConnectionError):  # closed while we still send
            for part in parts:
                client.sendall(part)
            while chunk := client.recv(65536):
                received += chunk
        return received


def post(team, body, **headers):
    given = {
        "Host": "t",
        "Connection": "close",
        "Content-Type": "application/json",
        **team.headers(),
        **headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return f"POST /v1/lookup HTTP/1.1\r\n{head}\r\n".encode() + body


def is_alive(team):
    answer = team.post("/v1/lookup", {"query": "停戦"})
    return answer.json()["entries"][0]["term"] == "停戦"


@pytest.mark.parametrize("begun", [b"", b"GET /hea", b"GET /health HTTP/1.1\r\nHos"])
def test_a_head_that_never_ends_is_not_waited_for(served, monkeypatch, begun):
    monkeypatch.setattr(http_server, "HEAD_SECONDS", 0.2)
    assert talk(served.port, begun) == b""
    assert is_alive(served)


def test_a_second_head_that_never_ends_is_not_waited_for(served, monkeypatch):
    monkeypatch.setattr(http_server, "HEAD_SECONDS", 0.2)
    whole = b"GET /health HTTP/1.1\r\nHost: t\r\n\r\n"
    with socket.create_connection(("127.0.0.1", served.port), PATIENCE) as client:
        client.sendall(whole)
        assert client.recv(65536).startswith(b"HTTP/1.1 200")
        client.sendall(b"GET /hea")
        assert client.recv(65536) == b""


def test_a_body_that_never_ends_is_not_waited_for(served, monkeypatch):
    monkeypatch.setattr(request_bodies, "BODY_SECONDS", 0.2)
    answer = talk(served.port, post(served, b'{"que', **{"Content-Length": 99}))
    assert answer.startswith(b"HTTP/1.1 408")
    assert is_alive(served)


def test_a_client_that_does_not_read_is_let_go(monkeypatch):
    uvicorn = pytest.importorskip("uvicorn")
    monkeypatch.setattr(http_server, "SENDING_SECONDS", 0.2)
    ended = threading.Event()

    async def endless(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(400):
            part = {"type": "http.response.body", "body": b"x" * 1_000_000}
            await send({**part, "more_body": True})
        ended.set()

    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        endless, http=http_server.bounded_protocol(), lifespan="off", log_config=None
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(
        target=server.run, kwargs={"sockets": [listener]}, daemon=True
    )
    thread.start()
    try:
        until = time.monotonic() + PATIENCE
        while not server.started and time.monotonic() < until:
            time.sleep(0.01)
        with socket.create_connection(listener.getsockname(), PATIENCE) as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: t\r\n\r\n")
            assert ended.wait(PATIENCE)  # no reader: the rest goes nowhere
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        listener.close()


@pytest.mark.parametrize(
    "headers",
    [{"Content-Length": "1000000000"}, {"Content-Length": "2000"}, {"Transfer-Encoding": "chunked"}],
)  # fmt: skip
def test_a_body_over_the_limit_is_refused(tmp_path, open_team, headers):
    with open_team(tmp_path, largest=1_000) as team:
        named = {**team.headers(), "Content-Type": "application/json", **headers}
        body = iter([b" " * 600] * 4) if "Transfer-Encoding" in headers else b"{}"
        answer = team.client.post("/v1/lookup", content=body, headers=named)
        assert answer.status_code == 413
        assert is_alive(team)


def test_heads_that_are_too_large_are_refused(served):
    large = talk(served.port, post(served, b"", **{"X-Much": "x" * 40_000}))
    assert large.startswith(b"HTTP/1.1 431")
    endless = talk(served.port, b"GET / HTTP/1.1\r\nX: ", *([b"x" * 60_000] * 30))
    assert not endless.startswith(b"HTTP/1.1 2")
    assert is_alive(served)


@pytest.mark.parametrize(
    "whole",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /v1/lookup HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST /v1/lookup HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)
def test_what_is_no_http_is_refused(served, monkeypatch, whole):
    monkeypatch.setattr(http_server, "HEAD_SECONDS", 0.2)
    status = talk(served.port, whole).split(b" ")[1:2]
    assert status in ([], [b"400"], [b"401"])
    assert is_alive(served)


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer tb_wrong", "Basic dGI6dGI=", "Bearer \xff"]
)  # fmt: skip
def test_without_a_good_token_nothing_is_answered(team, header):
    for name, call in CALLS.items():
        path = call.path.replace("{id}", "0" * 12)
        named = {"Authorization": header.encode("latin-1")} if header else {}
        answer = team.client.request(call.method, path, headers=named, json={})
        assert answer.status_code in (401, 429), name
        assert answer.headers.get("www-authenticate") or answer.headers["retry-after"]


def test_a_withdrawn_token_is_refused_from_the_next_request_on(team):
    assert is_alive(team)
    from datetime import UTC, datetime

    team.tokens.withdraw("reader", datetime.now(UTC))
    assert team.post("/v1/lookup", {"query": "停戦"}).status_code == 401


def test_an_address_that_guesses_tokens_is_slowed_down_and_good_ones_are_not(team):
    wrong = {"Authorization": "Bearer tb_guess"}
    statuses = {
        team.client.get("/v1/who", headers=wrong).status_code for _ in range(40)
    }
    assert statuses == {401, 429}
    assert is_alive(team)


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/v1/concepts/../../../etc/passwd",
        "/v1/concepts/..%2f..%2f..%2fetc%2fpasswd",
        "/v1/concepts/%2e%2e/%2e%2e/etc/passwd",
        "/v1/concepts/....//etc/passwd",
        "/v1/concepts/%00",
        "/v1/concepts/%ff",
        "//etc/passwd",
        "/v1\\..\\glossary",
    ],
)
def test_a_path_leads_nowhere_but_to_routes(served, path):
    head = "".join(f"{name}: {value}\r\n" for name, value in served.headers().items())
    asked = f"GET {path} HTTP/1.1\r\nHost: t\r\nConnection: close\r\n{head}\r\n"
    answer = talk(served.port, asked.encode())
    assert answer.split(b" ")[1] in (b"404", b"400")
    assert b"root:" not in answer


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://terms.test.evil"]
)
def test_what_a_page_of_another_site_sends_is_refused(team, origin):
    for call in CALLS.values():
        path = call.path.replace("{id}", "0" * 12)
        headers = {**team.headers("terminologist"), "Origin": origin}
        answer = team.client.request(call.method, path, headers=headers, json={})
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers
    same = {**team.headers(), "Origin": "http://terms.test"}
    assert team.client.get("/v1/who", headers=same).status_code == 200


def test_a_form_cannot_pass_for_json(team):
    for kind in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ):
        headers = {**team.headers(), "Content-Type": kind}
        answer = team.client.post(
            "/v1/lookup", content=b'{"query":"a"}', headers=headers
        )
        assert answer.status_code == 415


@pytest.mark.parametrize(
    "body",
    [
        b'{"query":"\\ud800"}',
        b'{"query":NaN}',
        b"[" * 100_000,
        b'{"query":"a","limit":' + b"9" * 5000 + b"}",
        b'{"query":"a","limit":1e999}',
        b'{"query":"a","limit":true}',
        b'{"query":"a","query":7}',
        b'\xef\xbb\xbf{"query":7}',
        b'"\x00"',
        json.dumps({"query": "あ" * 501}).encode(),
        json.dumps({"query": "a", "to": "日本語"}).encode(),
    ],
)
def test_wrong_values_are_named_and_refused(team, body):
    headers = {**team.headers(), "Content-Type": "application/json"}
    answer = team.client.post("/v1/lookup", content=body, headers=headers)
    assert answer.status_code in (400, 422)
    assert answer.json()["detail"]


def test_more_requests_than_the_rate_allows_are_told_when_to_come_again(
    tmp_path, open_team
):
    with open_team(tmp_path, rate=0.001) as team:
        assert team.get("/v1/who").status_code == 200
        refused = team.get("/v1/who")
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) > 1
        assert team.get("/v1/who", "translator").status_code == 200
        assert team.client.get("/health").status_code == 200


def test_a_batch_counts_for_each_of_its_calls(tmp_path, open_team):
    calls = [{"call": "lookup", "arguments": {"query": "停戦"}}] * 5
    with open_team(tmp_path, rate=0.001) as team:
        team.service._rates._rate, team.service._rates._burst = 0.001, 6.0
        assert team.post("/v1/batch", {"calls": calls}).status_code == 200
        assert team.post("/v1/batch", {"calls": calls}).status_code == 429


@pytest.fixture
def stuck(monkeypatch):
    """Let checks wait until the test is over."""
    go, begun = threading.Event(), threading.Event()

    def wait(_on, _given):
        begun.set()
        go.wait(PATIENCE)
        return {"errors": [], "advice": []}

    monkeypatch.setitem(CALLS, "check", CALLS["check"]._replace(call=wait))
    yield begun, go
    go.set()


PAIR = {"source": "停戦", "target": "ceasefire"}
BATCH = {"calls": [{"call": "check", "arguments": PAIR}]}


def test_a_call_that_takes_too_long_is_given_up(tmp_path, open_team, stuck):
    begun, go = stuck
    with open_team(tmp_path, seconds=0.2) as team:
        (answer,) = team.post("/v1/batch", BATCH).json()["answers"]
        assert answer["status"] == 503
        team.service.lanes.reading._seconds = PATIENCE
        assert is_alive(team)
        assert begun.wait(PATIENCE)
        go.set()


def test_a_queue_that_is_full_refuses_and_look_ups_still_pass(team, stuck, monkeypatch):
    begun, go = stuck
    monkeypatch.setattr(work_lanes, "MOST_WAITING", 1)
    answers = []
    asking = threading.Thread(
        target=lambda: answers.append(team.post("/v1/batch", BATCH).json())
    )
    asking.start()
    assert begun.wait(PATIENCE)
    (full,) = team.post("/v1/batch", BATCH).json()["answers"]
    assert full["status"] == 503
    assert is_alive(team)
    go.set()
    asking.join(PATIENCE)
    assert answers[0]["answers"][0]["status"] == 200


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(call=st.sampled_from(sorted(CALLS)), arguments=JSON)
def test_no_arguments_make_a_fault_of_ours(team, call, arguments):
    path = CALLS[call].path.replace("{id}", "0" * 12)
    body = json.dumps(arguments).encode()
    headers = {**team.headers("terminologist"), "Content-Type": "application/json"}
    answer = team.client.request(
        CALLS[call].method, path, content=body, headers=headers
    )
    assert answer.status_code < 500
    json.loads(answer.content)
