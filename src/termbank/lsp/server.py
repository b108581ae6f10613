"""The language server: diagnostics, quick fixes, hover and completion for editors.

Stands on pygls (extra ``lsp``). Positions of the protocol count UTF-16 units; ours count
code points, and are converted at this border only.
"""

from __future__ import annotations

import asyncio
import os
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

from termbank.checking.engine.glossary_stack import rows_of
from termbank.checking.files.file_selection import format_of
from termbank.checking.files.fixing import apply_fixes
from termbank.checking.run import Run
from termbank.config import settings as settings_for
from termbank.errors import TermbankError
from termbank.isolation.child_processes import is_running
from termbank.messages import say
from termbank.version import __version__

from .text_positions import TextPositions

if TYPE_CHECKING:
    from pygls.workspace import TextDocument

    from termbank.glossary.light_rows import TermRow
    from termbank.types import Finding

_SEVERITIES = {
    "error": lsp.DiagnosticSeverity.Warning,
    "warning": lsp.DiagnosticSeverity.Information,
    "advice": lsp.DiagnosticSeverity.Hint,
}
_LANGUAGES = {"markdown": "markdown", "html": "html", "latex": "latex", "tex": "latex",
              "restructuredtext": "rst", "python": "python", "plaintext": "plain"}  # fmt: skip
_COMPLETIONS = 50  # more than fit on a screen
LONGEST_TEXT = (
    1_000_000  # characters; a longer one would hold up the editor for seconds
)
_PAUSE = 0.1  # seconds without a change after which a document is checked
_LOOKED_AFTER = 3.0  # seconds between two looks at the editor's process


class Service:
    """What the server answers, without the protocol.

    Args:
        folder: Folder whose settings hold; the working folder where absent.
        glossary: Glossaries in the place of the settings'.
    """

    def __init__(
        self, folder: str | None = None, glossary: list[str] | None = None
    ) -> None:
        self._folder, self._glossary = folder, glossary
        self._run: Run | None = None
        self._rows: list[TermRow] = []

    def reload(self) -> None:
        """Forget glossaries and settings; the next question reads them again."""
        self._run, self._rows = None, []

    def findings(self, text: str, path: str, language: str = "") -> list[Finding]:
        """Return the findings of a text.

        Raises:
            TermbankError: No glossary, or a broken one.
        """
        name = _LANGUAGES.get(language) or format_of(path)
        content = text.encode("utf-8", "replace")
        return self._open().of_content(content, path, name)

    def terms_at(self, text: str, at: int) -> list[TermRow]:
        """Return all rows of the concepts whose form covers a code point."""
        self._open()
        best: tuple[int, str] = (0, "")
        for row in self._rows:
            start = text.find(row.form, max(0, at - len(row.form) + 1))
            if 0 <= start <= at < start + len(row.form) and len(row.form) > best[0]:
                best = (len(row.form), row.concept_id)
        return [row for row in self._rows if row.concept_id == best[1]]

    def completions(self, before: str) -> list[TermRow]:
        """Return right terms that begin with the last letters before the cursor."""
        self._open()
        by_form: dict[str, TermRow] = {}
        for length in range(min(12, len(before)), 0, -1):
            head = before[-length:]
            for row in self._rows:
                right = row.status in ("preferred", "admitted")
                if right and row.form != head and row.form.startswith(head):
                    by_form.setdefault(row.form, row)
            if by_form:
                break
        return list(by_form.values())[:_COMPLETIONS]

    def _open(self) -> Run:
        if self._run is None:
            settings = settings_for(self._folder)
            run = Run(self._glossary, settings=settings)
            self._rows = [
                row for glossary in run.glossaries for row in rows_of(glossary)
            ]
            self._run = run
        return self._run


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

    def publish_later(self, uri: str) -> None:
        """Publish the diagnostics of a document after the last of its changes."""
        waiting = self._waiting.pop(uri, None)
        if waiting is not None:
            waiting.cancel()
        loop = asyncio.get_running_loop()
        self._waiting[uri] = loop.call_later(_PAUSE, self.publish, uri)

    def publish(self, uri: str) -> None:
        """Publish the diagnostics of a document that is open."""
        self._waiting.pop(uri, None)
        if uri not in self.workspace.text_documents:
            return
        document = self.workspace.get_text_document(uri)
        try:
            diagnostics = self._diagnostics(document)
        except TermbankError as error:
            message = f"termbank: {error}"
            self.window_show_message(
                lsp.ShowMessageParams(lsp.MessageType.Error, message)
            )
            return
        self.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(uri, diagnostics, document.version)
        )

    def clear(self, uri: str) -> None:
        """Take back the diagnostics of a document that was closed."""
        waiting = self._waiting.pop(uri, None)
        if waiting is not None:
            waiting.cancel()
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))

    def _diagnostics(self, document: TextDocument) -> list[lsp.Diagnostic]:
        text = document.source
        if len(text) > LONGEST_TEXT:
            start = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
            return [lsp.Diagnostic(start, _too_long(), source="termbank")]
        findings = self.service.findings(
            text, path_of(document.uri), document.language_id or ""
        )
        positions = TextPositions(text)
        return [diagnostic(finding, positions) for finding in findings]


