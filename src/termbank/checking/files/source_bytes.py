"""The content of a checked file and the bytes that it really has."""

from __future__ import annotations

from termbank.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    Edit = tuple[int, int, str]


class Source(NamedTuple):
    """The content of a file.

    Attributes:
        content: UTF-8 without a byte order mark, line ends untouched.
        encoding: Python's name of the encoding it had.
        mark: Byte order mark that it began with; empty for none.
        raw: All bytes of the file.
    """

    content: bytes
    encoding: str
    mark: bytes = b""
    raw: bytes = b""
