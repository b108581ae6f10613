"""Katakana from Latin letters, for a query typed without a Japanese keyboard."""

from __future__ import annotations

_VOWELS = "aiueo"
_SYLLABLES = {
    "": "アイウエオ",
    "k": "カキクケコ",
    "s": "サシスセソ",
    "t": "タチツテト",
    "n": "ナニヌネノ",
    "h": "ハヒフヘホ",
    "m": "マミムメモ",
    "r": "ラリルレロ",
    "l": "ラリルレロ",
    "w": ("ワ", "ウィ", "ウ", "ウェ", "ヲ"),
    "g": "ガギグゲゴ",
    "z": "ザジズゼゾ",
    "d": "ダヂヅデド",
    "b": "バビブベボ",
    "p": "パピプペポ",
    "y": ("ヤ", "イ", "ユ", "イェ", "ヨ"),
    "v": ("ヴァ", "ヴィ", "ヴ", "ヴェ", "ヴォ"),
    "f": ("ファ", "フィ", "フ", "フェ", "フォ"),
    "j": ("ジャ", "ジ", "ジュ", "ジェ", "ジョ"),
    "sh": ("シャ", "シ", "シュ", "シェ", "ショ"),
    "ch": ("チャ", "チ", "チュ", "チェ", "チョ"),
    "ts": ("ツァ", "ツィ", "ツ", "ツェ", "ツォ"),
    "th": ("サ", "ティ", "トゥ", "セ", "ソ"),
    "dz": "ザジズゼゾ",
}
_GLIDES = {
    "k": "キ",
    "s": "シ",
    "t": "チ",
    "n": "ニ",
    "h": "ヒ",
    "m": "ミ",
    "r": "リ",
    "l": "リ",
    "g": "ギ",
    "z": "ジ",
    "d": "ヂ",
    "b": "ビ",
    "p": "ピ",
    "v": "ヴ",
    "f": "フ",
}
_SMALL = dict(zip("auo", "ャュョ", strict=True))
_LONG = {"ā": "a-", "ī": "i-", "ū": "u-", "ē": "e-", "ō": "o-", "â": "a-", "î": "i-"}
_LONG |= {"û": "u-", "ê": "e-", "ô": "o-"}


def from_romaji(text: str) -> str:
    """Return the katakana that Hepburn or Kunrei letters spell, or ``""`` if none.

    Args:
        text: Lower case; a hyphen or a macron makes the vowel long, a space becomes ・,
            ``l`` reads as ``r``.

    >>> from_romaji("shirusukii"), from_romaji("pūchin"), from_romaji("kyiv")
    ('シルスキイ', 'プーチン', '')
    """
    for letter, plain in _LONG.items():
        text = text.replace(letter, plain)
    out: list[str] = []
    at = 0
    while at < len(text):
        kana, used = _syllable(text, at)
        if not used:
            return ""
        out.append(kana)
        at += used
    return "".join(out)


def _syllable(text: str, at: int) -> tuple[str, int]:
    """Return the kana that begin at ``at`` with the letters used; 0 for none."""
    char, after = text[at], text[at + 1 : at + 2]
    if char in " -":
        return ("・" if char == " " else "ー"), 1
    for length in (2, 1, 0):
        head, vowel = text[at : at + length], text[at + length : at + length + 1]
        if len(head) == length and head in _SYLLABLES and vowel and vowel in _VOWELS:
            return _SYLLABLES[head][_VOWELS.index(vowel)], length + 1
    if char in _GLIDES and after == "y" and text[at + 2 : at + 3] in _SMALL:
        return _GLIDES[char] + _SMALL[text[at + 2]], 3
    if char == "n" or (char == "m" and after and after in "bpm"):
        return "ン", 2 if after == "'" else 1
    return ("ッ", 1) if after == char and char.isalpha() else ("", 0)
