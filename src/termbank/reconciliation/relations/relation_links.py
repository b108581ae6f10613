"""Links between forms: by tables of relations, by brackets, by surname."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import polars as pl

from termbank.reconciliation.features import form_table as distinct
from termbank.text.kana import loose_key
from termbank.text.normalise import norm

from . import acronyms
from .link import BY_SURNAME, BY_TABLE, UNSURE, Link, linked
from .personal_names import name_of, surnames

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termbank.reconciliation.clustering.constrained_clusters import Groups
    from termbank.reconciliation.clustering.decisions import Decided

    from .relation_tables import Relation, Relations

SHORTEST_SURNAME: Final = 2  # code points; a single kanji is an abbreviation


def related_links(
    forms: pl.DataFrame,
    seen: pl.DataFrame | None,
    tables: Relations,
    groups: Groups | None,
) -> list[Link]:
    """Return links that are not spelling: tables, brackets, surnames, compositions.

    Args:
        forms: Frame of :mod:`.forms`.
        seen: The mentions, for brackets and for the documents of surnames; None for
            plain sequences, where only the tables speak.
        tables: Relation tables.
        groups: Groups by spelling alone, so that a surname meets a person once however
            often the full name is spelled otherwise; None without mentions.
    """
    found = [*_by_table(forms, tables)]
    if seen is not None and groups is not None:
        found += acronyms.bracketed(forms, seen, tables)
        found += _by_surname(forms, seen, tables, groups)
    best: dict[tuple[int, int], Link] = {}
    for link in found:
        best.setdefault((link.left, link.right), link)
    return [best[pair] for pair in sorted(best)]


def _by_table(forms: pl.DataFrame, tables: Relations) -> Iterator[Link]:
    known = dict(_listed(forms, tables))
    rows: dict[str, list[int]] = defaultdict(list)
    composed: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row, text in known.items():
        rows[text].append(row)
        if parts := tables.composition(text):
            composed[parts].append(text)
    for row, text in known.items():
        parts = tables.composition(text)
        single = tables.single.get(text)
        near = {*tables.partners.get(text, ()), *parts, *composed.get(parts, ())}
        for other in sorted(near | ({single} if single else set())):
            found = tables.between(text, other)
            for there in rows.get(other, ()):
                if found and there != row:
                    yield _table_link(row, there, found, text)


def _listed(forms: pl.DataFrame, tables: Relations) -> Iterator[tuple[int, str]]:
    """Yield (row, normal form) of the forms that a table knows."""
    rows = forms.select(tables.may_list(pl.col("form"))).to_series().arg_true()
    for row, text in zip(rows, forms["form"].gather(rows), strict=True):
        normal = norm(text)
        if tables.lists(normal):
            yield row, normal


def _table_link(row: int, there: int, found: Relation, text: str) -> Link:
    lesser = -1 if not found.lesser else row if found.lesser == text else there
    return linked(
        row,
        there,
        BY_TABLE,
        found.name,
        ("table",),
        "related",
        lesser=lesser,
        note=found.since,
    )


def _by_surname(
    forms: pl.DataFrame, seen: pl.DataFrame, tables: Relations, groups: Groups
) -> Iterator[Link]:
    """Yield a link from each lone surname to the people who bear it.

    Only the documents that hold the surname are asked first: where their full names
    are one person, it is that one; where they hold none, the whole collection is asked.
    Several people give ``ask`` to each.
    """
    people = forms["kind"] == "person"
    names = {
        row: name_of(forms["form"][row], tables)
        for row in range(forms.height)
        if people[row]
    }
    bearers: dict[str, list[int]] = defaultdict(list)
    for row, name in names.items():
        for key in surnames(name):
            bearers[key].append(row)
    documents = _documents(forms, seen)
    counts = forms["mentions"].to_list()
    for row, name in names.items():
        key = loose_key("".join(name.parts))
        if len(name.parts) != 1 or len(name.parts[0]) < SHORTEST_SURNAME:
            continue
        near = [full for full in bearers.get(key, ()) if full != row]
        met = [full for full in near if documents[full] & documents[row]] or near
        people_met = {groups.of(full) for full in met}
        for group in sorted(people_met):
            best = max(
                (f for f in near if groups.of(f) == group),
                key=lambda f: (counts[f], -f),
            )
            unique = len(people_met) == 1
            yield linked(
                row,
                best,
                BY_SURNAME if unique else UNSURE,
                "short-name",
                ("name-part",),
                "related" if unique else "ask",
                lesser=row,
            )


def _documents(forms: pl.DataFrame, seen: pl.DataFrame) -> list[set[str]]:
    alone = distinct.standing_alone(seen)
    held = alone.group_by("lang", "form").agg(docs=pl.col("doc_id").unique())
    joined = forms.select("lang", "form").join(
        held, on=["lang", "form"], how="left", maintain_order="left"
    )
    return [set(docs or ()) for docs in joined["docs"].to_list()]


def settled(links: Iterable[Link], groups: Groups, known: Decided) -> list[Link]:
    """Return the links as the groups and the decisions left them, in order.

    A link whose forms ended in one group joins; a link that wanted to join forms which
    had to stay apart becomes a question. Decisions have rows of their own, by a person.
    """
    final: dict[tuple[int, int], Link] = {}
    for link in links:
        pair = (link.left, link.right)
        if pair in final and final[pair].similarity >= link.similarity:
            continue
        final[pair] = _as_grouped(link, groups)
    for pair in known.same | known.different:
        verdict = "same" if pair in known.same else "different"
        base = final.get(pair) or Link(
            *pair, 0.0 if verdict == "different" else 100.0, "spelling", (), verdict
        )
        relation = base.relation
        if verdict == "same" and relation != "spelling":
            verdict = "related"
        final[pair] = base._replace(verdict=verdict, by="person")
    return [final[pair] for pair in sorted(final)]


def _as_grouped(link: Link, groups: Groups) -> Link:
    together = groups.of(link.left) == groups.of(link.right)
    if together and link.verdict == "ask":
        verdict = "same" if link.relation == "spelling" else "related"
        return link._replace(verdict=verdict)
    if not together and link.joins:
        return link._replace(verdict="ask")
    return link
