"""The pages of a team: who sees and decides what, in requests and in a real browser."""

import pytest

from termbank.operations.team.access_file import access_file
from termbank.operations.team.access_tokens import AccessTokens

from .conftest import BY, Reader

ROLES = ("reader", "translator", "terminologist")
SITE = {"Origin": "http://terms.test"}


def application_of(project, root=""):
    from termbank.operations.team.audit_trail import AuditTrail
    from termbank.service.http_application import team_application
    from termbank.service.json_calls import Resources
    from termbank.service.request_log import JsonLog
    from termbank.service.team_service import Limits, TeamService

    path = access_file(project)
    service = TeamService(
        Resources((str(project.folder),), "", project, lambda: BY.when),
        AccessTokens(path),
        AuditTrail(path),
        JsonLog(None),
        Limits(rate=0),
    )
    return team_application(service, root=root)


@pytest.fixture
def secrets(project):
    tokens = AccessTokens(access_file(project))
    return {role: tokens.issue(f"{role}の人", role, BY.when)[1] for role in ROLES}


@pytest.fixture(params=["", "/terms"])
def root(request):
    return request.param


@pytest.fixture
def client(project, root):
    from starlette.testclient import TestClient

    address = f"http://terms.test{root}"
    with TestClient(application_of(project, root), base_url=address) as made:
        yield made


def log_in(client, secret):
    return client.post("login", data={"token": secret}, headers=SITE, follow_redirects=False)  # fmt: skip


def test_a_good_token_becomes_a_cookie_that_no_script_reads(client, root, secrets):
    answer = log_in(client, secrets["reader"])
    assert (answer.status_code, answer.headers["location"]) == (303, f"{root}/")
    cookie = answer.headers["set-cookie"].lower()
    for part in ("httponly", "samesite=strict", f"path={root or '/'}"):
        assert part in cookie
    assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_without_a_token_every_page_leads_to_the_form_and_shows_nothing(client, root):
    for path in ("", "browse", "concept/0", "table.csv", "history", "card", "rows"):
        answer = client.get(path, follow_redirects=False)
        assert answer.status_code == 303, path
        assert answer.headers["location"] == f"{root}/login"
        assert "サーバー" not in answer.text
    part = client.get("found", headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["hx-redirect"]) == (401, f"{root}/login")
    assert log_in(client, "tb_wrong").status_code == 401
    assert "set-cookie" not in log_in(client, "").headers


def test_a_withdrawn_token_leads_to_the_form_again(client, project, secrets):
    log_in(client, secrets["reader"])
    assert "サーバー" in client.get("browse?q=サーバー").text
    AccessTokens(access_file(project)).withdraw("readerの人", BY.when)
    assert "サーバー" not in client.get("browse?q=サーバー").text


@pytest.mark.parametrize("role", ROLES)
def test_only_a_terminologist_sees_and_makes_decisions(client, project, secrets, role):
    log_in(client, secrets[role])
    front = client.get("")
    assert ("data-queue" in front.text) is (role == "terminologist")
    data = {"queue": "concept", "pattern": "用語", "met": "5", "verdict": "accept"}
    answer = client.post("bulk", data=data, headers=SITE)
    assert answer.status_code == (200 if role == "terminologist" else 403)
    names = {change.by.who for change in project.history()}
    assert names == ({f"{role}の人"} if role == "terminologist" else set())


def test_the_name_is_that_of_the_token_whatever_a_cookie_says(client, project, secrets):
    log_in(client, secrets["terminologist"])
    client.cookies.set("termbank_who", "somebody")
    data = {"queue": "concept", "pattern": "用語", "met": "5", "verdict": "accept"}
    client.post("bulk", data=data, headers=SITE)
    assert project.history()[0].by.who == "terminologistの人"
    assert client.post("who", data={"who": "x"}, headers=SITE).status_code in (404, 405)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {},
    ],
)
def test_a_form_of_another_site_changes_nothing(client, project, secrets, headers):
    log_in(client, secrets["terminologist"])
    before = project.history()
    for path in ("decide", "undo", "edit", "bulk", "ask", "login", "logout", "merge"):
        answer = client.post(path, data={"verdict": "accept"}, headers=headers)
        assert answer.status_code == 403, path
    assert project.history() == before
    assert client.get("browse").status_code == 200


def test_forms_over_the_limit_and_paths_out_of_the_folder_are_refused(client, secrets):
    log_in(client, secrets["terminologist"])
    large = client.post("ask", content=b"x" * ((1 << 20) + 1), headers=SITE)
    assert large.status_code == 413
    for path in ("static/../../application.py", "static/%2e%2e/security.py"):
        assert client.get(path).status_code == 404
    place = client.get("place", params={"document": "../../etc/passwd", "line": 1})
    assert place.status_code == 404


def test_every_link_of_a_page_stands_under_the_path_of_the_proxy(client, root, secrets):
    import re

    log_in(client, secrets["terminologist"])
    for path in ("", "browse?q=サーバー", "history", "bulk?queue=concept", "login"):
        text = client.get(path).text
        links = re.findall(r'(?:href|src|action|hx-\w+)="(/[^"]*)"', text)
        assert links
        assert all(link.startswith(f"{root}/") for link in links), (path, links)


def test_the_trail_says_who_decided_on_which_card(client, project, secrets):
    from termbank.operations.team.audit_trail import AuditTrail

    log_in(client, secrets["reader"])
    client.post("decide", data={"card": "x"}, headers=SITE)
    client.post("ask", data={"kind": "wanted", "subject": "量子"}, headers=SITE)
    events = AuditTrail(access_file(project)).newest()
    assert [(e.who, e.action, e.outcome) for e in events] == [
        ("readerの人", "page /ask", "done"),
        ("readerの人", "page /decide", "refused"),
    ]


def test_a_team_logs_in_looks_up_and_decides_in_a_browser(browser, project, secrets):
    import socket
    import threading
    import time

    uvicorn = pytest.importorskip("uvicorn")
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(application_of(project), log_config=None)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    reader = Reader(browser, f"http://127.0.0.1:{listener.getsockname()[1]}/")
    try:
        reader.page.fill("#token", secrets["terminologist"])
        reader.page.press("#token", "Enter")
        reader.page.wait_for_selector("#card h2")
        reader.press("a")
        until = time.monotonic() + 60
        while not project.history(1) and time.monotonic() < until:
            time.sleep(0.05)
        assert project.history(1)[0].by.who == "terminologistの人"
        reader.page.click("text=引く")
        reader.page.fill('[name="q"]', "停戦")
        reader.page.wait_for_selector("#found >> text=停戦")
        assert "terminologistの人" in reader.page.inner_text("header")
        reader.page.click("header button")
        reader.page.wait_for_selector("#token")
        assert reader.complaints == []
    finally:
        reader.context.close()
        server.should_exit = True
        thread.join(60)
        listener.close()
