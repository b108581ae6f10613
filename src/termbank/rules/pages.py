"""The pages of the rules: their docstrings, and the examples in them.

The docstring is the English page. Its last section, headed ``日本語:``, is the Japanese
one: a title, then a paragraph a line; the examples are those of the English page.
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

_JAPANESE = "\n\n日本語:\n"
_FIX = "修正: "  # the line of the Japanese page that comes after the examples
_HEADINGS = {
    "Glossary": "用語集",
    "Settings": "設定",
    "Bad": "悪い例",
    "Good": "よい例",
    "Pairs, bad": "対訳の悪い例",
    "Pairs, good": "対訳のよい例",
    "Glossary, bad": "用語集の悪い例",
    "Glossary, good": "用語集のよい例",
}
_LINE = re.compile(
    r"(?P<good>[^<=\[{]+?)(?:\s*(?P<mark>[<=])\s*(?P<other>[^\[{]+?))?"
    r"\s*(?:\[(?P<said>[^\]]*)\])?\s*(?:\{(?P<note>[^}]*)\})?$"
)


class Page(NamedTuple):
    """What a rule says about itself.

    Attributes:
        text: The whole page in English.
        japanese: The whole page in Japanese; the English one where there is none.
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
    japanese: str
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
    whole = (sys.modules[type(rule).__module__].__doc__ or "").strip()
    text, _, japanese = whole.partition(_JAPANESE)
    sections: dict[str, list[str]] = {name: [] for name in _HEADINGS}
    settings: list[tuple[str, str]] = []
    current = ""
    for line in text.split("\n"):
        head, colon, tail = line.partition(":")
        if line[:1].strip():
            current = head if colon and head in _HEADINGS else ""
            if current == "Settings" and "=" in tail:
                key, _, value = tail.partition("=")
                settings.append((key.strip(), value.strip()))
        elif current and line.strip():
            sections[current].append(line.strip())
    return Page(
        text,
        _japanese_page(text, japanese) if japanese else text,
        tuple(sections["Glossary"]),
        tuple(settings),
        tuple(sections["Bad"]),
        tuple(sections["Good"]),
        tuple(map(_pairs, sections["Pairs, bad"])),
        tuple(map(_pairs, sections["Pairs, good"])),
        tuple(tuple(line.split(" ; ")) for line in sections["Glossary, bad"]),
        tuple(tuple(line.split(" ; ")) for line in sections["Glossary, good"]),
    )


def _japanese_page(text: str, japanese: str) -> str:
    """Return the Japanese page: its own paragraphs, the examples of the English one."""
    title, *lines = [line.strip() for line in japanese.split("\n")]
    head = text.partition(": ")[0]
    before = [f"{line}\n" for line in lines if line and not line.startswith(_FIX)]
    after = [line for line in lines if line.startswith(_FIX)]
    blocks = [f"{head}: {title}\n", *before]
    if examples := _examples(text):
        blocks.append(f"{examples}\n")
    return "\n".join([*blocks, *after]).rstrip()


def _examples(text: str) -> str:
    """Return the sections of examples with their headings in Japanese."""
    lines: list[str] = []
    inside = False
    for line in text.split("\n"):
        head, _, tail = line.partition(":")
        if line[:1].strip():
            inside = head in _HEADINGS
            if inside:
                lines.append(f"{_HEADINGS[head]}:{tail}")
        elif inside and line.strip():
            lines.append(line)
    return "\n".join(lines)


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
