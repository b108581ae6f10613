"""What glossaries say of concepts that are named by their identifiers."""

from __future__ import annotations

from termbank.glossary import index
from termbank.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from termbank.glossary.glossary_sources import GlossaryLike


class ConceptDetails(NamedTuple):
    """One concept of a stack of glossaries.

    Attributes:
        concept_id: Twelve hex digits.
        name: Preferred form in the main language.
        kind: person, place, organization, product, event or term.
        forms: (language, form, status, reading), by language, status and form.
        definitions: By language.
    """

    concept_id: str
    name: str
    kind: str
    forms: tuple[tuple[str, str, str, str], ...]
    definitions: dict[str, str]


def concept_details(
    concepts: Iterable[str], glossary: GlossaryLike = None
) -> dict[str, ConceptDetails]:
    """Return concepts by identifier; those that no glossary has are left out.

    Args:
        concepts: Identifiers.
        glossary: As for :func:`termbank.lookup`.

    >>> from termbank import lookup
    >>> identifier = lookup("停戦", glossary="builtin")[0].concept_id
    >>> concept_details([identifier], "builtin")[identifier].name
    '停戦'
    """
    names = index.names(glossary)
    if not _numbers or _numbers[0][0] is not names.packed:
        numbers = {names.concept(at)[0]: at for at in range(len(names.packed))}
        _numbers[:] = [(names.packed, numbers)]
    numbers = _numbers[0][1]
    details = {}
    for identifier in concepts:
        if identifier in numbers:
            concept_id, kind, tongues, definitions, _ = names.concept(
                numbers[identifier]
            )
            forms = [(lang, *form) for lang, in_lang in tongues for form in in_lang]
            details[identifier] = ConceptDetails(
                concept_id, forms[0][1], kind, tuple(forms), dict(definitions)
            )
    return details


# Of the compiled glossary that was asked last: identifiers to numbers.
_numbers: list[tuple[list[bytes], dict[str, int]]] = []
