"""English for concepts that have none, as proposed rows for people to review."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol
from unicodedata import normalize

import polars as pl

from termbank.messages import say
from termbank.schemas import Terms, check_frame
from termbank.text.language_tags import primary_language
from termbank.text.placeholders import masked_placeholders

from . import dictionaries
from .bilingual_names import match_names
from .bilingual_terms import mine_pairs
from .brackets import glosses
from .english_names import spellings_in
from .spelling import MATCH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import dataframely as dy

    Progress = Callable[[Sequence[Any], str], Iterable[Any]]

_USABLE: Final = ("preferred", "admitted", "proposed")
_SURE: Final = 99.0  # what the text itself says in brackets
_FROM_DICTIONARY: Final = 60.0  # a gloss knows the word, not the text
# Best first where scores are equal: a translation seen beats a sound, which beats a gloss.
_ORDER: Final = ("brackets", "names", "pairs", "spelling", "dictionary")


class Proposed(NamedTuple):
    """An English form proposed for a concept.

    Attributes:
        concept_id: Concept without English.
        ja: Its Japanese form that led there.
        en: The form proposed.
        score: 0-100.
        method: brackets, names, pairs, spelling or dictionary.
        evidence: Where it was seen.
    """

    concept_id: str
    ja: str
    en: str
    score: float
    method: str
    evidence: str


class TermsByConcept(Protocol):
    """What a glossary holds, as far as it is read here."""

    @property
    def terms(self) -> pl.DataFrame:
        """Frame of schema ``Terms``."""


class Texts(NamedTuple):
    """What the English is looked for in; each may be empty.

    Attributes:
        segments: A SEGMENTS frame, or pairs (Japanese, English).
        english: English running texts by name, for names.
        japanese: Japanese running texts by name, for what they gloss in brackets.
    """

    segments: pl.DataFrame | Sequence[tuple[str, str]] = ()
    english: Mapping[str, str] = {}
    japanese: Mapping[str, str] = {}


def _unseen(items: Sequence[Any], label: str) -> Iterable[Any]:  # noqa: ARG001
    return items


def enrich(
    glossary: TermsByConcept,
    texts: Texts,
    *,
    at_least: float = MATCH,
    limit: int = 1,
    use_dictionaries: bool = False,
    progress: Progress = _unseen,
) -> list[Proposed]:
    """Return English forms for the concepts that have a Japanese one and no English.

    Args:
        glossary: Read, never changed.
        texts: What to look in.
        at_least: Lowest score, 0-100.
        limit: Most forms for a concept.
        use_dictionaries: Ask JMdict and JMnedict too, where installed.
        progress: Called with what is worked on and its name; yields it on.

    Returns:
        By concept, the likeliest first; see :func:`as_terms`.

    Raises:
        PluginError: ``use_dictionaries`` without the extra.
    """
    japanese_forms = _without_english(glossary)
    by_concept: dict[str, list[Proposed]] = {concept: [] for concept in japanese_forms}
    concept_of = {
        normalize("NFKC", form): concept
        for concept, forms in japanese_forms.items()
        for form in forms
    }
    for ja, en, score, method, evidence in _all(texts, list(concept_of), progress):
        concept = concept_of.get(ja)
        if concept and score >= at_least:
            by_concept[concept].append(
                Proposed(concept, ja, en, score, method, evidence)
            )
    if use_dictionaries:
        for form, concept in concept_of.items():
            by_concept[concept].extend(
                Proposed(
                    concept, form, each.en, _FROM_DICTIONARY, "dictionary", each.source
                )
                for each in dictionaries.suggestions(form)
            )
    return [
        each
        for concept in sorted(by_concept)
        for each in _best(by_concept[concept], limit)
    ]


def as_terms(proposals: Iterable[Proposed]) -> dy.DataFrame[Terms]:
    """Return the proposals as TERMS rows with the status ``proposed``."""
    rows = [
        {
            "concept_id": each.concept_id,
            "lang": "en",
            "form": each.en,
            "status": "proposed",
            "source": f"termbank enrich: {each.method} {each.score:.0f}",
            "note": each.evidence or None,
        }
        for each in proposals
    ]
    schema = dict.fromkeys(
        ("concept_id", "lang", "form", "status", "source", "note"), pl.String
    )
    return check_frame(Terms, pl.DataFrame(rows, schema=schema), "enrich")


def _without_english(glossary: TermsByConcept) -> dict[str, list[str]]:
    """Japanese forms in use, by concept, of concepts without English in use."""
    terms = glossary.terms.filter(pl.col("status").is_in(_USABLE))
    spoken = pl.col("lang").map_elements(primary_language, pl.String)
    english = terms.filter(spoken == "en")["concept_id"].to_list()
    rows = terms.filter(spoken == "ja", ~pl.col("concept_id").is_in(english))
    out: dict[str, list[str]] = {}
    for concept, form in rows.select("concept_id", "form").iter_rows():
        out.setdefault(concept, []).append(form)
    return out


def _all(
    texts: Texts, forms: Sequence[str], progress: Progress
) -> Iterator[tuple[str, str, float, str, str]]:
    """Yield (Japanese, English, score, method, evidence) from every text."""
    if len(texts.segments):
        methods = (
            ("names", partial(match_names, texts.segments)),
            ("pairs", partial(mine_pairs, texts.segments, limit=3)),
        )
        for method, find in progress(methods, say("対訳", "translations")):
            frame = find()
            for ja, en, score, count, places in frame.iter_rows():
                yield ja, en, score, method, f"{count} × ({', '.join(places)})"
    for name, text in sorted(texts.japanese.items()):
        for gloss in glosses(masked_placeholders(text)):
            yield normalize("NFKC", gloss.ja), gloss.en, _SURE, "brackets", name
    english = {name: masked_placeholders(text) for name, text in texts.english.items()}
    if not english:
        return
    names = progress(forms, say("名前", "names"))
    for spelling in spellings_in(names, english, at_least=MATCH):
        yield (
            spelling.form,
            spelling.spelling,
            spelling.score,
            "spelling",
            ", ".join(spelling.texts),
        )


def _best(proposals: list[Proposed], limit: int) -> list[Proposed]:
    order = sorted(
        proposals, key=lambda each: (-each.score, _ORDER.index(each.method), each.en)
    )
    by_english: dict[str, Proposed] = {}
    for each in order:
        by_english.setdefault(each.en.casefold(), each)
    return list(by_english.values())[:limit]
