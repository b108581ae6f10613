"""Names in katakana: what stands between their parts, and keys for their spellings.

A key is only ever compared with another key: it groups candidates so that few pairs
are scored, and it is never shown, stored or offered as a spelling.
"""

from __future__ import annotations

from .normalise import norm

# What stands between the parts of a name: the one table of these characters. Each is a
# text of single characters, to be searched or put inside the brackets of a regular
# expression; a hyphen stands last in its set, where it needs no escape.
MIDDLE_DOTS = "・･"
DOUBLE_HYPHENS = "＝=゠"
BLANKS = " 　"
FULL_STOPS = ".．"
APOSTROPHES = "'’"
HYPHENS = "‐–—-"
# Between the parts of one katakana name: ウォロディミル・ゼレンスキー.
JOINTS = MIDDLE_DOTS + DOUBLE_HYPHENS
# The same, and the blanks between words: 株式会社 ルベル.
SEPARATORS = JOINTS + BLANKS

_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_TO_KATAKANA |= {0x309D: 0x30FD, 0x309E: 0x30FE}
_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_TO_HIRAGANA |= {0x30FD: 0x309D, 0x30FE: 0x309E}
_VU = (("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴェ", "ベ"), ("ヴォ", "ボ"), ("ヴ", "ブ"))
_LARGE = str.maketrans("ァィゥェォッャュョヮヵヶヂヅ", "アイウエオツヤユヨワカケジズ")
_DROPPED = dict.fromkeys(map(ord, "ー'" + SEPARATORS + HYPHENS))


def katakana(text: str) -> str:
    """Return the text with hiragana turned into katakana.

    >>> katakana("きーう")
    'キーウ'
    """
    return text.translate(_TO_KATAKANA)


def hiragana(text: str) -> str:
    """Return the text with katakana turned into hiragana.

    >>> hiragana("キーウ")
    'きーう'
    """
    return text.translate(_TO_HIRAGANA)


def loose_key(form: str) -> str:
    """Return a key that ignores vowel length, small kana, separators, width and case.

    Equal keys mean "compare these two", not "these two are one name".

    Args:
        form: Any form; only kana are folded.

    Source:
        Cabinet Notification No. 2 of 1991, "Notation of loanwords" (外来語の表記).

    >>> loose_key("ルーク・コーフィー") == loose_key("ルーク＝コフィ")
    True
    >>> loose_key("キエフ") == loose_key("キーウ")
    False
    """
    key = katakana(norm(form)).translate(_DROPPED)
    for long, short in _VU:
        key = key.replace(long, short)
    return key.translate(_LARGE)
