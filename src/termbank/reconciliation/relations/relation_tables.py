"""Relations that are not spelling, read from CSV files that people can extend."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank import strict_csv
from termbank.errors import FormatError, InputError
from termbank.isolation.project_root import refuse_leading_out
from termbank.messages import say
from termbank.text.kana import loose_key
from termbank.text.normalise import norm

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import polars as pl

FOLDER: Final = Path(__file__).with_name("tables")
_PAIRS: Final = {
    "abbreviations": ("short", "full", "abbreviation"),
    "acronyms": ("short", "full", "acronym"),
    "short-names": ("short", "full", "short-name"),
    "renamed": ("old", "new", "renamed"),
    "synonyms": ("left", "right", "synonym"),
}
# Letters of countries that are rarely anything else, and those that are directions.
_PLAIN_LETTERS: Final = frozenset("米英仏独露ロ韓豪伊印蘭墨ウ")
_DIRECTIONS: Final = frozenset("北西")
LONGEST_COMPOSITION: Final = 4  # countries in one word: 日米豪印 is the longest in use


class Relation(NamedTuple):
    """How two forms are related.

    Attributes:
        name: One of ``columns.RELATIONS``.
        since: Day of a renaming, ISO 8601; else empty.
        lesser: Normal form of the short or outdated side; empty where neither is.
    """

    name: str
    since: str = ""
    lesser: str = ""


class Relations(NamedTuple):
    """All relation tables, keyed by normal form.

    Attributes:
        pairs: Lower and higher normal form to what relates them.
        partners: Normal form to the normal forms it stands in ``pairs`` with.
        single: One-character name to its full name, for compositions.
        given: Loose key of a given name to the key that stands for all of its family.
        honorifics: Endings that never belong to a name (氏).
        offices: Endings that a person's name may carry (大統領).
        roots: Keys that stand for a family of given names.
        wholes: Normal forms of what has a one-character name.
        longest: Code points of the longest form in any table; twice that, because other
            widths may take more.
        compositions: Words of letters of countries, and whether they are compositions.
    """

    pairs: Mapping[tuple[str, str], Relation]
    partners: Mapping[str, tuple[str, ...]]
    single: Mapping[str, str]
    given: Mapping[str, str]
    honorifics: tuple[str, ...]
    offices: tuple[str, ...]
    roots: frozenset[str]
    wholes: frozenset[str]
    longest: int
    compositions: Mapping[str, bool]

    def lists(self, form: str) -> bool:
        """Tell whether a normal form stands in any table of pairs or compositions."""
        in_pairs = form in self.partners or form in self.single or form in self.wholes
        return in_pairs or bool(self.composition(form))

    def may_list(self, form: pl.Expr) -> pl.Expr:
        """Tell which forms :meth:`lists` has to be asked about in their normal form.

        Katakana, most of a large vocabulary, are their own normal form, so that whole
        columns of them are told apart at once.
        """
        texts = {*self.partners, *self.single, *self.wholes}
        singles = "".join(map(re.escape, sorted(self.single)))
        pattern = rf"^[{singles}]{{2,{LONGEST_COMPOSITION}}}$" if singles else "^$"
        other = ~form.str.contains(r"^[ァ-ヺー・]*$")
        short = form.str.len_chars() <= self.longest
        return short & (other | form.is_in(texts) | form.str.contains(pattern))

    def between(self, left: str, right: str) -> Relation | None:
        """Return how two forms are related, or None.

        >>> shipped_relations().between("キーウ", "キエフ")
        Relation(name='renamed', since='2022-03-31', lesser='キエフ')
        """
        low, high = sorted((norm(left), norm(right)))
        return self.pairs.get((low, high)) or self._by_composition(low, high)

    def composition(self, form: str) -> tuple[str, ...]:
        """Return the parts of a form made only of one-character names, else nothing.

        >>> shipped_relations().composition("米ロ"), shipped_relations().composition("米国")
        (('米国', 'ロシア'), ())
        """
        if not 2 <= len(form) <= LONGEST_COMPOSITION:
            return ()
        parts = tuple(self.single.get(char, "") for char in form)
        if not all(parts) or len(set(parts)) < len(parts):
            return ()
        return parts if self._is_composition(form) else ()

    def _is_composition(self, form: str) -> bool:
        """Tell whether letters of countries are a composition and no other word.

        Most letters have senses of their own: 土台 is a base, 日中 may be daytime, 北西 is
        a direction. A composition stands in the table, or holds a letter that is rarely
        anything else (米, 露) and opens with no direction (北米, 西独).
        """
        if form in self.compositions:
            return self.compositions[form]
        return form[0] not in _DIRECTIONS and any(
            char in _PLAIN_LETTERS for char in form
        )

    def _by_composition(self, left: str, right: str) -> Relation | None:
        ours, theirs = self.composition(left), self.composition(right)
        if ours and ours == theirs:
            return Relation("abbreviation")
        if left in theirs or right in ours:
            return Relation("composition")
        if self.single.get(left) == right or self.single.get(right) == left:
            return Relation("abbreviation", "", min(left, right, key=len))
        return None


@cache
def shipped_relations() -> Relations:
    """Return the tables that come with termbank."""
    return load()


def load(extra: Path | None = None) -> Relations:
    """Return the shipped tables and, where given, those of a project's own folder.

    Args:
        extra: Folder with files of the shipped names and columns; any may be absent.

    Raises:
        FormatError: A row lacks a column or leaves it empty.
        InputError: ``extra`` is not a folder.
    """
    if extra is not None and not extra.is_dir():
        raise InputError(
            str(extra),
            say("フォルダーが見つかりません", "no folder"),
            say("関係の表のフォルダー", "a folder of relation tables"),
        )
    folders = [FOLDER] if extra is None else [FOLDER, extra]
    pairs: dict[tuple[str, str], Relation] = {}
    partners: dict[str, set[str]] = defaultdict(set)
    for stem, (left, right, relation) in _PAIRS.items():
        for row in _rows(folders, stem, (left, right)):
            low, high = sorted((norm(row[left]), norm(row[right])))
            lesser = "" if relation == "synonym" else norm(row[left])
            pairs.setdefault(
                (low, high), Relation(relation, row.get("since") or "", lesser)
            )
            partners[low].add(high)
            partners[high].add(low)
    for low, high in _names_of_one_state(folders):
        if (low, high) not in pairs:
            pairs[low, high] = Relation("synonym")
            partners[low].add(high)
            partners[high].add(low)
    titles = list(_rows(folders, "titles", ("title", "sort")))
    single = {
        norm(row["short"]): norm(row["full"])
        for row in _rows(folders, "abbreviations", ("short", "full"))
    }
    given_roots = _families(folders)
    return Relations(
        pairs,
        {form: tuple(sorted(others)) for form, others in partners.items()},
        single,
        given_roots,
        _endings(titles, "honorific"),
        _endings(titles, "office"),
        frozenset(given_roots.values()),
        frozenset(single.values()),
        2 * max(map(len, partners), default=LONGEST_COMPOSITION),
        {
            norm(row["word"]): row["sense"] == "countries"
            for row in _rows(folders, "compositions", ("word", "sense"))
        },
    )


def _names_of_one_state(folders: list[Path]) -> Iterator[tuple[str, str]]:
    """Yield pairs of names of one state: アメリカ合衆国, 米国."""
    names: dict[str, set[str]] = defaultdict(set)
    for row in _rows(folders, "states", ("name", "code")):
        names[row["code"]].add(norm(row["name"]))
    for some in names.values():
        yield from combinations(sorted(some), 2)


def _endings(titles: list[dict[str, str]], sort: str) -> tuple[str, ...]:
    titles_of_sort = {row["title"] for row in titles if row["sort"] == sort}
    return tuple(sorted(titles_of_sort, key=lambda title: (-len(title), title)))


def _families(folders: list[Path]) -> dict[str, str]:
    family: dict[str, str] = {}
    for row in _rows(folders, "given-names", ("left", "right")):
        left, right = loose_key(row["left"]), loose_key(row["right"])
        root = min(family.get(left, left), family.get(right, right))
        old = {family.get(left, left), family.get(right, right)}
        family |= {key: root for key, value in family.items() if value in old}
        family |= {left: root, right: root}
    return family


def _rows(
    folders: list[Path], stem: str, columns_needed: tuple[str, ...]
) -> Iterator[dict[str, str]]:
    for folder in folders:
        path = folder / f"{stem}.csv"
        if not path.is_file():
            continue
        for line, row in _records(path):
            missing = [name for name in columns_needed if not row.get(name)]
            if missing:
                columns = ", ".join(missing)
                problem = say(f"{columns} がありません", f"no {columns}")
                raise FormatError(str(path), line, problem, ",".join(columns_needed))
            yield row


def _records(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, row) of a table; what stands beyond the header's columns is left out."""
    refuse_leading_out(str(path))
    text = strict_csv.text_of(str(path)) or ""
    rows = strict_csv.records(str(path), text)
    _, header = next(rows, (1, []))
    for line, fields in rows:
        yield line, dict(zip(header, fields, strict=False))
