"""OpenRefine's reconciliation service: cells become concepts, and only for readers' keys."""

import json

import pytest

pytest.importorskip("starlette", reason="needs the extra: pip install 'termbank[web]'")


def at(team, path="", role="reader"):
    return f"/reconcile/key/{team.secrets[role]}{path}"


def candidates(team, **query):
    form = {"queries": json.dumps({"q0": query})}
    answer = team.client.post(at(team), data=form)
    assert answer.status_code == 200, answer.text
    return answer.json()["q0"]["result"]


def test_the_manifest_leads_to_addresses_that_answer(team):
    manifest = team.client.get(at(team)).json()
    assert "0.2" in manifest["versions"]
    assert "{{id}}" in manifest["view"]["url"]
    for service in manifest["suggest"].values():
        place = service["service_url"] + service["service_path"]
        assert (
            team.client.get(place, params={"prefix": ""}).json()["result"] is not None
        )
    proposal = manifest["extend"]["propose_properties"]
    place = proposal["service_url"] + proposal["service_path"]
    assert team.client.get(place).json()["properties"]
    concept = team.concept()["id"]
    preview = team.client.get(manifest["preview"]["url"].replace("{{id}}", concept))
    assert "light-water reactor" in preview.text
    assert "sandbox" in preview.headers["content-security-policy"]


def test_a_cell_that_is_a_form_matches_and_one_that_is_like_it_does_not(team):
    (exact,) = candidates(team, query="キエフ")
    assert (exact["name"], exact["score"], exact["match"]) == ("キーウ", 100.0, True)
    near = candidates(team, query="シルスキイ")[0]
    assert (near["name"], near["match"]) == ("シルスキー", False)
    assert candidates(team, query="りんご") == []
    assert candidates(team, query="Kyiv")[0]["id"] == exact["id"]


def test_types_limits_and_columns_narrow_the_candidates(team):
    assert candidates(team, query="停戦", type="person") == []
    assert candidates(team, query="停戦", type=["term"], limit=1)
    agreed = candidates(
        team, query="停戦", properties=[{"pid": "en", "v": "Ceasefire"}]
    )
    assert agreed[0]["match"]
    denied = candidates(team, query="停戦", properties=[{"pid": "en", "v": "peace"}])
    assert (denied[0]["score"], denied[0]["match"]) == (80.0, False)


def test_a_batch_answers_every_query_under_its_name(team):
    queries = {f"q{n}": {"query": word} for n, word in enumerate(("停戦", "x", ""))}
    found = team.client.get(at(team), params={"queries": json.dumps(queries)}).json()
    assert [len(found[name]["result"]) for name in ("q0", "q1", "q2")] == [1, 0, 0]


def test_columns_are_filled_from_concepts(team):
    concept = team.concept("キーウ")["id"]
    properties = [{"id": "en"}, {"id": "avoid"}, {"id": "nonsense"}]
    extend = {"ids": [concept, "0" * 12], "properties": properties}
    filled = team.client.post(at(team), data={"extend": json.dumps(extend)}).json()
    row = filled["rows"][concept]
    assert row["en"] == [{"str": "Kyiv"}]
    assert {"str": "Kiev"} in row["avoid"]
    assert row["nonsense"] == filled["rows"]["0" * 12]["en"] == []
    assert [each["id"] for each in filled["meta"]] == ["en", "avoid", "nonsense"]


def test_any_page_may_ask_with_a_key_and_none_without(team):
    elsewhere = {"Origin": "http://127.0.0.1:3333"}
    answer = team.client.get(at(team), headers=elsewhere)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert team.client.options(at(team), headers=elsewhere).status_code == 204
    named = {**team.headers(), **elsewhere}
    assert team.client.get("/reconcile", headers=named).status_code == 403
    assert team.client.get("/reconcile", headers=team.headers()).status_code == 200
    assert team.client.get("/reconcile").status_code == 401
    assert team.client.get("/reconcile/key/tb_wrong").status_code == 401


@pytest.mark.parametrize("role", ["translator", "terminologist"])
def test_a_token_that_may_write_does_not_stand_in_an_address(team, role):
    assert team.client.get(at(team, role=role)).status_code == 403


@pytest.mark.parametrize(
    "queries",
    ["", "{", "[]", "1", '{"q":1}', '{"q":{}}', '{"q":{"query":1}}', '{"q":{"query":"a","limit":"x"}}',
     '{"q":{"query":"a","properties":[1]}}', json.dumps({str(n): {"query": "a"} for n in range(501)})],
)  # fmt: skip
def test_wrong_queries_are_refused_and_never_a_fault_of_ours(team, queries):
    answer = team.client.post(at(team), data={"queries": queries})
    # An empty field is no query: the manifest answers.
    assert answer.status_code in ((200,) if not queries else (400, 422))


@pytest.mark.parametrize(
    "query",
    [
        {
            "query": "停戦",
            "properties": [{"pid": "en"}, {"v": []}, {"pid": "x", "v": {}}],
        },
        {"query": "停戦", "type": {}, "limit": -5, "type_strict": "any"},
        {"query": "停戦", "properties": [{"pid": "ja", "v": ["停戦"]}]},
    ],
)
def test_what_is_not_understood_of_a_query_is_passed_over(team, query):
    assert candidates(team, **query)[0]["match"]


def test_keys_stay_out_of_the_log(team):
    team.client.get(at(team))
    assert team.secrets["reader"] not in team.stream.getvalue()
