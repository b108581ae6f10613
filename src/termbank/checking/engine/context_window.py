"""The text around a hit that the dictionary is shown."""

from __future__ import annotations

from .script_runs import KATAKANA, OTHER, script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .word_context import Word

_CONTEXT = 14  # code points on either side: longer than nearly every Japanese word


def context_of(text: str, start: int, end: int) -> tuple[str, int]:
    """Return what the dictionary is shown, and where the hit begins in it.

    A hit in katakana is judged by its katakana run alone, which repeats often and is
    remembered; any other needs the words around it.
    """
    if all(script(char) == KATAKANA for char in text[start:end]):
        begin, stop = _run(text, start, end)
        return text[begin:stop], start - begin
    begin, stop = start, end
    while begin > 0 and start - begin < _CONTEXT and _in_context(text, begin):
        begin -= 1
    while stop < len(text) and stop - end < _CONTEXT and script(text[stop]) != OTHER:
        stop += 1
    return text[begin:stop], start - begin


def _in_context(text: str, begin: int) -> bool:
    """Answer whether the context goes on to the left; a space after a digit is none."""
    before = text[begin - 1]
    return script(before) != OTHER or (before == " " and text[begin - 2].isdigit())


def _run(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and script(text[start - 1]) == KATAKANA:
        start -= 1
    while end < len(text) and script(text[end]) == KATAKANA:
        end += 1
    return start, end


def word_at(words: list[Word], at: int) -> Word | None:
    """Return the word that covers a code point; None where there is none."""
    for word in words:
        if word.start <= at < word.end:
            return word
    return None
