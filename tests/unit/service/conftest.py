"""A team's service in this process: a project, a memory, a token of each role."""

import io
import json
from datetime import UTC, datetime

import pytest

NOW = datetime(2026, 12, 1, tzinfo=UTC)
ROLES = ("reader", "translator", "terminologist")


# Japanese forms, the preferred one first; English ones; English ones to avoid.
TERMS = (
    (("軽水炉",), ("light-water reactor",), ()),
    (("キーウ", "キエフ"), ("Kyiv",), ("Kiev",)),
    (("停戦",), ("ceasefire", "cease-fire"), ()),
    (("シルスキー",), ("Oleksandr Syrskyi",), ()),
)


def write_terms(folder):
    """Write a small glossary as files, which takes less time than to add its terms."""
    from termbank.identifiers import concept_id

    concepts = ["concept_id,kind,domain,status,since,extra"]
    terms = ["concept_id,lang,form,status"]
    for japanese, english, bad in TERMS:
        identifier = concept_id("ja", japanese[0])
        concepts.append(f"{identifier},term,,preferred,,")
        for lang, forms in (("ja", japanese), ("en", english)):
            statuses = ("preferred", "deprecated" if lang == "ja" else "admitted")
            terms += [
                f"{identifier},{lang},{form},{statuses[at > 0]}"
                for at, form in enumerate(forms)
            ]
        terms += [f"{identifier},en,{form},deprecated" for form in bad]
    for name, lines in (("concepts", concepts), ("terms", terms)):
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")


class Team:
    """A service with its clients; ``log`` holds the lines that it wrote."""

    def __init__(self, folder, *, root="", with_texts=False, memory=True, **limits):
        from termbank.memory import Memory
        from termbank.operations.project import Project
        from termbank.operations.team.access_file import access_file
        from termbank.operations.team.access_tokens import AccessTokens
        from termbank.operations.team.audit_trail import AuditTrail
        from termbank.service.http_application import team_application
        from termbank.service.json_calls import Resources
        from termbank.service.request_log import JsonLog
        from termbank.service.team_service import Limits, TeamService

        self.project = Project.begin(folder)
        write_terms(self.project.folder)
        path = access_file(self.project)
        self.tokens = AccessTokens(path)
        self.secrets = {role: self.tokens.issue(role, role, NOW)[1] for role in ROLES}
        self.stream = io.StringIO()
        opened = Memory.open(folder / "tm") if memory else ""
        if memory:
            opened.add([("停戦で合意した。", "They agreed to a ceasefire.")])
        self.service = TeamService(
            Resources((str(self.project.folder),), opened, self.project, lambda: NOW),
            AccessTokens(path),
            AuditTrail(path),
            JsonLog(self.stream, lambda: NOW, with_texts=with_texts),
            Limits(**{"rate": 0.0, **limits}),
        )
        self.application = team_application(self.service, root=root)

    def __enter__(self):
        testclient = pytest.importorskip("starlette.testclient")
        self.client = testclient.TestClient(
            self.application,
            base_url="http://terms.test",
            raise_server_exceptions=False,
        )
        self.client.__enter__()
        return self

    def __exit__(self, *fault):
        self.client.__exit__(*fault)
        self.tokens.close()

    def headers(self, role="reader"):
        return {"Authorization": f"Bearer {self.secrets[role]}"}

    def post(self, path, value, role="reader"):
        return self.client.post(path, json=value, headers=self.headers(role))

    def get(self, path, role="reader"):
        return self.client.get(path, headers=self.headers(role))

    def patch(self, path, value, role="terminologist"):
        return self.client.patch(path, json=value, headers=self.headers(role))

    def concept(self, form="軽水炉"):
        identifier = self.project.rows().locate(form)[0]
        return self.get(f"/v1/concepts/{identifier}").json()

    @property
    def log(self):
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]


@pytest.fixture(scope="session")
def run_apart():
    """Return what runs a coroutine in a thread of its own.

    Playwright leaves its event loop running in the thread of the tests.
    """
    import asyncio
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        yield lambda coroutine: pool.submit(asyncio.run, coroutine).result()


@pytest.fixture
def team(tmp_path):
    pytest.importorskip("starlette")
    with Team(tmp_path) as made:
        yield made


@pytest.fixture
def open_team():
    """Return what opens a team's service with limits of its own."""
    pytest.importorskip("starlette")
    return Team


@pytest.fixture
def served(team):
    """Serve the team's application on a free port of the loopback address."""
    import socket
    import threading
    import time

    uvicorn = pytest.importorskip("uvicorn")
    from termbank.service.http_server import bounded_protocol

    listener = socket.create_server(("127.0.0.1", 0))
    settings = uvicorn.Config(
        team.application, http=bounded_protocol(), lifespan="off", log_config=None
    )
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    team.port = listener.getsockname()[1]
    team.address = f"http://127.0.0.1:{team.port}"
    yield team
    server.should_exit = True
    thread.join(30)
    listener.close()
