"""Run a command of termbank with one fault of the system at one moment of its writing.

    python injection.py KIND NUMBER FOLDER command …

Each event that changes the file system below FOLDER is counted: opening to write, making,
renaming, removing. At event NUMBER the process is killed, or the system refuses it. With
``limit``, NUMBER is the size in bytes beyond which no file can be written.
"""

import atexit
import errno
import os
import signal
import sys
import time

KINDS = {"full": errno.ENOSPC, "denied": errno.EACCES, "broken": errno.EIO}
EVENTS = {
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.chmod",
    "sqlite3.connect",
}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def changes(event, arguments, folder):
    """Answer whether an event changes something below a folder."""
    if event == "open":
        path, _, flags = arguments
        return bool(isinstance(flags, int) and flags & WRITING) and below(path, folder)
    return event in EVENTS and any(below(one, folder) for one in arguments)


def below(path, folder):
    """Answer whether an argument of an event is a path below a folder."""
    if not isinstance(path, (str, bytes, os.PathLike)):
        return False
    return os.path.abspath(os.fsdecode(path)).startswith(folder)


def install(kind, number, folder):
    """Watch this process from here on."""
    if kind == "limit":
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (number, number))
        return
    seen = 0

    def hook(event, arguments):
        nonlocal seen
        if not changes(event, arguments, folder):
            return
        seen += 1
        if kind == "slow":
            time.sleep(0.01)
        if seen != number:
            return
        if kind == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if kind in KINDS:
            raise OSError(KINDS[kind], os.strerror(KINDS[kind]))

    sys.addaudithook(hook)
    if kind == "counted":
        atexit.register(lambda: print(f"events: {seen}", file=sys.__stderr__))


if __name__ == "__main__":
    kind, number, folder, *words = sys.argv[1:]
    sys.argv = ["termbank", *words]
    # The program starts before the fault, so that what is tested is its writing.
    from termbank.cli import main

    install(kind, int(number), folder)
    sys.exit(main())
