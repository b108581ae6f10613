"""TBX: read in every version, written as v3 in style DCA or DCT.

Keeps: all fields of a glossary; what TBX-Basic has no category for goes into notes.
Drops: decisions; fields with characters that XML does not allow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .frames import records_of
from .tbx_writer import write_records

if TYPE_CHECKING:
    from ..glossary import Glossary
    from .records import Losses

NAME: Final = "tbx"
SUFFIXES: Final = (".tbx",)
DROPS: Final = ("decisions",)


def write(
    glossary: Glossary,
    path: str,
    *,
    style: str = "dca",
    strict: bool = False,
    **_: object,
) -> Losses:
    """Write a glossary as TBX-Basic v3 and return what was lost."""
    return write_records(records_of(glossary), path, style=style, strict=strict)
