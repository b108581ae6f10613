"""The structure of a document: headings, list items, table cells, paragraphs, code.

Read from Markdown and HTML, by what stands in the text. A text with none of their marks
is one paragraph, whose lines :func:`.segmentation.segment` cuts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from termbank.text.placeholders import masked_placeholders

from .text_block import CODE, Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MARKDOWN: Final = re.compile(
    r"\A(?:---|\+\+\+)[ \t]*\r?\n|^(?:#{1,6} \S|[ >]*(?:```|~~~)|\|?[ \t]*:?-{3,}:?[ \t]*\|)"
    r"|\[[^\[\]\n]{1,200}\]\((?:https?:|/|\.|#)|^[*+-] \S[^\n]*\n(?:[^\n]+\n){0,3}[*+-] \S"
    r"|^(?:=|-){3,}[ \t]*$",
    re.MULTILINE,
)
_HTML: Final = re.compile(
    r"\A\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)
_FRONT: Final = re.compile(
    r"\A(?:---[ \t]*\r?\n(?P<yaml>.*?)^---[ \t]*(?:\r?\n|\Z)"
    r"|\+\+\+[ \t]*\r?\n(?P<toml>.*?)^\+\+\+[ \t]*(?:\r?\n|\Z))",
    re.DOTALL | re.MULTILINE,
)
_FIELD: Final = re.compile(r"^[ \t]*(?:- )?([\w-]{1,40})\s*[:=]\s*(\S.*?)\s*$", re.M)
# Fields that people read; all others (slugs, dates, layouts) are settings.
_PROSE_FIELD: Final = re.compile(
    r"(?i)(?:.*title|.*description|.*summary|label|sidebar_?label|.*text|excerpt|abstract"
    r"|headline|subtitle|caption|question|answer|details?|name|tagline)\Z"
)
_FENCE: Final = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(`{3,}|~{3,})")
_HEADING: Final = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_SETEXT: Final = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE: Final = re.compile(r" {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$")
_ITEM: Final = re.compile(r"([ \t]*)(?:[-*+•]|\d{1,4}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_QUOTE: Final = re.compile(r" {0,3}>[ \t]?")
_TABLE_LINE: Final = re.compile(
    r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$"
)
_CELL: Final = re.compile(r"(?:\\.|`[^`]*`|[^|\\])+")
_ADMONITION: Final = re.compile(
    r"[ \t>]*(?::{3,}|!{3}|\?{3})[ \t]*(?:[\w-]+|\{[^}]*\})?[ \t]*(.*)$"
)
_ALERT: Final = re.compile(r"\[![A-Za-z]+\]\s*$")
# Lines of nothing but settings: link targets, imports, shortcodes, attributes.
_SETTING: Final = re.compile(
    r"[ \t]*(?:\[[^\]]+\]:[ \t]*\S.*|(?:import|export)[ \t].*[;'\"{(=].*"
    r"|\{[%{<].*[%}>]\}|\{[:#.][^}]*\}|\\\w+(?:\{[^}]*\})*|@\[[^\]]*\](?:\([^)]*\))?)[ \t]*$"
)
_RAW: Final = re.compile(
    r"[ \t]*<(script|style|pre|svg|template|textarea)\b", re.IGNORECASE
)
_ANCHOR: Final = re.compile(
    r"[ \t]*(?:\{[#:.][^{}]*\}|\{/\*.*?\*/\}|<a\b[^<>]*>\s*</a>)[ \t]*"
)
_EDGE_TAGS: Final = re.compile(
    r"^(?:\s*</?[A-Za-z][^<>]*>)+\s*|\s*(?:</?[A-Za-z][^<>]*>\s*)+$"
)
_LETTER: Final = re.compile(r"[^\W\d_]")
_WIDE: Final = re.compile(r"[\u2e80-\U0003ffff]")


def document_blocks(text: str, *, structured: bool | None = None) -> list[Block]:
    r"""Return the blocks of a document in order, those without prose left out.

    Args:
        text: Markdown, HTML or plain text.
        structured: Whether it is marked up; by default its marks tell.

    >>> [tuple(one) for one in document_blocks("# 題\n\n本文。\n\n```\nx = 1\n```\n")]
    [('heading', 1, '題'), ('paragraph', 0, '本文。'), ('code', 0, 'x = 1')]
    """
    if structured is None:
        structured = is_structured(text)
    if not structured:
        return [Block("paragraph", 0, text)]
    if _HTML.match(text):
        from .html_blocks import html_blocks

        blocks: Iterator[Block] = html_blocks(text)
    else:
        blocks = _markdown(text)
    return [block for block in blocks if block.kind == CODE or has_prose(block.text)]


def is_structured(text: str) -> bool:
    """Return whether a text shows the marks of Markdown or HTML."""
    return bool(_HTML.match(text) or _MARKDOWN.search(text))


def has_prose(text: str) -> bool:
    """Return whether letters are left once code, tags and placeholders are out."""
    return _LETTER.search(masked_placeholders(text)) is not None


def _markdown(text: str) -> Iterator[Block]:
    front = _FRONT.match(text)
    if front:
        yield from _fields(front["yaml"] or front["toml"] or "")
        text = text[front.end() :]
    yield from _Reader(text).blocks()


def _fields(text: str) -> Iterator[Block]:
    for field in _FIELD.finditer(text):
        if _PROSE_FIELD.match(field[1]):
            value = field[2].strip("'\"|>").strip()
            if value:
                yield Block(f"front {field[1].lower()}", 0, value)


class _Reader:
    """Markdown read line by line; a paragraph is flushed when something else begins."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._at = 0
        self._kind = "paragraph"
        self._held: list[str] = []

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of all lines."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            yield from self._line(line)
        yield from self._flush()

    def _line(self, line: str) -> Iterator[Block]:
        self._at += 1
        if not line.strip():
            yield from self._flush()
            if self._kind != "item" or not self._has_indent():
                self._kind = "paragraph"
            return
        for reader in (
            self._fence,
            self._raw,
            self._indented_code,
            self._underline_heading,
            self._table,
            self._setting,
        ):
            special = reader(line)
            if special is not None:
                yield from self._flush()
                yield from special
                return
        yield from self._running(line)

    def _running(self, line: str) -> Iterator[Block]:
        quote = _QUOTE.match(line)
        if quote:
            line = line[quote.end() :]
            if self._kind != "quote" or not line.strip():
                yield from self._flush()
                self._kind = "quote"
            if _ALERT.match(line):
                return
        heading = _HEADING.match(line)
        if heading:
            yield from self._flush()
            yield Block("heading", len(heading[1]), _bare(heading[2]))
            return
        item = _ITEM.match(line)
        if item:
            yield from self._flush()
            self._kind = "item"
            line = line[item.end() :]
        if line.strip():
            self._held.append(line)
        if line.endswith(("  ", "\\", "<br>", "<br/>", "<br />")):
            yield from self._flush()

    def _fence(self, line: str) -> Iterable[Block] | None:
        fence = _FENCE.match(line)
        return None if fence is None else (self._code(fence[1]),)

    def _raw(self, line: str) -> Iterable[Block] | None:
        """Pass over scripts, comments and formulas."""
        raw = _RAW.match(line)
        bare = line.strip()
        if raw:
            self._skip(line, f"</{raw[1].lower()}")
        elif bare.startswith("<!--"):
            self._skip(line, "-->")
        elif bare.startswith("{/*"):
            self._skip(line, "*/}")
        elif bare == "$$":
            self._skip("", "$$")
        else:
            return None
        return ()

    def _indented_code(self, line: str) -> Iterable[Block] | None:
        if self._held or self._kind == "item" or not re.match(r" {4}|\t", line):
            return None
        return (Block(CODE, 0, line.strip()),)

    def _underline_heading(self, line: str) -> Iterable[Block] | None:
        if not self._held or self._kind != "paragraph" or not _SETEXT.match(line):
            return None
        title, self._held = joined_lines(self._held), []
        return (Block("heading", 1 if "=" in line else 2, _bare(title)),)

    def _table(self, line: str) -> Iterable[Block] | None:
        return self._rows(line) if "|" in line and self._is_table(line) else None

    def _setting(self, line: str) -> Iterable[Block] | None:
        admonition = _ADMONITION.match(line)
        if admonition:
            return (Block("heading", 6, _bare(admonition[1])),)
        if _RULE.match(line) or _SETTING.match(line) or _TABLE_LINE.match(line):
            return ()
        return None

    def _has_indent(self) -> bool:
        rest = self._lines[self._at] if self._at < len(self._lines) else ""
        return rest.startswith((" ", "\t"))

    def _code(self, mark: str) -> Block:
        code_lines: list[str] = []
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1
            bare = line.lstrip(" \t>")
            if bare.startswith(mark) and not bare.strip().strip(mark[0]):
                break
            code_lines.append(line.strip())
        return Block(CODE, 0, "\n".join(code_lines))

    def _skip(self, line: str, end: str) -> None:
        """Pass over lines up to the one that holds ``end``; to the last where none does."""
        while end not in line.lower() and self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1

    def _is_table(self, line: str) -> bool:
        if line.lstrip().startswith("|"):
            return True
        after = self._lines[self._at] if self._at < len(self._lines) else ""
        return "|" in after and bool(_TABLE_LINE.match(after))

    def _rows(self, line: str) -> Iterator[Block]:
        while True:
            if not _TABLE_LINE.match(line):
                row = line.strip().strip("|")
                for column, cell in enumerate(_CELL.findall(row), 1):
                    yield Block("cell", column, cell.strip())
            if self._at >= len(self._lines) or "|" not in self._lines[self._at]:
                return
            line = self._lines[self._at]
            self._at += 1

    def _flush(self) -> Iterator[Block]:
        if self._held:
            text, self._held = joined_lines(self._held), []
            yield Block(self._kind, 0, _EDGE_TAGS.sub("", text).strip())


def joined_lines(lines: Sequence[str]) -> str:
    """Return wrapped lines as one: without a blank where both neighbours are Japanese."""
    text = lines[0].strip()
    for line in lines[1:]:
        bare = line.strip()
        wide = _WIDE.match(text[-1:]) and _WIDE.match(bare[:1])
        text += bare if wide else f" {bare}"
    return text


def _bare(title: str) -> str:
    return _EDGE_TAGS.sub("", _ANCHOR.sub(" ", title)).strip()
