"""What a compiled glossary holds: tables of names, spellings and patterns."""

from __future__ import annotations

from marshal import loads

from termbank.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    Concept: TypeAlias = tuple[
        str,
        str,
        tuple[Any, ...],
        tuple[tuple[str, str], ...],
        tuple[tuple[str, str, str], ...],
    ]
    Pattern: TypeAlias = tuple[str, str, str, str, str, bool, tuple[str, ...]]

# What a perfect match of each is worth; sounds are those of the name of somebody or
# something, of a part of it, and of a word.
FORM, READING, PART = 100, 97, 90
SOUND, SOUND_OF_PART, SOUND_OF_WORD = 95, 89, 94


MAIN = "ja"  # the language a concept is met in, where it has forms in it


class Names(NamedTuple):
    """The concepts of a glossary and the way from an exact form to them.

    Attributes:
        packed: Each concept marshalled: a look-up opens only those it answers with.
        exact: Normalised form to its (concept, tongue, form) places.
    """

    packed: list[bytes]
    exact: dict[str, list[tuple[int, int, int]]]

    def concept(self, number: int) -> Concept:
        """Return (concept_id, kind, tongues, definitions, notes) of one concept.

        Tongues are (lang, forms) pairs, the main language first; forms are (form,
        status, reading), by status and form; definitions are (lang, text) pairs, notes
        (lang, form, note) of the forms that have one.
        """
        return loads(self.packed[number])  # type: ignore[no-any-return]  # noqa: S302


class Spellings(NamedTuple):
    """What near forms are found by: forms, readings, parts of names; or their sounds.

    Attributes:
        texts: All spellings (or sounds), a line each.
        numbers: For each spelling four 32-bit integers: its worth and the concept,
            tongue and form it stands for (places in :class:`Names`).
        pairs: Two neighbouring characters of a folded spelling, the edges included, to
            the numbers of the spellings that have them, as 32-bit integers.
    """

    texts: str
    numbers: bytes
    pairs: dict[str, bytes]


class Patterns(NamedTuple):
    """What running text is searched with.

    Attributes:
        automaton: Serialised, over the normalised forms; empty where there are none.
        packed: For each pattern, marshalled, the terms it stands for; none for an
            exception.
    """

    automaton: bytes
    packed: list[bytes]

    def terms(self, number: int) -> list[Pattern]:
        """Return the terms of a pattern.

        Each is (concept_id, form, status, lang, kind, has another sense, cues): words of
        which its sentence must hold one.
        """
        return loads(self.packed[number])  # type: ignore[no-any-return]  # noqa: S302
