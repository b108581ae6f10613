"""The miner: one batch of texts in, its mentions out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from termbank.mining.names.name_finder import NameFinder, Passages
from termbank.mining.names.nested_names import find_nested
from termbank.mining.terms.defined_terms import defined_terms
from termbank.mining.terms.mention_evidence import (
    ALONE,
    DEFINED,
    NAMED,
    OPENING,
    RESERVED,
    evidence,
)
from termbank.mining.terms.name_overlaps import overlaps
from termbank.mining.terms.term_phrases import Spans, candidates_of, runs, trim_runs
from termbank.mining.tokens.surface_forms import FORMS_KEPT, Forms
from termbank.mining.tokens.token_lexicon import WORDS_KEPT, Lexicon, numbering
from termbank.mining.tokens.token_table import sheet as sheet_of
from termbank.sources.masks import mask_markup
from termbank.sources.wrapped_lines import reading
from termbank.table_columns import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from termbank.mining.tokens.text_chunks import Stretch
    from termbank.mining.tokens.token_table import Sheet

NAME: Final = "termbank-mine/3"
_TERM: Final = KINDS.index("term")
_PERSON: Final = KINDS.index("person")
_KIND: Final = pl.Enum(KINDS)
_SCHEMA: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "doc_id": pl.String,
    "start": pl.UInt32,
    "end": pl.UInt32,
    "miner": pl.String,
    "lang": pl.String,
    "surface": pl.String,
    "norm": pl.String,
    "reading": pl.String,
    "kind": _KIND,
    "evidence": pl.UInt32,
}


class Miner:
    """Finds mentions; keeps what it learns of words from batch to batch.

    Args:
        tokeniser: As in :func:`termbank.mine`.
        dictionary: As in :func:`termbank.mine`.
        names: As in :func:`termbank.mine`.
    """

    def __init__(
        self,
        tokeniser: str = "sudachi",
        dictionary: str | None = None,
        names: str = "best",
    ) -> None:
        self._lexicon = Lexicon(numbering(tokeniser, dictionary))
        self._finder = NameFinder(self._lexicon, names)
        self._forms = Forms()
        version = self._lexicon.tokeniser.version
        self.version = f"{NAME} {self._finder.method} {version}"

    @staticmethod
    def empty() -> pl.DataFrame:
        """Return a frame of mentions without rows."""
        return pl.DataFrame(schema=_SCHEMA)

    def mentions(self, batch: Sequence[Stretch]) -> pl.DataFrame:
        """Return the mentions of some texts, in order of text and place."""
        if len(self._lexicon.slots) > WORDS_KEPT:
            self._lexicon.clear()
            self._forms.clear()
        elif len(self._forms.surfaces) > FORMS_KEPT:
            self._forms.clear()
        read = [reading(mask_markup(stretch.text, stretch.uri)) for stretch in batch]
        texts = [text for text, _ in read]
        sheet = sheet_of(texts, self._lexicon)
        noun_runs = runs(sheet)
        whole = [stretch.text for stretch in batch]
        passages = Passages(texts, whole, sheet, noun_runs)
        names, kinds = self._finder.names(passages)
        inner, inner_kinds = find_nested(sheet, self._lexicon, names, kinds)
        names = Spans(*map(np.concatenate, zip(names, inner, strict=True)))
        kinds = np.append(kinds, inner_kinds)
        definition_spans = defined_terms(texts, sheet)
        terms = [
            *candidates_of(sheet, noun_runs),
            trim_runs(sheet, noun_runs),
            definition_spans,
        ]
        spans, kind = _unite(names, kinds, terms)
        numbers = self._forms.numbers(sheet, spans, self._lexicon)
        across, inside, around = overlaps(spans, names, len(sheet.slots))
        usable = np.array(self._forms.usable, bool)[numbers] & ~across
        is_defined = np.isin(_keys(spans), _keys(definition_spans))
        keep = usable | (kind != _TERM) | is_defined
        spans = Spans(spans.first[keep], spans.last[keep])
        numbers, kind = numbers[keep], kind[keep]
        bits = evidence(sheet, noun_runs, spans, self._lexicon, kind == _PERSON)
        bits[inside[keep] & (kind == _TERM)] &= ~np.uint32(ALONE)
        bits[around[keep]] |= np.uint32(NAMED)
        part = overlaps(spans, definition_spans, len(sheet.slots)).inside & (
            kind == _TERM
        )
        bits[part] &= ~np.uint32(ALONE)
        bits[is_defined[keep]] |= np.uint32(DEFINED | ALONE)
        template_texts = self._finder.reserved(passages)
        bits[template_texts[sheet.texts[spans.first]]] |= np.uint32(RESERVED)
        places = _Places(sheet, spans, [where for _, where in read])
        return self._frame(batch, places, numbers, kind, bits)

    def _frame(
        self,
        batch: Sequence[Stretch],
        places: _Places,
        numbers: NDArray[np.int64],
        kind: NDArray[np.int64],
        bits: NDArray[np.uint32],
    ) -> pl.DataFrame:
        distinct, where = np.unique(numbers, return_inverse=True)
        chosen = distinct.tolist()
        forms = self._forms

        def column(values: Sequence[str | None]) -> pl.Series:
            return pl.Series([values[n] for n in chosen], dtype=pl.String).gather(where)

        texts = places.texts
        offsets = np.array([row.start for row in batch], np.int64)[texts]
        bits[offsets > 0] &= ~np.uint32(OPENING)
        ids = pl.Series([row.doc_id for row in batch], dtype=pl.String)
        langs = pl.Series([row.lang for row in batch], dtype=pl.String)
        return pl.DataFrame(
            {
                "doc_id": ids.gather(texts),
                "start": pl.Series((places.starts + offsets).astype(np.uint32)),
                "end": pl.Series((places.ends + offsets).astype(np.uint32)),
                "miner": pl.repeat(self.version, len(texts), eager=True),
                "lang": langs.gather(texts),
                "surface": column(forms.surfaces),
                "norm": column(forms.norms),
                "reading": column(forms.readings),
                "kind": pl.Series(KINDS, dtype=_KIND).gather(kind),
                "evidence": pl.Series(bits),
            },
            schema=_SCHEMA,
        )


class _Places:
    """Where spans stand in their untouched texts.

    Args:
        sheet: Words of the texts as they were read.
        spans: Rows of it.
        joined: For each text the places of its code points, None for an unjoined text.

    Attributes:
        texts: Number of the text of each span.
        starts: First code point.
        ends: One past the last.
    """

    def __init__(
        self, sheet: Sheet, spans: Spans, joint_places: Sequence[list[int] | None]
    ) -> None:
        self.texts = sheet.texts[spans.first]
        self.starts = sheet.starts[spans.first].copy()
        self.ends = sheet.ends[spans.last - 1].copy()
        for number, places in enumerate(joint_places):
            if places is None:
                continue
            where = np.array(places, np.int64)
            rows = self.texts == number
            self.starts[rows] = where[self.starts[rows]]
            self.ends[rows] = where[self.ends[rows] - 1] + 1


def _unite(
    names: Spans, kinds: NDArray[np.int64], terms: Sequence[Spans]
) -> tuple[Spans, NDArray[np.int64]]:
    """Return all spans once, in order of the text; a name beats a term of its span."""
    first = np.concatenate([names.first, *(spans.first for spans in terms)])
    last = np.concatenate([names.last, *(spans.last for spans in terms)])
    kind = np.full(len(first), _TERM)
    kind[: len(kinds)] = kinds
    keys, where = np.unique(_keys(Spans(first, last)), return_index=True)
    return Spans(keys >> 32, keys & 0xFFFFFFFF), kind[where]


def _keys(spans: Spans) -> NDArray[np.int64]:
    """Return one number a span that sorts by first row, then by last."""
    # Rows stay far below 2**31.
    keys: NDArray[np.int64] = (spans.first << 32) | spans.last
    return keys
