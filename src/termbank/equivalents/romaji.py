"""Katakana as a string of sound symbols, one symbol a consonant, vowel or mark.

The symbols are romaji with single letters for what Hepburn writes with two (S = sh,
C = ch, T = ts), N for the moraic nasal and ``-`` for the long-vowel mark, because the
spelling model counts symbols. They are compared, never shown.
"""

from __future__ import annotations

from termbank.text.kana import katakana
from termbank.text.normalise import norm

SYMBOLS = "abcdefghijklmnopqrstuvwxyzSCTN-"

_PLAIN = dict(zip("アイウエオ", "aiueo", strict=True))
for _consonant, _row in {
    "k": "カキクケコ",
    "g": "ガギグゲゴ",
    "s": "サ.スセソ",
    "z": "ザ.ズゼゾ",
    "t": "タ..テト",
    "d": "ダ..デド",
    "n": "ナニヌネノ",
    "h": "ハヒ.ヘホ",
    "b": "バビブベボ",
    "p": "パピプペポ",
    "m": "マミムメモ",
    "r": "ラリルレロ",
}.items():
    for _kana, _vowel in zip(_row, "aiueo", strict=True):
        _PLAIN[_kana] = _consonant + _vowel
_PLAIN |= {"シ": "Si", "ジ": "ji", "チ": "Ci", "ヂ": "ji", "ツ": "Tu", "ヅ": "zu"}
_PLAIN |= {"フ": "fu", "ヤ": "ya", "ユ": "yu", "ヨ": "yo", "ワ": "wa", "ヰ": "i"}
_PLAIN |= {"ヱ": "e", "ヲ": "o", "ン": "N", "ヴ": "vu", "ヵ": "ka", "ヶ": "ke"}
_PLAIN |= {"ヷ": "va", "ヸ": "vi", "ヹ": "ve", "ヺ": "vo"}
_SMALL = {"ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}
_SMALL |= {"ャ": "ya", "ュ": "yu", "ョ": "yo", "ヮ": "wa"}
_PALATAL = "SCj"  # sounds that swallow the y of a small kana: シャ is Sa, not Sya


def symbols(kana: str) -> str:
    """Return the sound symbols of a katakana (or hiragana) word.

    Args:
        kana: One name part; anything that is not kana is dropped.

    >>> symbols("シルスキーイ"), symbols("ヴォロディミル"), symbols("ニッツァ")
    ('Sirusuki-i', 'vorodimiru', 'niTTa')
    """
    out: list[str] = []
    doubling = False
    for sign in katakana(norm(kana)):
        if sign == "ッ":
            doubling = True
        elif sign == "ー":
            if out and out[-1] != "-":
                out.append("-")
        elif sign in _SMALL:
            _join(out, _SMALL[sign])
        elif sign in _PLAIN:
            sound = _PLAIN[sign]
            out.append(sound[0] + sound if doubling else sound)
            doubling = False
    if doubling:
        out.append("t")
    return "".join(out)


def _join(out: list[str], small: str) -> None:
    """Merge a small kana into the sound before it, as Japanese spells foreign ones."""
    last = out[-1] if out else ""
    if last == "u" and small in ("a", "i", "e", "o"):
        out[-1] = "w" + small
    elif last == "i" and small == "e":
        out[-1] = "ye"
    elif len(last) > 1 and last[-1] in "aiueo":
        stem = last[:-1]
        if small[0] == "y" and stem[-1] in _PALATAL:
            small = small[1:]
        elif stem[-1] in "kg" and small in ("a", "i", "e", "o"):
            small = "w" + small  # クァ, グィ
        out[-1] = stem + small
    else:
        out.append(small)
