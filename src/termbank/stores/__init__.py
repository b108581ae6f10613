"""Stores shared by a team: a glossary and a memory that many people write at once.

The point ``stores`` maps the scheme of an address (``postgresql://…``) to a function
``open_store(address, *, create=False)`` that returns a
:class:`termbank.stores.protocol.SharedStore`.
"""

from __future__ import annotations

from termbank.errors import StoreError
from termbank.messages import say
from termbank.registry import Point

from .addresses import (
    VARIABLE,
    address_of_environment,
    is_address,
    scheme_of,
    without_secrets,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .protocol import SharedStore

__all__ = [
    "STORES",
    "address_of_environment",
    "is_address",
    "open_store",
    "required_address",
    "without_secrets",
]

STORES = Point(
    "stores",
    {
        "sqlite": "termbank.stores.sqlite_store:open_store",
        "postgresql": "termbank.stores.postgres_store:open_store",
    },
    {"postgres": "postgresql"},
)


def open_store(address: str, *, create: bool = False) -> SharedStore:
    """Return the store at an address.

    Args:
        address: ``scheme://…``: postgresql, sqlite, or a scheme of another package.
        create: Make the store where there is none, and bring an older one up to date.

    Raises:
        PluginError: Nobody offers the scheme.
        StoreError: There is no store, it is out of reach, or of a newer termbank.
    """
    store: SharedStore = STORES.find(scheme_of(address))(address, create=create)
    return store


def required_address(named: str | None) -> str:
    """Return an address named on the command line, else that of the environment.

    Raises:
        StoreError: Neither names one.
    """
    address = named or address_of_environment()
    if not is_address(address):
        raise StoreError(
            "--store" if named else f"${VARIABLE}",
            say("共有ストアの指定がありません", "no shared store is named"),
            f"--store postgresql://HOST/DATABASE | ${VARIABLE}",
        )
    return address
