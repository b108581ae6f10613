"""The one look-up by name for formats, rules, tokenisers and engines.

Built-in plug-ins are literal dicts of ``name: module path``; entry points of other
packages are read only when a name is not built in (``importlib.metadata`` costs more
than the interpreter's whole start).
"""

from __future__ import annotations

from importlib import import_module

from .errors import PluginError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def find(point: str, name: str, built_in: Mapping[str, str]) -> Any:
    """Return the plug-in called ``name``: a module, class or function.

    Args:
        point: formats, rules, tokenisers or engines; third parties offer theirs as
            entry points of the group ``termbank.<point>``.
        name: Name asked for.
        built_in: Names that come with termbank, each with ``module`` or
            ``module:attribute``.

    Raises:
        PluginError: Nobody offers ``name``; the error lists who is known.
    """
    if name in built_in:
        module, _, attribute = built_in[name].partition(":")
        loaded = import_module(module)
        return getattr(loaded, attribute) if attribute else loaded
    from importlib.metadata import entry_points

    offered = entry_points(group=f"termbank.{point}")
    for entry in offered:
        if entry.name == name:
            return entry.load()
    known = sorted({*built_in, *(entry.name for entry in offered)})
    raise PluginError(f"termbank.{point}", name, ", ".join(known))
