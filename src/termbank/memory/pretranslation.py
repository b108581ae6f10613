"""Untranslated units of bilingual files filled from a memory, in place.

A translation that is there is never touched: it is somebody's work. What the file itself
calls no translation (state new, needs-translation, NotStarted …) is filled. Everything
else in the file stays as it is, to the byte.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from termbank.atomic_files import replacing_bytes
from termbank.errors import InputError
from termbank.formats import module
from termbank.formats.detection import recognise_format
from termbank.formats.model.bilingual_units import REVIEW, TRANSLATED, TargetEdit
from termbank.memory.search.match_scoring import EXACT
from termbank.messages import say

from .job_matching import Target, best_match, both_directions, is_open, targets_of_units

if TYPE_CHECKING:
    from .translation_memory import Memory

AT_LEAST: Final = 95.0  # lower matches cost a translator more than they save


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


def fill_untranslated(
    memory: Memory, path: Path, out: Path, *, at_least: float = AT_LEAST
) -> Filled:
    """Fill the untranslated units of a file and write it.

    Args:
        memory: Where translations come from; its pairs are used in both directions.
        path: XLIFF 1.x, XLIFF 2, PO or TMX file; a string table or subtitles, either file of
            a pair: what is filled is the translation. One without a counterpart is
            filled itself.
        out: File to write; may be ``path``.
        at_least: Lowest score of a match that is used; one under 100 is marked fuzzy in
            PO and for review in XLIFF 1.x. An exact match from another context has 98.
            Formats that can mark nothing take no match under 100.

    Raises:
        InputError: A file of no pairs, the source of the file that would be filled, or
            it cannot be read or written.
        FormatError: It breaks the rules of its format.
    """
    document = _document(path, out)
    units = document.units() or document.units(target=_only_target(memory, document))
    targets = targets_of_units(units)
    if not getattr(document, "marks_drafts", True):
        at_least = max(at_least, EXACT)
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


def _document(path: Path, out: Path) -> Any:
    expected = say(
        "XLIFF・PO・TMX・文字列の表・字幕のファイル",
        "an XLIFF, PO or TMX file, a string table, subtitles",
    )
    name = recognise_format(str(path))
    reader = module(name)
    opener = getattr(reader, "document", None) or getattr(reader, "job", None)
    if opener is None:
        raise InputError(str(path), say(f"形式 {name}", f"format {name}"), expected)
    document = opener(str(path))
    edit_path = Path(getattr(document, "path", path))
    if out == path and edit_path != path:
        # What is filled is the other file of the pair.
        problem = say(f"{edit_path.name} の原文", f"the source of {edit_path.name}")
        right = say(f"{edit_path} か -o FILE", f"{edit_path}, or -o FILE")
        raise InputError(str(path), problem, right)
    return document


def _only_target(memory: Memory, document: Any) -> str | None:
    """Return the language that a memory has for a TMX file of one language, if any."""
    if document.name != "tmx":
        return None
    languages = {lang for *pair, _ in memory.stats().languages for lang in pair if lang}
    others = {lang for lang in languages if not document.holds_language(lang)}
    return others.pop() if len(languages) == 2 and len(others) == 1 else None


def _edit(
    memories: tuple[Memory, ...], document: Any, target: Target, at_least: float
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
