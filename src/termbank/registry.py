"""Extension points: the parts that come with termbank and those of other packages.

A point is a literal dict of ``name: place`` for the built-in parts, and the entry point
group ``termbank.<point>`` for the parts of other packages. Everything that lists,
recognises, converts, selects or documents parts asks a point, so that a part of another
package is a first-class one. Other packages are looked for only when a name is not
built in or when all parts are asked for: ``importlib.metadata`` costs more than the
interpreter's whole start.
"""

from __future__ import annotations

from importlib import import_module

from .errors import PluginError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.metadata import EntryPoint
    from typing import Any


class Point:
    """One extension point.

    Args:
        name: formats, rules, tokenisers, reports, engines or stores; other packages
            offer parts as entry points of the group ``termbank.<name>``.
        built_in: Parts that come with termbank, each ``module`` or
            ``module:attribute``.
        aliases: Other names of built-in parts.

    >>> reports = Point("reports", {"json": "termbank.reports.json_array"})
    >>> reports.find("json").__name__
    'termbank.reports.json_array'
    """

    __slots__ = ("_offers", "aliases", "built_in", "name")

    def __init__(
        self,
        name: str,
        built_in: Mapping[str, str],
        aliases: Mapping[str, str] | None = None,
    ) -> None:
        self.name, self.built_in, self.aliases = name, built_in, aliases or {}
        self._offers: dict[str, EntryPoint] | None = None

    def offers(self) -> dict[str, EntryPoint]:
        """Return the entry points of other packages by name; built-in names win."""
        if self._offers is None:
            from importlib.metadata import entry_points

            own_entries = entry_points(group=f"termbank.{self.name}")
            self._offers = {
                entry.name: entry
                for entry in sorted(own_entries, key=lambda entry: entry.name)
                if entry.name not in self.built_in
            }
        return self._offers

    def names(self) -> list[str]:
        """Return the names of all parts: built-in ones first, in their order."""
        return [*self.built_in, *self.offers()]

    def __contains__(self, name: object) -> bool:
        """Whether somebody offers a part of this name; built-in ones cost nothing."""
        is_built_in = name in self.built_in or name in self.aliases
        return is_built_in or name in self.offers()

    def __iter__(self) -> Iterator[str]:
        return iter(self.names())

    def find(self, name: str) -> Any:
        """Return the part called ``name``: a module, class, function or object.

        Raises:
            PluginError: Nobody offers ``name`` (the error lists who is known), or the
                package that does cannot be loaded.
        """
        name = self.aliases.get(name, name)
        if name in self.built_in:
            module, _, attribute = self.built_in[name].partition(":")
            part = import_module(module)
            return getattr(part, attribute) if attribute else part
        offer = self.offers().get(name)
        if offer is None:
            names = sorted({*self.built_in, *self.offers()})
            raise PluginError(f"termbank.{self.name}", name, ", ".join(names))
        return self._load(offer)

    def parts(self) -> Iterator[tuple[str, Any]]:
        """Yield all parts by name, those of other packages first.

        A part of another package that cannot be loaded is left out here, so that it
        spoils nothing else; :meth:`faults` names it.
        """
        for name, offer in self.offers().items():
            try:
                yield name, self._load(offer)
            except PluginError:
                continue
        for name in self.built_in:
            yield name, self.find(name)

    def faults(self) -> Iterator[PluginError]:
        """Yield why parts of other packages cannot be loaded."""
        for offer in self.offers().values():
            try:
                self._load(offer)
            except PluginError as fault:
                yield fault

    def provider(self, name: str) -> str:
        """Return the distribution that offers a part, with its version.

        Raises:
            PluginError: Nobody offers it.
        """
        name = self.aliases.get(name, name)
        if name in self.built_in:
            from .version import __version__

            return f"termbank {__version__}"
        offer = self.offers().get(name)
        if offer is None:
            raise PluginError(f"termbank.{self.name}", name, ", ".join(self.names()))
        return f"{offer.dist.name} {offer.dist.version}" if offer.dist else offer.value

    def _load(self, offer: EntryPoint) -> Any:
        try:
            return offer.load()
        except Exception as fault:  # whatever another package's import may raise
            where = f"termbank.{self.name}"
            problem = f"{offer.name} = {offer.value} ({type(fault).__name__}: {fault})"
            raise PluginError(where, problem, offer.value) from fault
