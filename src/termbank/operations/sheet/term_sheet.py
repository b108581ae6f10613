"""The translator's sheet: one row a concept, as people fill it in a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.operations.evidence import evidence_of
from termbank.operations.glossary_rows import CONCEPT_STATUS, FORM, KIND, NOTE, STATUS
from termbank.text.normalise import norm

if TYPE_CHECKING:
    from termbank.operations.glossary_rows import GlossaryRows
    from termbank.operations.project import Project

# Field: its heading in Japanese and English; either is understood, in any letter case.
HEADINGS: Final = {
    "concept": ("ID", "ID"),
    "japanese": ("日本語", "Japanese"),
    "english": ("英語", "English"),
    "admitted": ("許容する表記", "Also allowed"),
    "deprecated": ("使わない表記", "Not to be used"),
    "kind": ("種類", "Kind"),
    "mentions": ("回数", "Count"),
    "example": ("例文", "Example"),
    "status": ("状態", "Status"),
    "note": ("注記", "Note"),
    "question": ("質問", "Question"),
}
STATES: Final = {
    "proposed": ("提案", "proposed"),
    "preferred": ("承認", "approved"),
    "rejected": ("却下", "rejected"),
}
KINDS: Final = {
    "term": ("用語", "term"),
    "person": ("人名", "person"),
    "place": ("地名", "place"),
    "organization": ("組織名", "organization"),
    "product": ("製品名", "product"),
    "event": ("出来事", "event"),
}
BETWEEN: Final = "; "
_SEPARATORS: Final = str.maketrans(dict.fromkeys("；、\n\r\t，", ";"))
EDITED: Final = (
    *("japanese", "english", "admitted", "deprecated", "kind", "status", "note"),
    "question",
)


class SheetRow(NamedTuple):
    """One concept as a row; every field is a text, empty where nothing is said.

    Attributes:
        concept: Identifier; empty in a row that somebody added.
        japanese: Leading form.
        english: English forms, the preferred one first, ``;`` between.
        admitted: Other Japanese forms that are allowed or proposed.
        deprecated: Japanese forms that give way.
        kind: person, place …
        mentions: How often the documents hold it.
        example: One sentence.
        status: proposed, preferred or rejected.
        note: Remark on the leading form.
        question: What the translator asks; becomes a request.
    """

    concept: str = ""
    japanese: str = ""
    english: str = ""
    admitted: str = ""
    deprecated: str = ""
    kind: str = ""
    mentions: str = ""
    example: str = ""
    status: str = ""
    note: str = ""
    question: str = ""


def sheet_row(rows: GlossaryRows, concept: str) -> SheetRow:
    """Return a concept as a row, without what the documents say."""
    record = rows.tables["concepts"][(concept,)]
    japanese = rows.terms(concept, "ja")
    lead = rows.lead(concept) if japanese else ""
    order = ("preferred", "admitted", "proposed", "deprecated", "forbidden")
    english = sorted(
        rows.terms(concept, "en"), key=lambda row: (order.index(row[STATUS]), row[FORM])
    )
    usable = [row[FORM] for row in english if row[STATUS] in order[:3]]
    others = [row for row in japanese if row[FORM] != lead]
    admitted = [row[FORM] for row in others if row[STATUS] in order[:3]]
    deprecated = [row[FORM] for row in others if row[STATUS] in order[3:]]
    note = next((row[NOTE] for row in japanese if row[FORM] == lead), "")
    return SheetRow(
        *(concept, lead, BETWEEN.join(usable)),
        *(BETWEEN.join(admitted), BETWEEN.join(deprecated), record[KIND]),
        status="proposed" if record[CONCEPT_STATUS] == "proposed" else "preferred",
        note=note,
    )


def sheet_rows(project: Project) -> list[SheetRow]:
    """Return all concepts of a project, those that wait for approval first."""
    rows = project.rows()
    sheet_lines = []
    for key in rows.tables["concepts"]:
        row = sheet_row(rows, key[0])
        count, example = 0, ""
        for term in rows.terms(key[0], "ja"):
            evidence = evidence_of(project, "ja", term[FORM])
            count += evidence.counts.mentions
            if not example and evidence.sentences:
                line = evidence.sentences[0]
                example = f"{line.left}{line.form}{line.right}"
        sheet_lines.append(row._replace(mentions=str(count or ""), example=example))
    sheet_lines.sort(
        key=lambda row_of_sheet: (
            row_of_sheet.status != "proposed",
            -int(row_of_sheet.mentions or 0),
            row_of_sheet,
        )
    )
    return sheet_lines


def parts(text: str) -> list[str]:
    """Return the forms of a cell; the usual separators of both languages are known.

    >>> parts("server; host、node ")
    ['server', 'host', 'node']
    """
    split = (part.strip() for part in text.translate(_SEPARATORS).split(";"))
    return [*dict.fromkeys(part for part in split if part)]


def value_of(table: dict[str, tuple[str, str]], text: str) -> str:
    """Return the value that a word of a cell stands for; empty where it is none.

    >>> value_of(STATES, "承認"), value_of(STATES, "Approved "), value_of(STATES, "?")
    ('preferred', 'preferred', '')
    """
    key = norm(text.strip())
    for value, words in table.items():
        if key in {norm(word) for word in (value, *words)}:
            return value
    return ""


def field_of(heading: str) -> str:
    """Return the field that a heading names; empty where it names none."""
    return value_of(HEADINGS, heading)
