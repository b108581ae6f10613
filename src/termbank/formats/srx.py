"""SRX segmentation rules: counted, never run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termbank.errors import FormatError
from termbank.formats.xml.subtree_reader import units
from termbank.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

NAME: Final = "srx"
SUFFIXES: Final = (".srx",)
DROPS: Final = ("everything: SRX holds no terms and no segments",)


def elements(path: str) -> Iterator[tuple[Element, str]]:
    """Yield the root, each set of rules and each rule with their local names.

    Raises:
        FormatError: The file is not well-formed or no SRX.
    """
    first = True
    for element, complete in units(path, ("rule",)):
        tag = element.tag.rpartition("}")[2]
        if first and tag != "srx":
            expected = say("SRX ファイル (<srx>)", "an SRX file (<srx>)")
            raise FormatError(path, 1, f"<{tag}>", expected)
        first = False
        if complete or tag != "rule":
            yield element, tag
