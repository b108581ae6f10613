"""Untranslated units of XLIFF and PO files filled from a memory.

A translation that is there is never touched, whatever its state: it is somebody's work.
Everything else in the file stays as it is.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from termbank.atomic_files import ChangedError, replace_content
from termbank.errors import FormatError, InputError
from termbank.formats.po import messages
from termbank.formats.xliff import elements
from termbank.memory.search.match_scoring import EXACT
from termbank.messages import of_system, say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from termbank.types import Match

    from .translation_memory import Memory

AT_LEAST: Final = 95.0  # lower matches cost a translator more than they save
_XLIFF: Final = frozenset((".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"))
_PO: Final = frozenset((".po", ".pot"))


class Filled(NamedTuple):
    """What was done.

    Attributes:
        filled: Units that got a translation.
        kept: Units that had one.
        open: Units without a match, or with codes inside that a match cannot carry.
    """

    filled: int
    kept: int
    open: int


def pretranslated(
    memory: Memory, path: Path, out: Path, *, at_least: float = AT_LEAST
) -> Filled:
    """Fill the untranslated units of a file and write it.

    Args:
        memory: Where translations come from.
        path: XLIFF 1.2, XLIFF 2 or PO file.
        out: File to write; may be ``path``.
        at_least: Lowest score of a match that is used; one under 100 is marked fuzzy in
            PO and for review in XLIFF.

    Raises:
        InputError: Neither XLIFF nor PO, or it cannot be read or written.
        FormatError: It breaks the rules of its format.
    """

    def best(text: str) -> Match | None:
        found = memory.search(text, limit=1, at_least=at_least)
        return found[0] if found and found[0].target else None

    if path.suffix.lower() in _XLIFF:
        return _xliff(path, out, best)
    if path.suffix.lower() in _PO:
        return _po(path, out, best)
    raise InputError(
        str(path),
        say(f"拡張子 {path.suffix!r}", f"suffix {path.suffix!r}"),
        say("XLIFF か PO のファイル", "an XLIFF or PO file"),
    )


def _xliff(path: Path, out: Path, best: Callable[[str], Match | None]) -> Filled:
    from lxml import etree

    content = _bytes_of(path)
    for _ in elements(
        str(path)
    ):  # refuses entities and depth before lxml sees the file
        pass
    _refuse_changed(path, content)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, strip_cdata=False
    )
    try:
        tree = etree.parse(BytesIO(content), parser)
    except (etree.XMLSyntaxError, OSError) as fault:
        found = f"{say('XML の誤り', 'broken XML')}: {fault}"
        expected = say("整形式の XLIFF", "well-formed XLIFF")
        raise FormatError(str(path), 1, found, expected) from fault
    counts = {"filled": 0, "kept": 0, "open": 0}
    for unit in tree.iter("{*}trans-unit", "{*}segment"):
        counts[_unit(unit, best)] += 1
    if counts["filled"] or out != path:
        encoding = tree.docinfo.encoding or "UTF-8"
        written = etree.tostring(tree, encoding=encoding, xml_declaration=True)
        replace_content(out, written, was=content if out == path else None)
    return Filled(**counts)


def _unit(unit: Any, best: Callable[[str], Match | None]) -> str:
    source, target = unit.find("{*}source"), unit.find("{*}target")
    if target is not None and (len(target) or (target.text or "").strip()):
        return "kept"
    plain = source is not None and not len(source) and (source.text or "").strip()
    protected = "no" in (unit.get("translate"), unit.getparent().get("translate"))
    if not plain or protected or unit.find("{*}seg-source") is not None:
        return "open"
    match = best(source.text)
    if match is None:
        return "open"
    if target is None:
        target = source.makeelement(source.tag.replace("source", "target"), nsmap=None)
        target.tail = source.tail
        source.addnext(target)
    target.text = match.target
    exact = match.score >= EXACT
    if unit.tag.endswith("}trans-unit") or unit.tag == "trans-unit":
        target.set("state", "needs-review-translation")
        target.set("state-qualifier", "exact-match" if exact else "fuzzy-match")
    else:
        unit.set("state", "translated" if exact else "initial")
    return "filled"


def _po(path: Path, out: Path, best: Callable[[str], Match | None]) -> Filled:
    raw = _bytes_of(path)
    entries = [one for one in messages(str(path)) if not one.obsolete]
    _refuse_changed(path, raw)
    try:
        content = raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise InputError(
            str(path),
            say("UTF-8 ではない文字コード", "another charset"),
            say("UTF-8 の PO ファイル", "a PO file in UTF-8"),
        ) from fault
    lines = content.split("\n")
    counts = {"filled": 0, "kept": 0, "open": 0}
    for entry in reversed(entries):  # from below, so that line numbers stay true
        texts = entry.texts
        if not texts.get("msgid"):
            continue
        if any(text for name, text in texts.items() if name.startswith("msgstr")):
            counts["kept"] += 1
            continue
        match = None if "msgid_plural" in texts else best(texts["msgid"])
        if match is None:
            counts["open"] += 1
            continue
        _fill(lines, entry.line - 1, match)
        counts["filled"] += 1
    if counts["filled"] or out != path:
        written = "\n".join(lines).encode()
        replace_content(out, written, was=raw if out == path else None)
    return Filled(**counts)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        expected = say("読めるファイル", "a readable file")
        raise InputError(str(path), of_system(fault), expected) from fault


def _refuse_changed(path: Path, content: bytes) -> None:
    # The reader opens the file by itself: what it saw must be what is edited here.
    if _bytes_of(path) != content:
        raise ChangedError(str(path))


def _fill(lines: list[str], at: int, match: Match) -> None:
    ending = "\r" if lines[at].endswith("\r") else ""
    place = next(
        number for number in range(at, len(lines)) if lines[number].startswith("msgstr")
    )
    stop = place + 1
    while stop < len(lines) and lines[stop].startswith('"'):
        stop += 1
    lines[place:stop] = [f"msgstr {_quoted(match.target)}{ending}"]
    if match.score < EXACT:
        _mark_fuzzy(lines, at, ending)


def _mark_fuzzy(lines: list[str], at: int, ending: str) -> None:
    above = at - 1
    while above >= 0 and lines[above].startswith("#"):
        if lines[above].startswith("#,"):
            lines[above] = re.sub(r"^#,\s*", "#, fuzzy, ", lines[above])
            return
        above -= 1
    lines.insert(at, f"#, fuzzy{ending}")


def _quoted(text: str) -> str:
    for char, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(char, written)
    return '"' + text.replace("\r", "\\r") + '"'
