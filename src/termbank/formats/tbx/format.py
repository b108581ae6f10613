"""TBX: read in every version, written as v3 in style DCA or DCT.

Keeps: all fields of a glossary; what TBX-Basic has no category for goes into notes.
Drops: decisions; fields with characters that XML does not allow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .reader import Tbx
from .writer import Header
from .writer import write_records as write_styled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termbank.formats.model.concept_records import Concept, Losses
    from termbank.glossary import Glossary

NAME: Final = "tbx"
SUFFIXES: Final = (".tbx",)
DROPS: Final = ("decisions", "characters that XML does not allow")


def read(path: str) -> Glossary:
    """Return the glossary in a TBX file of any version."""
    from termbank.formats.model.record_frames import glossary_of

    glossary, _ = glossary_of(concepts(path))
    return glossary


def concepts(path: str) -> Iterator[Concept]:
    """Yield the concepts of a TBX file of any version."""
    yield from Tbx(path).concepts()


def write(glossary: Glossary, path: str, **options: Any) -> Losses:
    """Write a glossary as TBX-Basic v3 and return what was lost."""
    from termbank.formats.model.record_frames import records_of

    return write_records(records_of(glossary), path, **options)


def write_records(
    records: Iterable[Concept],
    path: str,
    *,
    style: str = "dca",
    header: Header | None = None,
    dialect: str = "TBX-Basic",
    strict: bool = False,
    **_: Any,
) -> Losses:
    """Write concepts as TBX and return what was lost."""
    return write_styled(
        records, path, style=style, header=header, dialect=dialect, strict=strict
    )


class Variant:
    """TBX in another style or dialect as a format of its own."""

    SUFFIXES = SUFFIXES
    DROPS = DROPS
    read = staticmethod(read)
    concepts = staticmethod(concepts)

    def __init__(self, name: str, style: str, dialect: str) -> None:
        self.NAME = name
        self._fixed = {"style": style, "dialect": dialect}

    def write(self, glossary: Glossary, path: str, **options: Any) -> Losses:
        """Write a glossary and return what was lost."""
        return write(glossary, path, **{**options, **self._fixed})

    def write_records(
        self, records: Iterable[Concept], path: str, **options: Any
    ) -> Losses:
        """Write concepts and return what was lost."""
        return write_records(records, path, **{**options, **self._fixed})


DCT: Final = Variant("tbx-dct", "dct", "TBX-Basic")
V2: Final = Variant("tbx2", "v2", "TBX-Basic")
MIN: Final = Variant("tbx-min", "dca", "TBX-Min")
MIN_DCT: Final = Variant("tbx-min-dct", "dct", "TBX-Min")
CORE: Final = Variant("tbx-core", "dca", "TBX-Core")
CORE_DCT: Final = Variant("tbx-core-dct", "dct", "TBX-Core")
