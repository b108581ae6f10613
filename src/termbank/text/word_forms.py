"""English words without what inflects them: plurals, possessives, articles, full stops."""

from __future__ import annotations

import re

from .normalise import norm

# Short words whose final s is no plural; what ends in ss, us, is is told by its letters.
_WHOLE = frozenset(
    [
        "us",
        "is",
        "was",
        "has",
        "its",
        "this",
        "his",
        "as",
        "gas",
        "news",
        "series",
        "species",
    ]
)
_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "people": "people",
    "crises": "crisis",
    "lives": "life",
    "wives": "wife",
    "countrymen": "countryman",
    "servicemen": "serviceman",
    "spokesmen": "spokesman",
    "spokeswomen": "spokeswoman",
    "spokespeople": "spokesperson",
}
# Abbreviations that stand for a whole word in names and titles.
_ABBREVIATIONS = {
    "univ": "university",
    "gen": "general",
    "sen": "senator",
    "pres": "president",
    "gov": "governor",
    "govt": "government",
    "dept": "department",
    "sec": "secretary",
    "min": "minister",
    "pm": "prime minister",
    "fm": "foreign minister",
    "intl": "international",
    "int'l": "international",
    "amb": "ambassador",
    "inst": "institute",
    "admin": "administration",
    "rep": "representative",
    "assoc": "associate",
    "asst": "assistant",
    "prof": "professor",
}
_ARTICLE = "the "
_WORD = re.compile(r"[^\s\-‐‑–—/,;:()\"“”]+")


def bare_words(text: str) -> str:
    """Return the words of an English phrase in one form, a space between them.

    >>> bare_words("Heads of State"), bare_words("the POWs"), bare_words("Kyiv's")
    ('head of state', 'pow', 'kyiv')
    >>> bare_words("Keio Univ.") == bare_words("Keio University")
    True
    """
    words = _WORD.findall(norm(text).replace("’", "'"))
    bare = " ".join(_bare(word) for word in words)
    return bare.removeprefix(_ARTICLE) if bare != _ARTICLE.strip() else bare


def _bare(word: str) -> str:
    is_abbreviation = (
        "." in word[:-1]
    )  # u.s., u.k.: the full stops are no end of a sentence
    word = word.rstrip(".") if not is_abbreviation else word.replace(".", "")
    for ending in ("'s", "s'", "'"):
        if word.endswith(ending) and len(word) > len(ending):
            word = word[: -len(ending)] + ("s" if ending == "s'" else "")
            break
    word = _ABBREVIATIONS.get(word, word)
    return _IRREGULAR.get(word, "") or _singular(word)


def _singular(word: str) -> str:
    if len(word) < 3 or word in _WHOLE or not word.endswith("s"):
        return word
    if word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1]
