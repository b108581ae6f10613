"""Writing suppression comments beside findings (``--add-ignore``)."""

from __future__ import annotations

from itertools import groupby

from termbank.errors import InputError
from termbank.messages import say
from termbank.text.markup import resolve_markup

from . import source_file
from .file_selection import format_of
from .suppression import with_comment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from termbank.types import Finding

    from .source_bytes import Edit


def add_comments(
    findings: Sequence[Finding],
    format: str | None = None,  # noqa: A002
    digests: Mapping[str, str] | None = None,
) -> int:
    """Silence findings by a comment at the end of their lines.

    Args:
        findings: Ordered by path.
        format: Markup of all files; None tells it by the file name.
        digests: Of the bytes in which they were found, by path; None where nobody else
            writes the files.

    Returns:
        The number of lines changed.

    Raises:
        ChangedError: A file is no longer the one in which they were found.
        InputError: A file whose markup has no comments at the end of a line.
    """
    count = 0
    for path, group in groupby(findings, key=lambda item: item.path):
        codes: dict[int, list[str]] = {}
        for finding in group:
            codes.setdefault(finding.line, []).append(finding.code)
        source = source_file.read_unchanged(path, (digests or {}).get(path))
        edits = _edits(source.content.decode(), codes, format or format_of(path), path)
        source_file.write_edits(path, source, edits)
        count += len(edits)
    return count


def _edits(
    text: str, codes: Mapping[int, Sequence[str]], name: str, path: str
) -> list[Edit]:
    """Return each line that gets a comment as an edit; ``codes`` are by line number."""
    edits: list[Edit] = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        if number in codes:
            new_line = with_comment(line, codes[number], resolve_markup(name))
            if new_line is None:
                expected = say(
                    "行の中にコメントを書けるマークアップ",
                    "markup with comments in a line",
                )
                raise InputError(
                    path, say(f"{name} 形式の文章", f"{name} text"), expected
                )
            body = len(line.rstrip("\r\n"))
            comment = new_line[body : len(new_line) - (len(line) - body)]
            edits.append((start + body, start + body, comment))
        start += len(line) + 1
    return edits