def _too_long() -> str:
    return say(
        f"{LONGEST_TEXT:,} 字を超える文書は、エディターでは調べません (termbank check で)",
        f"over {LONGEST_TEXT:,} characters: not checked in the editor, but by termbank check",
    )


def _follow_life(server: Server) -> None:
    """Notice how the editor ends: in order, at once, or not by a word at all."""
    shut_down = False

    @server.feature(lsp.INITIALIZED)
    def _initialized(_params: lsp.InitializedParams) -> None:
        end_with(server.process_id)

    @server.feature(lsp.SHUTDOWN)
    def _shutdown(_params: Any = None) -> None:
        nonlocal shut_down
        shut_down = True

    @server.feature(lsp.EXIT)
    def _exit(_params: Any = None) -> None:
        server.ended_without_shutdown = not shut_down


def server_of(service: Service) -> Server:
    """Return a server that answers with a service; ``start_io`` runs it."""
    server = Server(service)
    _follow_life(server)

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def _open(params: lsp.DidOpenTextDocumentParams) -> None:
        server.publish(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def _changed(params: lsp.DidChangeTextDocumentParams) -> None:
        server.publish_later(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def _saved(params: lsp.DidSaveTextDocumentParams) -> None:
        service.reload()
        server.publish(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def _closed(params: lsp.DidCloseTextDocumentParams) -> None:
        server.clear(params.text_document.uri)

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
        findings = service.findings(
            document.source, path_of(document.uri), document.language_id or ""
        )
        return actions(findings, document.source, document.uri, params.range)

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def _hover(params: lsp.HoverParams) -> lsp.Hover | None:
        document = server.workspace.get_text_document(params.text_document.uri)
        at = offset_of(document.source, params.position)
        rows = service.terms_at(document.source, at)
        if not rows:
            return None
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, entry(rows)))

    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION)
    def _complete(params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
        document = server.workspace.get_text_document(params.text_document.uri)
        positions = TextPositions(document.source)
        before = positions.line_before(positions.offset(params.position))
        return [
            lsp.CompletionItem(
                row.form, kind=lsp.CompletionItemKind.Text, detail=row.lang
            )
            for row in service.completions(before)
        ]

    return server


def end_with(process: int | None) -> None:
    """End this process when the editor that started it has ended without a word."""
    if not process:
        return

    def watch() -> None:
        while is_running(process):
            sleep(_LOOKED_AFTER)
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def diagnostic(one: Finding, positions: TextPositions) -> lsp.Diagnostic:
    """Return a finding as the protocol has it."""
    return lsp.Diagnostic(
        positions.range(*one.span),
        one.message,
        severity=_SEVERITIES[one.severity],
        code=one.code,
        source="termbank",
    )


def actions(
    found: list[Finding], text: str, uri: str, asked: lsp.Range
) -> list[lsp.CodeAction]:
    """Return a quick fix for each finding in a range, and one for all safe ones."""
    positions = TextPositions(text)
    start, end = positions.offset(asked.start), positions.offset(asked.end)
    code_actions = []
    for finding in found:
        if finding.fix and finding.span.start <= end and start <= finding.span.end:
            edit = lsp.TextEdit(positions.range(*finding.fix.span), finding.fix.text)
            code_actions.append(
                lsp.CodeAction(
                    f"{finding.code}: {finding.fix.text}",
                    kind=lsp.CodeActionKind.QuickFix,
                    diagnostics=[diagnostic(finding, positions)],
                    is_preferred=finding.fix.safe,
                    edit=lsp.WorkspaceEdit({uri: [edit]}),
                )
            )
    better = apply_fixes(text, found)
    if better != text:
        edit = lsp.TextEdit(positions.range(0, len(text)), better)
        code_actions.append(
            lsp.CodeAction(
                "termbank --fix",
                kind=lsp.CodeActionKind.SourceFixAll,
                edit=lsp.WorkspaceEdit({uri: [edit]}),
            )
        )
    return code_actions


def entry(rows: list[TermRow]) -> str:
    """Return the rows of a concept as Markdown."""
    lines = []
    for row in sorted(
        rows,
        key=lambda term: (term.lang != "ja", term.lang, term.status != "preferred"),
    ):
        mark = "**" if row.status == "preferred" else ""
        notes = [
            row.reading,
            "" if row.status == "preferred" else row.status,
            row.reason,
        ]
        remarks = ", ".join(note for note in notes if note)
        lines.append(
            f"- {row.lang}: {mark}{row.form}{mark}"
            + (f" ({remarks})" if remarks else "")
        )
    return "\n".join(lines)


def range_of(text: str, start: int, end: int) -> lsp.Range:
    """Return a range of the protocol from code points."""
    return TextPositions(text).range(start, end)


def offset_of(text: str, position: Any) -> int:
    """Return the code point of a position of the protocol."""
    return TextPositions(text).offset(position)


def path_of(uri: str) -> str:
    """Return the path of a document's address; other addresses stay as they are."""
    parts = urlsplit(uri)
    return os.path.normpath(unquote(parts.path)) if parts.scheme == "file" else uri
