r"""Patterns of JavaScript that find a form only where it is no part of a right word.

A list of plain forms makes サーバーー out of サーバー, because the tool finds サーバ in it.
Each form is therefore written with what must not stand beside it: the rest of every right
form of the glossary that holds it, its exceptions, and what its script goes on with.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SYNTAX: Final = re.compile(r"([\\^$.*+?()\[\]{}|/])")
_NEVER_FIRST: Final = "ーァィゥェォッャュョヮ"
_KATAKANA: Final = "ァ-ヺー"
_KANJI: Final = "一-鿿々"
_LATIN: Final = "A-Za-z0-9_"
_SHORT: Final = 2  # letters of a katakana word that stands in others by chance
_SHORT_KANA: Final = 4  # hiragana, likewise
# After these a word in hiragana may begin.
_PARTICLES: Final = "をはがにのでとも"


def escape(form: str) -> str:
    r"""Return a form as a pattern of itself.

    >>> escape("a/b (c)")
    'a\\/b \\(c\\)'
    """
    return _SYNTAX.sub(r"\\\1", form)


class RightForms:
    """The forms that may be written, to be asked which of them hold a wrong one.

    Args:
        forms: Preferred and admitted forms, exceptions.
    """

    def __init__(self, forms: Iterable[str]) -> None:
        self._by_pair: dict[str, list[str]] = {}
        for form in sorted(set(forms)):
            for at in range(len(form)):
                self._by_pair.setdefault(form[at : at + 2], []).append(form)
                self._by_pair.setdefault(form[at], []).append(form)

    def around(self, form: str) -> list[tuple[str, str]]:
        """Return (before, after) of the form in each right form that holds it."""
        surroundings: list[tuple[str, str]] = []
        for right in dict.fromkeys(self._by_pair.get(form[:2], ())):
            at = right.find(form)
            while at >= 0 and right != form:
                surroundings.append((right[:at], right[at + len(form) :]))
                at = right.find(form, at + 1)
        return sorted(set(surroundings))


def safe_pattern(form: str, around: Sequence[tuple[str, str]]) -> str:
    """Return the pattern of a form, look-around included; always with one.

    Args:
        form: What must not be written.
        around: What stands before and after it in right forms.

    >>> safe_pattern("サーバ", [("", "ー")])
    'サーバ(?![ーァィゥェォッャュョヮ])'
    >>> safe_pattern("キエフ", [("", "大公国")])
    'キエフ(?![ーァィゥェォッャュョヮ])(?!大公国)'
    """
    before, after = _script_bounds(form)
    both = ""
    for left, right in around:
        if not left:
            after += "" if _is_covered(right, after) else f"(?!{escape(right)})"
        elif not right:
            before += f"(?<!{escape(left)})"
        else:
            both += f"(?!(?<={escape(left)}){escape(form)}{escape(right)})"
    pattern = f"{before}{both}{escape(form)}{after}"
    # textlint's terminology rule leaves a pattern as it is only where it looks around.
    looks = pattern.startswith("(?<") or "(?=" in pattern or "(?!" in pattern
    return pattern if looks else f"{pattern}(?=)"


def _is_covered(right: str, after: str) -> bool:
    return right[:1] in _NEVER_FIRST and _NEVER_FIRST in after


def _script_bounds(form: str) -> tuple[str, str]:
    head, tail = form[0], form[-1]
    before = after = ""
    if re.match(f"[{_LATIN}]", head):
        before = f"(?<![{_LATIN}])"
    if re.match(f"[{_LATIN}]", tail):
        after = f"(?![{_LATIN}])"
    if re.fullmatch(f"[{_KATAKANA}]+", form):
        if len(form) <= _SHORT:
            return f"(?<![{_KATAKANA}])", f"(?![{_KATAKANA}])"
        return "", f"(?![{_NEVER_FIRST}])"
    if re.fullmatch(f"[{_KANJI}]", form):
        return f"(?<![{_KANJI}])", f"(?![{_KANJI}])"
    if re.fullmatch("[ぁ-ゖー]+", form) and len(form) <= _SHORT_KANA:
        return f"(?<![ぁ-{_before_particles()}])", ""
    if re.match(f"[{_KATAKANA}]", tail):
        after = f"(?![{_NEVER_FIRST}])"
    return before, after


def _before_particles() -> str:
    """Return the ranges of hiragana after ぁ but for the particles, as a class."""
    letters = [chr(code) for code in range(ord("ぁ"), ord("ゖ") + 1)]
    ranges: list[list[str]] = [[]]
    for letter in letters:
        if letter in _PARTICLES:
            ranges.append([])
        else:
            ranges[-1].append(letter)
    pieces = [f"{part[0]}-{part[-1]}" for part in ranges if part]
    return "".join(pieces).removeprefix("ぁ-")
