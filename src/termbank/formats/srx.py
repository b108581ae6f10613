"""SRX segmentation rules: counted, never run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termbank.errors import FormatError
from termbank.formats.model.inspection_report import Inspection
from termbank.formats.xml.subtree_reader import units
from termbank.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from termbank.formats.model.file_head import Head

NAME: Final = "srx"
SUFFIXES: Final = (".srx",)
DROPS: Final = ("everything: SRX holds no terms and no segments",)
ROOTS: Final = ("srx",)


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


def inspect(path: str) -> Inspection:
    """Return what a file holds, reading all of it."""
    report = Inspection(NAME)
    for element, tag in elements(path):
        if tag == "srx":
            report.version = element.get("version", "")
        report.units += tag == "rule"
    return report.finished()


def recognise(head: Head) -> bool:
    """Whether the root element is one of this format."""
    return head.root in ROOTS
