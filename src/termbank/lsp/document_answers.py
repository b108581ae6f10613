"""Findings, terms and edits as values of the language server protocol."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from lsprotocol import types as lsp

from termbank.checking.files.fixing import apply_fixes
from termbank.messages import say

if TYPE_CHECKING:
    from termbank.glossary.light_rows import TermRow
    from termbank.types import Finding

    from .text_positions import TextPositions
    from .workspace_service import Completions

LONGEST_TEXT: Final = 1_000_000  # code points; a longer one holds the editor up
_SEVERITIES: Final = {
    "error": lsp.DiagnosticSeverity.Warning,
    "warning": lsp.DiagnosticSeverity.Information,
    "advice": lsp.DiagnosticSeverity.Hint,
}


def diagnostic(finding: Finding, positions: TextPositions) -> lsp.Diagnostic:
    """Return a finding as the protocol has it."""
    return lsp.Diagnostic(
        positions.range(*finding.span),
        finding.message,
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        source="termbank",
    )


def too_long() -> lsp.Diagnostic:
    """Return what is reported of a document that the editor does not get checked."""
    message = say(
        f"{LONGEST_TEXT:,} 字を超える文書は、エディターでは調べません (termbank check で)",
        f"over {LONGEST_TEXT:,} characters: not checked in the editor, but by termbank check",
    )
    start = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
    return lsp.Diagnostic(start, message, source="termbank")


def actions(
    findings: list[Finding], uri: str, asked: lsp.Range, positions: TextPositions
) -> list[lsp.CodeAction]:
    """Return a quick fix for each finding in a range, and one for all safe ones."""
    start, end = positions.offset(asked.start), positions.offset(asked.end)
    code_actions = []
    for finding in findings:
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
    text = positions.text
    better = apply_fixes(text, findings)
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


def completion_list(
    completions: Completions, at: int, positions: TextPositions
) -> lsp.CompletionList:
    """Return terms that replace their head before a cursor.

    Japanese has no spaces: what an editor takes for the word before the cursor may be
    the whole sentence. So every item says itself what it replaces, and the list is
    asked for anew with every letter. No filter text: Neovim then keeps to its own words.
    """
    head_range = positions.range(at - len(completions.head), at)
    return lsp.CompletionList(
        is_incomplete=True,
        items=[
            lsp.CompletionItem(
                row.form,
                kind=lsp.CompletionItemKind.Text,
                detail=row.lang,
                text_edit=lsp.TextEdit(head_range, row.form),
            )
            for row in completions.rows
        ],
    )


def entry(rows: list[TermRow]) -> str:
    """Return the rows of a concept as Markdown."""
    lines = []
    for row in sorted(rows, key=_shown_first):
        mark = "**" if row.status == "preferred" else ""
        status = "" if row.status == "preferred" else row.status
        remarks = ", ".join(filter(None, (row.reading, status, row.reason)))
        line = f"- {row.lang}: {mark}{row.form}{mark}"
        lines.append(f"{line} ({remarks})" if remarks else line)
    return "\n".join(lines)


def _shown_first(row: TermRow) -> tuple[bool, str, bool]:
    return row.lang != "ja", row.lang, row.status != "preferred"


def path_of(uri: str) -> str:
    """Return the path of a document's address; other addresses stay as they are."""
    parts = urlsplit(uri)
    return os.path.normpath(unquote(parts.path)) if parts.scheme == "file" else uri
