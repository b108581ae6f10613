"""Latin names folded to the twenty-six letters that the spelling model knows."""

from __future__ import annotations

from unicodedata import combining, normalize

_LETTERS = {
    "ø": "o", "œ": "oe", "æ": "ae", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
    "ı": "i", "ħ": "h", "ŋ": "ng", "ə": "e", "ĸ": "k", "ŧ": "t",
}  # fmt: skip


def letters(name: str) -> str:
    """Return a name in lower case without marks, spaces and anything but a to z.

    >>> letters("Sønderborg"), letters("O'Neill"), letters("Łódź")
    ('sonderborg', 'oneill', 'lodz')
    """
    if name.isascii():
        lower = name.lower()
        if lower.isalpha():
            return lower
        return "".join(sign for sign in lower if "a" <= sign <= "z")
    base_letters = "".join(_LETTERS.get(sign, sign) for sign in name.casefold())
    plain = normalize("NFKD", base_letters)
    return "".join(sign for sign in plain if "a" <= sign <= "z" and not combining(sign))
