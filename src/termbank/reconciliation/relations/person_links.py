"""Links between a person's names: surname, given name, honorific, middle names left out."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl

from termbank.mining.terms.mention_evidence import TITLED
from termbank.reconciliation.features import form_table as distinct
from termbank.text.kana import SEPARATORS, loose_key

from .link import BY_SURNAME, BY_TABLE, UNSURE, make_link
from .personal_names import (
    Name,
    given_names_of,
    name_of,
    surnames,
    without_titles,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from termbank.reconciliation.clustering.constrained_clusters import Groups

    from .link import Link
    from .relation_tables import Relations

SHORTEST_SURNAME: Final = 2  # code points; a single kanji is an abbreviation
_PARTS: Final = re.compile(f"[{SEPARATORS}]+")
FEWEST_PARTS: Final = 2  # of a name that may have lost some


class _People(NamedTuple):
    """The persons among the forms.

    Attributes:
        names: Row to name.
        documents: For each row of the frame, the documents that hold it alone.
        counts: For each row, its mentions.
        titled: Rows that stand before a title or honorific somewhere.
        groups: Groups by spelling.
    """

    names: Mapping[int, Name]
    documents: list[set[str]]
    counts: list[int]
    titled: frozenset[int]
    groups: Groups


def person_links(
    forms: pl.DataFrame, seen: pl.DataFrame, tables: Relations, groups: Groups
) -> Iterator[Link]:
    """Yield the links between names of one person.

    Args:
        forms: Frame of :mod:`.form_table`.
        seen: The mentions.
        tables: Titles, and given names by two source languages.
        groups: Groups by spelling, so that a surname meets a person once however often
            the full name is spelled otherwise.
    """
    rows = (forms["kind"] == "person").arg_true().to_list()
    names = {row: name_of(forms["form"][row], tables) for row in rows}
    people = _People(
        names,
        _documents(forms, seen),
        forms["mentions"].to_list(),
        _has_title(forms, seen),
        groups,
    )
    yield from _by_one_part(people)
    yield from _by_fewer_parts(people)
    yield from _with_honorific(forms, names, tables)


def _by_one_part(people: _People) -> Iterator[Link]:
    """Yield a link from each lone surname or given name to the people who bear it.

    Only the documents that hold the lone name are asked first: where their full names
    are one person, it is that one; where they hold none, the whole collection is asked.
    Several people give ``ask`` to each. A given name joins where it stands as a surname
    does, before a title (ジョコ大統領), or is written in kanji (家康); else it is asked about.
    """
    by_surname = _bearers(people, surnames)
    by_given = _bearers(people, given_names_of)
    for row, name in people.names.items():
        if len(name.parts) != 1 or len(name.parts[0]) < SHORTEST_SURNAME:
            continue
        key = loose_key("".join(name.parts))
        if bearers := _bearers_nearby(row, by_surname.get(key, ()), people):
            yield from _lone(row, bearers, people, sure=True)
        elif bearers := _bearers_nearby(row, by_given.get(key, ()), people):
            sure = row in people.titled or _in_kanji(key)
            yield from _lone(row, bearers, people, sure=sure)


def _bearers(
    people: _People, parts_of: Callable[[Name], tuple[str, ...]]
) -> dict[str, list[int]]:
    bearers: dict[str, list[int]] = defaultdict(list)
    for row, name in people.names.items():
        for key in parts_of(name):
            bearers[key].append(row)
    return bearers


def _bearers_nearby(row: int, bearers: Iterable[int], people: _People) -> list[int]:
    """Return the bearers of a name in the documents that hold it, else all of them."""
    near = [full for full in bearers if full != row]
    documents = people.documents
    return [full for full in near if documents[full] & documents[row]] or near


def _lone(
    row: int, bearers: list[int], people: _People, *, sure: bool
) -> Iterator[Link]:
    bearer_groups = {people.groups.of(full) for full in bearers}
    is_certain = sure and len(bearer_groups) == 1
    for group in sorted(bearer_groups):
        best = max(
            (full for full in bearers if people.groups.of(full) == group),
            key=lambda full: (people.counts[full], -full),
        )
        yield make_link(
            row,
            best,
            BY_SURNAME if is_certain else UNSURE,
            "short-name",
            ("name-part",),
            "related" if is_certain else "ask",
            lesser=row,
        )


def _by_fewer_parts(people: _People) -> Iterator[Link]:
    """Yield links from names without their middle names: デニス・ケレハー, デニス・M・ケレハー."""
    by_ends: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, name in people.names.items():
        if len(name.keys) > FEWEST_PARTS:
            by_ends[name.keys[0], name.keys[-1]].append(row)
    for row, name in people.names.items():
        if len(name.keys) < FEWEST_PARTS:
            continue
        longer = [
            full
            for full in by_ends.get((name.keys[0], name.keys[-1]), ())
            if len(people.names[full].keys) > len(name.keys)
            and _in_order(name.keys, people.names[full].keys)
        ]
        if longer:
            yield from _lone(
                row, _bearers_nearby(row, longer, people), people, sure=True
            )


def _in_order(some: tuple[str, ...], every: tuple[str, ...]) -> bool:
    rest = iter(every)
    return all(part in rest for part in some)


def parts_of_one_name(forms: pl.DataFrame, links: Iterable[Link]) -> Iterator[Link]:
    """Yield links between the parts in which two spellings of one full name differ.

    Where ブレット・カバノー and ブレット・カバナー are one person, カバノー and カバナー are one surname.

    Args:
        forms: Frame of :mod:`.form_table`.
        links: Links by spelling.
    """
    has_parts = forms["form"].str.contains(f"[{SEPARATORS}]").to_list()
    same_names = [
        link
        for link in links
        if link.verdict == "same" and has_parts[link.left] and has_parts[link.right]
    ]
    if not same_names:
        return
    place = {
        key: row for row, key in enumerate(forms.select("lang", "form").iter_rows())
    }
    texts, languages = forms["form"].to_list(), forms["lang"].to_list()
    for link in same_names:
        ours, theirs = (_PARTS.split(texts[row]) for row in (link.left, link.right))
        other = [pair for pair in zip(ours, theirs, strict=False) if pair[0] != pair[1]]
        if len(ours) != len(theirs) or len(ours) < FEWEST_PARTS or len(other) != 1:
            continue
        rows = [place.get((languages[link.left], part)) for part in other[0]]
        if rows[0] is not None and rows[1] is not None:
            yield make_link(
                rows[0], rows[1], link.similarity, "spelling", ("full-name",), "same"
            )


def _with_honorific(
    forms: pl.DataFrame, names: Mapping[int, Name], tables: Relations
) -> Iterator[Link]:
    """Yield links from names with an honorific to the names: ケレハー氏, ケレハー."""
    ends = forms.select(
        pl.any_horizontal(
            pl.col("form").str.ends_with(ending) for ending in tables.honorifics
        )
    )
    places = {
        (lang, form): row
        for row, (lang, form) in enumerate(forms.select("lang", "form").iter_rows())
        if row in names
    }
    for row in ends.to_series().arg_true().to_list():
        form = forms["form"][row]
        base = places.get(
            (forms["lang"][row], without_titles(form, tables, offices=False))
        )
        if base is not None and base != row:
            yield make_link(
                row, base, BY_TABLE, "spelling", ("honorific",), "same", lesser=row
            )


def _in_kanji(key: str) -> bool:
    return all("\u3400" <= char <= "\u9fff" for char in key)


def _has_title(forms: pl.DataFrame, mentions: pl.DataFrame) -> frozenset[int]:
    if "evidence" not in mentions.columns:
        return frozenset()
    with_titles = (
        mentions.filter((pl.col("evidence") & TITLED) != 0)
        .select("lang", form="surface", titled=pl.lit(value=True))
        .unique()
    )
    by_row = forms.select("lang", "form").join(
        with_titles, on=["lang", "form"], how="left", maintain_order="left"
    )
    return frozenset(by_row["titled"].is_not_null().arg_true().to_list())


def _documents(forms: pl.DataFrame, mentions: pl.DataFrame) -> list[set[str]]:
    alone = distinct.standing_alone(mentions)
    doc_lists = alone.group_by("lang", "form").agg(docs=pl.col("doc_id").unique())
    by_row = forms.select("lang", "form").join(
        doc_lists, on=["lang", "form"], how="left", maintain_order="left"
    )
    return [set(docs or ()) for docs in by_row["docs"].to_list()]
