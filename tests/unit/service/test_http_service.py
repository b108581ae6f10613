"""The JSON service of a team: what each call answers, and that its description is true."""

import json

import pytest

pytest.importorskip("starlette", reason="needs the extra: pip install 'termbank[web]'")

GOOD = {
    "lookup": {"query": "シルスキイ", "to": "en", "limit": 1},
    "terms_in": {"text": "軽水炉とキーウ。"},
    "check": {"source": "キーウで停戦", "target": "A truce in Kiev"},
    "check_document": {
        "pairs": [
            {"source": "停戦が成立した。", "target": "A ceasefire was reached."},
            {"source": "停戦は続く。", "target": "The cease-fire holds in Kiev."},
        ]
    },
    "suggest": {"text": "停戦で合意する。"},
    "memory_search": {"text": "停戦で合意する。"},
    "concordance": {"query": "停戦"},
    "memory_add": {"pairs": [{"source": "休戦", "target": "armistice"}]},
    "propose": {"term": "炉心", "rendering": "core", "evidence": "IAEA"},
    "mcp": {"jsonrpc": "2.0", "id": 1, "method": "ping"},
    "batch": {"calls": [{"call": "lookup", "arguments": {"query": "停戦"}}]},
}


def described(team):
    description = team.client.get("/openapi.json").json()
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def conforms(team, answer, operation):
    """Assert that an answer is one that the description promises."""
    jsonschema = pytest.importorskip("jsonschema")
    components = team.client.get("/openapi.json").json()["components"]
    content = operation["responses"][str(answer.status_code)]["content"]
    schema = content[answer.headers["content-type"]]["schema"]
    whole = {**schema, "components": components}
    jsonschema.Draft202012Validator(whole).validate(answer.json())


def test_every_route_is_described_and_nothing_else_is(team):
    from termbank.service.http_routes import shared_routes

    routes = {(route.path, route.method.lower()) for route in shared_routes()}
    there = {(path, method) for path, method, _ in described(team)}
    assert there == routes | {("/openapi.json", "get")}


def test_every_call_answers_as_it_is_described(team):
    concept = team.concept()
    for path, method, operation in described(team):
        name = operation["operationId"]
        place = path.replace("{id}", concept["id"])
        if method == "get":
            answer = team.get(place, "terminologist")
        elif method == "patch":
            edit = {"version": concept["version"], "note": "原子炉の型"}
            answer = team.patch(place, edit)
        else:
            answer = team.post(place, GOOD[name], "terminologist")
        assert answer.status_code == 200, (name, answer.text)
        conforms(team, answer, operation)


def test_every_refusal_is_one_that_is_described(team):
    for path, method, operation in described(team):
        if operation["operationId"] in ("health", "openapi"):
            continue
        place = path.replace("{id}", "0" * 12)
        call = getattr(team.client, method)
        answers = [call(place), call(place, headers={"Authorization": "Bearer tb_x"})]
        if method != "get":
            answers += [
                call(place, headers=team.headers("terminologist"), content=content)
                for content in (b"", b"{", b"\xff")
            ]
            answers += [
                call(place, headers=team.headers("terminologist"), json=value)
                for value in (1, [], {}, {"x": 1}, {"query": 1})
            ]
        for answer in answers:
            is_jsonrpc = path == "/mcp" and answer.status_code == 200
            assert is_jsonrpc or 400 <= answer.status_code < 500, (place, answer.text)
            conforms(team, answer, operation)


def test_lookup_terms_and_checks_say_what_the_library_says(team):
    entry = team.post("/v1/lookup", GOOD["lookup"]).json()["entries"][0]
    assert entry["renderings"][0] == "Oleksandr Syrskyi"
    terms = team.post("/v1/terms_in", GOOD["terms_in"]).json()["terms"]
    assert [term["renderings"][0] for term in terms] == ["light-water reactor", "Kyiv"]
    right = {"source": "キーウで会談した。", "target": "They held talks in Kyiv."}
    assert team.post("/v1/check", right).json() == {"errors": [], "advice": []}
    (error,) = team.post("/v1/check", GOOD["check"]).json()["errors"]
    assert (error["found"], error["fix"]) == ("Kiev", "Kyiv")
    whole = team.post("/v1/check_document", GOOD["check_document"]).json()
    assert [each["pair"] for each in whole["errors"]] == [1]
    assert [each["term"] for each in whole["inconsistent"]] == ["停戦"]


def test_what_is_added_is_found_with_its_author(team):
    pair = {"source": "炉心の冷却を続けた。", "target": "Core cooling continued."}
    added = {"pairs": [pair], "origin": "report.docx", "lang": "ja", "to": "en"}
    assert team.post("/v1/memory/add", added, "translator").json() == {"added": 1}
    assert team.post("/v1/memory/add", added, "translator").json() == {"added": 0}
    (match,) = team.post("/v1/memory/search", {"text": pair["source"]}).json()[
        "matches"
    ]
    assert (match["target"], match["origin"]) == (pair["target"], "report.docx")
    found = team.post("/v1/memory/concordance", {"query": "cooling"}).json()["matches"]
    assert [each["id"] for each in found] == [match["id"]]
    (row,) = [row for row in team.service.resources.memory.rows() if row.origin]
    assert row.author == "translator"


def test_a_proposal_bears_the_name_of_its_token_and_is_found_at_once(team):
    proposal = {"term": "加圧水型炉", "rendering": "pressurized-water reactor"}
    assert team.post("/v1/propose", proposal, "translator").status_code == 200
    rows = team.project.rows()
    (term,) = rows.terms(rows.locate("加圧水型炉")[0], "ja")
    assert "translator" in term
    entries = team.post("/v1/lookup", {"query": "加圧水型炉"}).json()["entries"]
    assert entries[0]["renderings"] == ["pressurized-water reactor"]
    again = team.post("/v1/propose", proposal, "translator")
    assert again.status_code == 409


