"""A PostgreSQL server of the tests' own, in a temporary folder, on a Unix socket."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

_PLACES = ["/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/bin"]


def programs():
    """Return the folder of initdb and postgres, or None."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    for pattern in _PLACES:
        for folder in sorted(Path("/").glob(pattern[1:]), reverse=True):
            if (folder / "initdb").exists() and (folder / "postgres").exists():
                return folder
    return None


def reason_for_none():
    """Return why no server can be started here; empty where one can."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return "needs psycopg: pip install 'termbank[postgres]'"
    if programs() is None:
        return "needs initdb: apt-get install postgresql"
    if os.name != "posix":
        return "needs Unix sockets"
    if os.geteuid() == 0:
        if not shutil.which("runuser"):
            return "PostgreSQL refuses to run as root, and there is no runuser"
        if subprocess.run(
            ["id", "postgres"], capture_output=True, check=False
        ).returncode:
            return "PostgreSQL refuses to run as root, and there is no user postgres"
    return ""


class Server:
    """A server that can be killed and started again.

    Attributes:
        folder: Of its socket and its files.
    """

    def __init__(self, *settings):
        self._programs, self._settings = programs(), settings
        self.folder = Path(tempfile.mkdtemp(prefix="tb-pg-", dir="/tmp"))
        self._prefix = []
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
            self._prefix = ["runuser", "-u", "postgres", "--"]
        options = ["-A", "trust", "-U", "termbank", "-E", "UTF8", "--locale=C"]
        self._do("initdb", "--no-sync", "-D", self.folder / "data", *options)
        self.start()

    def address(self, name="postgres", user="termbank"):
        """Return the address of a database."""
        return f"postgresql:///{name}?host={self.folder}&user={user}"

    def start(self):
        """Start the server and wait until it answers."""
        settings = ("listen_addresses=", f"unix_socket_directories={self.folder}")
        flags = [x for value in (*settings, *self._settings) for x in ("-c", value)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*self._prefix, self._programs / "postgres", "-D", self.folder / "data",
                 *flags], cwd="/", stdout=log, stderr=log,
            )  # fmt: skip
        self._wait()

    def _wait(self):
        import psycopg

        for _ in range(600):
            try:
                psycopg.connect(self.address()).close()
            except psycopg.OperationalError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError((self.folder / "log").read_text("utf-8", "replace"))

    def pid(self):
        """Return the number of the server's own process."""
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def kill(self):
        """End the server at once, as a crash of the machine would its processes."""
        os.kill(self.pid(), signal.SIGQUIT)
        self._process.wait(120)

    def stop(self):
        """End the server and remove its folder."""
        if self._process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def empty(self):
        """Remove all that termbank made, and whoever is connected; return the address."""
        import psycopg

        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
            connection.execute("DROP SCHEMA IF EXISTS termbank CASCADE")
        return self.address()

    def _do(self, name, *words):
        done = subprocess.run(
            [*self._prefix, self._programs / name, *words],
            cwd="/", capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
