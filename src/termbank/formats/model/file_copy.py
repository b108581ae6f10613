"""Copying a file that has been read without a fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.atomic_files import replacing_bytes
from termbank.formats.safe_files import chunks

from .concept_records import Losses, Segment

if TYPE_CHECKING:
    from collections.abc import Iterable


def copy_checked(path: str, target: str, pairs: Iterable[Segment]) -> Losses:
    """Copy a file byte for byte once all its pairs have been read.

    Raises:
        FormatError: Reading the pairs finds a fault; nothing is written.
    """
    for _ in pairs:
        pass
    with replacing_bytes(target) as file:
        for piece in chunks(path):
            file.write(piece)
    return Losses()
