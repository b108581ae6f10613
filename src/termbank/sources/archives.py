"""The text of documents that are archives of XML: EPUB and ODT."""

from __future__ import annotations

import posixpath
import zipfile
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from lxml import etree

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

_CONTAINER: Final = "META-INF/container.xml"
_BLOCKS: Final = frozenset(
    [
        "p",
        "div",
        "li",
        "dt",
        "dd",
        "td",
        "th",
        "tr",
        "table",
        "ul",
        "ol",
        "dl",
        "section",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "figcaption",
        "article",
        "body",
        "br",
    ]
)
# Readings above the text, and what is no text.
_SILENT: Final = frozenset(["rt", "rp", "script", "style", "head", "pre", "code"])
_ODT_BLOCKS: Final = frozenset(["p", "h", "line-break"])
_ODT_SILENT: Final = frozenset(
    ["ruby-text", "tracked-changes", "annotation", "sequence-decls", "forms"]
)
# Unpacked XML of one member: far beyond a chapter, far below a bomb.
_LONGEST: Final = 100_000_000


def epub_lines(file: io.BytesIO) -> Iterator[str]:
    """Yield the lines of an EPUB, chapters in the order of reading.

    Raises:
        KeyError, ValueError, etree.XMLSyntaxError, zipfile.BadZipFile: A broken file.
    """
    with zipfile.ZipFile(file) as archive:
        package = _package_path(archive)
        folder = posixpath.dirname(package)
        tree = _tree(archive, package)
        items = {
            item.get("id"): item.get("href")
            for item in tree.iterfind(".//{*}manifest/{*}item")
            if "html" in (item.get("media-type") or "")
        }
        for itemref in tree.iterfind(".//{*}spine/{*}itemref"):
            href = items.get(itemref.get("idref"))
            if href:
                member = posixpath.normpath(posixpath.join(folder, unquote(href)))
                yield from _lines(_tree(archive, member), _BLOCKS, _SILENT)


def odt_lines(file: io.BytesIO) -> Iterator[str]:
    """Yield the paragraphs and headings of an ODT file.

    Raises:
        KeyError, ValueError, etree.XMLSyntaxError, zipfile.BadZipFile: A broken file.
    """
    with zipfile.ZipFile(file) as archive:
        yield from _lines(_tree(archive, "content.xml"), _ODT_BLOCKS, _ODT_SILENT)


def _package_path(archive: zipfile.ZipFile) -> str:
    rootfile = _tree(archive, _CONTAINER).find(".//{*}rootfile")
    if rootfile is None:
        raise ValueError(_CONTAINER)
    return str(rootfile.get("full-path"))


def _content(archive: zipfile.ZipFile, member: str) -> bytes:
    if archive.getinfo(member).file_size > _LONGEST:
        raise ValueError(member)
    return archive.read(member)


def _tree(archive: zipfile.ZipFile, member: str) -> etree._Element:
    # Chapters name entities of HTML (&nbsp;) that no one declares: recovery drops them.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    tree = etree.fromstring(_content(archive, member), parser)
    if tree is None:
        raise ValueError(member)
    return tree


def _lines(
    root: etree._Element, blocks: frozenset[str], silent: frozenset[str]
) -> Iterator[str]:
    """Yield the text of a tree, a line for each block, without what is silent."""
    line: list[str] = []
    depth_of_silence = 0
    for event, node in etree.iterwalk(root, ("start", "end")):
        name = etree.QName(node).localname if isinstance(node.tag, str) else ""
        is_silent = name in silent or not name
        if name in blocks and "".join(line).strip():
            yield " ".join("".join(line).split())
        if name in blocks:
            line = []
        if event == "start":
            depth_of_silence += is_silent
            text = node.text
        else:
            depth_of_silence -= is_silent
            text = node.tail
        if text and not depth_of_silence:
            line.append(text)
    if "".join(line).strip():
        yield " ".join("".join(line).split())
