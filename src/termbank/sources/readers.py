"""The text of a file, by its suffix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import InputError
from .decoding import decoded

if TYPE_CHECKING:
    from pathlib import Path


def text_of(path: Path) -> str:
    """Return the text of a file.

    Raises:
        InputError: The file cannot be read, or is not text.
    """
    return decoded(_content(path), str(path))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        reason = fault.strerror or "a fault"
        raise InputError(str(path), reason, "a file that can be read") from fault
