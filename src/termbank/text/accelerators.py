"""Marks of keyboard accelerators inside the words of menus and buttons: &File, E_xit, Cu~t.

Each toolkit has a mark of its own (& of Windows and Qt, _ of GTK, ~ of LibreOffice). It
stands before one letter, anywhere in a word, so that the word is not found as it stands.
"""

from __future__ import annotations

import re

# R&D, AT&T, Q&A join capital letters, &amp; is a character, && a sign.
_AMPERSAND = re.compile(
    r"(?<![A-Z&])&(?=[A-Za-z0-9])(?!#?\w{1,32};)|(?<=[A-Z])&(?=[a-z])(?!\w{1,32};)"
)
_TILDE = re.compile(r"~(?=[A-Za-z0-9])")
_SNAKE = re.compile(
    r"(?<![\w/.-])(?:_?[A-Za-z][A-Za-z0-9]*)(?:_[A-Za-z0-9]+)*(?![\w(])"
)


def without_accelerators(text: str, *, translation: str = "") -> str:
    """Return a message with the marks of accelerators taken out.

    A mark is one in the whole message. An underscore may also join the words of an
    identifier: one that the translation repeats is left alone, and in any other both
    readings are given, the words apart where they stood and together at the end.

    Args:
        text: Message of an interface.
        translation: Of that message, to tell identifiers by; empty where there is none.

    >>> without_accelerators("ac~cessibility..."), without_accelerators("R&D of &Files")
    ('accessibility...', 'R&D of Files')
    >>> without_accelerators("Save _As"), without_accelerators("E_xit")
    ('Save As', 'E xit  Exit')
    >>> without_accelerators("post_max_size", translation="post_max_size の値")
    'post_max_size'
    """
    for mark, sign in (("&", _AMPERSAND), ("~", _TILDE)):
        if mark in text and len(sign.findall(text)) == 1:
            text = sign.sub("", text)
    return _spread(text, translation) if "_" in text else text


def _spread(text: str, translation: str) -> str:
    pieces, without_joints, at = [], [], 0
    alone = text.count("_") == 1
    for word in _SNAKE.finditer(text):
        if "_" not in word[0] or word[0] in translation:
            continue
        leads = word[0].startswith("_")
        if leads and not alone:
            continue
        parts = word[0].removeprefix("_").split("_")
        pieces += [text[at : word.start()], " ".join(parts)]
        if alone and not leads:
            without_joints.append("".join(parts))
        at = word.end()
    return "  ".join(["".join([*pieces, text[at:]]), *without_joints])
