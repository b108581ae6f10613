"""Files written whole or not at all, and only over the content that was read.

A file is made beside its target under a name of our own (``.termbank-….part``) and put in
its place by one rename. A link stays a link: what it points to is replaced. Devices and
pipes are written through. What a killed run left behind is removed by the next run that
writes in the same folder: the system releases the lock of a dead owner.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from shutil import copyfileobj, rmtree

from .errors import InputError
from .messages import of_system, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

PREFIX, SUFFIX, FOLDER_SUFFIX = ".termbank-", ".part", ".parts"
_OWNER = "owner"  # file in a scratch folder, locked while its run lives
_BUFFER = 1 << 18  # bytes
# Names of streams that are open already: replacing the file behind one loses the stream.
_STREAMS = ("/dev/std", "/dev/fd/", "/proc/")
_swept: set[str] = set()  # folders swept by this process: once is enough


class ChangedError(InputError):
    """A file is no longer what it was when it was read."""

    def __init__(self, path: str) -> None:
        super().__init__(
            path,
            say("読んだあとに変更されたファイル", "a file changed since it was read"),
            say("もう一度実行", "another run"),
        )
        self.args = (path,)


@contextmanager
def replacing_bytes(path: str | os.PathLike[str]) -> Iterator[IO[bytes]]:
    """Give a binary file that becomes ``path`` on success and vanishes on failure.

    Raises:
        InputError: The target is a folder or a block device, its folder is absent or
            refuses, the disk is full.
    """
    path = os.fspath(path)
    with os_errors(path):
        mode = _mode(path)
        target = os.path.realpath(path)
    if mode is not None and (not stat.S_ISREG(mode) or path.startswith(_STREAMS)):
        with _written_through(path, mode) as stream:
            yield stream
        return
    folder = os.path.dirname(target)
    with os_errors(path):
        sweep(folder)
        scratch, file = _scratch(folder)
    try:
        with os_errors(path), file:
            yield file
            file.flush()
            _keep_rights(file.fileno(), target)
            if os.name != "nt":  # renamed while it is open, hence locked
                os.replace(scratch, target)
        if os.name == "nt":
            with os_errors(path):
                os.replace(scratch, target)
    finally:
        # Gone after a success; after a failure it is in the way of nobody.
        with suppress(OSError):
            os.unlink(scratch)


def replace_content(
    path: str | os.PathLike[str], content: bytes, *, was: bytes | None = None
) -> None:
    """Replace the content of a file in one step.

    Args:
        path: File; a link stays, and what it points to is replaced.
        content: All its bytes.
        was: Content it must still have; None writes in any case.

    Raises:
        ChangedError: It holds something else by now; it is left as it is.
        InputError: It cannot be written.
    """
    path = os.fspath(path)
    with (
        _lock_for_replacing(path if was is not None else None),
        replacing_bytes(path) as file,
    ):
        file.write(content)
        if was is not None:
            file.flush()
            with os_errors(path), open(path, "rb") as now:
                if now.read() != was:
                    raise ChangedError(path)


@contextmanager
def scratch_folder(parent: str) -> Iterator[str]:
    """Give a new folder in a folder; it goes at the end, or with the next run.

    Raises:
        InputError: The parent folder refuses.
    """
    with os_errors(parent):
        sweep(parent)
        path, number = _owned_folder(parent)
    try:
        yield path
    finally:
        os.close(number)
        rmtree(path, ignore_errors=True)


def _owned_folder(parent: str) -> tuple[str, int]:
    """Make a folder and the locked file that tells its owner lives."""
    while True:
        path = os.path.join(parent, f"{PREFIX}{os.urandom(6).hex()}{FOLDER_SUFFIX}")
        os.mkdir(path, 0o700)
        owner = os.path.join(path, _OWNER)
        try:
            number = os.open(owner, os.O_RDWR | os.O_CREAT | os.O_EXCL)
        except FileNotFoundError:  # a sweeper came between the two calls
            continue
        _lock(number)
        return path, number


def sweep(folder: str) -> None:
    """Remove the scratch files of runs that were killed; once a folder and process."""
    if folder in _swept:
        return
    _swept.add(folder)
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if not name.startswith(PREFIX):
                continue
            with suppress(OSError):
                if name.endswith(SUFFIX):
                    _remove_if_abandoned(entry.path)
                elif name.endswith(FOLDER_SUFFIX):
                    _remove_folder_if_abandoned(entry)


def _remove_if_abandoned(path: str) -> None:
    number = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    try:
        if not stat.S_ISREG(os.fstat(number).st_mode) or not _lock(number):
            return
        if os.name != "nt":
            os.unlink(path)
    finally:
        os.close(number)
    if os.name == "nt":  # refused by the system while its owner lives
        os.unlink(path)


def _remove_folder_if_abandoned(entry: os.DirEntry[str]) -> None:
    if not entry.is_dir(follow_symlinks=False):
        return
    owner = os.path.join(entry.path, _OWNER)
    try:
        number = os.open(owner, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        # Killed before it could say whose the folder is; one with content stays.
        if _is_own_name(entry.name):
            os.rmdir(entry.path)
        return
    try:
        is_abandoned = _lock(number)
    finally:
        os.close(number)
    if is_abandoned:
        rmtree(entry.path, ignore_errors=True)


def _is_own_name(name: str) -> bool:
    """Whether a folder is called as :func:`scratch_folder` calls its own."""
    middle = name.removeprefix(PREFIX).removesuffix(FOLDER_SUFFIX)
    return len(middle) == 12 and set(middle) <= set("0123456789abcdef")


def _scratch(folder: str) -> tuple[str, IO[bytes]]:
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    while True:
        name = f"{PREFIX}{os.urandom(6).hex()}{SUFFIX}"
        path = os.path.join(folder, name)
        number = os.open(path, flags, 0o600)
        _lock(number)
        # A sweeper may have come between the two calls and taken it for abandoned.
        if os.fstat(number).st_nlink:
            return path, os.fdopen(number, "w+b", buffering=_BUFFER)
        os.close(number)


def _lock(number: int, *, wait: bool = False) -> bool:
    """Lock an open file until it is closed; answer whether nobody else holds it."""
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock
    except ImportError:  # Windows: open files cannot be removed there
        return True
    try:
        flock(number, LOCK_EX | (0 if wait else LOCK_NB))
    except OSError:  # held, or a file system without locks: nothing is abandoned there
        return False
    return True


@contextmanager
def _lock_for_replacing(path: str | None) -> Iterator[None]:
    """Hold a file against other runs of termbank, from the comparison to the rename."""
    if path is None or os.name == "nt":  # where an open file cannot be replaced
        yield
        return
    while True:
        with os_errors(path):
            number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        try:
            _lock(number, wait=True)
            with os_errors(path):
                # Whoever held it before us may have put another file in its place.
                if not os.path.samestat(os.fstat(number), os.stat(path)):
                    continue
            yield
            return
        finally:
            os.close(number)


@contextmanager
def _written_through(path: str, mode: int) -> Iterator[IO[bytes]]:
    """Give a file whose content is sent to a device or pipe once it is complete."""
    if stat.S_ISDIR(mode) or stat.S_ISBLK(mode) or stat.S_ISSOCK(mode):
        problem = say("フォルダー", "a folder")
        if not stat.S_ISDIR(mode):
            problem = say("ブロックデバイスかソケット", "a block device or a socket")
        raise InputError(path, problem, _wanted_target())
    from tempfile import TemporaryFile

    with os_errors(path), TemporaryFile() as spool:
        yield spool
        spool.seek(0)
        with open(path, "wb") as sink:
            copyfileobj(spool, sink)


@contextmanager
def os_errors(path: str | os.PathLike[str]) -> Iterator[None]:
    """Raise what the system refuses as an InputError that names the file or folder."""
    try:
        yield
    except OSError as fault:
        raise InputError(os.fspath(path), of_system(fault), _wanted_target()) from fault


def _wanted_target() -> str:
    return say("書き込めるファイル", "a file one can write")


def _mode(path: str) -> int | None:
    try:
        return os.stat(path).st_mode
    except FileNotFoundError:
        return None


def _keep_rights(number: int, target: str) -> None:
    """Give a new file the mode and owner of what it replaces, else the usual mode."""
    try:
        before = os.stat(target)
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    else:
        mode = before.st_mode & 0o7777
        if hasattr(os, "fchown"):
            with suppress(OSError):  # only root may give files away
                os.fchown(number, before.st_uid, before.st_gid)
    if hasattr(os, "fchmod"):
        os.fchmod(number, mode)
