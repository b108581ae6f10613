"""Which format a file is in, asked of the formats themselves."""

from __future__ import annotations

import os
from typing import Any, Final

from termbank.errors import FormatError, InputError
from termbank.messages import say

from .model.file_head import Head, read_head, suffix_of
from .parts import FORMATS, is_readable

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def recognise_format(path: str | os.PathLike[str], content: bytes | None = None) -> str:
    """Return the name of the format of a file, which exists unless content is given.

    The file's content decides (``recognise`` of each format), then its suffix. A file
    that looks like XML is only taken for a format of XML.

    Raises:
        FormatError: The file is XML of no format we read, a password-protected
            workbook, or nothing we know.
        InputError: It cannot be read.
    """
    place = os.fspath(path)
    readable = {name: part for name, part in FORMATS.parts() if is_readable(part)}
    by_suffix = _claim(readable, suffix_of(place))
    head = read_head(place, claimed=bool(by_suffix), content=content)
    if head.start.startswith(_OLE):
        raise _old_workbook(place)
    for name, part in readable.items():
        recognise = getattr(part, "recognise", None)
        if recognise is not None and recognise(head):
            return name
    if head.is_markup or (by_suffix and _roots(readable[by_suffix])):
        return _by_xml_suffix(readable, by_suffix, head)
    if by_suffix:
        return by_suffix
    all_suffixes = {suffix for part in readable.values() for suffix in part.SUFFIXES}
    problem = say(f"拡張子 {head.suffix!r}", f"suffix {head.suffix!r}")
    raise InputError(place, problem, " | ".join(sorted(all_suffixes)))


def _claim(readable: dict[str, Any], suffix: str) -> str:
    """Return the first format that a file of this suffix is taken for, or nothing."""
    for name, part in readable.items():
        if suffix in part.SUFFIXES and getattr(part, "CHOSEN_BY_SUFFIX", True):
            return name
    return ""


def _roots(part: Any) -> tuple[str, ...]:
    roots: tuple[str, ...] = getattr(part, "ROOTS", ())
    return roots


def _by_xml_suffix(readable: dict[str, Any], by_suffix: str, head: Head) -> str:
    """Return the format of XML whose root element tells none.

    Raises:
        FormatError: No format of XML claims the suffix.
    """
    if by_suffix and _roots(readable[by_suffix]):
        return by_suffix
    roots = dict.fromkeys(root for part in readable.values() for root in _roots(part))
    problem = f"<{head.root}>" if head.root else say("要素がありません", "no element")
    raise FormatError(head.path, 1, problem, " | ".join(f"<{root}>" for root in roots))


def _old_workbook(place: str) -> FormatError:
    problem = say(
        "古い形式かパスワード付きのブック (OLE)",
        "an old or password-protected workbook (OLE)",
    )
    right = say("パスワードのない .xlsx ファイル", "an .xlsx file without a password")
    return FormatError(place, 1, problem, right)
