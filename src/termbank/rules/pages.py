"""The pages of the rules: their docstrings, and the examples in them.

Sections are headed ``Glossary:``, ``Settings:``, ``Bad:`` and ``Good:``; their lines are
indented. A line of the glossary reads ``preferred < deprecated [relation, since DATE]``,
``preferred = admitted [kind]``, or ``preferred`` alone; after ``en:`` it gives the
English forms of the concept before.
"""

from __future__ import annotations

import re
import sys

from termbank.glossary.light_rows import TermRow
from termbank.identifiers import concept_id
from termbank.records import NamedTuple
from termbank.table_columns import KINDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_SECTIONS = (
    "Glossary",
    "Settings",
    "Bad",
    "Good",
    "Pairs, bad",
    "Pairs, good",
    "Glossary, bad",
    "Glossary, good",
)
_LINE = re.compile(
    r"(?P<good>[^<=\[{]+?)(?:\s*(?P<mark>[<=])\s*(?P<other>[^\[{]+?))?"
    r"\s*(?:\[(?P<said>[^\]]*)\])?\s*(?:\{(?P<note>[^}]*)\})?$"
)


class Page(NamedTuple):
    """What a rule says about itself.

    Attributes:
        text: The whole page.
        glossary: Lines of its glossary.
        settings: Key and value pairs.
        bad: Texts that must be found.
        good: Texts that must not.
        bad_pairs: Bilingual texts that must be found: (source, target) pairs each.
        good_pairs: Bilingual texts that must not.
        bad_glossaries: Lines of glossaries that must be found.
        good_glossaries: Lines of glossaries that must not.
    """

    text: str
    glossary: tuple[str, ...]
    settings: tuple[tuple[str, str], ...]
    bad: tuple[str, ...]
    good: tuple[str, ...]
    bad_pairs: tuple[tuple[tuple[str, str], ...], ...]
    good_pairs: tuple[tuple[tuple[str, str], ...], ...]
    bad_glossaries: tuple[tuple[str, ...], ...]
    good_glossaries: tuple[tuple[str, ...], ...]


def page(rule: object) -> Page:
    """Return the page of a rule object."""
    text = (sys.modules[type(rule).__module__].__doc__ or "").strip()
    sections: dict[str, list[str]] = {name: [] for name in _SECTIONS}
    settings: list[tuple[str, str]] = []
    current = ""
    for line in text.split("\n"):
        head, colon, tail = line.partition(":")
        if line[:1].strip():
            current = head if colon and head in _SECTIONS else ""
            if current == "Settings" and "=" in tail:
                key, _, value = tail.partition("=")
                settings.append((key.strip(), value.strip()))
        elif current and line.strip():
            sections[current].append(line.strip())
    return Page(
        text,
        tuple(sections["Glossary"]),
        tuple(settings),
        tuple(sections["Bad"]),
        tuple(sections["Good"]),
        tuple(map(_pairs, sections["Pairs, bad"])),
        tuple(map(_pairs, sections["Pairs, good"])),
        tuple(tuple(line.split(" ; ")) for line in sections["Glossary, bad"]),
        tuple(tuple(line.split(" ; ")) for line in sections["Glossary, good"]),
    )


def _pairs(line: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs of a line: ``source | target || source | target``."""
    pairs = (part.partition(" | ") for part in line.split(" || "))
    return tuple((source.strip(), target.strip()) for source, _, target in pairs)


def rows_in(lines: tuple[str, ...]) -> list[TermRow]:
    """Return the terms that the glossary lines of a page stand for.

    >>> [(row.form, row.status) for row in rows_in(("キーウ < キエフ [renamed]",))]
    [('キーウ', 'preferred'), ('キエフ', 'deprecated')]
    """
    rows: dict[tuple[str, str, str], TermRow] = {}
    concept = ""
    used_ids: set[str] = set()
    for line in lines:
        head, colon, tail = line.partition(": ")
        lang, rest = (head, tail) if colon and len(head) == 2 else ("", line)
        for row in _rows(rest, lang or "ja", concept if lang else "", used_ids):
            rows.setdefault((row.concept_id, row.lang, row.form), row)
            concept = row.concept_id
    return list(rows.values())


def _rows(line: str, lang: str, concept: str, used_ids: set[str]) -> Iterator[TermRow]:
    match = _LINE.match(line.strip())
    if match is None:
        raise ValueError(line)
    remarks = [
        word.strip() for word in (match["said"] or "").split(",") if word.strip()
    ]
    kind = next((word for word in remarks if word in KINDS), "term")
    since = next((word[6:] for word in remarks if word.startswith("since ")), "")
    status = "forbidden" if "forbidden" in remarks else "deprecated"
    relation = next(
        (word for word in remarks if word in ("synonym", "renamed", "acronym")),
        "spelling",
    )
    note = match["note"] or ""
    good = match["good"].strip()
    # A form given twice alone stands for two concepts, as in a duplicate entry.
    twice = used_ids if not match["mark"] else ()
    concept = concept or concept_id(lang, good, twice)
    used_ids.add(concept)

    def row(form: str, status: str, relation: str, since: str) -> TermRow:
        return TermRow(
            concept, kind, "", lang, form, "", status, relation, since, "", "", note
        )

    yield row(good, "preferred", "", "")
    if match["mark"] == "<":
        yield row(match["other"].strip(), status, relation, since)
    elif match["mark"] == "=":
        yield row(match["other"].strip(), "admitted", "short-name", "")
