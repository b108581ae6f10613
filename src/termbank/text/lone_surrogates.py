"""Texts with halves of UTF-16 pairs, which no UTF-8, frame or database can hold.

They come from file names that are no UTF-8 and from programs that cut strings by units.
"""

from __future__ import annotations


def without_surrogates(text: str) -> str:
    r"""Return a text with U+FFFD for each lone surrogate, so that places stay the same.

    >>> without_surrogates("サ\ud800") == "サ\ufffd"
    True
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join(
            "\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text
        )
    return text
