"""Why two forms are joined, asked about or kept apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from termbank.messages import say
from termbank.reconciliation.clustering.reconciling import reconcile
from termbank.reconciliation.features import latin_origin
from termbank.reconciliation.features.dictionary_features import facts
from termbank.reconciliation.features.form_features import Described, describe_forms
from termbank.reconciliation.features.pair_features import NUMBERS, gather_evidence
from termbank.reconciliation.relations import relation_tables

from . import pair_model as learned
from .verdicts import judge_pairs

if TYPE_CHECKING:
    from pathlib import Path

    from termbank.proposal import Proposal
    from termbank.reconciliation.features.edit_alignment import Edits
    from termbank.reconciliation.known_glossary import KnownGlossary

    from .verdicts import Floats, Rows


class Explanation(NamedTuple):
    """The evidence for a pair of forms.

    Attributes:
        left: One form.
        right: The other.
        similarity: 0-100.
        relation: As in the frame of links; empty where there is none.
        verdict: same, related, ask or different, as the pair alone would get it.
        reasons: What was seen.
        edits: (left unit, right unit, log-odds) of each edit, as learned; an absent
            unit is empty.
        facts: (form, normalised spelling, reading) as the dictionary has them.
        evidence: Numbers the trees look at, zeros left out; of katakana also how well
            one Latin original accounts for both (see :mod:`.originals`).
        chain: Links that join the two within one concept of the documents, each
            "left - right: relation similarity"; empty where they are apart.
    """

    left: str
    right: str
    similarity: float
    relation: str
    verdict: str
    reasons: tuple[str, ...]
    edits: tuple[tuple[str, str, float], ...]
    facts: tuple[tuple[str, str, str], ...]
    evidence: tuple[tuple[str, float], ...]
    chain: tuple[str, ...]

    def __str__(self) -> str:
        lines = [
            f"{self.left} / {self.right}: {self.verdict} {self.similarity:.1f} "
            f"{self.relation} ({', '.join(self.reasons)})".replace(" ()", "")
        ]
        for form, normal, reading in self.facts:
            lines.append(
                f"  {say('辞書', 'dictionary')}: {form} = {normal} [{reading}]"
            )
        for ours, theirs, weight in self.edits:
            lines.append(f"  {ours or '∅'} → {theirs or '∅'}  {weight:+.2f}")
        numbers = ", ".join(f"{name} {value:g}" for name, value in self.evidence)
        lines.append(f"  {say('根拠', 'evidence')}: {numbers}")
        heading = say("概念をつなぐ組", "links within the concept")
        lines += [f"  {heading}: {link}" for link in self.chain]
        return "\n".join(lines)


def explanation(
    left: str,
    right: str,
    mentions: pl.DataFrame | None = None,
    glossary: KnownGlossary | None = None,
    *,
    relations: Path | None = None,
) -> Explanation:
    """Return the evidence for two forms, and how documents and glossary join them.

    >>> explanation("サーバー", "サーバ").reasons
    ('long-vowel', 'dictionary')
    """
    tables = (
        relation_tables.load(relations)
        if relations
        else relation_tables.shipped_relations()
    )
    low, high = sorted((left, right))
    about = describe_forms(pl.Series([low, high], dtype=pl.String))
    rows = np.array([0]), np.array([1])
    evidence = gather_evidence(about, *rows)
    (answer,) = judge_pairs(pl.Series([low]), pl.Series([high]), tables).to_dicts()
    weights = learned.edit_sums(learned.shipped_model().edit_weights, evidence)
    numbers = zip(NUMBERS, evidence.numbers[0].tolist(), strict=True)
    lookup = facts(about.forms)
    return Explanation(
        left,
        right,
        answer["similarity"],
        answer["relation"] or "",
        answer["verdict"],
        tuple(answer["reasons"]),
        tuple(_edits(about, evidence.edits, weights.tolist())),
        tuple(zip((low, high), lookup.normal, lookup.reading, strict=True)),
        tuple(
            (name, round(value, 2))
            for name, value in (*numbers, *_originals(about, rows, evidence.numbers))
            if value
        ),
        _chain(left, right, mentions, glossary, relations),
    )


def _originals(
    about: Described, rows: tuple[Rows, Rows], numbers: Floats
) -> list[tuple[str, float]]:
    if not numbers[0, NUMBERS.index("all_katakana")]:
        return []
    likeness = latin_origin.alike(about.units, *rows)[0]
    return list(zip(learned.ORIGINALS, likeness.tolist(), strict=True))


def _edits(
    about: Described, edits: Edits, weights: list[float]
) -> list[tuple[str, str, float]]:
    edit_rows = []
    units = about.units
    for left, right, kind, weight in sorted(
        zip(
            edits.left.tolist(),
            edits.right.tolist(),
            edits.kind.tolist(),
            weights,
            strict=True,
        )
    ):
        ours = "" if kind == 2 else units.written(int(units.start[0]) + left)
        theirs = "" if kind == 1 else units.written(int(units.start[1]) + right)
        edit_rows.append((ours, theirs, round(weight, 2)))
    return edit_rows


def _chain(
    left: str,
    right: str,
    mentions: pl.DataFrame | None,
    glossary: KnownGlossary | None,
    relations: Path | None,
) -> tuple[str, ...]:
    if mentions is None and glossary is None:
        return ()
    proposal = reconcile(
        [left, right] if mentions is None else mentions, glossary, relations=relations
    )
    group = _group(proposal, left)
    if right not in group:
        return ()
    links = proposal.links.filter(
        pl.col("left").is_in(group) & pl.col("right").is_in(group)
    ).sort("similarity", "left", "right", descending=[True, False, False])
    return tuple(
        f"{row['left']} - {row['right']}: {row['relation']} {row['similarity']:.0f} ({row['by']})"
        for row in links.to_dicts()
    )


def _group(proposal: Proposal, form: str) -> list[str]:
    holders = proposal.terms.filter(pl.col("form") == form)["concept_id"].to_list()
    return proposal.terms.filter(pl.col("concept_id").is_in(holders))["form"].to_list()
