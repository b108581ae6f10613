"""What a concordance shows: pairs, their hits marked, the glossary's terms beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from termbank.memory.search.concordance import hits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termbank.memory.search.concordance import Concordance

BOLD: Final = ("\x1b[1m", "\x1b[0m")
BRACKETS: Final = ("[[", "]]")


def as_records(
    found: Concordance, glossary: Sequence[str] | None
) -> list[dict[str, Any]]:
    """Return the pairs as they go into JSON: with their hits, and terms where asked."""
    records = []
    for match in found.matches:
        record = match._asdict() | {
            "source_hits": hits(match.source, found.words),
            "target_hits": hits(match.target, found.words),
        }
        if glossary:
            record["terms"] = _terms(match.source, match.target, glossary)
        records.append(record)
    return records


def lines_of(
    found: Concordance,
    glossary: Sequence[str] | None,
    *,
    marks: tuple[str, str] | None,
) -> Iterator[str]:
    """Yield a line for each pair, source and target with a tab between.

    Args:
        found: What was found.
        glossary: Terms of these stand below each pair, indented.
        marks: What stands before and after each hit; None leaves the texts as they are.
    """
    for match in found.matches:
        texts = [match.source, match.target]
        if marks:
            texts = [_mark(text, hits(text, found.words), marks) for text in texts]
        yield "\t".join(texts)
        for term, words in _terms(match.source, match.target, glossary):
            yield f"    {term} = {', '.join(words)}"


def _mark(text: str, spans: Sequence[tuple[int, int]], marks: tuple[str, str]) -> str:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], marks[0], text[start:end], marks[1]]
        at = end
    return "".join([*pieces, text[at:]])


def _terms(
    source: str, target: str, glossary: Sequence[str] | None
) -> list[tuple[str, tuple[str, ...]]]:
    """Return the terms of a pair with their renderings, each once."""
    if not glossary:
        return []
    from termbank.term_search import renderings_of, scan

    by_concept: dict[str, tuple[str, ...]] = {}
    for text in (source, target):
        hits = scan(text, glossary=list(glossary))
        words_of_hits = renderings_of(hits, glossary=list(glossary))
        for hit, (preferred, words) in zip(hits, words_of_hits, strict=True):
            if words and hit.concept_id not in by_concept:
                by_concept[hit.concept_id] = (preferred, *words)
    return [(words[0], words[1:]) for words in by_concept.values()]
