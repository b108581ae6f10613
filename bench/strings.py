"""String tables and subtitles: every real file of a folder read, emptied, filled again.

For each file with a document: its pairs are read; all targets that one value holds are
replaced by a text of this script, and what stood outside them is compared with the file as
it was; then the old texts are put back and the whole is compared to the byte.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from termbank.errors import TermbankError
from termbank.formats import module
from termbank.formats.detection import recognise_format
from termbank.formats.model.bilingual_units import TargetEdit, splices_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

_TEXT = "置き換えた訳文"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="real files, with their counterparts")
    parser.add_argument(
        "--show", type=int, default=0, help="pairs to print of each file"
    )
    parser.add_argument(
        "--formats", default="", help="names of formats, comma-separated"
    )


def run(args: Namespace) -> int:
    figures: dict[str, Counter[str]] = {}
    wanted = set(filter(None, args.formats.split(",")))
    for path in sorted(p for p in args.folder.rglob("*") if p.is_file()):
        try:
            name = recognise_format(path)
            part = module(name)
            if not hasattr(part, "document") or (wanted and name not in wanted):
                continue
            outcome = _outcome(part, str(path), args.show)
        except TermbankError as fault:
            outcome = Counter(files=1, refused=1)
            print(f"{path}: {fault}")
        figures.setdefault(name, Counter()).update(outcome)
    for name, counts in sorted(figures.items()):
        print(name, json.dumps(counts))
    if args.json:
        Path(args.json).write_text(json.dumps(figures), encoding="utf-8")
    return 0


def _outcome(part: object, path: str, show: int) -> Counter[str]:
    document = part.document(path)
    units = document.units()
    for unit in units[:show]:
        print(f"{path}: {unit.segment.source!r} | {unit.target!r} ({unit.context})")
    counts = Counter(files=1, pairs=len(units))
    whole = [unit for unit in units if unit.target and unit.writer and unit.fillable]
    if not whole:
        return counts
    counts["edited files"] = 1
    edits = [TargetEdit(unit.number, _TEXT) for unit in whole]
    splices = splices_of(document.text, units, edits)
    after = document.edited(units, edits)
    again = part.document(document.path, after)
    texts = [unit.target for unit in again.units() if unit.target]
    counts["targets"] = len(whole)
    counts["read back"] = texts.count(_TEXT)
    kept = _outside(document.text, splices)
    counts["other bytes unchanged"] = int(
        _rebuilt(document, splices) == after and bool(kept)
    )
    old = {unit.context or unit.segment.source: unit.target for unit in whole}
    back = [
        TargetEdit(unit.number, old[unit.context or unit.segment.source])
        for unit in again.units()
        if unit.target == _TEXT and (unit.context or unit.segment.source) in old
    ]
    restored = again.edited(again.units(), back)
    counts["same to the byte"] = int(restored == document.edited(units, []))
    return counts


def _outside(text: str, splices: list) -> str:
    pieces, at = [], 0
    for splice in splices:
        pieces.append(text[at : splice.start])
        at = splice.end
    return "".join([*pieces, text[at:]])


def _rebuilt(document: object, splices: list) -> bytes:
    """Return the file put together from its own bytes and the new texts."""
    text, pieces, at = document.text, [], 0
    for splice in splices:
        pieces += [text[at : splice.start], splice.text]
        at = splice.end
    return "".join([*pieces, text[at:]]).encode(document.codec)
