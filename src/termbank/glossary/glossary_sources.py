"""From what a caller calls a glossary to the rows of all that hold, the first winning."""

from __future__ import annotations

import os

from termbank.cache import signature
from termbank.config import BUILT_IN
from termbank.glossary_places import files_of, path_of, stack_of
from termbank.isolation.project_root import refuse_leading_out

from .shipped import place_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from .glossary import Glossary
    from .light_rows import TermRow

    One: TypeAlias = str | os.PathLike[str] | Glossary
    GlossaryLike: TypeAlias = One | Sequence[One] | None
    Definitions: TypeAlias = dict[tuple[str, str], str]


class Rows:
    """Rows in the place of a glossary object."""

    __slots__ = ("rows",)

    def __init__(self, rows: Sequence[TermRow]) -> None:
        self.rows = list(rows)


def glossary_stack(glossary: GlossaryLike) -> tuple[One, ...]:
    """Return the glossaries that hold, in the order in which they win.

    Args:
        glossary: A glossary, a path, ``builtin``, a list of these, or None for the
            project's glossaries (settings) and after them the shipped one.
    """
    default: Sequence[One] = ()
    if glossary is None:
        from termbank.config import glossaries_in_use, settings

        own = glossaries_in_use(settings())
        default = own if BUILT_IN in own else (*own, BUILT_IN)
    return stack_of(glossary, default)  # type: ignore[return-value]


def key_of(stack: Sequence[One]) -> str:
    """Return what identifies the content of glossaries; empty where one is an object."""
    paths = [path_of(source) for source in stack]
    if not all(paths):
        return ""
    return signature(file for path in paths for file in files_of(place_of(path)))


def combine(stack: Sequence[One]) -> tuple[list[TermRow], Definitions]:
    """Return the terms and definitions of all glossaries.

    A concept comes whole from the first glossary that has it, or that has a concept
    with the same preferred form. One that is only proposed comes after all that people
    have approved, in whichever glossary, and not at all where one of those has its form.

    Raises:
        InputError: A glossary is not there or breaks the rules of its format.
    """
    from termbank.text.normalise import norm

    rows: list[TermRow] = []
    texts: Definitions = {}
    known_ids: set[str] = set()
    led: set[tuple[str, str]] = set()
    approved_keys: set[tuple[str, str]] = set()
    read = [rows_and_definitions_of(source) for source in stack]
    for is_proposed in (False, True):
        for mine, definitions in read:
            turn = [
                row for row in mine if is_proposed is (row.concept_status == "proposed")
            ]
            heads = [row for row in turn if row.status == "preferred"]
            taken_keys = led | approved_keys if is_proposed else led
            beaten = {
                row.concept_id
                for row in heads
                if (row.lang, norm(row.form)) in taken_keys
            }
            beaten |= known_ids
            rows += [row for row in turn if row.concept_id not in beaten]
            here = {row.concept_id for row in turn} - beaten
            texts |= {key: text for key, text in definitions.items() if key[0] in here}
            known_ids |= {row.concept_id for row in turn}
            led |= {(row.lang, norm(row.form)) for row in heads}
        approved_keys = {(row.lang, norm(row.form)) for row in rows}
    return rows, texts


def rows_of(source: One | Rows) -> list[TermRow]:
    """Return the terms of one glossary.

    Raises:
        InputError: Nothing is there, or it breaks the rules of its format.
    """
    if isinstance(source, Rows):
        return source.rows
    if path_of(source) and os.path.isdir(place := place_of(path_of(source))):
        from .light_rows import read_rows

        refuse_leading_out(place)
        return read_rows(place)
    return rows_and_definitions_of(source)[0]


def rows_and_definitions_of(source: One) -> tuple[list[TermRow], Definitions]:
    """Return the terms and the definitions of one glossary.

    Raises:
        InputError: Nothing is there, or it breaks the rules of its format.
    """
    if not isinstance(source, (str, os.PathLike)):
        return _of_object(source)
    place = place_of(source)
    refuse_leading_out(place)
    if os.path.isdir(place):
        from .light_rows import read_rows_and_definitions

        return read_rows_and_definitions(place)
    if not os.path.exists(place):
        from .csv_tables import absent

        raise absent(place)
    from .glossary import Glossary

    return _of_object(Glossary.read(place))


def _of_object(glossary: Glossary) -> tuple[list[TermRow], Definitions]:
    from .light_rows import rows_of

    definition_rows = glossary.definitions.iter_rows(named=True)
    texts = {(row["concept_id"], row["lang"]): row["text"] for row in definition_rows}
    return rows_of(glossary), texts
