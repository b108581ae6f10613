"""A project with cards of every kind, served on loopback, and a real browser."""

import shutil
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from termbank.identifiers import concept_id
from termbank.operations.project import Project
from termbank.operations.row_changes import Author

BY = Author("葵", datetime(2026, 12, 1, tzinfo=UTC))
TOKEN = "secret-of-this-run"  # noqa: S105
SCRIPT = "<script>document.title='pwned'</script>"
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update"),
    "--disable-sync",
)
SPELLINGS = {
    "サーバー": ("サーバ", "サーバーズ"),
    "ユーザー": ("ユーザ",),
    "プリンター": ("プリンタ",),
}


@pytest.fixture
def project(tmp_path):
    """Return a project with three spelling groups, six new terms, English, a request."""
    made = Project.begin(tmp_path)
    concepts = ["concept_id,kind,domain,status,since,extra"]
    terms = [",".join(("concept_id", "lang", "form", "status"))]
    links, forms, contexts = [], [], []

    def put(form, status="proposed", english=(), mentions=3):
        one = concept_id("ja", form)
        concepts.append(f"{one},term,,{status},,")
        terms.append(f'{one},ja,"{form}",preferred')
        terms.extend(f"{one},en,{word},{state}" for word, state in english)
        forms.append(("ja", form, mentions, 1, "2026-01-02", "2026-03-04"))
        contexts.append(
            ("ja", form, 0, "docs/<b>本.txt", 2, "昨日、", form, "を見た。")
        )

    for lead, others in SPELLINGS.items():
        put(lead, mentions=9)
        for other in others:
            put(other)
            links.append(
                (*sorted((lead, other)), 80.0, "long-vowel", "spelling", "ask")
            )
    for number in range(5):
        put(f"用語{number}", english=[(f"term {number}", "proposed")])
    put(SCRIPT)
    put("停戦", "preferred", [("ceasefire", "proposed"), ("truce", "proposed")])
    (made.folder / "concepts.csv").write_text("\n".join(concepts) + "\n", "utf-8")
    (made.folder / "terms.csv").write_text("\n".join(terms) + "\n", "utf-8")
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "<b>本.txt").write_text("一行目\n昨日、サーバーを見た。\n三行目\n", "utf-8")
    made.journal.replace(
        {
            "links": links,
            "forms": forms,
            "contexts": contexts,
            "documents": [("docs/<b>本.txt", "0" * 16, "2026-01-02")],
        }
    )
    from termbank.operations.requests import ask

    ask(made, "wanted", "量子", f"訳語が欲しい {SCRIPT}", BY)
    return made


@contextmanager
def served(project, token=TOKEN):
    """Serve a project; give its address with the token."""
    uvicorn = pytest.importorskip("uvicorn")
    import socket

    from termbank.web.application import review_application

    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    application = review_application(project, token=token, who="葵", port=port)
    server = uvicorn.Server(uvicorn.Config(application, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}/?token={token}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


@pytest.fixture
def address(project):
    with served(project) as place:
        yield place


@pytest.fixture(scope="session")
def browser():
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("needs Debian's chromium on the path")
    playwright = pytest.importorskip("playwright.sync_api").sync_playwright().start()
    made = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
    yield made
    made.close()
    playwright.stop()


def _is_answer(response):
    """Whether a response is the service's, not a file that a page is made with."""
    return not response.url.endswith((".css", ".js", ".ico"))


class Reader:
    """One person with a browser window."""

    def __init__(self, browser, address, **options):
        self.context = browser.new_context(locale="ja-JP", **options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(8000)
        self.complaints = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        self.open(address)

    def _hear(self, message):
        # A refused request is meant, and the browser always notes it.
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def open(self, address):
        self.page.goto(address)
        self.page.wait_for_selector("main h1", state="attached")

    def title(self):
        return self.page.inner_text("#card h2")

    def message(self):
        return self.page.inner_text("#message")

    def press(self, *keys):
        """Press keys; a key that asks the server is waited for."""
        for key in keys:
            if key in ("a", "x", "s", "f", " ", "z", "j", "k"):
                with self.page.expect_response(_is_answer):
                    self.page.keyboard.press("Space" if key == " " else key)
                self.page.locator('.work:not([aria-busy="true"])').wait_for()
                self.page.wait_for_timeout(60)
            else:
                self.page.keyboard.press(key)

    def queue(self, name):
        self.page.goto(
            self.page.url.split("?")[0].split("/browse")[0] + f"?queue={name}"
        )
        self.page.wait_for_selector("#card h2")


@pytest.fixture
def reader(browser, address):
    made = Reader(browser, address)
    yield made
    assert made.complaints == []
    made.context.close()
