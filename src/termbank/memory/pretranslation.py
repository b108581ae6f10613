"""Untranslated units of XLIFF and PO files filled from a memory.

A translation that is there is never touched: it is somebody's work. What the file itself
calls no translation (state new, needs-translation, NotStarted …) is filled. Everything
else in the file stays as it is, to the byte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.atomic_files import replacing_bytes
from termbank.errors import InputError
from termbank.formats.model.bilingual_units import REVIEW, TRANSLATED, TargetEdit
from termbank.formats.safe_files import chunks
from termbank.formats.xml.target_edits import Document
from termbank.memory.search.match_scoring import EXACT
from termbank.messages import say

from .job_matching import Target, best_match, both_directions, is_open, targets_of_units

if TYPE_CHECKING:
    from pathlib import Path

    from .translation_memory import Memory

AT_LEAST: Final = 95.0  # lower matches cost a translator more than they save
_SUFFIXES: Final = frozenset(
    (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff", ".po", ".pot")
)


class Filled(NamedTuple):
    """What was done.

    Attributes:
        filled: Targets that got a translation.
        kept: Targets that had one.
        open: Targets without a match, protected ones, and those with codes inside that
            a match cannot carry.
    """

    filled: int
    kept: int
    open: int


def pretranslated(
    memory: Memory, path: Path, out: Path, *, at_least: float = AT_LEAST
) -> Filled:
    """Fill the untranslated units of a file and write it.

    Args:
        memory: Where translations come from; its pairs are used in both directions.
        path: XLIFF 1.x, XLIFF 2 or PO file.
        out: File to write; may be ``path``.
        at_least: Lowest score of a match that is used; one under 100 is marked fuzzy in
            PO and for review in XLIFF 1.x. An exact match from another context has 98.

    Raises:
        InputError: Neither XLIFF nor PO, or it cannot be read or written.
        FormatError: It breaks the rules of its format.
    """
    document = _document(path)
    units = document.units()
    targets = targets_of_units(units)
    counts = {"filled": 0, "kept": 0, "open": 0}
    edits: list[TargetEdit] = []
    with both_directions(memory, targets) as memories:
        for target in targets:
            edit = _edit(memories, document, target, at_least)
            if edit is not None:
                edits.append(edit)
            counts[_outcome(target, edit)] += 1
    if edits or out != path:
        with replacing_bytes(str(out)) as file:
            file.write(document.edited(units, edits))
    return Filled(**counts)


def _document(path: Path) -> Document:
    expected = say("XLIFF か PO のファイル", "an XLIFF or PO file")
    if path.suffix.lower() not in _SUFFIXES:
        found = say(f"拡張子 {path.suffix!r}", f"suffix {path.suffix!r}")
        raise InputError(str(path), found, expected)
    document = Document(b"".join(chunks(str(path))), path=str(path))
    if document.name == "tmx":
        raise InputError(str(path), document.name, expected)
    return document


def _edit(
    memories: tuple[Memory, ...], document: Document, target: Target, at_least: float
) -> TargetEdit | None:
    if not is_open(target) or not target.fillable:
        return None
    contexts = document.name == "po"
    match = best_match(memories, target, at_least=at_least, contexts=contexts)
    if match is None:
        return None
    number = target.units[0].number
    return TargetEdit(number, match.target, fuzzy=match.score < EXACT)


def _outcome(target: Target, edit: TargetEdit | None) -> str:
    if edit is not None:
        return "filled"
    return "kept" if target.state in (TRANSLATED, REVIEW) else "open"
