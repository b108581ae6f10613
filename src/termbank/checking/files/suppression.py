"""Comments that silence findings: ``termbank: ignore[TB101]`` and its relatives.

=========================  ====================================================
comment                    silences
=========================  ====================================================
``ignore[CODES]``          its line; alone on a line, the next line too
``ignore-next-line[…]``    the next line
``ignore-start[…]``        from its line to ``ignore-end``, or to the end
``ignore-file[…]``         the whole file
=========================  ====================================================

Without brackets all codes are meant; codes may be beginnings (TB1).
"""

from __future__ import annotations

import re

from termbank.messages import say
from termbank.records import NamedTuple
from termbank.types import Finding, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MARK = b"termbank:"
_DIRECTIVE = re.compile(
    rb"termbank:[ \t]*(ignore(?:-next-line|-start|-end|-file)?)\b"
    rb"[ \t]*(?:\[([A-Za-z0-9, \t]*)\])?"
)
# What must open a comment before the mark, by markup; plain text has no comments, so
# there the mark alone counts.
_OPENERS = {
    "markdown": (b"<!--", b"{/*"),
    "html": (b"<!--",),
    "xliff": (b"<!--", b"<note"),
    "rst": (b"..",),
    "latex": (b"%",),
    "po": (b"#",),
    "hash": (b"#",),
    "yaml": (b"#",),
    "toml": (b"#",),
    "scripts": (b"//", b"/*"),
    "slashes": (b"//", b"/*"),
}
_COMMENTS = {
    "markdown": "<!-- {} -->",
    "html": "<!-- {} -->",
    "xliff": "<!-- {} -->",
    "latex": "% {}",
    "hash": "# {}",
    "yaml": "# {}",
    "toml": "# {}",
    "scripts": "// {}",
    "slashes": "// {}",
}
_LAST = 1 << 62


class Suppression(NamedTuple):
    """One comment.

    Attributes:
        line: Where it stands, from 1.
        first: First line that it silences.
        last: Last one.
        codes: Codes or beginnings; empty for all.
        span: Of the comment's mark, code points.
    """

    line: int
    first: int
    last: int
    codes: tuple[str, ...]
    span: Span

    def covers(self, finding: Finding) -> bool:
        """Answer whether the comment speaks about a finding."""
        if not self.first <= finding.line <= self.last:
            return False
        return not self.codes or finding.code.startswith(self.codes)


def suppressions(content: bytes, format_name: str) -> list[Suppression]:
    """Return the comments of a text in order.

    >>> text = "サーバ <!-- termbank: ignore[TB1] -->".encode()
    >>> [(one.first, one.last, one.codes) for one in suppressions(text, "markdown")]
    [(1, 1, ('TB1',))]
    """
    if MARK not in content:
        return []
    found: list[Suppression] = []
    opened: list[int] = []
    for match in _DIRECTIVE.finditer(content):
        begin = content.rfind(b"\n", 0, match.start()) + 1
        if not _in_comment(content, begin, match.start(), format_name):
            continue
        kind, listed = match[1].decode(), (match[2] or b"").decode()
        codes = tuple(code.strip() for code in listed.split(",") if code.strip())
        line = content.count(b"\n", 0, begin) + 1
        if kind == "ignore-end":
            if opened:
                at = opened.pop()
                found[at] = found[at]._replace(last=line)
            continue
        if kind == "ignore-start":
            opened.append(len(found))
        first, last = _lines(kind, line, _alone(content, begin, match))
        start = len(content[: match.start()].decode(errors="replace"))
        span = Span(start, start + len(match[0].decode()))
        found.append(Suppression(line, first, last, codes, span))
    return found


def _lines(kind: str, line: int, alone: bool) -> tuple[int, int]:
    if kind == "ignore-file":
        return 1, _LAST
    if kind == "ignore-start":
        return line, _LAST
    if kind == "ignore-next-line":
        return line + 1, line + 1
    return line, line + 1 if alone else line


def _in_comment(content: bytes, begin: int, at: int, format_name: str) -> bool:
    openers = _OPENERS.get(format_name)
    if openers is None:
        return True
    if any(opener in content[begin:at] for opener in openers):
        return True
    # A comment of several lines.
    return content.rfind(b"<!--", 0, at) > content.rfind(b"-->", 0, at)


def _alone(content: bytes, begin: int, match: re.Match[bytes]) -> bool:
    end = content.find(b"\n", match.end())
    rest = (
        content[begin : match.start()] + content[match.end() : None if end < 0 else end]
    )
    return not rest.strip(b" \t\r<!->#/*%.{}")


def kept(
    findings: Sequence[Finding], comments: Sequence[Suppression]
) -> tuple[list[Finding], list[Suppression]]:
    """Return the findings that no comment silences, and the comments that did nothing."""
    used = set()
    left = []
    for finding in findings:
        covering = [at for at, one in enumerate(comments) if one.covers(finding)]
        used.update(covering)
        if not covering:
            left.append(finding)
    return left, [one for at, one in enumerate(comments) if at not in used]


def unused(
    comments: Sequence[Suppression], codes: Sequence[str], path: str, content: bytes
) -> Iterator[Finding]:
    """Yield TB901 for each comment that silenced nothing of what ran."""
    for one in comments:
        ran = [code for code in codes if not one.codes or code.startswith(one.codes)]
        if not ran:
            continue
        begin = _start_of(content, one.line)
        before = content[:begin].decode(errors="replace")
        message = say("何も抑止していません", "this comment silences nothing")
        column = one.span.start - len(before) + 1
        yield Finding(
            "TB901", one.span, message, None, path, one.line, column, "warning"
        )


def _start_of(content: bytes, line: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = content.find(b"\n", at) + 1
    return at


def with_comment(line: str, codes: Sequence[str], format_name: str) -> str | None:
    """Return a line with a comment that silences codes, or None where none fits.

    >>> with_comment("サーバ", ["TB101"], "markdown")
    'サーバ <!-- termbank: ignore[TB101] -->'
    """
    pattern = _COMMENTS.get(format_name)
    if pattern is None:
        return None
    mark = pattern.format(f"termbank: ignore[{','.join(sorted(set(codes)))}]")
    body = line.rstrip("\r\n")
    return f"{body} {mark}{line[len(body) :]}"
