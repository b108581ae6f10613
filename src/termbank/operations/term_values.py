"""What a person says about a term."""

from __future__ import annotations

from typing import NamedTuple


class NewTerm(NamedTuple):
    """What a person says about a term.

    Attributes:
        form: How it should be written.
        lang: Its language.
        english: English forms, the preferred one first.
        variants: Spellings that give way to ``form``.
        admitted: Spellings allowed beside it.
        kind: person, place, organization, product, event or term; empty for what it is
            already, else ``term``.
        domain: Subject field.
        reading: Katakana.
        definition: In the language of ``form``.
        note: Remark for translators.
    """

    form: str
    lang: str = "ja"
    english: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    admitted: tuple[str, ...] = ()
    kind: str = ""
    domain: str = ""
    reading: str = ""
    definition: str = ""
    note: str = ""


class Update(NamedTuple):
    """What a person changes about a term; None leaves a value, an empty text clears it.

    Attributes:
        form: New spelling; the old one gives way to it.
        english: English forms to add, the preferred one first.
        kind: Of the concept.
        domain: Of the concept.
        reading: Of the form.
        definition: In the language of the form.
        note: Of the form.
    """

    form: str | None = None
    english: tuple[str, ...] = ()
    kind: str | None = None
    domain: str | None = None
    reading: str | None = None
    definition: str | None = None
    note: str | None = None
