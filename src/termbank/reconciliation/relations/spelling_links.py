"""Links by spelling: what the model says of the pairs that pass blocking."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from termbank.reconciliation.blocking.pair_candidates import (
    Pairs,
    candidate_pairs,
    met_in_writing,
)
from termbank.reconciliation.clustering.constrained_clusters import Edge, Groups
from termbank.reconciliation.features.dictionary_features import Inquiry
from termbank.reconciliation.features.form_features import Described, written
from termbank.reconciliation.model.latin_katakana import cross_script
from termbank.reconciliation.model.verdict_bands import DIFFERENT
from termbank.reconciliation.model.verdicts import (
    described_as_usual,
    frame_of_verdicts,
    given_names,
    in_usual_shapes,
    scored_pairs,
    together,
    with_names_by_part,
)

from .cross_script_links import NAMES
from .link import Link

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from termbank.reconciliation.model.scored import Rows, Scored

LARGEST_CHAIN: Final = 40  # forms; the longest group of vocab_jmdict has 12


class Spelled(NamedTuple):
    """What the model says of spellings.

    Attributes:
        links: Pairs it would join or ask about.
        alike: Similarity of every pair within a chain of ``same`` links, so that a
            group can be asked whether all of it holds together.
    """

    links: list[Link]
    alike: dict[tuple[int, int], float]


def spelling_links(forms: pl.DataFrame) -> Spelled:
    """Return what the model would join, or ask about, among pairs that pass blocking."""
    usual = in_usual_shapes(forms["form"])
    inquiry = Inquiry(usual)
    languages = forms["lang"].rank("dense").to_numpy().astype(np.int64)
    in_writing = written(usual)
    meetings = met_in_writing(in_writing.units, languages)
    families = given_names(forms["form"])  # while the dictionary may still be at work
    about = described_as_usual(forms["form"], in_writing, inquiry.facts())
    pairs = candidate_pairs(about, languages, meetings, remote=False)
    findings = _find(about, pairs, families)
    links = _links(frame_of_verdicts(about, findings.kept), findings.kept)
    links = _with_cross_script(links, forms["form"], forms["kind"])
    return Spelled(links, _alike(about, links, findings, families))


class _Found(NamedTuple):
    """What the model says of the pairs that pass blocking.

    Attributes:
        pairs: All of them.
        similarity: Of all of them.
        kept: Those that are not different words.
    """

    pairs: Pairs
    similarity: NDArray[np.float32]
    kept: Scored

    def known(self, rows: Rows) -> NDArray[np.float32]:
        """Return the similarity of pairs (two columns, lower row first), else NaN."""
        pair_keys = self.pairs.left << 32 | self.pairs.right
        asked_keys = rows[:, 0] << 32 | rows[:, 1]
        place = np.minimum(np.searchsorted(pair_keys, asked_keys), len(pair_keys) - 1)
        return np.where(pair_keys[place] == asked_keys, self.similarity[place], np.nan)


def _find(about: Described, pairs: Pairs, families: Rows) -> _Found:
    similarity, likely_batches = [np.zeros(0, np.float32)], []
    for batch in scored_pairs(about, *pairs, found=True, given=families):
        similarity.append(batch.similarity)
        likely_batches.append(batch.where(batch.verdict != DIFFERENT))
    by_part = with_names_by_part(about, together(likely_batches), found=True)
    likely = by_part.where(by_part.verdict != DIFFERENT)
    return _Found(pairs, np.concatenate(similarity), likely)


def _links(frame: pl.DataFrame, judgements: Scored) -> list[Link]:
    columns = (frame[name].to_list() for name in ("similarity", "relation"))
    why = map(tuple, frame["reasons"].to_list())
    sides = judgements.left.tolist(), judgements.right.tolist()
    return list(map(Link, *sides, *columns, why, frame["verdict"].to_list()))


def _with_cross_script(
    links: list[Link], forms: pl.Series, kinds: pl.Series
) -> list[Link]:
    """Return the links, Latin words beside katakana judged by what they spell.

    A common English word beside its katakana (save, セーブ) is no link: prose is full of
    them. A word that is a name here is none of them.
    """
    result = []
    for link in links:
        if link.relation != "synonym":
            result.append(link)
            continue
        left, right = forms[link.left], forms[link.right]
        written = cross_script(left, right)
        whole = written is not None and written.whole
        common = left.islower() or right.islower()
        common |= written is not None and written.whole and written.common
        if not common or NAMES & {kinds[link.left], kinds[link.right]}:
            result.append(link._replace(verdict="related") if whole else link)
    return result


def _alike(
    about: Described, links: list[Link], findings: _Found, families: Rows
) -> dict[tuple[int, int], float]:
    """Return similarities within chains of three forms and more."""
    chains = Groups(
        len(about.forms),
        apart=lambda ours, theirs: len(ours) + len(theirs) > LARGEST_CHAIN,
    )
    joining = [link for link in links if link.joins]
    sides = np.array([link[:2] for link in joining], np.int64).reshape(-1, 2)
    degree = np.bincount(sides.ravel(), minlength=1)
    several = (degree[sides] > 1).any(axis=1)  # all others are two forms alone
    chains.join(
        Edge(joining[at].similarity, *joining[at][:2])
        for at in np.flatnonzero(several).tolist()
    )
    within = [pair for chain in chains.larger(2) for pair in combinations(chain, 2)]
    if not within:
        return {}
    rows = np.array(within, np.int64)
    alike = findings.known(rows)
    unmet = np.flatnonzero(np.isnan(alike))
    judgements = scored_pairs(about, *rows[unmet].T, found=True, given=families)
    alike[unmet] = together(judgements).similarity
    return dict(zip(within, alike.tolist(), strict=True))
