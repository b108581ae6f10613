"""Addresses of shared stores: what they look like, and how they are shown."""

from __future__ import annotations

import os

# Names the team's store for push and pull, and for --glossary store.
VARIABLE = "TERMBANK_STORE"
# user, password, hosts, database; what does not fit is not shown at all.
_SHAPE = r"(?:([\w.%+-]*)(?::[^@/?#]*)?@)?([\w.:,\[\]%-]*)((?:/[^?#@:]*)?)(?:\?[^@]*)?"


def is_address(place: object) -> bool:
    """Answer whether a place is the address of a store, not a path.

    >>> is_address("postgresql://terms.example/termbank"), is_address("glossary/")
    (True, False)
    """
    if not isinstance(place, str):
        return False
    scheme, colon, _ = place.partition("://")
    return bool(colon) and scheme.replace("+", "").isalnum()


def scheme_of(address: str) -> str:
    """Return what stands before ``://``: the name of the kind of store."""
    return address.partition("://")[0].lower()


def without_secrets(address: str | os.PathLike[str]) -> str:
    """Return an address as it may be printed: no password, no options; a path as it is.

    An address that is not understood shows nothing but its scheme.

    >>> without_secrets("postgresql://aiko:hunter2@terms.example:5432/terms?sslmode=require")
    'postgresql://aiko@terms.example:5432/terms'
    >>> without_secrets("postgresql://aiko:p@ss/w?rd@terms.example/terms")
    'postgresql://…'
    """
    import re

    if not isinstance(address, str) or not is_address(address):
        return os.fspath(address)
    scheme, _, rest = address.partition("://")
    parts = re.fullmatch(_SHAPE, rest)
    if not parts:
        return f"{scheme}://…"
    user, host, name = parts.groups()
    return f"{scheme}://{f'{user}@' if user else ''}{host}{name}"


def address_of_environment() -> str:
    """Return the address that ``$TERMBANK_STORE`` names; empty for none.

    Settings of a repository cannot name one: whoever checks a repository of somebody
    else must not call a server that it names.
    """
    address = os.environ.get(VARIABLE, "")
    return address if is_address(address) else ""
