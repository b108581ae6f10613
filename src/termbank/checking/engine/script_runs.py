"""The script of a character, as one letter: what runs of text are made of."""

from __future__ import annotations

KANJI, HIRAGANA, KATAKANA, LATIN, DIGIT, OTHER = "KHALDO"
# Code points of a run that are looked at on either side of a hit: longer than any word,
# and a bound on what a file that is one run costs.
LONGEST_RUN = 60
_SEEN: dict[str, str] = {"": OTHER}


def script(char: str) -> str:
    """Return the script of one character, or ``O`` for none and for all else.

    ヶ and ヵ stand among kanji (一ヶ月), ー among katakana; ・ belongs to no word.

    >>> "".join(map(script, "第3のサーバーA、々ヶ"))
    'KDHAAAALOKK'
    """
    char_script = _SEEN.get(char)
    if char_script is None:
        char_script = _SEEN[char] = _script(ord(char), char)
    return char_script


def _script(code: int, char: str) -> str:
    if 0x3041 <= code <= 0x309F:
        return HIRAGANA
    if code in (0x30F5, 0x30F6, 0x3005, 0x3006, 0x3007):
        return KANJI
    if (0x30A1 <= code <= 0x30FF and code != 0x30FB) or 0xFF66 <= code <= 0xFF9F:
        return KATAKANA
    if (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x3FFFF
    ):
        return KANJI
    if char.isdigit():
        return DIGIT
    return LATIN if char.isalpha() else OTHER
