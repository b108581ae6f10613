"""TBX: read in every version, written as v3 in style DCA or DCT.

Keeps: all fields of a glossary; what TBX-Basic has no category for goes into notes.
Drops: decisions; fields with characters that XML does not allow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .tbx_reader import Tbx
from .tbx_writer import Header
from .tbx_writer import write_records as write_styled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..glossary import Glossary
    from .records import Concept, Losses

NAME: Final = "tbx"
SUFFIXES: Final = (".tbx",)
DROPS: Final = ("decisions", "characters that XML does not allow")


def read(path: str) -> Glossary:
    """Return the glossary in a TBX file of any version."""
    from .frames import glossary_of

    glossary, _ = glossary_of(concepts(path))
    return glossary


def concepts(path: str) -> Iterator[Concept]:
    """Yield the concepts of a TBX file of any version."""
    yield from Tbx(path).concepts()


def write(
    glossary: Glossary, path: str, *, style: str = "dca", strict: bool = False, **_: Any
) -> Losses:
    """Write a glossary as TBX-Basic v3 and return what was lost."""
    from .frames import records_of

    return write_records(records_of(glossary), path, style=style, strict=strict)


def write_records(
    records: Iterable[Concept],
    path: str,
    *,
    style: str = "dca",
    header: Header | None = None,
    strict: bool = False,
    **_: Any,
) -> Losses:
    """Write concepts as TBX v3 and return what was lost."""
    return write_styled(records, path, style=style, header=header, strict=strict)


class DCT:
    """TBX v3 in style DCT: each data category an element of its own."""

    NAME = "tbx-dct"
    SUFFIXES = SUFFIXES
    DROPS = DROPS
    read = staticmethod(read)
    concepts = staticmethod(concepts)

    @staticmethod
    def write(glossary: Glossary, path: str, **options: Any) -> Losses:
        """Write a glossary as TBX-Basic v3, style DCT, and return what was lost."""
        return write(glossary, path, **{**options, "style": "dct"})

    @staticmethod
    def write_records(records: Iterable[Concept], path: str, **options: Any) -> Losses:
        """Write concepts as TBX v3, style DCT, and return what was lost."""
        return write_records(records, path, **{**options, "style": "dct"})
