"""Small tables as HTML, for notebooks: every text in them is escaped."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def html_table(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]]
) -> str:
    """Return a table with its caption above.

    >>> html_table("a<b", ["n"], [[1]])
    '<table><caption>a&lt;b</caption><thead><tr><th>n</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>'
    """
    from html import escape

    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>"
        for row in rows
    )
    return (
        f"<table><caption>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
