"""Bilingual files to findings: pairs read, rendered terms judged, places found again."""

from __future__ import annotations

from termbank.rules import row_of, rule
from termbank.types import Finding, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .pair_files import PairFile
    from .renderings import Pair, Terms


def findings(
    pairs: Sequence[Pair], terms: Terms, codes: Sequence[str]
) -> list[Finding]:
    """Return what the bilingual rules find, without lines and columns.

    Args:
        pairs: Of any direction.
        terms: Of the glossaries.
        codes: Rules to run.
    """
    directions: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs:
        key = (pair.source_lang, pair.target_lang)
        directions.setdefault(key, []).append(pair)
    problems: list[Finding] = []
    for same_direction in directions.values():
        renderings = list(terms.rendered(same_direction))
        for code in codes:
            reads = row_of(code).reads
            if reads == "pairs":
                problems += rule(code).check_pairs(same_direction)
            elif reads == "renderings":
                problems += rule(code).check_renderings(renderings)
    return problems


def placed(found: Iterable[Finding], file: PairFile) -> Iterator[Finding]:
    """Yield findings with line, column and span in the file, each once.

    Args:
        found: Findings whose ``line`` is the number of the pair, from 0, and whose span
            lies in the target.
        file: Where the pairs stand. A target that is not found there gives line 1 and
            no fix.
    """
    keys: set[tuple[str, Span, str]] = set()
    for finding in found:
        place = file.place(finding.line, *finding.span)
        at = place.start if place else 0
        line = file.text.count("\n", 0, at) + 1
        column = at - file.text.rfind("\n", 0, at)
        span = place or Span(0, 0)
        if place and (finding.code, span, finding.message) in keys:
            continue
        keys.add((finding.code, span, finding.message))
        fix = file.fix(finding.line, finding.fix) if finding.fix and place else None
        yield finding._replace(line=line, column=column, span=span, fix=fix)
