"""Latin spellings in Japanese texts that belong to the English side of a concept.

A Japanese text may give a name or a word in Latin letters (オレクサンドル・シルスキー
(Oleksandr Syrskyi), machine learning): that is its English form, found in Japanese.
What Japanese itself writes in Latin letters stays Japanese: short names in capitals, and
names of products, tools and bodies in one word (ISIS, Vue).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from termbank.schemas import Terms
from termbank.text.normalise import norm

if TYPE_CHECKING:
    from termbank.proposal import Proposal

    from .known_glossary import KnownGlossary

_LATIN: Final = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ][A-Za-zÀ-ÖØ-öø-ɏ0-9 .,'’&/-]*")
_CAPITALS: Final = re.compile(r"[A-Z0-9][A-Z0-9.&/-]*")
_NAMES: Final = ("person", "place", "event")


def is_english(form: str, kind: str) -> bool:
    """Answer whether a form of a Japanese text is an English one by its letters and kind.

    >>> is_english("Oleksandr Syrskyi", "person"), is_english("ISIS", "organization")
    (True, False)
    >>> is_english("Vue", "product"), is_english("machine learning", "term")
    (False, True)
    >>> is_english("Human Rights Watch", "organization"), is_english("Wi-Fi", "term")
    (True, False)
    """
    if _LATIN.fullmatch(form) is None or _CAPITALS.fullmatch(form):
        return False
    if kind in _NAMES:
        return True
    if kind == "product":
        return False
    words = form.split()
    if kind == "organization":
        return len(words) > 1
    return form == form.lower() or (len(words) > 1 and words[-1] == words[-1].lower())


def parts_of_latin_names(mentions: pl.DataFrame) -> set[str]:
    """Return the norms of the words of people's names in Latin letters.

    Args:
        mentions: Frame of schema ``Mentions``.
    """
    people = mentions.filter(pl.col("kind") == "person")["surface"].unique()
    names = [name for name in people if _LATIN.fullmatch(name) and " " in name]
    return {norm(word) for name in names for word in name.split()}


def with_english_forms(
    proposal: Proposal, known: KnownGlossary | None, mentions: pl.DataFrame | None
) -> Proposal:
    """Return a proposal whose new Latin forms stand on the side of their language.

    Args:
        proposal: From :func:`termbank.reconcile`.
        known: Glossary whose rows stay as they are.
        mentions: Decide which form is preferred where a Latin one was; the lowest by
            code points where absent.
    """
    kinds = dict(proposal.concepts.select("concept_id", "kind").iter_rows())
    term_keys = (
        set()
        if known is None
        else {*known.terms.select("concept_id", "lang", "form").rows()}
    )
    parts = set() if mentions is None else parts_of_latin_names(mentions)
    rows = proposal.terms.to_dicts()
    english_rows = [
        row
        for row in rows
        if row["lang"] == "ja"
        and (row["concept_id"], "ja", row["form"]) not in term_keys
        and (
            norm(row["form"]) in parts
            or is_english(row["form"], str(kinds.get(row["concept_id"]) or "term"))
        )
    ]
    if not english_rows:
        return proposal
    counts = {} if mentions is None else dict(mentions["norm"].value_counts().rows())
    stay = [row for row in rows if row not in english_rows]
    for row in english_rows:
        _to_english(row, stay, counts)
    frame = pl.DataFrame(stay, schema=proposal.terms.schema)
    return proposal._replace(terms=Terms.cast(frame.sort("concept_id", "lang", "form")))


def _to_english(
    row: dict[str, Any], stay: list[dict[str, Any]], counts: dict[str, int]
) -> None:
    """Put a form among the English ones of its concept, and a Japanese one in its place."""
    mine = [other for other in stay if other["concept_id"] == row["concept_id"]]
    english = [other for other in mine if other["lang"] == "en"]
    was_preferred = row["status"] == "preferred"
    if norm(row["form"]) not in {norm(other["form"]) for other in english}:
        leads = any(other["status"] == "preferred" for other in english)
        status = "admitted" if leads else "preferred"
        stay.append({**row, "lang": "en", "reading": None, "status": status})
    japanese = [
        other
        for other in mine
        if other["lang"] == "ja" and other["status"] in ("admitted", "preferred")
    ]
    if was_preferred and japanese:
        best = min(japanese, key=lambda o: (-counts.get(norm(o["form"]), 0), o["form"]))
        best["status"] = "preferred"
