"""The language server: diagnostics, quick fixes, hover and completion for editors.

Stands on pygls (extra ``lsp``). Positions of the protocol count units of an encoding;
ours count code points, and are converted at this border only.
"""

from __future__ import annotations

import asyncio
import os
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING, Any, Final

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

from termbank.errors import TermbankError
from termbank.isolation.child_processes import is_running
from termbank.version import __version__

from .document_answers import (
    LONGEST_TEXT,
    actions,
    completion_list,
    diagnostic,
    entry,
    path_of,
    too_long,
)
from .text_positions import TextPositions

if TYPE_CHECKING:
    from pygls.workspace import TextDocument

    from .workspace_service import Service

_PAUSE: Final = 0.1  # seconds without a change after which a document is checked
_BETWEEN_LOOKS: Final = 3.0  # seconds between two looks at the editor's process
# Files whose change may change every diagnostic, where an editor watches for a server.
_WATCHED: Final = (
    *("**/termbank.toml", "**/pyproject.toml", "**/terms.csv", "**/concepts.csv"),
    "**/*.{tbx,yml,yaml}",
)


class Server(LanguageServer):
    """A server that checks a document once its changes have paused.

    Args:
        service: What it answers with.
    """

    def __init__(self, service: Service) -> None:
        # Whole texts: the base library ends lines at signs that end none in the protocol.
        full = lsp.TextDocumentSyncKind.Full
        super().__init__("termbank", __version__, text_document_sync_kind=full)
        self.service = service
        self.ended_without_shutdown = False
        self._waiting: dict[str, asyncio.TimerHandle] = {}
        self._last_fault = ""

    def take_roots(self) -> None:
        """Hand the folders that the editor has opened to the service."""
        workspace = self.workspace
        uris = [*workspace.folders, *filter(None, (workspace.root_uri,))]
        paths = dict.fromkeys(map(path_of, uris))
        self.service.set_roots([path for path in paths if os.path.isabs(path)])

    def positions(self, document: TextDocument) -> TextPositions:
        """Return the positions of a document in the encoding agreed on."""
        encoding = self.workspace.position_encoding or lsp.PositionEncodingKind.Utf16
        # A client that is no library of ours sends the plain name.
        return TextPositions(document.source, lsp.PositionEncodingKind(encoding).value)

    def publish_later(self, uri: str) -> None:
        """Publish the diagnostics of a document after the last of its changes."""
        self._cancel(uri)
        loop = asyncio.get_running_loop()
        self._waiting[uri] = loop.call_later(_PAUSE, self.publish, uri)

    def publish_all(self) -> None:
        """Publish the diagnostics of all open documents anew."""
        for uri in list(self.workspace.text_documents):
            self.publish_later(uri)

    def publish(self, uri: str) -> None:
        """Publish the diagnostics of a document that is open.

        Where glossary or settings cannot be read there are none: those of before
        would speak of a glossary that is gone.
        """
        self._waiting.pop(uri, None)
        if uri not in self.workspace.text_documents:
            return
        document = self.workspace.get_text_document(uri)
        try:
            diagnostics = self._diagnostics(document)
            self._last_fault = ""
        except TermbankError as error:
            diagnostics = []
            self._show(error)
        self.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(uri, diagnostics, document.version)
        )

    def clear(self, uri: str) -> None:
        """Take back the diagnostics of a document that was closed."""
        self._cancel(uri)
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))

    def _cancel(self, uri: str) -> None:
        waiting = self._waiting.pop(uri, None)
        if waiting is not None:
            waiting.cancel()

    def _show(self, error: TermbankError) -> None:
        """Show a fault once: every change of the document meets it again."""
        message = f"termbank: {error}"
        if message == self._last_fault:
            return
        self._last_fault = message
        self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Error, message))

    def _diagnostics(self, document: TextDocument) -> list[lsp.Diagnostic]:
        text = document.source
        if len(text) > LONGEST_TEXT:
            return [too_long()]
        findings = self.service.findings(
            text, path_of(document.uri), document.language_id or ""
        )
        positions = self.positions(document)
        return [diagnostic(finding, positions) for finding in findings]


