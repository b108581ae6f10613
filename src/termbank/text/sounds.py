"""Keys under which a katakana name and its Latin spellings meet: roughly how they sound.

A key drops what the two scripts cannot agree on: the vowels that Japanese puts between
consonants (u, and o after t and d), length, doubling, l or r. It is compared, never
shown; ``termbank.equivalents`` judges spellings with a learned model, this key has to
be made in no time.
"""

from __future__ import annotations

from .nearness import KANA_PARTS

_VOWELS = "aiueo"
_VOICED = {("k", 2): "g", ("s", 2): "z", ("t", 2): "d", ("h", 2): "b", ("h", 3): "p"}
_HEPBURN = {"si": "shi", "ti": "chi", "tu": "tsu", "hu": "fu", "zi": "ji", "di": "ji"}
_HEPBURN |= {"du": "zu"}
# In this order: each is read in what those before it left.
_FOLDS = (
    *(("tch", "t"), ("shch", "s"), ("sch", "s"), ("sh", "s"), ("ch", "t")),
    *(("ph", "f"), ("th", "s"), ("kh", "h"), ("gh", "g"), ("zh", "j"), ("tz", "ts")),
    *(("ce", "se"), ("ci", "si"), ("cy", "si"), ("ck", "k"), ("c", "k"), ("q", "k")),
    *(("x", "ks"), ("y", "i"), ("l", "r")),
)
SHORTEST = 3  # sounds; a shorter key says nothing


def sound_of_kana(text: str) -> str:
    """Return the key of a spelling in katakana; empty where it holds anything else.

    >>> sound_of_kana("シルスキーイ"), sound_of_kana("ウィトコフ")
    ('sirski', 'witkof')
    """
    latin = romaji(text)
    return sound_of_latin(latin) if latin else ""


def sound_of_latin(text: str) -> str:
    """Return the key of letters without accents, in lower case.

    >>> sound_of_latin("syrskyi"), sound_of_latin("witkoff"), sound_of_latin("shirusukii")
    ('sirski', 'witkof', 'sirski')
    """
    key = "".join(char for char in text if "a" <= char <= "z")
    for letters, sound in _FOLDS:
        key = key.replace(letters, sound)
    out = ""
    for char in key:
        last = out[-1:]
        between = last and last not in _VOWELS
        if char == last or (
            between and (char == "u" or (char == "o" and last in "td"))
        ):
            continue
        out += char
    # France, フランス
    return out[:-1] if len(out) > SHORTEST and out[-1] == "e" else out


def romaji(text: str) -> str:
    """Return katakana in Hepburn letters, long vowels short, or ``""`` if not katakana.

    >>> romaji("フィンランド"), romaji("ジョージア"), romaji("東京")
    ('finrando', 'jojia', '')
    """
    out = ""
    for char in text:
        if char in "ー・ッ ":
            continue
        if char == "ン":
            out += "n"
            continue
        row, vowel, kind = KANA_PARTS.get(char, (None, 0, 0))
        if row is None:
            return ""
        if kind == 1 and out:
            out = _with_small(out, row, _VOWELS[vowel])
            continue
        plain = _VOICED.get((row, kind), row) + _VOWELS[vowel]
        out += _HEPBURN.get(plain, plain)
    return out


def _with_small(out: str, row: str, vowel: str) -> str:
    """Return letters whose last vowel gives way to a small kana (シェ, ティ, キャ)."""
    head = out[:-1]
    if out == "u" or (out[-1] == "u" and head[-1:] in _VOWELS):
        return f"{head}w{vowel}"  # ウィ
    if row == "y" and not head.endswith(("sh", "ch", "j")):
        return f"{head}y{vowel}"
    return head + vowel
