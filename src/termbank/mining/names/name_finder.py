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
        trained = model() if how == "best" else None
        self._tagger = Tagger(trained, lexicon) if trained else None
        self.method = "model" if self._tagger else "rules"

    def names(self, passages: Passages) -> tuple[Spans, NDArray[np.int64]]:
        """Return the names in order, none inside another, and the places of their kinds."""
        known = self._proposed(passages)
        found, certain = self._with_certain(passages, known)
        kinds = self._kinds(passages, found, known)
        kinds = with_speakers(passages.masked, passages.sheet, found, kinds)
        for kind, names in certain.items():
            kinds[[name in names for name in found]] = kind
        sheet = passages.sheet
        spans, kinds = drop_common_names(sheet, self._lexicon, _spans(found), kinds)
        found = list(map(Name, spans.first.tolist(), spans.last.tolist()))
        found, kinds = with_repeated(
            passages.masked, sheet, self._lexicon, found, kinds
        )
        return _spans(found), kinds

    @staticmethod
    def reserved(passages: Passages) -> NDArray[np.bool_]:
        """Tell the texts in which the rules decide: names of other texts are none there."""
        technical = technical_texts(passages.sheet, len(passages.masked))
        return technical | guarded_texts(passages.masked)

    def _proposed(self, passages: Passages) -> dict[Name, int]:
        """Return what the model or the rules take for names; -1 for no kind yet."""
        sheet, noun_runs, lexicon = passages.sheet, passages.noun_runs, self._lexicon
        known: dict[Name, int] = {}
        if self._tagger:
            known = self._tagger.names(sheet, noun_runs)
            found = list(known)
        else:
            found = names_by_rule(sheet, noun_runs, lexicon)
        found = trim_names(sheet, lexicon, cut_before_titles(sheet, lexicon, found))
        found = add_abbreviations(sheet, join_institutions(sheet, lexicon, found))
        places = {name for name, kind in known.items() if kind == _PLACE}
        found = cut_rims(sheet, lexicon, found, places)
        return {name: known.get(name, -1) for name in found}

    def _with_certain(
        self, passages: Passages, known: dict[Name, int]
    ) -> tuple[list[Name], dict[int, set[Name]]]:
        """Return the names with those that shape or context makes certain, by kind."""
        texts, whole, sheet, _ = passages
        found, people = pattern_names(texts, sheet, list(known))
        people |= set(official_names(texts, sheet))
        people |= spaced_names(sheet, self._lexicon) | speakers(texts, sheet)
        guarded = guarded_texts(texts)
        technical = technical_texts(sheet, len(texts)) & ~guarded
        listed, lettered = dictionary_names(sheet, ~(technical | guarded))
        places = set(dateline_places(texts, sheet))
        agencies = set(credited_agencies(texts, sheet))
        found = merge_names({*listed, *lettered}, found)
        found = merge_names({*people, *places, *agencies}, found)
        short = set(short_names(texts, sheet, found))
        tools = set(latin_names(texts, whole, sheet, self._lexicon, technical))
        found = merge_names(short, found)
        found = with_tools(sheet, self._lexicon, found, tools, technical | guarded)
        return found, {
            _PERSON: people,
            _PLACE: places | listed,
            _BODY: agencies | short,
            _PRODUCT: tools,
        }

    def _kinds(
        self, passages: Passages, found: Sequence[Name], known: dict[Name, int]
    ) -> NDArray[np.int64]:
        sheet = passages.sheet
        if self._tagger:
            given = {name: kind for name, kind in known.items() if kind >= 0}
            return self._tagger.kinds(sheet, passages.noun_runs, found, given)
        by_rule = [kind_of(sheet, self._lexicon, *name) for name in found]
        return np.array([KINDS.index(kind) for kind in by_rule], np.int64)


def _spans(names: Sequence[Name]) -> Spans:
    pairs = np.array(names, np.int64).reshape(-1, 2)
    return Spans(pairs[:, 0], pairs[:, 1])
