"""TBX: read in every version, written as v3 in style DCA or DCT.

Keeps: all fields of a glossary; what TBX-Basic has no category for goes into notes.
Drops: decisions; fields with characters that XML does not allow.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from .reader import Tbx
from .writer import Header
from .writer import write_records as write_styled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termbank.formats.model.concept_records import Concept, Losses
    from termbank.formats.model.file_head import Head
    from termbank.formats.model.inspection_report import Inspection

NAME: Final = "tbx"
SUFFIXES: Final = (".tbx",)
DROPS: Final = ("decisions", "characters that XML does not allow")
FAMILY: Final = "tbx"  # all dialects and styles
ROOTS: Final = ("tbx", "martif", "TBX")


def concepts(path: str) -> Iterator[Concept]:
    """Yield the concepts of a TBX file of any version."""
    yield from Tbx(path).concepts()


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


def rewrite(path: str, target: str, *, strict: bool = False, **options: Any) -> Losses:
    """Write a TBX file of any version anew, with its own header."""
    file = Tbx(path)
    records = file.concepts()
    first = next(records, None)  # the header stands before it
    begun = iter(()) if first is None else chain([first], records)
    return write_records(begun, target, header=file.header, strict=strict, **options)


def inspect(path: str) -> Inspection:
    """Return what a TBX file holds, reading all of it."""
    from .entry_inspection import inspect as inspect_entries

    return inspect_entries(path)


class Variant:
    """TBX in another style or dialect as a format of its own."""

    SUFFIXES = SUFFIXES
    DROPS = DROPS
    FAMILY = FAMILY
    concepts = staticmethod(concepts)

    def __init__(self, name: str, style: str, dialect: str) -> None:
        self.NAME = name
        self._fixed = {"style": style, "dialect": dialect}

    def write_records(
        self, records: Iterable[Concept], path: str, **options: Any
    ) -> Losses:
        """Write concepts and return what was lost."""
        return write_records(records, path, **{**options, **self._fixed})

    def rewrite(self, path: str, target: str, *, strict: bool = False) -> Losses:
        """Write a TBX file of any version anew in this style and dialect."""
        return rewrite(path, target, strict=strict, **self._fixed)


DCT: Final = Variant("tbx-dct", "dct", "TBX-Basic")
V2: Final = Variant("tbx2", "v2", "TBX-Basic")
MIN: Final = Variant("tbx-min", "dca", "TBX-Min")
MIN_DCT: Final = Variant("tbx-min-dct", "dct", "TBX-Min")
CORE: Final = Variant("tbx-core", "dca", "TBX-Core")
CORE_DCT: Final = Variant("tbx-core-dct", "dct", "TBX-Core")


def recognise(head: Head) -> bool:
    """Whether the root element is one of this format."""
    return head.root in ROOTS
