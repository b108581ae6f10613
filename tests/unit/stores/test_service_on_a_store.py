"""The service over HTTP works on a team's store: two of them are one glossary."""

from datetime import UTC, datetime

import pytest

from termbank import cli
from termbank.commands.project import serve
from termbank.operations.project import Project
from termbank.operations.team.access_file import access_file
from termbank.operations.team.access_tokens import AccessTokens
from termbank.stores import open_store

NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture
def service(address, tmp_path, monkeypatch):
    """Start a service as on the machine of that name; return its client."""
    testclient = pytest.importorskip("starlette.testclient")
    from termbank.service.http_application import team_application
    from termbank.service.request_log import JsonLog

    open_store(address, create=True).close()
    for place in ("glossary.team_glossary", "memory.team_segments"):
        monkeypatch.setattr(f"termbank.{place}.FRESH", 0.0)

    def started(name):
        monkeypatch.setenv("TERMBANK_CACHE", str(tmp_path / name / "cache"))
        monkeypatch.setenv("TERMBANK_STATE", str(tmp_path / name / "state"))
        words = ["--glossary", address, "--memory", address, "--rate", "0"]
        project = Project.find(address)
        _, secret = AccessTokens(access_file(project)).issue(
            "愛子", "terminologist", NOW
        )
        made = serve._service(cli.arguments("serve", words), project, JsonLog(None))
        headers = {"Authorization": f"Bearer {secret}"}
        return testclient.TestClient(
            team_application(made), base_url="http://terms.test", headers=headers
        )

    return started


def test_what_one_service_is_told_the_other_answers(service):
    with service("a") as first:
        proposal = {"term": "加圧水型炉", "rendering": "pressurised-water reactor"}
        assert first.post("/v1/propose", json=proposal).status_code == 200
        pair = {"source": "停戦で合意した。", "target": "They agreed to a ceasefire."}
        added = first.post("/v1/memory/add", json={"pairs": [pair]})
        assert added.status_code == 200, added.text
    with service("b") as second:
        found = second.post("/v1/lookup", json={"query": "加圧水型炉"}).json()[
            "entries"
        ]
        assert "pressurised-water reactor" in str(found)
        matches = second.post("/v1/memory/search", json={"text": pair["source"]}).json()
        assert matches["matches"][0]["target"] == pair["target"]
        identifier = (
            found[0]["concept_id"] if "concept_id" in found[0] else found[0]["id"]
        )
        concept = second.get(f"/v1/concepts/{identifier}").json()
        edit = {"version": concept["version"], "english": ["PWR"], "why": "略語"}
        assert second.patch(f"/v1/concepts/{identifier}", json=edit).status_code == 200
        assert second.patch(f"/v1/concepts/{identifier}", json=edit).status_code == 409
