"""A glossary from a plain list of preferred words and their variants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from termbank.errors import GlossaryError
from termbank.identifiers import concept_id
from termbank.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def frames(mapping: Mapping[str, Iterable[str]], lang: str) -> dict[str, pl.DataFrame]:
    """Return the frames ``concepts`` and ``terms`` of a list of variants.

    Args:
        mapping: Preferred form to its deprecated spellings; one spelling may stand as
            a plain string.
        lang: BCP 47 tag of all forms.

    Raises:
        GlossaryError: A form is empty, or a variant is preferred elsewhere or a
            variant of two words.
    """
    taken: set[str] = set()
    owner: dict[str, str] = {}
    terms: list[tuple[str, str, str, str, str | None]] = []
    for good, given in mapping.items():
        variants = [given] if isinstance(given, str) else list(dict.fromkeys(given))
        for form in (good, *variants):
            if not form.strip():
                raise GlossaryError(
                    repr(form), say("空の語形", "an empty form"), say("語", "a word")
                )
        identifier = concept_id(lang, good, taken)
        taken.add(identifier)
        terms.append((identifier, lang, good, "preferred", None))
        for bad in variants:
            _refuse_conflict(bad, good, mapping, owner)
            owner[bad] = good
            terms.append((identifier, lang, bad, "deprecated", "spelling"))
    columns = ["concept_id", "lang", "form", "status", "relation"]
    frame = pl.DataFrame(terms, dict.fromkeys(columns, pl.String), orient="row")
    return {"terms": frame}


def _refuse_conflict(
    bad: str, good: str, mapping: Mapping[str, Iterable[str]], owner: Mapping[str, str]
) -> None:
    if bad in mapping:
        raise GlossaryError(
            bad,
            say(
                f"{good} の異表記なのに、それ自体も推奨されています",
                f"a variant of {good} that is itself preferred",
            ),
            say("どちらか一方", "one or the other"),
        )
    if bad in owner:
        raise GlossaryError(
            bad,
            say(
                f"{owner[bad]} と {good} の両方の異表記",
                f"a variant of {owner[bad]} and of {good}",
            ),
            say("一つの語の異表記", "a variant of one word"),
        )
