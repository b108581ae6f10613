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
_LONGEST_OPENER = 8  # bytes, more than any has
_AROUND = 200  # bytes of a line that are looked at beside a comment


class Suppression(NamedTuple):
    """One comment.

    Attributes:
        line: Where it stands, from 1.
        first: First line that it silences.
        last: Last one.
        codes: Codes or beginnings; empty for all.
        span: Of the comment's mark, code points.
        column: Of its mark, code points from 1.
    """

    line: int
    first: int
    last: int
    codes: tuple[str, ...]
    span: Span
    column: int


def suppressions(content: bytes, format_name: str) -> list[Suppression]:
    """Return the comments of a text in order.

    >>> text = "サーバ <!-- termbank: ignore[TB1] -->".encode()
    >>> [(one.first, one.last, one.codes) for one in suppressions(text, "markdown")]
    [(1, 1, ('TB1',))]
    """
    if MARK not in content:
        return []
    all_comments: list[Suppression] = []
    open_blocks: list[int] = []
    place, comments = _Place(content), _Comments(content, format_name)
    for match in _DIRECTIVE.finditer(content):
        place.move_to(match.start())
        if not comments.hold(place.begin, match.start()):
            continue
        kind, code_list = match[1].decode(), (match[2] or b"").decode()
        codes = tuple(code.strip() for code in code_list.split(",") if code.strip())
        if kind == "ignore-end":
            if open_blocks:
                at = open_blocks.pop()
                all_comments[at] = all_comments[at]._replace(last=place.line)
            continue
        if kind == "ignore-start":
            open_blocks.append(len(all_comments))
        alone = _alone(content, place.begin, match)
        first, last = _lines(kind, place.line, alone)
        span = Span(place.points, place.points + len(match[0].decode()))
        all_comments.append(
            Suppression(place.line, first, last, codes, span, place.column)
        )
    return all_comments


class _Place:
    """A place that moves forward in a text, with its line and code points."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 0
        self.begin, self.line, self.points, self.column = 0, 1, 0, 1

    def move_to(self, at: int) -> None:
        between = self._content[self._at : at]
        points = len(between.decode(errors="replace"))
        self.points += points
        breaks = between.count(b"\n")
        if breaks:
            self.line += breaks
            self.begin = self._at + between.rfind(b"\n") + 1
            points = len(self._content[self.begin : at].decode(errors="replace"))
            self.column = 1
        self.column += points
        self._at = at


class _Comments:
    """Answers in order whether places are inside a comment of a markup."""

    def __init__(self, content: bytes, format_name: str) -> None:
        self._content, self._openers = content, _OPENERS.get(format_name)
        self._line, self._at, self._seen = -1, 0, 0
        self._opens = False
        self._is_open = False

    def hold(self, begin: int, at: int) -> bool:
        if self._openers is None:
            return True
        if begin != self._line:
            self._line, self._opens, self._seen = begin, False, begin
        if not self._opens:
            # An opener may have begun before what was looked at for the last place.
            around = self._content[max(self._seen - _LONGEST_OPENER, begin) : at]
            self._opens = any(opener in around for opener in self._openers)
            self._seen = at
        return self._in_comment_of_several_lines(at) or self._opens

    def _in_comment_of_several_lines(self, at: int) -> bool:
        around = self._content[max(self._at - _LONGEST_OPENER, 0) : at]
        last_open, last_close = around.rfind(b"<!--"), around.rfind(b"-->")
        if last_open >= 0 or last_close >= 0:
            self._is_open = last_open > last_close
        self._at = at
        return self._is_open


def _lines(kind: str, line: int, alone: bool) -> tuple[int, int]:
    if kind == "ignore-file":
        return 1, _LAST
    if kind == "ignore-start":
        return line, _LAST
    if kind == "ignore-next-line":
        return line + 1, line + 1
    return line, line + 1 if alone else line


def _alone(content: bytes, begin: int, match: re.Match[bytes]) -> bool:
    before = content[max(begin, match.start() - _AROUND) : match.start()]
    end = content.find(b"\n", match.end(), match.end() + _AROUND)
    after = content[match.end() : match.end() + _AROUND if end < 0 else end]
    return not (before + after).strip(b" \t\r<!->#/*%.{}")


def kept(
    findings: Sequence[Finding], comments: Sequence[Suppression]
) -> tuple[list[Finding], list[Suppression]]:
    """Return the findings that no comment silences, and the comments that did nothing."""
    holding = _Holding(comments)
    silent_places = set()
    for at in sorted(range(len(findings)), key=lambda at: findings[at].line):
        if holding.silence(findings[at]):
            silent_places.add(at)
    left = [finding for at, finding in enumerate(findings) if at not in silent_places]
    return left, [
        comment for at, comment in enumerate(comments) if at not in holding.used
    ]


class _Holding:
    """The comments that hold at a line, line after line, by the codes they name.

    Thousands of comments may hold at one line; those with the same codes are asked once,
    and each is marked as used once.
    """

    def __init__(self, comments: Sequence[Suppression]) -> None:
        self._comments = comments
        self._waiting = sorted(
            range(len(comments)), key=lambda at: comments[at].first, reverse=True
        )
        self._until: dict[tuple[str, ...], int] = {}  # last line silenced, by codes
        self._idle: dict[tuple[str, ...], list[int]] = {}
        self.used: set[int] = set()

    def silence(self, finding: Finding) -> bool:
        """Answer whether a comment silences a finding, and mark all that do."""
        line = finding.line
        while self._waiting and self._comments[self._waiting[-1]].first <= line:
            at = self._waiting.pop()
            codes, last = self._comments[at].codes, self._comments[at].last
            self._until[codes] = max(self._until.get(codes, 0), last)
            self._idle.setdefault(codes, []).append(at)
        is_silent = False
        for codes, until in self._until.items():
            if until >= line and (not codes or finding.code.startswith(codes)):
                is_silent = True
                idle = self._idle.pop(codes, ())
                self.used |= {at for at in idle if self._comments[at].last >= line}
        return is_silent


def find_unused(
    comments: Sequence[Suppression], codes: Sequence[str], path: str
) -> Iterator[Finding]:
    """Yield TB901 for each comment that silenced nothing of what ran."""
    for comment in comments:
        ran = [
            code
            for code in codes
            if not comment.codes or code.startswith(comment.codes)
        ]
        if not ran:
            continue
        message = say(
            "このコメントが抑える指摘はありません", "this comment silences nothing"
        )
        yield Finding(
            "TB901",
            comment.span,
            message,
            None,
            path,
            comment.line,
            comment.column,
            "warning",
        )


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
