"""A proposal of the machine taken into a glossary: people's rows and decisions stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl

from termbank.identifiers import concept_id
from termbank.schemas import Concepts, Terms
from termbank.table_columns import KEYS
from termbank.text.normalise import norm

from .editing import STATUS_OF, join_frames

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from termbank.proposal import Proposal

    from .frames import Frames

Row = dict[str, Any]
_Form = tuple[str, str]  # language, normalised form
_Decision = tuple[str, str, str, str]  # language, action, left, right

_MERGED: Final = ("concepts", "definitions", "terms")
# Where two decisions about one form bear the same time or none, the more careful one
# holds; termbank.reconcile orders them alike.
_CAREFUL: Final = {"prefer": 0, "admit": 1, "deprecate": 2, "retire": 3, "reject": 4}


def apply_proposal(frames: Frames, proposal: Proposal) -> Frames:
    """Return the glossary with what the proposal adds to it, for a person to approve."""
    draft = _Draft(frames)
    kinds = {row["concept_id"]: row for row in proposal.concepts.to_dicts()}
    terms = proposal.terms.sort("concept_id", "lang", "form")
    for (identifier,), group in terms.group_by(["concept_id"], maintain_order=True):
        draft.take(kinds[str(identifier)], group.to_dicts())
    if not draft.terms:
        return obeying(frames)
    concepts = pl.concat([frames.concepts, _frame(draft.concepts, Concepts)])
    terms = pl.concat([frames.terms, _frame(draft.terms, Terms)])
    return obeying(
        frames._replace(
            concepts=concepts.sort(KEYS["concepts"]), terms=terms.sort(KEYS["terms"])
        )
    )


class _Draft:
    """Concepts and terms that are to be added, with what is known of all forms."""

    def __init__(self, frames: Frames) -> None:
        self.concepts: list[Row] = []
        self.terms: list[Row] = []
        self.taken = set(frames.concepts["concept_id"])
        self.home: dict[_Form, str] = {}
        self.members: dict[str, set[_Form]] = {}
        self.led: set[tuple[str, str]] = set()
        self.rejected: set[_Form] = set()
        self.apart: dict[_Form, set[_Form]] = {}
        for row in frames.terms.sort("concept_id", "lang", "form").to_dicts():
            self._note(row)
        for lang, action, left, right in frames.decisions.select(
            "lang", "action", "left", "right"
        ).iter_rows():
            ours, theirs = (lang, norm(left)), (lang, norm(right))
            if action == "reject":
                self.rejected.add(ours)
            elif action == "different":
                self.apart.setdefault(ours, set()).add(theirs)
                self.apart.setdefault(theirs, set()).add(ours)

    def take(self, concept: Row, terms: Sequence[Row]) -> None:
        """Add the forms of one proposed concept that are neither known nor rejected."""
        new_rows = [row for row in terms if _key(row) not in self.rejected]
        target = self._target(concept, new_rows)
        new = [row for row in new_rows if _key(row) not in self.home]
        # The preferred form leads, so that forms apart from it make way.
        for row in sorted(new, key=lambda row: row["status"] != "preferred"):
            if target is not None and self._may_join(row, target):
                self._add(row, target)
                continue
            home = self._new_concept(concept, row)
            self._add({**row, "relation": None}, home)
            target = home if target is None else target

    def _target(self, concept: Row, terms: Sequence[Row]) -> str | None:
        """Return the concept of the glossary that the proposed one is, if any."""
        if concept["concept_id"] in self.taken:
            return str(concept["concept_id"])
        homes = [self.home[_key(row)] for row in terms if _key(row) in self.home]
        leading = [
            self.home[_key(row)]
            for row in terms
            if row["status"] == "preferred" and _key(row) in self.home
        ]
        return min(leading or homes, default=None)

    def _may_join(self, row: Row, target: str) -> bool:
        return self.apart.get(_key(row), set()).isdisjoint(self.members[target])

    def _new_concept(self, concept: Row, row: Row) -> str:
        identifier = str(concept["concept_id"])
        if identifier in self.taken:
            identifier = concept_id(row["lang"], row["form"], self.taken)
        self.taken.add(identifier)
        self.concepts.append(
            {**concept, "concept_id": identifier, "status": "proposed"}
        )
        self.members.setdefault(identifier, set())
        return identifier

    def _add(self, row: Row, target: str) -> None:
        status = row["status"]
        leads = (target, row["lang"]) in self.led
        if status == "preferred" and leads:
            status = "admitted"
        elif not self.members[target]:
            # Rejected or parted forms may have left the concept without its head.
            status = "preferred"
        term = {**row, "concept_id": target, "status": status}
        self.terms.append(term)
        self._note(term)

    def _note(self, row: Row) -> None:
        self.home.setdefault(_key(row), row["concept_id"])
        self.members.setdefault(row["concept_id"], set()).add(_key(row))
        if row["status"] == "preferred":
            self.led.add((row["concept_id"], row["lang"]))


def obeying(frames: Frames) -> Frames:
    """Return the glossary as its decisions want it.

    Concepts of forms decided to be the same are made one, and each form gets the
    status that a person gave it last.
    """
    decisions = list(_oldest_first(frames.decisions))
    if not decisions:
        return frames
    tables = {name: getattr(frames, name) for name in _MERGED}
    for survivor, gone in _merges(_Places(frames.terms), decisions):
        tables = join_frames(**tables, kept=survivor, gone=gone)
    terms = tables["terms"]
    status = _statuses(_Places(terms), terms["status"].to_list(), decisions)
    return frames._replace(**{**tables, "terms": terms.with_columns(status=status)})


class _Places:
    """Rows of a frame of terms by language and form, and what stands in them."""

    def __init__(self, terms: pl.DataFrame) -> None:
        self.rows = terms.select("concept_id", "lang", "form").rows()
        self._by_key: dict[_Form, list[int]] = {}
        for row, (_, lang, form) in enumerate(self.rows):
            self._by_key.setdefault((lang, norm(form)), []).append(row)

    def of(self, lang: str, form: str) -> list[int]:
        """Return the rows of a form as written, else of its other widths and cases."""
        alike = self._by_key.get((lang, norm(form)), [])
        return [row for row in alike if self.rows[row][2] == form] or alike


def _merges(places: _Places, decisions: Sequence[_Decision]) -> list[tuple[str, str]]:
    """Return the (kept, gone) concepts that decisions make one, in their order."""
    successors: dict[str, str] = {}

    def homes(lang: str, form: str) -> set[str]:
        concepts = {places.rows[row][0] for row in places.of(lang, form)}
        return {_end_of(concept, successors) for concept in concepts}

    merges = []
    for lang, action, left, right in decisions:
        if action != "same":
            continue
        ours, theirs = homes(lang, left), homes(lang, right)
        # Homographs: which of several concepts was meant nobody can tell.
        if len(ours) == len(theirs) == 1 and ours != theirs:
            survivor, gone = ours.pop(), theirs.pop()
            successors[gone] = survivor
            merges.append((survivor, gone))
    return merges


def _end_of(concept: str, successors: Mapping[str, str]) -> str:
    while concept in successors:
        concept = successors[concept]
    return concept


def _statuses(
    places: _Places, status: list[str], decisions: Sequence[_Decision]
) -> pl.Series:
    """Return the statuses of all rows as the decisions leave them."""
    leading: dict[tuple[str, str], set[int]] = {}
    for row, (concept, lang, _) in enumerate(places.rows):
        if status[row] == "preferred":
            leading.setdefault((concept, lang), set()).add(row)
    for lang, action, left, _ in decisions:
        for row in places.of(lang, left) if action in STATUS_OF else ():
            leads = leading.setdefault(places.rows[row][:2], set())
            if action == "prefer":
                for former in leads:
                    status[former] = "admitted"
                leads.clear()
                leads.add(row)
            else:
                leads.discard(row)
            status[row] = STATUS_OF[action]
    return pl.Series("status", status, pl.String)


def _oldest_first(decisions: pl.DataFrame) -> Iterable[_Decision]:
    rank = pl.col("action").cast(pl.String).replace_strict(_CAREFUL, default=0)
    return (
        decisions.with_columns(rank=rank)
        .sort("when", "rank", "left", "right", nulls_last=False)
        .select("lang", pl.col("action").cast(pl.String), "left", "right")
        .iter_rows()
    )


def _key(row: Row) -> _Form:
    return row["lang"], norm(row["form"])


def _frame(rows: list[Row], schema: Any) -> pl.DataFrame:
    dtypes = {name: column.dtype for name, column in schema.columns().items()}
    return pl.DataFrame(rows, schema=dtypes, orient="row")
