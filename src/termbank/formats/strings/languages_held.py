"""Which pairs of languages are read from a file that holds several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termbank.text.language_tags import is_same_language

if TYPE_CHECKING:
    from collections.abc import Sequence

_USUAL: Final = ("ja", "en")
ALL: Final = "*"


def chosen_pairs(
    langs: Sequence[str],
    source: str | None,
    target: str | None,
    original: str | None = None,
) -> list[tuple[str, str]]:
    """Return the pairs of languages that are read.

    Args:
        langs: Languages of the file in its order.
        source: Language of the sources where the caller asks for it; ``ALL`` for that
            of the file with each other language.
        target: Language of the targets, likewise.
        original: The language that the file says it was written in; the first of the
            pair where absent.

    Returns:
        The pair asked for; else that of Japanese and English where the file holds both;
        else the original with each other language.

    >>> chosen_pairs(["en", "ja", "fr"], None, None)
    [('en', 'ja')]
    >>> chosen_pairs(["en", "ja", "fr"], "en", "fr")
    [('en', 'fr')]
    """
    first = original or (langs[0] if langs else "")
    if source == ALL:
        return [(first, lang) for lang in langs if lang != first]
    mine = _language_like(langs, source) if source else None
    theirs = _language_like(langs, target) if target else None
    if source and target and (mine is None or theirs is None):
        return []
    if mine is None and theirs is None:
        usual = [_language_like(langs, lang) for lang in _USUAL]
        if None not in usual:
            usual_pair = sorted((lang for lang in usual if lang), key=langs.index)
            if original in usual_pair:
                usual_pair.sort(key=lambda lang: lang != original)
            return [(usual_pair[0], usual_pair[1])]
        return [(first, lang) for lang in langs if lang != first]
    if theirs is None:
        others = [lang for lang in langs if lang != mine]
        return [(mine or first, lang) for lang in others[:1]]
    if mine is None:
        mine = first if first != theirs else next((x for x in langs if x != theirs), "")
    return [(mine, theirs)] if mine and mine != theirs else []


def _language_like(langs: Sequence[str], tag: str) -> str | None:
    exact = next((lang for lang in langs if lang == tag), None)
    return exact or next((x for x in langs if is_same_language(x, tag)), None)
