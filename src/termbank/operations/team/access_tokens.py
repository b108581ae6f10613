"""Tokens of a team server: who may do what; only their hashes are kept."""

from __future__ import annotations

import hashlib
import secrets
from threading import Lock
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.errors import ConfigError, InputError
from termbank.messages import say

from .access_file import open_access_file

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

ROLES: Final = ("reader", "translator", "terminologist")
PREFIX: Final = "tb_"  # lets scanners of repositories recognise a token that leaked
_BYTES: Final = 24  # of chance; nobody guesses 192 bits, so a plain hash is enough
_LONGEST_NAME: Final = 80  # code points


class AccessToken(NamedTuple):
    """A token without its secret.

    Attributes:
        id: Eight hex digits, for lists and logs.
        name: Whose it is; several tokens may bear one name.
        role: reader, translator or terminologist; each may do what those before may.
        created: ISO time in UTC.
        withdrawn: ISO time in UTC; empty while the token is good.
    """

    id: str
    name: str
    role: str
    created: str
    withdrawn: str = ""

    def may(self, role: str) -> bool:
        """Whether this token's role is at least another.

        >>> AccessToken("0a1b2c3d", "葵", "translator", "").may("reader")
        True
        """
        return ROLES.index(self.role) >= ROLES.index(role)


class AccessTokens:
    """The tokens of one project; every thread and process may use them.

    Args:
        path: See :func:`.access_file.access_file`; made where it is new.

    Raises:
        StoreError: The file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self._connection = open_access_file(path)
        self._lock = Lock()
        self._holders: dict[bytes, AccessToken] = {}
        self._version = -1

    def issue(self, name: str, role: str, when: datetime) -> tuple[AccessToken, str]:
        """Make a token; return it with its secret, which is kept nowhere.

        Raises:
            ConfigError: The name is empty or too long, or there is no such role.
        """
        name = " ".join(name.split())
        if not 0 < len(name) <= _LONGEST_NAME or not name.isprintable():
            expected = say(
                f"{_LONGEST_NAME} 字までの名前", f"a name of at most {_LONGEST_NAME}"
            )
            raise ConfigError("NAME", name[:_LONGEST_NAME], expected)
        if role not in ROLES:
            raise ConfigError("--role", role, " | ".join(ROLES))
        secret = PREFIX + secrets.token_urlsafe(_BYTES)
        token = AccessToken(secrets.token_hex(4), name, role, _instant(when))
        row = (token.id, _hash(secret), name, role, token.created)
        sql = "INSERT INTO tokens(id, hash, name, role, created) VALUES(?,?,?,?,?)"
        with self._lock, self._connection:
            self._connection.execute(sql, row)
            self._version = -1
        return token, secret

    def withdraw(self, named: str, when: datetime) -> list[AccessToken]:
        """Withdraw the token of an identifier, else all good tokens of a name.

        A running server refuses them from the next request on.

        Raises:
            InputError: No good token is called so.
        """
        good = [token for token in self.issued() if not token.withdrawn]
        meant = [token for token in good if token.id == named]
        meant = meant or [token for token in good if token.name == named]
        if not meant:
            expected = ", ".join(f"{token.id} {token.name}" for token in good)
            raise InputError(
                named,
                say("そのトークンはありません", "no such token"),
                expected or say("termbank token create", "termbank token create"),
            )
        at = _instant(when)
        sql = "UPDATE tokens SET withdrawn = ? WHERE id = ?"
        with self._lock, self._connection:
            self._connection.executemany(sql, [(at, token.id) for token in meant])
            self._version = -1
        return [token._replace(withdrawn=at) for token in meant]

    def issued(self) -> list[AccessToken]:
        """Return all tokens, withdrawn ones too, by time of making."""
        sql = (
            "SELECT id, name, role, created, withdrawn FROM tokens ORDER BY created, id"
        )
        with self._lock:
            return [AccessToken(*row) for row in self._connection.execute(sql)]

    def holder(self, secret: str) -> AccessToken | None:
        """Return the good token of a secret; None for a wrong or withdrawn one."""
        with self._lock:
            self._renew_holders()
        return self._holders.get(_hash(secret))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _renew_holders(self) -> None:
        """Read the good tokens anew where another connection has written."""
        ((version,),) = self._connection.execute("PRAGMA data_version").fetchall()
        if version == self._version:
            return
        columns = "hash, id, name, role, created"
        sql = f"SELECT {columns} FROM tokens WHERE withdrawn = ''"  # noqa: S608  # ours
        rows = self._connection.execute(sql)
        self._holders = {row[0]: AccessToken(*row[1:]) for row in rows}
        self._version = version


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def _instant(when: datetime) -> str:
    return when.replace(microsecond=0).isoformat()
