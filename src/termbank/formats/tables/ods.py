"""ODS workbooks, read as XLSX workbooks are.

Keeps: cell texts.
Drops: all sheets but one, formats, formulas (their last values are read).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .record_reader import inspect_rows
from .xlsx import concepts, holds_pairs, reader, segments

if TYPE_CHECKING:
    from termbank.formats.model.file_head import Head
    from termbank.formats.model.inspection_report import Inspection

__all__ = [
    "DROPS",
    "NAME",
    "SUFFIXES",
    "concepts",
    "holds_pairs",
    "inspect",
    "reader",
    "recognise",
    "segments",
]

NAME: Final = "ods"
SUFFIXES: Final = (".ods",)
DROPS: Final = ("all sheets but one", "formats", "formulas")
_MARK: Final = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"


def inspect(path: str) -> Inspection:
    """Return what a sheet holds, reading all of it."""
    return inspect_rows(reader(path), NAME)


def recognise(head: Head) -> bool:
    """Whether the archive names its type as ODS does."""
    return head.start.startswith(b"PK\x03\x04") and _MARK in head.start[:200]
