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
    seen = written(usual)
    met = met_in_writing(seen.units, languages)
    given = given_names(forms["form"])  # while the dictionary may still be at work
    about = described_as_usual(forms["form"], seen, inquiry.facts())
    pairs = candidate_pairs(about, languages, met, remote=False)
    found = _find(about, pairs, given)
    links = _links(frame_of_verdicts(about, found.kept), found.kept)
    links = _with_cross_script(links, forms["form"], forms["kind"])
    return Spelled(links, _alike(about, links, found, given))


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
        packed = self.pairs.left << 32 | self.pairs.right
        wanted = rows[:, 0] << 32 | rows[:, 1]
        place = np.minimum(np.searchsorted(packed, wanted), len(packed) - 1)
        return np.where(packed[place] == wanted, self.similarity[place], np.nan)


def _find(about: Described, pairs: Pairs, given: Rows) -> _Found:
    similarity, kept = [np.zeros(0, np.float32)], []
    for scored in scored_pairs(about, *pairs, found=True, given=given):
        similarity.append(scored.similarity)
        kept.append(scored.where(scored.verdict != DIFFERENT))
    by_part = with_names_by_part(about, together(kept), found=True)
    joined = by_part.where(by_part.verdict != DIFFERENT)
    return _Found(pairs, np.concatenate(similarity), joined)


def _links(frame: pl.DataFrame, scored: Scored) -> list[Link]:
    columns = (frame[name].to_list() for name in ("similarity", "relation"))
    why = map(tuple, frame["reasons"].to_list())
    sides = scored.left.tolist(), scored.right.tolist()
    return list(map(Link, *sides, *columns, why, frame["verdict"].to_list()))


def _with_cross_script(
    links: list[Link], forms: pl.Series, kinds: pl.Series
) -> list[Link]:
    """Return the links, Latin words beside katakana judged by what they spell.

    A common English word beside its katakana (save, セーブ) is no link: prose is full of
    them. A word that is a name here is none of them.
    """
    kept = []
    for link in links:
        if link.relation != "synonym":
            kept.append(link)
            continue
        left, right = forms[link.left], forms[link.right]
        written = cross_script(left, right)
        whole = written is not None and written.whole
        common = left.islower() or right.islower()
        common |= written is not None and written.whole and written.common
        if not common or NAMES & {kinds[link.left], kinds[link.right]}:
            kept.append(link._replace(verdict="related") if whole else link)
    return kept


def _alike(
    about: Described, links: list[Link], found: _Found, given: Rows
) -> dict[tuple[int, int], float]:
    """Return similarities within chains of three forms and more."""
    chains = Groups(
        len(about.forms),
        apart=lambda ours, theirs: len(ours) + len(theirs) > LARGEST_CHAIN,
    )
    joining = [link for link in links if link.joins]
    sides = np.array([link[:2] for link in joining], np.int64).reshape(-1, 2)
    met = np.bincount(sides.ravel(), minlength=1)
    several = (met[sides] > 1).any(axis=1)  # all others are two forms alone
    chains.join(
        Edge(joining[at].similarity, *joining[at][:2])
        for at in np.flatnonzero(several).tolist()
    )
    within = [pair for chain in chains.larger(2) for pair in combinations(chain, 2)]
    if not within:
        return {}
    rows = np.array(within, np.int64)
    alike = found.known(rows)
    unmet = np.flatnonzero(np.isnan(alike))
    judged = scored_pairs(about, *rows[unmet].T, found=True, given=given)
    alike[unmet] = together(judged).similarity
    return dict(zip(within, alike.tolist(), strict=True))
