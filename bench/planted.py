"""Faults planted in translations of our own: how many a check finds, what it finds in clean ones.

A file of samples (``bench/planted_faults``) holds documents with their terms, their
translations and the faults to plant. All faults of a document are planted at once. A
fault counts as found when a finding of its segment covers the planted text or names its
term, or, for an inconsistent rendering, when the document's list of changing renderings
has the term. False are all findings, advice too, in the clean translations; in the faulty
ones those that belong to no fault.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from termbank import Glossary
from termbank.formats.model.concept_records import Concept, Term
from termbank.formats.parts import module
from termbank.operations.translation_checks import check_translation

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from termbank.operations.translation_checks import PairFinding, TranslationCheck

FOLDER = Path(__file__).with_name("planted_faults")
_STATUSES = {"~": "admitted", "-": "deprecated", "!": "forbidden"}


class Fault(NamedTuple):
    """One planted fault.

    Attributes:
        pair: Number of its segment, from 0.
        kind: forbidden, wrong sense, left over, inconsistent or misspelt.
        term: The source term.
        right: What the clean translation has.
        wrong: What is planted there.
    """

    pair: int
    kind: str
    term: str
    right: str
    wrong: str


class Sample(NamedTuple):
    """A translated document, clean and with its faults.

    Attributes:
        name: What it is about.
        lang: Language of the source.
        to: Language of the translation.
        glossary: Its terms.
        clean: (source, target) of its segments.
        faulty: The same with all faults planted.
        faults: The faults.
    """

    name: str
    lang: str
    to: str
    glossary: Glossary
    clean: list[tuple[str, str]]
    faulty: list[tuple[str, str]]
    faults: list[Fault]


class Outcome(NamedTuple):
    """What the check of one sample gave.

    Attributes:
        missed: Faults that nobody reported.
        false: Lines on findings in the clean translation.
        unrelated: Lines on findings of the faulty one that belong to no fault.
    """

    missed: list[Fault]
    false: list[str]
    unrelated: list[str]


def samples(path: Path) -> Iterator[Sample]:
    """Yield the samples of a file."""
    text = re.sub(r"^#.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for block in text.split("\n== ")[1:]:
        head, *lines = block.split("\n")
        name, lang, to = head.split()
        terms = [line for line in lines if " = " in line and line[:2] not in _MARKS]
        clean: list[tuple[str, str]] = []
        faults: list[Fault] = []
        for line in lines:
            mark, rest = line[:2], line[3:]
            if mark == "S:":
                clean.append((rest, ""))
            elif mark == "T:":
                clean[-1] = (clean[-1][0], rest)
            elif mark == "F:":
                faults.append(_fault(len(clean) - 1, rest))
        faulty = _plant(clean, faults)
        yield Sample(name, lang, to, _glossary(terms), clean, faulty, faults)


_MARKS = ("S:", "T:", "F:")


def _fault(pair: int, text: str) -> Fault:
    kind, term, change = text.split("; ")
    right, wrong = change.split(" -> ")
    return Fault(pair, kind, term, right, wrong)


def _plant(clean: list[tuple[str, str]], faults: list[Fault]) -> list[tuple[str, str]]:
    faulty = list(clean)
    for fault in faults:
        source, target = faulty[fault.pair]
        if target.count(fault.right) != 1:
            raise ValueError(f"{fault.right!r} must stand once in {target!r}")
        faulty[fault.pair] = (source, target.replace(fault.right, fault.wrong))
    return faulty


def _glossary(terms: list[str]) -> Glossary:
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/glossary.csv"
        module("csv").write_records(map(_concept, terms), path)
        return Glossary.read(path)


def _concept(line: str) -> Concept:
    record = Concept()
    record.kind, record.status = "term", "preferred"
    if line.startswith("@"):
        record.kind, line = line[1:].split(" ", 1)
    sides = line.split(" = ")
    for lang, forms in zip(("ja", "en"), sides, strict=True):
        for form in forms.split(", "):
            status = _STATUSES.get(form[0], "preferred")
            term = Term(lang, form.lstrip("~-!"))
            term.status = status
            record.terms.append(term)
    return record


def outcome(sample: Sample) -> Outcome:
    """Return what a check says of a sample, clean and faulty."""
    clean = _check(sample, sample.clean)
    faulty = _check(sample, sample.faulty)
    missed = [
        fault for fault in sample.faults if not _is_reported(fault, sample, faulty)
    ]
    unrelated = [
        _line(sample, finding)
        for finding in (*faulty.errors, *faulty.advice)
        if not any(_speaks_of(finding, fault, sample) for fault in sample.faults)
    ]
    return Outcome(missed, _lines(sample, clean), unrelated)


def _check(sample: Sample, pairs: list[tuple[str, str]]) -> TranslationCheck:
    return check_translation(
        pairs, lang=sample.lang, to=sample.to, glossary=sample.glossary
    )


def _is_reported(fault: Fault, sample: Sample, checked: TranslationCheck) -> bool:
    changing = [rendering.term.casefold() for rendering in checked.inconsistent]
    if fault.kind == "inconsistent" and fault.term.casefold() in changing:
        return True
    findings = (*checked.errors, *checked.advice)
    return any(_speaks_of(finding, fault, sample) for finding in findings)


def _speaks_of(each: PairFinding, fault: Fault, sample: Sample) -> bool:
    """Whether a finding covers the planted text, or the segment and names its term."""
    if each.pair != fault.pair:
        return False
    target = sample.faulty[fault.pair][1]
    start, end = each.finding.span
    at = target.find(fault.wrong)
    if end - start < len(target) and start < at + len(fault.wrong) and at < end:
        return True
    return fault.term.casefold() in each.finding.message.casefold()


def _lines(sample: Sample, checked: TranslationCheck) -> list[str]:
    lines = [_line(sample, each) for each in (*checked.errors, *checked.advice)]
    return lines + [f"{sample.name}: changes {r.term}" for r in checked.inconsistent]


def _line(sample: Sample, each: PairFinding) -> str:
    finding = each.finding
    return f"{sample.name} {each.pair + 1}: {finding.code} {finding.severity} {finding.message}"


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this benchmark."""
    parser.add_argument("--verbose", action="store_true", help="name all misses")


def run(args: Namespace) -> int:
    """Print found, missed and false of each file of samples."""
    figures = {}
    for path in sorted(FOLDER.glob("*.txt")):
        total: Counter[str] = Counter()
        missed: Counter[str] = Counter()
        false = unrelated = 0
        for sample in samples(path):
            result = outcome(sample)
            total.update(fault.kind for fault in sample.faults)
            missed.update(fault.kind for fault in result.missed)
            false += len(result.false)
            unrelated += len(result.unrelated)
            if args.verbose:
                _explain(sample, result)
        found = total.total() - missed.total()
        kinds = ", ".join(
            f"{kind} {total[kind] - missed[kind]}/{total[kind]}" for kind in total
        )
        print(f"{path.stem}: found {found} of {total.total()} ({kinds});")
        print(f"  false in the clean ones {false}, beside the faults {unrelated}")
        figures[path.stem] = {"found": found, "of": total.total(), "false": false}
    if args.json:
        Path(args.json).write_text(json.dumps(figures), encoding="utf-8")
    return 0


def _explain(sample: Sample, result: Outcome) -> None:
    for fault in result.missed:
        print(f"  missed {sample.name}: {fault}", file=sys.stderr)
        print(f"    {sample.faulty[fault.pair]}", file=sys.stderr)
    for line in result.false:
        print(f"  false {line}", file=sys.stderr)
    for line in result.unrelated:
        print(f"  beside {line}", file=sys.stderr)
