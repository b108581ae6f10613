"""Whether a rendering stands in a target in some form: inflected, derived, in a compound.

Looser than the search of :mod:`.renderings`, and only asked before a rendering is called
absent: a false answer would say so of a translation that is right.
"""

from __future__ import annotations

import re
from functools import lru_cache

from termbank.checking.engine.script_runs import HIRAGANA, KANJI, KATAKANA, script

from .search_normalisation import flat, keys_of
from .unrendered_text import rendered_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+")
_LEAST_STEM = 4  # letters that an English word and its derivative share, at least
_BETWEEN = 8  # letters of a word put into a compound
_VERBAL_ENDS = "うくぐすつぬぶむるいなにだ"
_CHANGED = 2  # letters at the end of a word that derivation may change (dwarf, dwarves)


def stands_loosely(target: str, renderings: Iterable[str], lang: str) -> bool:
    """Answer whether a target holds one of some renderings in any form.

    Args:
        target: Of a segment.
        renderings: Accepted forms.
        lang: First subtag of the target.

    >>> stands_loosely("カスタムメニューを表示します", ["メニュー"], "ja")
    True
    >>> stands_loosely("有効化しました", ["有効化する"], "ja")
    True
    >>> stands_loosely("The armored dwarves", ["armor"], "en")
    True
    """
    text = flat(rendered_text(target))
    words = [word.casefold() for word in _WORD.findall(text)] if lang == "en" else []
    return any(
        _english(words, form) if lang == "en" else _japanese(text, form)
        for form in renderings
    )


def _japanese(text: str, form: str) -> bool:
    if any(key in text for key in keys_of(form, "ja")):
        return True
    pattern = _skeleton(flat(form))
    return pattern is not None and pattern.search(text) is not None


@lru_cache(maxsize=4096)
def _skeleton(form: str) -> re.Pattern[str] | None:
    """Return a pattern for a form without its inflection, kana between kanji optional."""
    stem = form.rstrip("。.")
    while stem and script(stem[-1]) == HIRAGANA:
        stem = stem[:-1]
    if not stem or (len(stem) == 1 and not _is_inflected(stem, form)):
        return None
    if stem == form and KANJI not in map(script, form):
        return None
    pieces = []
    for at, char in enumerate(stem):
        if script(char) == HIRAGANA:
            pieces.append(f"{re.escape(char)}?")
            continue
        pieces.append(re.escape(char) + _joint(char, stem[at + 1 : at + 2]))
    return re.compile("".join(pieces))


def _is_inflected(stem: str, form: str) -> bool:
    """Answer whether a form is one kanji and its inflection: 書く, 古い, but no 水はけ."""
    tail = form[len(stem) :].rstrip("。.")
    return script(stem) == KANJI and (len(tail) < 2 or tail[-1] in _VERBAL_ENDS)


def _joint(char: str, following: str) -> str:
    """Return what may stand between two letters: kana, or a word where scripts change."""
    here, there = script(char), script(following) if following else ""
    if here == there == KANJI:
        return "[ぁ-ん]{0,2}"
    # 添付メディアファイル for 添付ファイル
    return f".{{0,{_BETWEEN}}}" if {here, there} == {KANJI, KATAKANA} else ""


def _english(words: list[str], form: str) -> bool:
    stems = [_stem(word) for word in _WORD.findall(flat(form))]
    return bool(stems) and all(
        any(word.startswith(stem) for word in words) for stem in stems
    )


def _stem(word: str) -> str:
    length = max(_LEAST_STEM, len(word) - _CHANGED)
    return word[: min(len(word), length)]
