"""A glossary from a plain list of preferred words and their variants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from termbank.errors import GlossaryError
from termbank.identifiers import concept_id
from termbank.messages import say
from termbank.text.lone_surrogates import without_surrogates

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
    used_ids: set[str] = set()
    terms: list[tuple[str, str, str, str, str | None]] = []
    _refuse_faults(mapping)
    for good, variants in mapping.items():
        identifier = concept_id(lang, good, used_ids)
        used_ids.add(identifier)
        terms.append((identifier, lang, good, "preferred", None))
        for bad in _variants(variants):
            terms.append((identifier, lang, bad, "deprecated", "spelling"))
    columns = ["concept_id", "lang", "form", "status", "relation"]
    frame = pl.DataFrame(terms, dict.fromkeys(columns, pl.String), orient="row")
    return {"terms": frame}


def _variants(variants: str | Iterable[str]) -> list[str]:
    return [variants] if isinstance(variants, str) else list(dict.fromkeys(variants))


def _refuse_faults(mapping: Mapping[str, Iterable[str]]) -> None:
    """Raise one error that names every fault of a list.

    Raises:
        GlossaryError: As :func:`frames`.
    """
    owner: dict[str, str] = {}
    faults: list[tuple[str, str]] = []
    for good, variant_list in mapping.items():
        variants = _variants(variant_list)
        faults += [
            (repr(form), say("空の語形", "an empty form"))
            for form in (good, *variants)
            if not form.strip()
        ]
        faults += [
            (repr(form), say("孤立したサロゲート", "a lone surrogate"))
            for form in (good, *variants)
            if without_surrogates(form) != form
        ]
        for bad in variants:
            fault = _conflict(bad, good, mapping, owner)
            if fault:
                faults.append((bad, fault))
            else:
                owner[bad] = good
    if not faults:
        return
    first, reason = faults[0]
    others = "; ".join(f"{form}: {why}" for form, why in faults[1:])
    problem = f"{reason}; {others}" if others else reason
    expected = say("どの異表記も一つの語のもの", "each variant of one word only")
    raise GlossaryError(first, problem, expected)


def _conflict(
    bad: str, good: str, mapping: Mapping[str, Iterable[str]], owner: Mapping[str, str]
) -> str:
    """Return why a variant cannot be one; empty where it can."""
    if bad in mapping:
        return say(
            f"{good} の異表記なのに、それ自体も推奨されています",
            f"a variant of {good} that is itself preferred",
        )
    if bad in owner:
        return say(
            f"{owner[bad]} と {good} の両方の異表記",
            f"a variant of {owner[bad]} and of {good}",
        )
    return ""
