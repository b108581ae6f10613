"""Files that translate each other, found by the language in a name or a folder.

``en.json`` and ``ja.json``, ``app_en.arb`` and ``app_ja.arb``, ``Text.resx`` and
``Text.ja.resx``, ``values/`` and ``values-ja/``, ``locales/en/…`` and ``locales/ja/…``,
``en.lproj`` and ``ja.lproj``. A name without a language is the base, that of the
language in which a project is written.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.text.language_tags import primary_language

from .language_names import language_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Names above this are those of a project and of where somebody keeps it.
_LEVELS: Final = 6
_WORD: Final = re.compile(
    r"[A-Za-z]+(?:(?:[-_](?:r(?=[A-Z]{2}))?|\+)[A-Za-z0-9]+)*|[぀-鿿]+"
)
_SEPARATORS: Final = "-_."
_MANY: Final = 4000  # names of a folder; a longer one is no folder of languages
BASE: Final = ""
_CERTAIN: Final = ("ja", "en")
# Folders and stems of the language in which a project is written.
_BASES: Final = frozenset(
    [
        "base",
        "template",
        "templates",
        "source",
        "sources",
        "original",
        "default",
        "main",
    ]
)
# Themes of shops mark the file of that language: en.default.json.
_MARK: Final = ".default"


class Slot(NamedTuple):
    """Where a language stands in one component of a path.

    Attributes:
        before: What stands before it.
        after: What stands after it.
        lang: Language tag; ``BASE`` where the component names none.
        name: The language as the component spells it.
    """

    before: str
    after: str
    lang: str
    name: str


def language_of_path(path: str) -> str:
    """Return the language that a path names nearest to its end, ``BASE`` for none.

    Of a file without a counterpart only Japanese and English are certain: ``is.json``
    may be Icelandic or a verb.
    """
    files, lang = _search(path)
    if files:
        return lang
    path_langs = (slot.lang for slot in _label(path))
    return next((x for x in path_langs if primary_language(x) in _CERTAIN), BASE)


def counterparts(path: str) -> dict[str, str]:
    """Return the files that translate each other, by language; the given one is there.

    Empty where a file has no counterpart. Among several spellings of one language the
    first by name counts.
    """
    files, lang = _search(path)
    return {**files, lang: path} if files else {}


def names_language(path: str) -> bool:
    """Whether a file has a counterpart, or its name says Japanese or English."""
    return bool(_search(path)[0]) or bool(language_of_path(path))


def _search(path: str) -> tuple[dict[str, str], str]:
    parts = os.path.normpath(path).split(os.sep)
    whole = os.path.normpath(os.path.abspath(path)).split(os.sep)
    if len(parts) < _LEVELS:
        parts = whole
    for at in range(len(parts) - 1, max(0, len(parts) - _LEVELS), -1):
        folder = os.sep.join(parts[:at]) or os.sep
        rest = parts[at + 1 :]
        for slot in _slots(parts[at], is_file=not rest):
            files = dict(_others(folder, slot, parts[at], rest))
            if files:
                return files, slot.lang
    return {}, BASE


def _label(path: str) -> Iterator[Slot]:
    parts = os.path.normpath(os.path.abspath(path)).split(os.sep)[-_LEVELS:]
    for at in range(len(parts) - 1, -1, -1):
        yield from (
            s for s in _slots(parts[at], is_file=at == len(parts) - 1) if s.lang
        )


def _slots(component: str, *, is_file: bool) -> Iterator[Slot]:
    """Yield the languages of a component, last first, then the place of an absent one."""
    slots = []
    stem_end = component.rfind(".") if is_file else len(component)
    for match in _WORD.finditer(component, 0, max(stem_end, 0) or len(component)):
        for start, end in _candidates(match[0]):
            name = match[0][start:end]
            lang = language_named(name)
            if lang:
                before = component[: match.start() + start]
                after = component[match.start() + end :].removeprefix(_MARK)
                slots.append(Slot(before, after, lang, name))
                break
    yield from reversed(slots)
    head, dot, tail = component.partition(".")
    if head.casefold() in _BASES:
        yield Slot("", dot + tail, BASE, head)
    stem, suffix = os.path.splitext(component) if is_file else (component, "")
    if not slots and stem:
        yield Slot(stem, suffix, BASE, "")


def _candidates(word: str) -> Iterator[tuple[int, int]]:
    """Yield ranges of a word of names and separators that may be a language tag."""
    yield 0, len(word)
    cuts = [match.start() for match in re.finditer(r"[-_+]", word)]
    for cut in cuts:  # messages_ja_JP, values-ja-rJP
        yield cut + 1, len(word)
    for cut in reversed(cuts):  # ja_messages
        yield 0, cut
    for left in cuts:
        for right in cuts:
            if left + 1 < right:
                yield left + 1, right


def _others(
    folder: str, slot: Slot, component: str, rest: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Yield languages and files of the other languages at the place of a slot."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return
    if len(names) > _MANY:
        return
    langs: set[str] = {slot.lang}
    for name in names:
        lang = _language_at(slot, name)
        if lang is None or name == component or lang in langs:
            continue
        place = _resolve(os.path.join(folder, name), rest, slot, lang)
        if place:
            langs.add(lang)
            yield lang, place


def _language_at(slot: Slot, name: str) -> str | None:
    before, after = slot.before, slot.after
    if slot.lang:
        bare = before.rstrip(_SEPARATORS)
        if bare and bare != before and name == bare + after:
            return BASE
        if not before and name.removesuffix(after).casefold() in _BASES:
            return BASE
    stem, suffix = os.path.splitext(name)
    if stem.endswith(_MARK) and suffix == after:
        name = stem.removesuffix(_MARK) + suffix
    if not (name.startswith(before) and name.endswith(after)):
        return None
    middle = name[len(before) : len(name) - len(after)]
    if not slot.lang and before:
        if middle[:1] not in tuple(_SEPARATORS):
            return None
        middle = middle[1:]
    return language_named(middle) or None


def _resolve(place: str, rest: Sequence[str], slot: Slot, lang: str) -> str:
    """Return the file below a folder of another language, empty where there is none."""
    if not rest:
        return place if os.path.isfile(place) else ""
    exact = os.path.join(place, rest[0])
    if os.path.exists(exact):
        return _resolve(exact, rest[1:], slot, lang)
    if not slot.lang or not os.path.isdir(place):
        return ""
    # locales/en/en.json stands beside locales/ja/ja.json.
    for inner in _slots(rest[0], is_file=len(rest) == 1):
        for name in sorted(os.listdir(place))[:_MANY]:
            if inner.lang == slot.lang and _language_at(inner, name) == lang:
                return _resolve(os.path.join(place, name), rest[1:], slot, lang)
    return ""
