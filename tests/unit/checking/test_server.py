"""The language server, asked as an editor asks."""

import sys

import pytest

pytest.importorskip("pygls")

import asyncio

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from termbank import Glossary
from termbank.lsp.document_answers import actions, entry
from termbank.lsp.text_positions import TextPositions
from termbank.lsp.workspace_service import Service


@pytest.fixture
def folder(tmp_path):
    glossary = Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja")
    glossary.write(tmp_path / "glossary")
    (tmp_path / "termbank.toml").write_text('glossaries = ["glossary"]')
    return tmp_path


@pytest.mark.parametrize("at", range(6))
def test_positions_count_utf16_units_and_come_back(at):
    positions = TextPositions("𠮷野\nサ𠮷")
    assert positions.offset(positions.position(at)) == at


def test_a_fix_is_offered_where_the_finding_is(folder):
    service = Service(str(folder))
    text = "𠮷野のサーバ"
    found = service.findings(text, "a.md")
    positions = TextPositions(text)
    (quick, whole) = actions(found, "file:///a.md", positions.range(3, 3), positions)
    edit = quick.edit.changes["file:///a.md"][0]
    assert (edit.range.start.character, edit.new_text) == (4, "サーバー")
    assert whole.edit.changes["file:///a.md"][0].new_text == "𠮷野のサーバー"


def test_hover_shows_the_entry_and_completion_the_terms(folder):
    service = Service(str(folder))
    assert "**サーバー**" in entry(service.terms_at("新サーバだ", 2))
    assert service.terms_at("新サーバだ", 0) == []
    offered = service.completions("新しいサー")
    assert (offered.head, [row.form for row in offered.rows]) == ("サー", ["サーバー"])


def test_an_editor_gets_diagnostics_over_the_wire(folder):
    async def talk():
        client = LanguageClient("test", "1")
        got = asyncio.get_running_loop().create_future()

        @client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def _got(params):
            if not got.done():
                got.set_result(params.diagnostics)

        await client.start_io(
            sys.executable,
            "-m",
            "termbank",
            "lsp",
            "--glossary",
            str(folder / "glossary"),
        )
        await client.initialize_async(
            lsp.InitializeParams(capabilities=lsp.ClientCapabilities())
        )
        client.initialized(lsp.InitializedParams())
        document = lsp.TextDocumentItem("file:///a.md", "markdown", 1, "新サーバ")
        client.text_document_did_open(lsp.DidOpenTextDocumentParams(document))
        found = await asyncio.wait_for(got, 30)
        await client.shutdown_async(None)
        client.exit(None)
        await client.stop()
        return found

    (one,) = asyncio.run(talk())
    assert one.code == "TB101"
    assert one.range.start.character == 1
