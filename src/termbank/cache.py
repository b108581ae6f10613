"""Compiled glossaries on disk, found again by what they were compiled from.

Reading one costs well under a millisecond a thousand terms: values are marshalled, and
a checksum guards against a torn or foreign file. The cache can be deleted at any time.
It lives in ``$TERMBANK_CACHE``, else ``$XDG_CACHE_HOME/termbank``, else
``~/.cache/termbank``; where that cannot be written, everything works without it.
"""

from __future__ import annotations

import marshal
import os
import sys
from zlib import crc32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

_MAGIC = b"termbank2" + repr(sys.version_info[:3]).encode()
KEPT_FILES = 64


def signature(paths: Iterable[str]) -> str:
    """Return what identifies the present content of files: path, size and time.

    Args:
        paths: Files; absent ones count as absent.
    """
    parts = []
    for path in paths:
        try:
            seen = os.stat(path)
            parts.append(f"{os.path.abspath(path)}\0{seen.st_size}\0{seen.st_mtime_ns}")
        except OSError:
            parts.append(f"{path}\0absent")
    return "\n".join(parts)


def load(purpose: str, key: str) -> Any:
    """Return the value stored for ``key``, or None.

    Args:
        purpose: What was compiled, with the number of its layout: ``index-1``.
        key: Everything the value depends on, usually :func:`signature` and settings.
    """
    try:
        with open(_path(purpose, key), "rb") as file:
            content = file.read()
    except OSError:
        return None
    head = _MAGIC + key.encode("utf-8", "surrogateescape")
    if not content.startswith(head):
        return None
    at = len(head) + 4
    body = memoryview(content)[at:]
    if crc32(body) != int.from_bytes(content[at - 4 : at], "little"):
        return None
    return marshal.loads(body)  # noqa: S302  # ours: private folder, checksum


def store(purpose: str, key: str, value: Any) -> None:
    """Keep a value of tuples, lists, dicts, strings, bytes and numbers for ``key``."""
    body = marshal.dumps(value)
    head = _MAGIC + key.encode("utf-8", "surrogateescape")
    path = _path(purpose, key)
    scratch = f"{path}.{os.getpid()}"
    try:
        os.makedirs(folder(), mode=0o700, exist_ok=True)
        with open(scratch, "wb") as file:
            file.write(head + crc32(body).to_bytes(4, "little") + body)
        os.replace(scratch, path)
        _forget_oldest()
    except OSError:
        return


def _forget_oldest() -> None:
    entries = sorted(os.scandir(folder()), key=lambda entry: entry.stat().st_mtime)
    for entry in entries[:-KEPT_FILES]:
        os.unlink(entry.path)


def folder() -> str:
    """Return the folder of the cache; it need not exist."""
    root = os.environ.get("TERMBANK_CACHE")
    if root:
        return root
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(home, "termbank")


def _path(purpose: str, key: str) -> str:
    name = f"{purpose}-{crc32(key.encode('utf-8', 'surrogateescape')):08x}"
    return os.path.join(folder(), name)
