"""A preferred form as the markup of a file wants it written, so that a fix breaks nothing."""

from __future__ import annotations

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKED_UP = ("html", "xliff")
# What may close or open something in a string or a comment of these.
_STRINGS = ("po", "yaml", "toml", "scripts", "hash", "slashes")
_UNSAFE_IN_STRINGS = frozenset("\"'\\`\n\r#:{}$%*/")


def written(form: str, markup: str) -> str | None:
    """Return a form as it is written in a markup; None where it cannot stand safely.

    >>> written("Q&A", "xliff"), written("Q&A", "markdown"), written('"A"', "po")
    ('Q&amp;A', 'Q&A', None)
    """
    if markup in _MARKED_UP:
        return "".join(_ENTITIES.get(char, char) for char in form)
    if markup in _STRINGS and not _UNSAFE_IN_STRINGS.isdisjoint(form):
        return None
    return form
