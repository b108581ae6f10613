"""Keys under which look-up and scan find a form in any shape of its characters.

Beyond width and letter case (:func:`termbank.text.normalise.norm`) old kanji count as
their usual shape, and ヶ, ケ and が between kanji as one (飛驒市, 髙島屋, 霞が浦).
"""

from __future__ import annotations

from termbank.text.normalise import norm

_FIRST_KANJI = "\u3400"
_SMALL_KE = "ヶケが"


def search_key(form: str) -> str:
    """Return the key of a form or query; as many code points as ``norm(form)``.

    >>> search_key("髙島屋"), search_key("ＮＡＴＯ")
    ('高島屋', 'nato')
    """
    return usual_text(norm(form))


def usual_text(plain: str) -> str:
    """Return normalised text with old kanji in their usual shape; offsets stay."""
    characters = set(plain)
    if not characters or max(characters) < _FIRST_KANJI:
        return plain
    from termbank.text.old_kanji import USUAL_SHAPES

    for char in characters & USUAL_SHAPES.keys():
        plain = plain.replace(char, USUAL_SHAPES[char])
    return plain


def keys_in_all_shapes(form: str) -> list[str]:
    """Return the key of a form, and those with each of ヶ, ケ and が between its kanji.

    >>> keys_in_all_shapes("霞ヶ浦")
    ['霞ヶ浦', '霞ケ浦', '霞が浦']
    >>> keys_in_all_shapes("我が国")
    ['我が国']
    """
    key = search_key(form)
    places = [at for at in range(1, len(key) - 1) if key[at] in _SMALL_KE[:2]]
    places = [at for at in places if _is_kanji(key[at - 1]) and _is_kanji(key[at + 1])]
    if len(places) != 1:
        return [key]
    at = places[0]
    others = [key[:at] + sign + key[at + 1 :] for sign in _SMALL_KE]
    return list(dict.fromkeys([key, *others]))


def _is_kanji(char: str) -> bool:
    return _FIRST_KANJI <= char <= "\u9fff" or char == "々"
