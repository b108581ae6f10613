"""Frames of the language server protocol, read strictly from an editor.

The base library passes over headers it does not know and waits for ever after a wrong
length. Here every frame is checked first, and what cannot be a frame ends the reading:
after it nobody knows where the next one begins.

Source: Language Server Protocol 3.17, "Base Protocol".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import BinaryIO

LONGEST_HEADER: Final = 4096  # bytes of a line
LARGEST_FRAME: Final = 128 << 20  # bytes; a document of 5 MB is twice that at most
_LENGTH: Final = b"content-length"


class FrameReader:
    """Gives well-formed frames alone, line by line and piece by piece.

    Args:
        stream: Standard input.

    Attributes:
        fault: What ended the reading before its time; empty for the end of the input.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lines: list[bytes] = []
        self._body = b""
        self.fault = ""

    def readline(self) -> bytes:
        """Return the next header line; nothing at the end."""
        if not self._lines and not self._next_frame():
            return b""
        return self._lines.pop(0)

    def read(self, _length: int = -1) -> bytes:
        """Return the body of the frame whose headers were read."""
        body, self._body = self._body, b""
        return body

    def _next_frame(self) -> bool:
        length = self._read_headers()
        if length is None:
            return False
        body = self._stream.read(length)
        if len(body) < length:
            self.fault = f"a frame of {length} bytes that ends after {len(body)}"
            return False
        self._body = body
        self._lines = [b"Content-Length: %d\r\n" % length, b"\r\n"]
        return True

    def _read_headers(self) -> int | None:
        length: int | None = None
        while line := self._stream.readline(LONGEST_HEADER):
            name, colon, value = line.strip().partition(b":")
            if not line.strip():
                if length is None:
                    self.fault = "headers without Content-Length"
                return length
            if not colon or not line.endswith(b"\n"):
                self.fault = f"no header: {line[:80]!r}"
                return None
            if name.strip().lower() == _LENGTH:
                text = value.strip()
                if (
                    not text.isdigit()
                    or len(text) > 12
                    or not 0 < int(text) <= LARGEST_FRAME
                ):
                    self.fault = f"Content-Length {text[:40].decode('latin-1')!r}"
                    return None
                length = int(text)
        return None
