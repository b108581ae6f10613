"""YAML of Rails and other i18n libraries: values by key, nested.

Keeps: keys, values in every style of YAML.
Drops: numbers, times, aliases (their anchor is read).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from termbank.errors import FormatError, PluginError
from termbank.messages import say

from .entries import Escapes, Stretch, StringEntry, ValueWriter, backslash_escapes
from .string_table import StringTable
from .table_sides import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from termbank.formats.model.file_head import Head

_EXTRA: Final = "pip install 'termbank[rules]'"
_STR: Final = "tag:yaml.org,2002:str"
_NULL: Final = "tag:yaml.org,2002:null"
_PROPERTIES: Final = re.compile(r"(?:[&!]\S*\s+)*")
_NAMED: Final = {
    **{"n": "\n", "t": "\t", "r": "\r", "0": "\0", "a": "\a", "b": "\b", "e": "\x1b"},
    **{"f": "\f", "v": "\v", "_": "\xa0", "N": "\x85", "L": "\u2028", "P": "\u2029"},
}
_WRITTEN: Final[dict[str, str]] = {
    **{"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"},
    **{"\x85": "\\N", "\u2028": "\\L", "\u2029": "\\P"},
}
_TABLE: Final = {ord(char): written for char, written in _WRITTEN.items()}
_PLAIN: Final = Escapes(re.compile(r"(?s)."), str, lambda text: text)
# A text that is itself without quotes, whatever stands around it.
_SAFE: Final = re.compile(
    r"(?!(?:true|false|yes|no|on|off|null|y|n)\Z)"
    r"(?:[^\W\d]|[\u2e80-\uffef]|\d+[\u2e80-\uffef])[^\n]*",
    re.IGNORECASE,
)
_UNSAFE: Final = re.compile(
    r":(?:\s|$)|\s#|\t|\s\Z|[\x00-\x1f\x7f\x85\u2028\u2029\ufeff]"
)
_FLOW: Final = re.compile(r"[,\[\]{}]")
_KEYED: Final = re.compile(
    r"(?:\ufeff)?(?:\s|#[^\n]*\n|---[^\n]*\n|%[^\n]*\n)*[\"']?[\w][^\n:]*[\"']?\s*:(?:\s|$)"
)


def entries(document: str, path: str = "") -> Iterator[StringEntry]:
    """Yield the values that are strings, and empty ones that could be.

    Raises:
        FormatError: It is no YAML.
        PluginError: PyYAML is not installed.
    """
    root = _compose(document, path)
    for key, node, name, in_flow in _leaves(root) if root is not None else ():
        if node.tag not in (_STR, _NULL) or not key:
            continue
        entry = _entry(document, key, node, _flow_scalar if in_flow else _scalar)
        if name is not None and not in_flow:
            begin, end = name.start_mark.index, node.end_mark.index
            entry.block = (begin, begin + len(document[begin:end].rstrip()))
            entry.parent = tuple(key.split(".")[:-1])
        yield entry


def _leaves(root: Any) -> Iterator[tuple[str, Any, Any, bool]]:
    """Yield the scalars in order: key, node, node of the key, whether in brackets."""
    read_nodes: set[int] = set()
    # A stack; the last is the next of the file.
    waiting: list[tuple[str, Any, Any, bool]] = [("", root, None, False)]
    while waiting:
        key, node, name, in_flow = waiting.pop()
        if id(node) in read_nodes:
            continue  # an alias stands for what is read at its anchor
        read_nodes.add(id(node))
        inner = f"{key}." if key else ""
        members: list[tuple[str, Any, Any]] = []
        if node.id == "mapping":
            members = [
                (each.value, value, each)
                for each, value in node.value
                if each.id == "scalar" and each.value != "<<"
            ]
        elif node.id == "sequence":
            members = [(str(at), value, None) for at, value in enumerate(node.value)]
        else:
            yield key, node, name, in_flow
        flow = in_flow or bool(getattr(node, "flow_style", False))
        waiting += [
            (f"{inner}{last}", value, each, flow)
            for last, value, each in reversed(members)
        ]


def _compose(document: str, path: str) -> Any:
    try:
        import yaml
    except ImportError as fault:
        raise PluginError("format", "yaml-strings", _EXTRA) from fault
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    if document.startswith("\ufeff") or "\r" in document:
        loader = yaml.SafeLoader  # libyaml counts neither as we do
    try:
        return yaml.compose(document, Loader=loader)
    except (yaml.YAMLError, RecursionError, ValueError) as fault:
        mark = getattr(fault, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = str(getattr(fault, "problem", "") or fault).split("\n")[0]
        raise FormatError(path, line, problem, say("YAML の対応表", "YAML")) from None


def _entry(
    document: str, key: str, node: Any, scalar: Callable[[str], str]
) -> StringEntry:
    start, end = node.start_mark.index, node.end_mark.index
    start = min(_PROPERTIES.match(document, start).end(), end)  # type: ignore[union-attr]
    entry = StringEntry(key, node.value if node.tag == _STR else "", start)
    if node.style in ("|", ">"):
        _block(document, entry, start, end, node.style)
    elif node.tag == _NULL:
        stop = start + len(document[start:end].rstrip())
        before = "" if document[start - 1 : start].isspace() else " "
        entry.writer = ValueWriter(start, stop, lambda text: before + scalar(text))
    elif node.style == '"':
        escapes = backslash_escapes(
            _NAMED,
            _WRITTEN,
            others=r"\\x[0-9a-fA-F]{2}|\\U[0-9a-fA-F]{8}|",
            unknown=lambda written: chr(int(written[2:], 16)),
        )
        _flow(document, entry, start + 1, end - 1, escapes)
    elif node.style == "'":
        escapes = Escapes(
            re.compile(r"(?s)''|."),
            lambda written: written[0],
            lambda t: t.replace("'", "''"),
        )
        _flow(document, entry, start + 1, end - 1, escapes)
        entry.writer = ValueWriter(
            start,
            end,
            lambda text: _single(text) if "\n" not in text else _double(text),
        )
    else:
        _flow(document, entry, start, end, _PLAIN)
        entry.writer = ValueWriter(start, end, scalar)
    return entry


def _flow(
    document: str, entry: StringEntry, start: int, end: int, escapes: Escapes
) -> None:
    """Set the places of a value in quotes or without; of one on one line only."""
    stretch = Stretch(start, end, escapes)
    entry.writer = ValueWriter(start, end, escapes.write)
    if stretch.text(document) == entry.text:
        entry.runs = (stretch,)


def _block(document: str, entry: StringEntry, start: int, end: int, style: str) -> None:
    """Set the places of a value of several lines; the header of the block stays."""
    body = document.find("\n", start, end) + 1
    if not body:
        return
    newline = "\r\n" if document[body - 2 : body] == "\r\n" else "\n"
    lines = document[body:end].splitlines(keepends=True)
    full = [line for line in lines if line.strip()]
    indent = min((len(x) - len(x.lstrip(" ")) for x in full), default=0)
    while lines and not lines[-1].strip():
        end -= len(lines.pop())
    pad = " " * indent
    gap = newline * (2 if style == ">" else 1)

    def write(text: str) -> str:
        text_lines = text.removesuffix("\n").split("\n")
        return gap.join(f"{pad}{line}" if line else "" for line in text_lines) + ending

    ending = newline if document[end - 1 : end] == "\n" else ""
    entry.writer = ValueWriter(body, end, write)
    if style == "|":
        at, runs = body, []
        for line in lines:
            begin = min(at + indent, at + len(line.rstrip("\r\n")))
            runs.append(Stretch(begin, at + len(line), _LINE))
            at += len(line)
        if "".join(run.text(document) for run in runs).rstrip(
            "\n"
        ) == entry.text.rstrip("\n"):
            entry.runs = runs


_LINE: Final = Escapes(
    re.compile(r"\r\n|.", re.DOTALL),
    lambda written: "\n" if written == "\r\n" else written,
    lambda text: text,
)


def _scalar(text: str) -> str:
    """Return a text as a value without quotes where that reads as the same."""
    if _SAFE.fullmatch(text) and not _UNSAFE.search(text):
        return text
    return _double(text)


def _flow_scalar(text: str) -> str:
    """Return a text as :func:`_scalar` does, for a value between brackets or braces."""
    return _double(text) if _FLOW.search(text) else _scalar(text)


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _double(text: str) -> str:
    return '"' + text.translate(_TABLE) + '"'


def _recognise(head: Head) -> bool:
    if head.suffix not in (".yml", ".yaml"):
        return False
    return _KEYED.match(head.text) is not None


FORMAT: Final = StringTable(
    "yaml-strings", (".yml", ".yaml"), Reading(entries=entries), _recognise
)
