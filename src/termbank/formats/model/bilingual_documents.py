"""What a bilingual file offers whose targets are edited in place, whatever its format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .bilingual_units import BilingualUnit, TargetEdit


class BilingualDocument(Protocol):
    """A file as units with the place of their targets.

    Attributes:
        name: Name of the format.
        path: The file whose targets are edited.
        text: Its text, byte order mark included; offsets count in it.
    """

    name: str

    @property
    def path(self) -> str:
        """The file whose targets are edited."""
        ...

    @property
    def text(self) -> str:
        """Its text."""
        ...

    def read(
        self, *, source: str | None = None, target: str | None = None
    ) -> Iterator[BilingualUnit]:
        """Yield the units one after another."""
        ...

    def units(
        self, *, source: str | None = None, target: str | None = None
    ) -> list[BilingualUnit]:
        """Return the units in order."""
        ...

    def edited(
        self, units: Iterable[BilingualUnit], edits: Iterable[TargetEdit]
    ) -> bytes:
        """Return the bytes of the file with some targets changed."""
        ...
