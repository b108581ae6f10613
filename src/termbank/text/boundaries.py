"""Where a term may begin and end in running text, told by scripts alone.

Japanese has no spaces, so a term inside a longer run of its own script may be a chance
substring. :func:`stands_alone` is the one rule of ``scan``; ``check``, which must not
cry wolf, asks a dictionary in addition.
"""

from __future__ import annotations

# One kanji before a term that makes no other word of it: 無条件停戦 is no matter (two
# kanji before 停戦), 対露制裁 and 新政権 are these, 東京都 around 京都 is not.
_PREFIXES = frozenset(
    "対反親新旧前元現各両全総同副非無未再最超諸該駐在訪多単双米露日中英仏独韓欧"
)
# One kanji after a term that stands in the middle of a run (無条件停戦案): 首長国連邦
# around 国連 is no such case.
_SUFFIXES = frozenset(
    "案後前中的者令策時側国軍氏等率性化派系費額書法会員論権力量数年月日内外上下間用型式品"
    "物部課長省庁県市町村区線網所場店館家手術学史観点面相官卿家人団隊党社校院室局圏域級制"
)
# After one of these a single kanji is a word (米は, 露と), not a stem with its okurigana.
_PARTICLES = frozenset("をはがのにへとでもや")
_MARKS = frozenset("ーヽヾ")
_ADJECTIVAL = "的"  # makes another word of what stands before it: 攻撃的 is no attack
# A form in hiragana shorter than this is as likely a piece of grammar.
SHORTEST_IN_HIRAGANA = 4


def stands_alone(text: str, start: int, end: int) -> bool:
    """Answer whether ``text[start:end]`` can be a term and not a piece of another word.

    - Latin letters and digits: not beside another letter, digit or underscore.
    - Katakana: not beside katakana or ー (ワード in パスワード); ・ separates.
    - Kanji, two or more: in a longer run of kanji too (停戦 in 停戦合意), but not after
      a single kanji that is no prefix (京都 in 東京都), nor in the middle before a
      single one that is no suffix (国連 in 首長国連邦).
    - A single kanji: not beside kanji, katakana or letters (側 in 側面, ロシア側), and
      before hiragana only where that is a particle (米は, not 露わ).
    - Hiragana beside hiragana: only a form of at least four code points.

    Args:
        text: Text in NFKC; half-width katakana are not known here.
        start: First code point.
        end: One past the last; greater than ``start``.

    >>> stands_alone("パスワード", 2, 5), stands_alone("プーチン大統領", 0, 4)
    (False, True)
    >>> stands_alone("東京都", 1, 3), stands_alone("停戦合意", 0, 2)
    (False, True)
    """
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return (
        _opens(text, start, end, before)
        and _closes(text, start, end, after)
        and not _amid_kanji(text, start, end, before, after)
    )


def _opens(text: str, start: int, end: int, before: str) -> bool:
    if not before:
        return True
    own, other = script(text[start]), script(before)
    if own == "kanji":
        if end - start == 1:
            return other in ("", "hiragana")
        if other != "kanji":
            return True
        alone = start < 2 or script(text[start - 2]) != "kanji"
        return not alone or before in _PREFIXES
    return _apart(own, other, before, end - start)


def _amid_kanji(text: str, start: int, end: int, before: str, after: str) -> bool:
    """Answer whether a term stands in a run of kanji with a strange single one behind."""
    if not before or not after or after in _SUFFIXES:
        return False
    edges = (before, text[start], text[end - 1], after)
    if any(script(char) != "kanji" for char in edges):
        return False
    return end + 1 == len(text) or script(text[end + 1]) != "kanji"


def _closes(text: str, start: int, end: int, after: str) -> bool:
    if not after:
        return True
    own, other = script(text[end - 1]), script(after)
    if own == "kanji":
        if end - start > 1:
            return after != _ADJECTIVAL
        return not other or (other == "hiragana" and after in _PARTICLES)
    return _apart(own, other, after, end - start)


def _apart(own: str, other: str, neighbour: str, length: int) -> bool:
    if own == "latin":
        return other != "latin" and neighbour != "_"
    if own == "hiragana":
        return other != own or length >= SHORTEST_IN_HIRAGANA
    return not own or other != own


def script(char: str) -> str:
    """Return kanji, katakana, hiragana or latin; empty for what belongs to no word.

    ``latin`` holds the letters and digits of all alphabets, because they bound words
    alike. ・ is empty: it separates.
    """
    code = ord(char)
    if code < 0x2E80:
        return "latin" if char.isalnum() else ""
    if 0x30A1 <= code <= 0x30FA or char in _MARKS or 0x31F0 <= code <= 0x31FF:
        return "katakana"
    if 0x3041 <= code <= 0x3096 or 0x309D <= code <= 0x309F:
        return "hiragana"
    if 0x3400 <= code <= 0x9FFF or code in (0x3005, 0x3006, 0x3007):
        return "kanji"
    if 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF:
        return "kanji"
    return "latin" if char.isalnum() else ""
