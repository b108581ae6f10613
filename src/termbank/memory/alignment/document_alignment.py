"""A document and its translation turned into segments for a memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl

from termbank.arguments import require_glossary, require_language, require_text
from termbank.schemas import Segments, check_frame
from termbank.term_search import scan
from termbank.text.lone_surrogates import without_surrogates

from .document_blocks import document_blocks, has_prose, is_structured
from .segmentation import segment
from .sentence_alignment import Place, pair_sentences, side
from .text_block import CODE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from termbank.glossary.glossary_sources import GlossaryLike

# Characters of the translation for each of the text, median of five kinds of text
# (documentation 1.7, speech 2.0 and 2.4, example sentences 2.2).
RATIOS: Final = {("ja", "en"): 2.0, ("en", "ja"): 0.5}
REVIEW_BELOW: Final = 60.0  # confidence under which a person should look


class Alignment(NamedTuple):
    """Aligned segments.

    Attributes:
        segments: Frame of schema ``Segments`` with one more column ``confidence``
            (0-100), in document order; method is ``alignment``.
        review: The rows that a person should look at, sentences without a partner
            included (their other side is empty), with the column ``place`` (number of
            the row in document order, from 1).
    """

    segments: pl.DataFrame
    review: pl.DataFrame


def align(
    source: str,
    target: str,
    *,
    lang: str = "ja",
    to: str = "en",
    glossary: GlossaryLike = None,
    origin: str | None = None,
    rules: str | Path | None = None,
) -> Alignment:
    """Pair the sentences of a text with those of its translation.

    In Markdown and HTML headings are paired with headings, items with items, cells with
    cells of their column and fields of the front matter with fields of their name; code
    is left out.

    Args:
        source: Text: plain, Markdown or HTML.
        target: Its translation.
        lang: BCP 47 language of the text.
        to: Language of the translation.
        glossary: Terms that serve as anchors; the shipped glossary where absent.
        origin: What the segments name as their origin.
        rules: SRX file for both languages; our own rules where absent.

    >>> found = align("3人が来た。停戦案は5月2日に出た。",
    ...     "Three people came. The proposal was made on May 2.")
    >>> found.segments["target"].to_list()
    ['Three people came.', 'The proposal was made on May 2.']
    """
    require_text("source", source)
    require_text("target", target)
    require_language("lang", lang, optional=False)
    require_language("to", to, optional=False)
    require_glossary(glossary)
    source, target = without_surrogates(source), without_surrogates(target)
    has_structure = is_structured(source) or is_structured(target)

    def sentences(text: str, language: str) -> list[_Sentence]:
        return list(_sentences(text, language, rules, has_structure=has_structure))

    left, right = sentences(source, lang), sentences(target, to)

    def concepts(language: str, text: str) -> frozenset[str]:
        hits = scan(text, glossary=glossary, lang=language)
        return frozenset(hit.concept_id for hit in hits)

    beads = pair_sentences(
        side(
            [sentence.text for sentence in left],
            lambda text: concepts(lang, text),
            places=[sentence.place for sentence in left],
        ),
        side(
            [sentence.text for sentence in right],
            lambda text: concepts(to, text),
            places=[sentence.place for sentence in right],
        ),
        ratio=RATIOS.get(
            (lang.split("-", maxsplit=1)[0], to.split("-", maxsplit=1)[0])
        ),
    )
    rows = [
        (
            _join(left[slice(*bead.left)], lang),
            _join(right[slice(*bead.right)], to),
            bead.confidence,
        )
        for bead in beads
        if not has_structure
        or not _is_code(left[slice(*bead.left)], right[slice(*bead.right)])
    ]
    return _alignment(rows, lang, to, origin)


def prose_sentences(
    text: str, *, lang: str = "ja", rules: str | Path | None = None
) -> list[str]:
    r"""Return the sentences of a text, code and settings of Markdown and HTML left out.

    Args:
        text: Plain, Markdown or HTML.
        lang: Its BCP 47 language.
        rules: SRX file; our own rules where absent.

    >>> prose_sentences("# 題\n\n一つ目。二つ目。\n\n```\nx\n```\n")
    ['題', '一つ目。', '二つ目。']
    """
    has_structure = is_structured(text)
    parts = _sentences(text, lang, rules, has_structure=has_structure)
    return [part.text for part in parts if part.place.kind != CODE]


class _Sentence(NamedTuple):
    text: str
    place: Place


def _sentences(
    text: str, lang: str, rules: str | Path | None, *, has_structure: bool
) -> Iterator[_Sentence]:
    """Yield the sentences of all blocks; a block of code is one, for its place alone."""
    for number, block in enumerate(document_blocks(text, structured=has_structure)):
        place = Place(number, block.kind, block.level)
        if block.kind == CODE:
            yield _Sentence(block.text, place)
            continue
        for part in segment(block.text, lang=lang, rules=rules):
            yield _Sentence(part.text, place)


def _is_code(left: Sequence[_Sentence], right: Sequence[_Sentence]) -> bool:
    """Tell whether nothing of a pair is translated: code, or a name left as it is."""
    if any(sentence.place.kind == CODE for sentence in (*left, *right)):
        return True
    if [sentence.text for sentence in left] == [sentence.text for sentence in right]:
        return True
    return not any(has_prose(sentence.text) for sentence in (*left, *right))


def _alignment(
    rows: list[tuple[str, str, float]], lang: str, to: str, origin: str | None
) -> Alignment:
    kinds = {"source": pl.String, "target": pl.String, "confidence": pl.Float64}
    every = pl.DataFrame(rows, schema=kinds, orient="row").with_row_index("place", 1)
    both = (pl.col("source") != "") & (pl.col("target") != "")
    review = every.filter(~both | (pl.col("confidence") < REVIEW_BELOW))
    pairs = every.filter(both).with_columns(
        source_lang=pl.lit(lang),
        target_lang=pl.lit(to),
        origin=pl.lit(origin, pl.String),
        method=pl.lit("alignment"),
        previous=pl.col("source").shift(1),
        next=pl.col("source").shift(-1),
    )
    segments: pl.DataFrame = check_frame(Segments, pairs, "alignment")
    return Alignment(segments.with_columns(pairs["confidence"]), review)


def _join(sentences: Sequence[_Sentence], lang: str) -> str:
    blank = "" if lang.startswith("ja") else " "
    return blank.join(sentence.text for sentence in sentences)
