"""Applying fixes: none overlaps another, and a second run finds nothing to do."""

from __future__ import annotations

import os

from . import source_file

ROUNDS = 8  # more than any text needs; a bound, lest contrary rules never end
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from termbank.types import Finding, Fix


def apply_fixes(text: str, findings: Iterable[Finding], *, unsafe: bool = False) -> str:
    """Return the text with its fixes applied.

    Args:
        text: The untouched text of the findings.
        findings: Those without a fix are passed over. Of overlapping fixes the first
            wins; of fixes at one place the longest, then the safe one.
        unsafe: Apply fixes that a person should read, too.

    >>> from termbank import Glossary, check_text
    >>> rules = Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja")
    >>> apply_fixes("サーバとサーバー", check_text("サーバとサーバー", glossary=rules))
    'サーバーとサーバー'
    """
    parts, copied_to = [], 0
    for fix in choose_fixes(findings, unsafe=unsafe):
        start, end = fix.span
        parts += [text[copied_to:start], fix.text]
        copied_to = end
    parts.append(text[copied_to:])
    return "".join(parts)


def fix_until_clean(
    text: str, find: Callable[[str], list[Finding]], *, unsafe: bool = False
) -> str:
    """Return the text fixed until nothing is left to fix.

    One round nearly always does; a second one is needed where a mended word makes its
    neighbour readable to the dictionary.

    Args:
        text: The untouched text.
        find: Gives the findings of a text.
        unsafe: Apply fixes that a person should read, too.
    """
    for _ in range(ROUNDS):
        after = apply_fixes(text, find(text), unsafe=unsafe)
        if after == text:
            break
        text = after
    return text


def choose_fixes(findings: Iterable[Finding], *, unsafe: bool = False) -> list[Fix]:
    """Return the fixes that are applied together, in order, none overlapping."""
    fixes = sorted(
        {
            finding.fix
            for finding in findings
            if finding.fix and (unsafe or finding.fix.safe)
        },
        key=lambda fix: (fix.span.start, -fix.span.end, not fix.safe, fix.text),
    )
    fixes_to_apply: list[Fix] = []
    for fix in fixes:
        if not fixes_to_apply or fix.span.start >= fixes_to_apply[-1].span.end:
            fixes_to_apply.append(fix)
    return fixes_to_apply


def fix_file(
    path: str,
    findings: Sequence[Finding],
    *,
    unsafe: bool = False,
    digest: str | None = None,
) -> int:
    """Fix a file where it lies; return how many fixes were applied.

    Encoding, byte order mark, line ends and all bytes around the fixes stay as they are.

    Args:
        path: File; a link stays, and what it points to is mended.
        findings: Of this file.
        unsafe: Apply fixes that a person should read, too.
        digest: Of the bytes in which they were found (:func:`source_file.digest`); None
            where nobody else writes the file.

    Raises:
        ChangedError: The file is no longer the one in which they were found.
        InputError: The file cannot be read or written, or its encoding has no place
            for a preferred form.
    """
    fixes = choose_fixes(findings, unsafe=unsafe)
    if fixes:
        source = source_file.read_unchanged(path, digest)
        edits = [(*fix.span, fix.text) for fix in fixes]
        source_file.write_edits(path, source, edits)
    return len(fixes)


def diff(path: str, findings: Sequence[Finding], *, unsafe: bool = False) -> str:
    """Return what fixing a file would change, as a unified diff."""
    from difflib import unified_diff

    before = source_file.read(path).content.decode()
    after = apply_fixes(before, findings, unsafe=unsafe)
    if before == after:
        return ""
    name = os.path.normpath(path)
    rows = unified_diff(_lines(before), _lines(after), name, name)
    return "".join(
        row if row.endswith("\n") else f"{row}\n\\ No newline\n" for row in rows
    )


def _lines(text: str) -> list[str]:
    # Only line feeds end a line of a diff; str.splitlines knows ten more ends.
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines
