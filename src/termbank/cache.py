"""Compiled glossaries on disk, found again by what they were compiled from.

Reading one costs well under a millisecond a thousand terms: values are marshalled, and
a checksum guards against a torn file. The cache can be deleted at any time. It lives in
``$TERMBANK_CACHE``, else ``$XDG_CACHE_HOME/termbank``, else ``~/.cache/termbank``; where
that cannot be written, everything works without it. What somebody else could have
written is never read, and nothing is removed but files under names of its own.
"""

from __future__ import annotations

import marshal
import os
import sys
from time import time
from zlib import crc32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

_MAGIC = b"termbank2" + repr(sys.version_info[:3]).encode()
KEPT_FILES = 64
_SUFFIX, _SCRATCH = ".termbank", ".termbank-part"
_ABANDONED = 3600  # seconds after which a scratch file has no writer left
_OTHERS_MAY_WRITE = 0o022


def signature(paths: Iterable[str]) -> str:
    """Return what identifies the present content of files: path, size and time.

    Args:
        paths: Files; absent ones count as absent.
    """
    parts = []
    for path in paths:
        try:
            status = os.stat(path)
            parts.append(
                f"{os.path.abspath(path)}\0{status.st_size}\0{status.st_mtime_ns}"
            )
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
            if not is_ours(os.fstat(file.fileno())):
                return None
            content = file.read()
    except OSError:
        return None
    head = _MAGIC + key.encode("utf-8", "surrogatepass")
    if not content.startswith(head):
        return None
    at = len(head) + 4
    body = memoryview(content)[at:]
    if crc32(body) != int.from_bytes(content[at - 4 : at], "little"):
        return None
    try:
        return marshal.loads(body)  # noqa: S302  # ours: owner, rights, checksum
    except (EOFError, ValueError, TypeError):
        return None


def store(purpose: str, key: str, value: Any) -> None:
    """Keep a value of tuples, lists, dicts, strings, bytes and numbers for ``key``."""
    body = marshal.dumps(value)
    head = _MAGIC + key.encode("utf-8", "surrogatepass")
    path = _path(purpose, key)
    scratch = f"{path}.{os.getpid()}-{os.urandom(4).hex()}{_SCRATCH}"
    try:
        os.makedirs(folder(), mode=0o700, exist_ok=True)
        if not is_ours(os.stat(folder())):
            return
        try:
            # A link under the name of the scratch file is not followed ("x").
            with open(scratch, "xb", opener=_private) as file:
                file.write(head + crc32(body).to_bytes(4, "little") + body)
            os.replace(scratch, path)
        except OSError:
            os.unlink(scratch)
            return
        _forget_oldest()
    except OSError:
        return


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def is_ours(status: os.stat_result) -> bool:
    """Answer whether nobody else can have written a file or folder of the cache."""
    if not hasattr(os, "geteuid"):  # Windows: the profile's folder is the user's own
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_MAY_WRITE


def _forget_oldest() -> None:
    now = time()
    files: list[tuple[float, str]] = []
    with os.scandir(folder()) as entries:
        for entry in entries:
            name = entry.name
            ours = name.endswith((_SUFFIX, _SCRATCH))
            if not ours or not entry.is_file(follow_symlinks=False):
                continue
            write_time = entry.stat(follow_symlinks=False).st_mtime
            if name.endswith(_SUFFIX):
                files.append((write_time, entry.path))
            elif now - write_time > _ABANDONED:
                os.unlink(entry.path)
    for _, path in sorted(files)[:-KEPT_FILES]:
        os.unlink(path)


def folder() -> str:
    """Return the folder of the cache; it need not exist."""
    root = os.environ.get("TERMBANK_CACHE")
    if root:
        return root
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(home, "termbank")


def _path(purpose: str, key: str) -> str:
    number = crc32(key.encode("utf-8", "surrogatepass"))
    return os.path.join(folder(), f"{purpose}-{number:08x}{_SUFFIX}")
