"""One connection to PostgreSQL that comes back after the server did.

Faults are one sentence, never with a password: libpq's own messages are quoted with
every secret of the address taken out.
"""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Final, TypeVar

from termbank.errors import StoreError
from termbank.messages import say

from .addresses import without_secrets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import psycopg

Answer = TypeVar("Answer")
# Seconds for which a lost server is awaited: a restart takes some, a failover less than
# half a minute.
AWAITED: Final = 30.0
_PAUSE: Final = 0.2  # seconds between two tries
_LOCK_WAIT: Final = "60s"  # for another writer, who may be storing a large memory
_STARTING: Final = ("57P03",)  # cannot connect now: starting up, shutting down
_DEFAULTS: Final = {
    "application_name": "termbank",
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "tcp_user_timeout": "30000",
}
# Connections of a parent process: to close one here would end the parent's.
_inherited: list[object] = []


class Connector:
    """Opens, reopens and guards one connection; threads take turns.

    Attributes:
        address: Without a password.
    """

    def __init__(self, address: str) -> None:
        self.address = without_secrets(address)
        self._parameters = _parameters(address, self.address)
        self._connection: psycopg.Connection[Any] | None = None
        self._process = os.getpid()
        self._was_connected = False
        self._turn = threading.RLock()

    def run(
        self,
        work: Callable[[psycopg.Connection[Any]], Answer],
        *,
        again: bool = True,
    ) -> Answer:
        """Do work with the connection; over again where it was lost meanwhile.

        Args:
            work: May run several times, so it must be one transaction that can be
                repeated.
            again: Whether it may.

        Raises:
            StoreError: The server cannot be reached or refuses.
        """
        import psycopg

        deadline = monotonic() + AWAITED
        with self._turn:
            while True:
                try:
                    return work(self._open())
                except (psycopg.Error, UnicodeEncodeError) as fault:
                    if not (again and self._may_come_back(fault, deadline)):
                        raise self._explain(fault) from None
                    sleep(_PAUSE)

    @contextmanager
    def held(self) -> Iterator[psycopg.Connection[Any]]:
        """Give the connection for reading, opened anew where it was lost before."""
        import psycopg

        with self._turn:
            self.run(lambda connection: connection.execute("SELECT 1"))
            try:
                yield self._open()
            except psycopg.Error as fault:
                raise self._explain(fault) from None

    def close(self) -> None:
        """Close the connection; it is opened again when needed."""
        with self._turn:
            if self._connection is not None and self._process == os.getpid():
                self._connection.close()
            self._connection = None

    def _open(self) -> psycopg.Connection[Any]:
        import psycopg

        if self._process != os.getpid():
            _inherited.append(self._connection)
            self._connection, self._process = None, os.getpid()
        if self._connection is None or self._connection.closed:
            connection = psycopg.connect(**self._parameters, autocommit=True)
            connection.execute("SET search_path TO termbank, pg_temp")
            connection.execute("SET timezone TO 'UTC'")
            connection.execute(f"SET lock_timeout TO '{_LOCK_WAIT}'")
            self._connection, self._was_connected = connection, True
        return self._connection

    def _may_come_back(self, fault: Exception, deadline: float) -> bool:
        """Whether the server is away and may return before the deadline."""
        if monotonic() > deadline or not _is_lost(fault, self._connection):
            return False
        # Whoever never reached it is told at once, unless it is just starting.
        return self._was_connected or "starting up" in str(fault)

    def _explain(self, fault: Exception) -> StoreError:
        import psycopg
        from psycopg import errors

        if isinstance(fault, errors.InsufficientPrivilege):
            problem = say("権限がありません", "no right to do this")
            right = say(
                "所有者による termbank store grant",
                "termbank store grant by the owner",
            )
            return StoreError(self.address, f"{problem}: {self._quote(fault)}", right)
        if isinstance(fault, errors.LockNotAvailable):
            problem = say("ほかの書き込みが終わりません", "another writer is not done")
            return StoreError(self.address, problem, say("後でやり直す", "a later try"))
        if isinstance(fault, psycopg.OperationalError):
            problem = say("サーバーに接続できません", "the server cannot be reached")
            right = say("動いているサーバーと正しい接続先", "a server that runs there")
            return StoreError(self.address, f"{problem}: {self._quote(fault)}", right)
        problem = say("PostgreSQL の誤り", "a fault of PostgreSQL")
        right = say("termbank のストア", "a store of termbank")
        return StoreError(self.address, f"{problem}: {self._quote(fault)}", right)

    def _quote(self, fault: Exception) -> str:
        """Return the first line of the server's message without secrets."""
        lines = str(fault).strip().splitlines()
        line = lines[0] if lines else type(fault).__name__
        for name in ("password", "sslpassword"):
            secret = str(self._parameters.get(name) or "")
            line = line.replace(secret, "***") if secret else line
        return line


def _is_lost(fault: Exception, connection: psycopg.Connection[Any] | None) -> bool:
    import psycopg

    if not isinstance(fault, psycopg.OperationalError | psycopg.InterfaceError):
        return False
    return connection is None or connection.closed or fault.sqlstate in _STARTING


def _parameters(address: str, shown: str) -> dict[str, Any]:
    """Return what libpq is given.

    Raises:
        StoreError: psycopg is not installed, or the address cannot be read.
    """
    try:
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict
    except ImportError:
        raise StoreError(
            shown,
            say("psycopg がありません", "psycopg is not installed"),
            "pip install 'termbank[postgres]'",
        ) from None
    try:
        return {**_DEFAULTS, **conninfo_to_dict(address)}
    except ProgrammingError:  # its message quotes the address
        raise StoreError(
            shown,
            say("読めない接続先", "an address that cannot be read"),
            "postgresql://USER@HOST:5432/DATABASE",
        ) from None
