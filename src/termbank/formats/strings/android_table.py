r"""Android string resources: ``<string>``, plurals and arrays of ``values/strings.xml``.

Keeps: texts with their markup, names, quantities, comments.
Drops: strings that are not to be translated, references to other resources.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from .entries import Escapes, Stretch, StringEntry, ValueWriter
from .string_table import StringTable
from .table_sides import Reading
from .xml_values import Located, elements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from termbank.formats.model.file_head import Head

_WANTED: Final = frozenset(("string", "item"))
_REFERENCE: Final = re.compile(r"\s*[@?](?:\+?[\w.]+:)?\w+/[\w.]+\s*")
_NAMED: Final = {"n": "\n", "t": "\t"}
_ENTITY: Final = r"&(?:\#[0-9]+|\#[xX][0-9a-fA-F]+|\w+);"
_SURROGATES: Final = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_WRITTEN_CHARACTER: Final = rf"{_SURROGATES}|\\u[0-9a-fA-F]{{4}}|\\.|{_ENTITY}"
_FOLDED: Final = re.compile(
    rf"{_WRITTEN_CHARACTER}|</?[A-Za-z][^<>]*>|[ \t\r\n]*\n[ \t\r\n]*|[ \t]{{2,}}|.",
    re.DOTALL,
)
_QUOTED: Final = re.compile(rf"{_WRITTEN_CHARACTER}|</?[A-Za-z][^<>]*>|.", re.DOTALL)
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")
_CDATA: Final = re.compile(r"\s*<!\[CDATA\[(.*?)\]\]>\s*", re.DOTALL)
_BACKSLASH: Final = str.maketrans(
    {"\\": "\\\\", "'": "\\'", '"': '\\"', "\n": "\\n", "\t": "\\t"}
)
_IN_QUOTES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})
_ENTITIES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def entries(document: str, path: str = "") -> Iterator[StringEntry]:
    """Yield the strings and the items of plurals and arrays."""
    counts: dict[int, int] = {}
    for element in elements(document, path, _WANTED):
        parents = element.parents
        owner = parents[-1] if parents else None
        if owner is None or _is_untranslatable(element):
            continue
        if element.name == "string" and owner.name == "resources":
            key = element.attributes.get("name", "")
        elif element.name == "item" and owner.name in ("plurals", "string-array"):
            number = counts.get(owner.outer, 0)
            counts[owner.outer] = number + 1
            part = element.attributes.get("quantity", str(number))
            key = f"{owner.attributes.get('name', '')}[{part}]"
        else:
            continue
        entry = _entry(document, key, element)
        if entry is not None:
            entry.note = element.comment or owner.comment
            if element.name == "string":
                entry.block = (element.outer, element.stop)
            yield entry


def _is_untranslatable(element: Located) -> bool:
    chain = (element, *element.parents)
    return any(each.attributes.get("translatable") == "false" for each in chain)


def _entry(document: str, key: str, element: Located) -> StringEntry | None:
    start, end = element.start, element.end
    if element.is_empty_tag:
        entry = StringEntry(key, "", element.outer)
        opening = document[element.outer : element.stop]
        name = element.name
        bare = opening[:-1].rstrip().removesuffix("/").rstrip()
        write = _write((), in_quotes=False)
        entry.writer = ValueWriter(
            element.outer, element.stop, lambda text: f"{bare}>{write(text)}</{name}>"
        )
        return entry
    raw = document[start:end]
    if _REFERENCE.fullmatch(raw):
        return None
    cdata = _CDATA.fullmatch(raw)
    if cdata:
        start, end = start + cdata.start(1), start + cdata.end(1)
        return _value(document, key, start, end, lambda text: text, ())
    tags = tuple(dict.fromkeys(_TAG.findall(raw)))
    return _value(document, key, start, end, None, tags)


def _value(
    document: str,
    key: str,
    start: int,
    end: int,
    entities: Callable[[str], str] | None,
    tags: tuple[str, ...],
) -> StringEntry:
    raw = document[start:end]
    begin = start + len(raw) - len(raw.lstrip())
    stop = max(begin, end - (len(raw) - len(raw.rstrip())))
    inner = document[begin:stop]
    is_quoted = _is_quoted(inner)
    if is_quoted:
        begin, stop = begin + 1, stop - 1
    write = _write(tags, in_quotes=is_quoted, entities=entities)
    pattern = _QUOTED if is_quoted else _FOLDED
    stretch = Stretch(begin, stop, Escapes(pattern, _read, write))
    entry = StringEntry(key, stretch.text(document), start)
    entry.runs, entry.tags = (stretch,), tags
    entry.writer = ValueWriter(begin, stop, write)
    return entry


def _is_quoted(inner: str) -> bool:
    """Whether quotes around a value keep its white space, and none stands inside."""
    if len(inner) < 2 or inner[0] != '"' or inner[-1] != '"':
        return False
    within = re.sub(r"\\.|<[^<>]*>", "", inner[1:-1], flags=re.DOTALL)
    return '"' not in within and not re.search(r"(?<!\\)(?:\\\\)*\\$", inner[:-1])


def _read(written: str) -> str:
    if written == '"':
        return ""  # quotes that are not escaped keep white space and are no text
    if written[0] == "\\":
        if written[1:2] == "u" and len(written) > 2:
            codes = [written[at : at + 4] for at in range(2, len(written), 6)]
            units = b"".join(int(code, 16).to_bytes(2, "little") for code in codes)
            return units.decode("utf-16-le", "replace")
        return _NAMED.get(written[1:], written[1:])
    if written[0] == "&" and len(written) > 1:
        return unescape(written)
    return " " if written.isspace() and written not in "\u3000\xa0" else written


def _write(
    tags: tuple[str, ...],
    *,
    in_quotes: bool,
    entities: Callable[[str], str] | None = None,
) -> Callable[[str], str]:
    """Return what writes a text; tags of the source stay markup."""
    markup = re.compile("|".join(map(re.escape, tags))) if tags else None
    table = _IN_QUOTES if in_quotes else _BACKSLASH

    def plain(text: str) -> str:
        text = text.translate(table)
        return entities(text) if entities else text.translate(_ENTITIES)

    def write(text: str) -> str:
        pieces, copied_to = [], 0
        for match in markup.finditer(text) if markup else ():
            pieces += [plain(text[copied_to : match.start()]), match[0]]
            copied_to = match.end()
        pieces.append(plain(text[copied_to:]))
        whole = "".join(pieces)
        return f"\\{whole}" if whole[:1] in ("@", "?") and not in_quotes else whole

    return write


def _recognise(head: Head) -> bool:
    return head.root == "resources" and bool(
        re.search(r"<(?:string|plurals|string-array)[\s>]", head.text)
    )


FORMAT: Final = StringTable(
    "android",
    (".xml",),
    Reading(entries=entries),
    _recognise,
    roots=("resources",),
    by_suffix=False,
)
