"""Writing suppression comments beside findings (``--add-ignore``)."""

from __future__ import annotations

from itertools import groupby

from termbank.errors import InputError
from termbank.messages import say
from termbank.text.markup import resolved

from . import source_file
from .file_selection import format_of
from .suppression import with_comment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from termbank.types import Finding


def add_comments(findings: Sequence[Finding], format: str | None = None) -> int:  # noqa: A002
    """Silence findings by a comment at the end of their lines.

    Args:
        findings: Ordered by path.
        format: Markup of all files; None tells it by the file name.

    Returns:
        The number of lines changed.

    Raises:
        InputError: A file whose markup has no comments at the end of a line.
    """
    count = 0
    for path, group in groupby(findings, key=lambda one: one.path):
        name = format or format_of(path)
        by_line: dict[int, list[str]] = {}
        for one in group:
            by_line.setdefault(one.line, []).append(one.code)
        source = source_file.read(path)
        lines = source.content.decode().split("\n")
        for line, codes in by_line.items():
            changed = with_comment(lines[line - 1], codes, resolved(name))
            if changed is None:
                raise InputError(
                    path,
                    say(f"{name} 形式の文章", f"{name} text"),
                    say(
                        "行の中にコメントを書けるマークアップ",
                        "markup with comments in a line",
                    ),
                )
            lines[line - 1] = changed
            count += 1
        source_file.write(path, "\n".join(lines), source)
    return count