def test_a_stale_edit_is_refused_with_both_versions(team):
    seen = team.concept()
    place = f"/v1/concepts/{seen['id']}"
    edit = {"version": seen["version"], "english": ["LWR"], "why": "略語も使う"}
    now = team.patch(place, edit).json()
    assert now["version"] != seen["version"]
    refused = team.patch(place, {**edit, "english": ["light water reactor"]})
    assert refused.status_code == 409
    assert refused.json()["yours"] == seen
    assert refused.json()["current"] == now == team.concept()


def test_a_batch_answers_each_call_in_order_and_refuses_only_what_is_wrong(team):
    calls = [
        {"call": "lookup", "arguments": {"query": "停戦"}},
        {"call": "nonsense", "arguments": {}},
        {"call": "propose", "arguments": {"term": "炉", "rendering": "reactor"}},
        {"call": "lookup", "arguments": {}},
    ]
    answers = team.post("/v1/batch", {"calls": calls}).json()["answers"]
    assert [each["status"] for each in answers] == [200, 404, 403, 422]
    assert answers[0]["answer"] == team.post("/v1/lookup", {"query": "停戦"}).json()


def test_the_trail_holds_changes_and_refusals_but_no_look_ups(team):
    team.post("/v1/lookup", {"query": "停戦"})
    team.post("/v1/propose", GOOD["propose"], "reader")
    team.post("/v1/propose", GOOD["propose"], "translator")
    team.post("/v1/propose", GOOD["propose"], "translator")
    events = team.get("/v1/audit", "terminologist").json()["events"]
    assert [(each["who"], each["outcome"]) for each in events] == [
        ("translator", "rejected"),
        ("translator", "done"),
        ("reader", "refused"),
    ]
    assert {each["subject"] for each in events} == {"炉心"}
    assert team.get("/v1/audit?limit=1&before=2", "terminologist").json()["events"] == events[2:]  # fmt: skip
    assert team.get("/v1/audit", "translator").status_code == 403
    assert team.get("/v1/audit?limit=x", "terminologist").status_code == 422


def test_a_service_without_a_memory_says_so_and_does_all_else(tmp_path, open_team):
    with open_team(tmp_path, memory=False) as team:
        assert team.post("/v1/memory/search", {"text": "停戦"}).status_code == 404
        found = team.post("/v1/suggest", {"text": "停戦"}).json()
        assert (found["matches"], len(found["terms"])) == ([], 1)
        assert team.get("/v1/who").json()["memory"] is False


def test_logs_hold_neither_texts_nor_secrets_unless_asked(tmp_path, open_team):
    for with_texts in (False, True):
        folder = tmp_path / str(with_texts)
        folder.mkdir()
        with open_team(folder, with_texts=with_texts) as team:
            team.post("/v1/lookup", {"query": "極秘の語"})
            team.post("/v1/lookup", {"query": 1, "極秘": 1})
            team.client.get("/v1/極秘?q=極秘")
            lines = json.dumps(team.log, ensure_ascii=False)
            assert ("極秘" in lines) is with_texts
            assert not any(secret in lines for secret in team.secrets.values())
            asked = [line for line in team.log if line.get("route") == "lookup"]
            assert [line["status"] for line in asked] == [200, 422]
            assert all(line["ms"] >= 0 and line["token"] for line in asked)


def test_health_needs_no_token_and_tells_when_the_service_stops(team):
    assert team.client.get("/health").json() == {"status": "ok"}
    team.service.stopping = True
    assert team.client.get("/health").status_code == 503


def test_a_broken_glossary_is_a_503_that_shows_no_path(team):
    assert team.post("/v1/lookup", {"query": "停戦"}).status_code == 200
    (team.project.folder / "terms.csv").write_text("nonsense\n", "utf-8")
    answer = team.post("/v1/lookup", {"query": "停戦"})
    assert answer.status_code == 503
    assert str(team.project.folder) not in answer.text
    assert any(line["event"] == "unusable" for line in team.log)


def test_a_fault_of_ours_is_a_500_in_the_log_without_its_message(team, monkeypatch):
    def fail(*_):
        raise ZeroDivisionError("秘密")

    monkeypatch.setattr(team.service, "_do", fail)
    answer = team.post("/v1/lookup", {"query": "停戦"})
    assert (answer.status_code, answer.json()["status"]) == (500, 500)
    (fault,) = [line for line in team.log if line["event"] == "fault"]
    assert fault["error"] == "ZeroDivisionError"
    assert "秘密" not in json.dumps(team.log, ensure_ascii=False)


@pytest.mark.parametrize("place", ["/terms/health", "/health"])
def test_a_proxy_may_take_its_path_off_or_leave_it_on(tmp_path, open_team, place):
    with open_team(tmp_path, root="/terms") as team:
        assert team.client.get(place).status_code == 200
        assert team.client.get("/openapi.json").json()["servers"] == [{"url": "/terms"}]


def test_a_check_follows_the_glossary_from_one_request_to_the_next(team):
    pair = {"source": "軽水炉を止めた。", "target": "They stopped the reactor vessel."}
    (before,) = team.post("/v1/check", pair).json()["advice"]
    assert "light-water reactor" in before["message"]
    seen = team.concept()
    edit = {"version": seen["version"], "english": ["reactor vessel"]}
    assert team.patch(f"/v1/concepts/{seen['id']}", edit).status_code == 200
    assert team.post("/v1/check", pair).json()["advice"] == []
