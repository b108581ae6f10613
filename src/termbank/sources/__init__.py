"""From files and texts to the frame of documents."""

from .collection import documents, read, stream
from .paths import SUFFIXES, files

__all__ = ["SUFFIXES", "documents", "files", "read", "stream"]
