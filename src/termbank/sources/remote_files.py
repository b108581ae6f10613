"""Files at addresses: object stores and whatever else fsspec opens (extra ``remote``).

An address is ``protocol://place``: ``s3://bucket/2024/*.jsonl``, ``gs://…``,
``memory://…``. Which protocols there are depends on the packages of fsspec that are
installed; credentials are theirs.
"""

from __future__ import annotations

import posixpath
import re
from importlib import import_module
from typing import IO, TYPE_CHECKING, Any, Final

from termbank.errors import InputError, PluginError
from termbank.messages import of_system, say

if TYPE_CHECKING:
    from pathlib import Path

_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]+://\S", re.IGNORECASE)
_MAGIC: Final = re.compile(r"[*?[]")


def is_address(name: str) -> bool:
    """Whether a source is an address, not a path.

    >>> is_address("s3://archive/2024/"), is_address("archive/2024")
    (True, False)
    """
    return _ADDRESS.match(name) is not None


def addressed_files(address: str, suffixes: frozenset[str]) -> list[str]:
    """Return the addresses of the files meant, in order.

    Args:
        address: Of a file; a folder stands for the files below it with one of the
            suffixes; ``*``, ``?`` and ``**`` are expanded.
        suffixes: Of documents.

    Raises:
        InputError: Nothing is there, or the store refuses.
        PluginError: fsspec, or its package for this protocol, is not installed.
    """
    system, path = _system(address)
    try:
        if _MAGIC.search(path):
            paths = [name for name in system.glob(path) if not system.isdir(name)]
        elif system.isdir(path):
            inside = system.find(path)
            paths = [n for n in inside if posixpath.splitext(n)[1].lower() in suffixes]
        else:
            paths = [path] if system.exists(path) else []
    except Exception as fault:  # whatever a store's client raises
        raise _refusal(address, fault) from fault
    if not paths:
        problem = say("ファイルが見つかりません", "nothing of that name")
        raise InputError(address, problem, say("あるファイル", "a file that is there"))
    return [str(system.unstrip_protocol(name)) for name in sorted(paths)]


def open_address(address: str) -> IO[bytes]:
    """Open the file at an address for reading.

    Raises:
        InputError: The store refuses.
    """
    system, path = _system(address)
    try:
        opened_file: IO[bytes] = system.open(path, "rb")
    except Exception as fault:
        raise _refusal(address, fault) from fault
    return opened_file


def address_size(address: str) -> int:
    """Return the bytes of the file at an address; 0 where the store does not say."""
    system, path = _system(address)
    try:
        return int(system.size(path) or 0)
    except Exception:
        return 0


def copy_address(address: str, target: Path) -> None:
    """Copy the file at an address to a new local file.

    Raises:
        InputError: The store refuses.
    """
    system, path = _system(address)
    try:
        system.get_file(path, str(target))
    except Exception as fault:
        raise _refusal(address, fault) from fault


def _system(address: str) -> tuple[Any, str]:
    """Return the file system of an address, and the path in it."""
    protocol = address.partition("://")[0]
    if "::" in address:  # one protocol inside another: archives are opened here
        problem = say("重ねたアドレス", "an address inside another")
        raise InputError(address, problem, f"{protocol}://…")
    try:
        fsspec = import_module("fsspec")
    except ImportError as fault:
        extra = "pip install 'termbank[remote]'"
        raise PluginError("source", f"{protocol}://", extra) from fault
    try:
        system, path = fsspec.core.url_to_fs(address)
    except ImportError as fault:
        right = " ".join(str(fault).split())
        raise PluginError("source", f"{protocol}://", right) from fault
    except Exception as fault:
        raise _refusal(address, fault) from fault
    return system, path


def _refusal(address: str, fault: Exception) -> InputError:
    reason = of_system(fault) if isinstance(fault, OSError) else str(fault)
    problem = " ".join(reason.split())[:200] or type(fault).__name__
    return InputError(
        address, problem, say("読めるファイル", "a file that can be read")
    )
