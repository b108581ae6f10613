"""Who may talk to the pages: first the requests that pass, then those that must not."""

import httpx
import pytest

from .conftest import TOKEN, served


@pytest.fixture
def client(address):
    with httpx.Client(base_url=address.split("/?")[0], follow_redirects=True) as made:
        assert made.get(f"/?token={TOKEN}").status_code == 200
        yield made


def origin(client):
    return {"origin": str(client.base_url).rstrip("/")}


def test_the_token_in_the_address_moves_to_a_cookie_no_script_reads(client, address):
    answer = httpx.get(address)
    assert answer.status_code == 303
    assert TOKEN not in answer.headers["location"]
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_a_post_from_the_page_itself_passes(client):
    data = {"card": "miss:x", "verdict": "accept"}
    assert client.post("/decide", data=data, headers=origin(client)).status_code == 200


@pytest.mark.parametrize("token", ["", "?token=wrong", "?token=%00", "?token=秘密"])
def test_without_the_token_nothing_is_shown(address, token):
    for path in ("/", "/card", "/browse", "/static/review.js"):
        answer = httpx.get(address.split("?")[0].rstrip("/") + path + token)
        assert answer.status_code == 403
        assert "サーバー" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:1"},
        {},
    ],
)
def test_a_post_from_elsewhere_is_refused(client, project, headers):
    before = project.history()
    for path in ("/decide", "/undo", "/edit", "/bulk", "/ask"):
        answer = client.post(path, data={"verdict": "accept"}, headers=headers)
        assert answer.status_code == 403, path
    assert project.history() == before


def test_a_foreign_host_name_is_refused(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    "document", ["../../etc/passwd", "/etc/passwd", "docs/../termbank.toml", ""]
)
def test_only_documents_of_the_build_are_shown(client, document):
    answer = client.get("/place", params={"document": document, "line": "1"})
    assert answer.status_code == 404
    assert "root:" not in answer.text


def test_every_answer_bears_the_policy(client):
    for path in ("/", "/browse", "/static/review.js", "/nowhere"):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_odd_input_is_never_a_fault_of_ours(client):
    odd = ["", "\0", "x" * 5000, "concept:000000000000", "../", "１"]
    for value in odd:
        for path in ("/card?id=", "/rows?start=", "/browse?q=", "/bulk?at_least="):
            assert (
                client.get(
                    path + httpx.QueryParams(v=value)["v"].replace("\0", "%00")
                ).status_code
                < 500
            )
        for path in ("/decide", "/mark", "/merge", "/edit", "/undo", "/bulk"):
            data = {"card": value, "verdict": value, "member": value, "number": value}
            answer = client.post(path, data=data, headers=origin(client))
            assert answer.status_code < 500, (path, value)


def test_a_large_body_is_refused(client):
    data = {"body": "x" * (2 << 20)}
    assert client.post("/ask", data=data, headers=origin(client)).status_code == 413


def test_without_the_extra_the_command_says_how_to_get_it(monkeypatch, capsys, project):
    from importlib import util

    from termbank import cli

    real = util.find_spec
    monkeypatch.setattr(
        util, "find_spec", lambda name: None if name == "uvicorn" else real(name)
    )
    assert cli.main(["review", "--glossary", str(project.folder)]) == 2
    assert "pip install 'termbank[web]'" in capsys.readouterr().err


def test_the_pages_speak_both_languages(client):
    assert "確かめる" in client.get("/?lang=ja").text
    english = client.get("/?lang=en").text
    assert "Review" in english
    assert 'lang="en"' in english


def test_two_runs_have_different_secrets(project):
    from termbank.web.security import new_token

    assert new_token() != new_token()
    with served(project, new_token()) as place:
        assert httpx.get(place.replace("token=", "token=x")).status_code == 403
