"""Findings as one JSON array."""

from __future__ import annotations

import json

from termbank.terminal import JSON

from .json_lines import as_object

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from termbank.types import Finding

MEDIUM = JSON


def lines(findings: Iterable[Finding], _files: Callable[[str], str]) -> Iterator[str]:
    """Yield a JSON array, one finding a line."""
    separator = "[\n"
    for finding in findings:
        yield separator + json.dumps(as_object(finding), ensure_ascii=False)
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"
