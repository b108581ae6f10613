"""Links between forms: by tables of relations, by brackets, by surname."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import polars as pl

from termbank.reconciliation.model.verdict_bands import SAME_FROM
from termbank.text.normalise import norm

from .bracket_glosses import bracketed_links
from .cross_script_links import cross_script_links
from .link import BY_TABLE, Link, make_link
from .person_links import person_links
from .relation_tables import LONGEST_COMPOSITION
from .short_forms import short_form_links

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termbank.reconciliation.clustering.constrained_clusters import Groups
    from termbank.reconciliation.clustering.decisions import Decided

    from .relation_tables import Relation, Relations


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
    links = [*_by_table(forms, tables), *cross_script_links(forms, seen)]
    if seen is not None and groups is not None:
        links += bracketed_links(forms, seen, tables)
        links += person_links(forms, seen, tables, groups)
        links += short_form_links(forms, seen, tables)
        links = _not_torn(links, forms, seen, tables)
    best: dict[tuple[int, int], Link] = {}
    for link in links:
        pair = link.left, link.right
        if pair not in best or link.similarity > best[pair].similarity:
            best[pair] = link
    return [best[pair] for pair in sorted(best)]


def _by_table(forms: pl.DataFrame, tables: Relations) -> Iterator[Link]:
    listed_forms = dict(_list_entries(forms, tables))
    rows: dict[str, list[int]] = defaultdict(list)
    by_parts: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row, text in listed_forms.items():
        rows[text].append(row)
        if parts := tables.composition(text):
            by_parts[parts].append(text)
    for row, text in listed_forms.items():
        parts = tables.composition(text)
        single = tables.single.get(text)
        near = {*tables.partners.get(text, ()), *parts, *by_parts.get(parts, ())}
        for other in sorted(near | ({single} if single else set())):
            relation = tables.between(text, other)
            # A letter alone may be anything: 日 is a day, 西 the west.
            letters = relation is not None and 1 in (len(text), len(other))
            for there in rows.get(other, ()):
                if relation and not letters and there != row:
                    yield _table_link(row, there, relation, text)


def _not_torn(
    links: list[Link], forms: pl.DataFrame, mentions: pl.DataFrame, tables: Relations
) -> list[Link]:
    """Return the links without compositions that never open a noun run: 日朝 of 日曜日朝."""
    composition_rows = {
        row
        for row, text in enumerate(forms["form"])
        if len(text) <= LONGEST_COMPOSITION and tables.composition(norm(text))
    }
    if not composition_rows:
        return links
    places = mentions.select("doc_id", "lang", "start", "end", form="surface").unique()
    names = forms[sorted(composition_rows)].select("lang", "form")
    compositions = places.join(names, on=["lang", "form"], how="semi")
    around = (
        compositions.join(places, on="doc_id", suffix="_other")
        .filter(
            (pl.col("start_other") < pl.col("start"))
            & (pl.col("end_other") > pl.col("start"))
        )
        .select("doc_id", "start", "end")
        .unique()
    )
    opening = compositions.join(around, on=["doc_id", "start", "end"], how="anti")
    whole = set(opening.select("lang", "form").unique().iter_rows())
    torn = {
        row
        for row in composition_rows
        if (forms["lang"][row], forms["form"][row]) not in whole
    }
    return [
        link
        for link in links
        if "table" not in link.reasons or not torn & {link.left, link.right}
    ]


def _list_entries(forms: pl.DataFrame, tables: Relations) -> Iterator[tuple[int, str]]:
    """Yield (row, normal form) of the forms that a table knows."""
    rows = forms.select(tables.may_list(pl.col("form"))).to_series().arg_true()
    for row, text in zip(rows, forms["form"].gather(rows), strict=True):
        normal = norm(text)
        if tables.lists(normal):
            yield row, normal


def _table_link(row: int, there: int, relation: Relation, text: str) -> Link:
    lesser = -1 if not relation.lesser else row if relation.lesser == text else there
    return make_link(
        row,
        there,
        BY_TABLE,
        relation.name,
        ("table",),
        "related",
        lesser=lesser,
        note=relation.since,
    )


def settle_links(links: Iterable[Link], groups: Groups, known: Decided) -> list[Link]:
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
        # Others joined them; this pair by itself is no surer to be one spelling.
        sure = link.relation == "spelling" and link.similarity >= SAME_FROM
        return link._replace(verdict="same" if sure else "related")
    if not together and link.joins:
        return link._replace(verdict="ask")
    return link
