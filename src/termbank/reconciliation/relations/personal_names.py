"""Names by part: separators, titles, initials, given names by two source languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.text.kana import SEPARATORS, loose_key

if TYPE_CHECKING:
    from .relation_tables import Relations

_SPLIT: Final = re.compile(rf"[{SEPARATORS}]+|(?<=[A-Za-zＡ-Ｚ])[.．][{SEPARATORS}]*")
_KANJI: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff々]")
_KANA_ONLY: Final = re.compile(rf"[ぁ-ゖァ-ヺー{SEPARATORS}]+")


class Name(NamedTuple):
    """A form seen as a name.

    Attributes:
        parts: What separators leave, titles and honorifics taken off.
        keys: Loose key of each part, given names brought to the key of their family.
    """

    parts: tuple[str, ...]
    keys: tuple[str, ...]


def name_of(form: str, relations: Relations, *, offices: bool = True) -> Name:
    """Return the form by parts.

    Args:
        form: Any form.
        relations: Tables of given names and titles.
        offices: Take offices (大統領) off as well; only right where the form is known
            to be a person.

    >>> from .relation_tables import shipped_relations
    >>> name_of("J.D. バンス副大統領", shipped_relations()).parts
    ('J', 'D', 'バンス')
    """
    bare = without_titles(form, relations, offices=offices)
    parts = tuple(part for part in _SPLIT.split(bare) if part)
    keys = [loose_key(part) for part in parts]
    if len(keys) > 1:
        keys = [relations.given.get(key, key) for key in keys[:-1]] + keys[-1:]
    return Name(parts, tuple(keys))


def without_titles(form: str, relations: Relations, *, offices: bool) -> str:
    """Return the form without honorifics (and offices) at its end; never empty."""
    endings = relations.honorifics + (relations.offices if offices else ())
    for ending in endings:
        rest = form[: -len(ending)]
        if form.endswith(ending) and len(rest) >= 2:
            return without_titles(rest, relations, offices=offices)
    return form


def surnames(name: Name) -> tuple[str, ...]:
    """Return the keys of the parts that may be the surname of a full name.

    The last part; for a name in kanji alone, whose order is surname first, the first.
    A Japanese name written without a separator offers its first two and three
    characters.
    """
    if len(name.parts) > 1:
        first_is_surname = _KANJI.match(name.parts[0]) is not None
        return (name.keys[0 if first_is_surname else -1],)
    (whole,) = name.parts or ("",)
    if len(whole) >= 3 and all(map(_KANJI.match, whole)):
        return tuple(loose_key(whole[:size]) for size in (1, 2, 3) if size < len(whole))
    return ()


def given_names_of(name: Name) -> tuple[str, ...]:
    """Return the keys of the parts that may be the given name of a full name.

    The other end of the name than :func:`surnames`; of a Japanese name without a
    separator its last two and three characters.
    """
    if len(name.parts) > 1:
        first_is_surname = _KANJI.match(name.parts[0]) is not None
        return (name.keys[-1 if first_is_surname else 0],)
    (whole,) = name.parts or ("",)
    if len(whole) > 3 and all(map(_KANJI.match, whole)):
        return tuple(
            loose_key(whole[-size:]) for size in (2, 3) if size + 1 < len(whole)
        )
    return ()
