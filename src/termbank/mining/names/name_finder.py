"""From the words of some texts to their names and kinds: the order of all steps.

The model (or the rules without it) proposes; what stands around a name or its shape makes
certain overrules it; what is common is left out; what is left is looked for everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from termbank.mining.terms.term_phrases import Spans
from termbank.table_columns import KINDS

from .document_depth import guarded_texts, technical_texts
from .dosed_substances import names_but_substances
from .kind_rules import drop_common_names
from .latin_names import latin_names, with_tools
from .name_boundaries import (
    add_abbreviations,
    cut_before_titles,
    join_institutions,
    trim_names,
)
from .name_kinds import kind_of
from .name_patterns import merge_names, pattern_names
from .name_rims import cut_rims
from .name_rules import Name, names_by_rule
from .repeated_names import with_repeated
from .speaker_names import speakers, with_speakers
from .tagger import Tagger, model
from .titled_names import (
    credited_agencies,
    dateline_places,
    dictionary_names,
    official_names,
    short_names,
    spaced_names,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from termbank.mining.terms.term_phrases import Runs
    from termbank.mining.tokens.token_lexicon import Lexicon
    from termbank.mining.tokens.token_table import Sheet

_PERSON, _PLACE, _BODY, _PRODUCT = map(
    KINDS.index, ("person", "place", "organization", "product")
)


class Passages(NamedTuple):
    """Texts in the forms that finding names needs.

    Attributes:
        masked: Without markup, code and addresses.
        whole: With them.
        sheet: Words of the masked texts.
        noun_runs: Their noun runs.
    """

    masked: Sequence[str]
    whole: Sequence[str]
    sheet: Sheet
    noun_runs: Runs


class NameFinder:
    """Finds names; one for each lexicon.

    Args:
        lexicon: Words.
        how: best asks the trained model where its file is there, rules never does.
    """

    def __init__(self, lexicon: Lexicon, how: str) -> None:
        self._lexicon = lexicon
        best_model = model() if how == "best" else None
        self._tagger = Tagger(best_model, lexicon) if best_model else None
        self.method = "model" if self._tagger else "rules"

    def names(self, passages: Passages) -> tuple[Spans, NDArray[np.int64]]:
        """Return the names in order, none inside another, and the places of their kinds."""
        proposals = self._proposals(passages)
        names_so_far, certain = self._with_certain(passages, proposals)
        kinds = self._kinds(passages, names_so_far, proposals)
        kinds = with_speakers(passages.masked, passages.sheet, names_so_far, kinds)
        for kind, names in certain.items():
            kinds[[name in names for name in names_so_far]] = kind
        sheet = passages.sheet
        spans, kinds = drop_common_names(
            sheet, self._lexicon, _spans(names_so_far), kinds
        )
        names_so_far = list(map(Name, spans.first.tolist(), spans.last.tolist()))
        keep = names_but_substances(passages.masked, sheet, names_so_far, kinds)
        names_so_far = [
            name for name, stays in zip(names_so_far, keep, strict=True) if stays
        ]
        kinds = kinds[keep]
        names_so_far, kinds = with_repeated(
            passages.masked, sheet, self._lexicon, names_so_far, kinds
        )
        return _spans(names_so_far), kinds

    @staticmethod
    def reserved(passages: Passages) -> NDArray[np.bool_]:
        """Tell the texts in which the rules decide: names of other texts are none there."""
        technical = technical_texts(passages.sheet, len(passages.masked))
        return technical | guarded_texts(passages.masked)

    def _proposals(self, passages: Passages) -> dict[Name, int]:
        """Return what the model or the rules take for names; -1 for no kind yet."""
        sheet, noun_runs, lexicon = passages.sheet, passages.noun_runs, self._lexicon
        kind_of: dict[Name, int] = {}
        if self._tagger:
            kind_of = self._tagger.names(sheet, noun_runs)
            candidates = list(kind_of)
        else:
            candidates = names_by_rule(sheet, noun_runs, lexicon)
        candidates = trim_names(
            sheet, lexicon, cut_before_titles(sheet, lexicon, candidates)
        )
        candidates = add_abbreviations(
            sheet, join_institutions(sheet, lexicon, candidates)
        )
        places = {name for name, kind in kind_of.items() if kind == _PLACE}
        candidates = cut_rims(sheet, lexicon, candidates, places)
        return {name: kind_of.get(name, -1) for name in candidates}

    def _with_certain(
        self, passages: Passages, proposals: dict[Name, int]
    ) -> tuple[list[Name], dict[int, set[Name]]]:
        """Return the names with those that shape or context makes certain, by kind."""
        texts, whole, sheet, _ = passages
        candidates, people = pattern_names(texts, sheet, list(proposals))
        people |= set(official_names(texts, sheet))
        people |= spaced_names(sheet, self._lexicon) | speakers(texts, sheet)
        personal = guarded_texts(texts)
        technical = technical_texts(sheet, len(texts)) & ~personal
        places_of_dictionary, letter_names = dictionary_names(
            sheet, ~(technical | personal)
        )
        places = set(dateline_places(texts, sheet))
        agencies = set(credited_agencies(texts, sheet))
        candidates = merge_names({*places_of_dictionary, *letter_names}, candidates)
        candidates = merge_names({*people, *places, *agencies}, candidates)
        short = set(short_names(texts, sheet, candidates))
        tools = set(latin_names(texts, whole, sheet, self._lexicon, technical))
        candidates = merge_names(short, candidates)
        candidates = with_tools(
            sheet, self._lexicon, candidates, tools, technical | personal
        )
        return candidates, {
            _PERSON: people,
            _PLACE: places | places_of_dictionary,
            _BODY: agencies | short,
            _PRODUCT: tools,
        }

    def _kinds(
        self, passages: Passages, names: Sequence[Name], proposals: dict[Name, int]
    ) -> NDArray[np.int64]:
        sheet = passages.sheet
        if self._tagger:
            certain_kinds = {
                name: kind for name, kind in proposals.items() if kind >= 0
            }
            return self._tagger.kinds(sheet, passages.noun_runs, names, certain_kinds)
        by_rule = [kind_of(sheet, self._lexicon, *name) for name in names]
        return np.array([KINDS.index(kind) for kind in by_rule], np.int64)


def _spans(names: Sequence[Name]) -> Spans:
    pairs = np.array(names, np.int64).reshape(-1, 2)
    return Spans(pairs[:, 0], pairs[:, 1])