def server_of(service: Service) -> Server:
    """Return a server that answers with a service; ``start_io`` runs it."""
    server = Server(service)
    _follow_life(server)
    _follow_documents(server)
    _follow_files(server)
    _answer_requests(server)
    return server


def _follow_life(server: Server) -> None:
    """Notice how the editor ends: in order, at once, or not by a word at all."""
    shut_down = False

    @server.feature(lsp.INITIALIZED)
    def _initialized(_params: lsp.InitializedParams) -> None:
        server.take_roots()
        _watch_files(server)
        end_with(server.process_id)

    @server.feature(lsp.SHUTDOWN)
    def _shutdown(_params: Any = None) -> None:
        nonlocal shut_down
        shut_down = True

    @server.feature(lsp.EXIT)
    def _exit(_params: Any = None) -> None:
        server.ended_without_shutdown = not shut_down


def _follow_documents(server: Server) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def _open(params: lsp.DidOpenTextDocumentParams) -> None:
        server.publish(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def _changed(params: lsp.DidChangeTextDocumentParams) -> None:
        server.publish_later(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def _saved(params: lsp.DidSaveTextDocumentParams) -> None:
        server.service.reload()
        server.publish(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def _closed(params: lsp.DidCloseTextDocumentParams) -> None:
        server.clear(params.text_document.uri)


def _follow_files(server: Server) -> None:
    """Check anew when glossaries, settings or the folders of the workspace change."""

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def _files_changed(_params: lsp.DidChangeWatchedFilesParams) -> None:
        server.service.reload()
        server.publish_all()

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def _folders_changed(_params: lsp.DidChangeWorkspaceFoldersParams) -> None:
        server.take_roots()
        server.publish_all()


def _watch_files(server: Server) -> None:
    """Ask an editor that can to tell of changes of glossaries and settings."""
    workspace = server.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace else None
    if watching is None or not watching.dynamic_registration:
        return
    watchers = [lsp.FileSystemWatcher(pattern) for pattern in _WATCHED]
    registration = lsp.Registration(
        "termbank-files",
        lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES,
        lsp.DidChangeWatchedFilesRegistrationOptions(watchers),
    )
    server.client_register_capability(lsp.RegistrationParams([registration]))


def _answer_requests(server: Server) -> None:
    service = server.service

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        lsp.CodeActionOptions(
            [lsp.CodeActionKind.QuickFix, lsp.CodeActionKind.SourceFixAll]
        ),
    )
    def _actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        document = server.workspace.get_text_document(params.text_document.uri)
        if len(document.source) > LONGEST_TEXT:
            return []
        try:
            findings = service.findings(
                document.source, path_of(document.uri), document.language_id or ""
            )
        except TermbankError:  # shown when the diagnostics were published
            return []
        positions = server.positions(document)
        return actions(findings, document.uri, params.range, positions)

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def _hover(params: lsp.HoverParams) -> lsp.Hover | None:
        document = server.workspace.get_text_document(params.text_document.uri)
        at = server.positions(document).offset(params.position)
        try:
            rows = service.terms_at(document.source, at, path_of(document.uri))
        except TermbankError:
            return None
        if not rows:
            return None
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, entry(rows)))

    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION)
    def _complete(params: lsp.CompletionParams) -> lsp.CompletionList | None:
        document = server.workspace.get_text_document(params.text_document.uri)
        positions = server.positions(document)
        at = positions.offset(params.position)
        before = positions.line_before(at)
        try:
            completions = service.completions(before, path_of(document.uri))
        except TermbankError:
            return None
        return completion_list(completions, at, positions)


def end_with(process: int | None) -> None:
    """End this process when the editor that started it has ended without a word."""
    if not process:
        return

    def watch() -> None:
        while is_running(process):
            sleep(_BETWEEN_LOOKS)
        os._exit(1)

    Thread(target=watch, daemon=True).start()
