"""Names of a package that are imported when they are first asked for (PEP 562)."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def fetching(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """Return the ``__getattr__`` of a package.

    Args:
        package: Its name.
        homes: For each public name the module of the package that has it.

    >>> fetch = fetching("termbank.text", {"norm": "normalise"})
    >>> fetch("norm")("ＡＢＣ")
    'abc'
    """

    def fetch(name: str) -> object:
        home = homes.get(name)
        if home is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        from importlib import import_module

        value: object = getattr(import_module(f".{home}", package), name)
        setattr(sys.modules[package], name, value)  # asked only once
        return value

    return fetch
