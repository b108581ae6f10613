"""Whether a spelling found in running text means the term of the glossary.

Letter case tells Miles from miles, a title tells Mr. Graham's グラム from the unit, and a
word amid capitalised words is a part of a longer name (Paris Agreement, Attorney General).
"""

from __future__ import annotations

from .lazy_patterns import LazyPattern
from .personal_titles import ENGLISH_TITLES, TITLE_AFTER_NAME

_WORD_BEFORE = LazyPattern(r"([A-Za-zÀ-ž][\wÀ-ž.'’&]*)[ \u00a0-]$")
_WORD_AFTER = LazyPattern(r"[ \u00a0-]([A-ZÀ-Þ])")
_SENTENCE_START = LazyPattern(r"(?:^|[.!?:;\n“\"(][\s”\"]*|\n\s*)$")
# Capitalised before a term without making a name of it: sentence openers, nationalities.
_OPENERS = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "its",
        "their",
        "his",
        "her",
        "our",
        "your",
        "my",
        "in",
        "at",
        "on",
        "from",
        "to",
        "of",
        "for",
        "by",
        "with",
        "and",
        "but",
        "or",
        "as",
        "if",
        "when",
        "while",
        "after",
        "before",
        "since",
        "until",
        "during",
        "no",
        "any",
        "some",
        "all",
        "both",
        "each",
        "every",
        "new",
        "former",
    ]
)
_NATIONAL = LazyPattern(
    r"(?:[a-z](?:an|ian|ese|ish|ean|ch|ek|ss)|Thai|Czech|U\.?S\.?A?\.?|U\.?K\.?|EU|UN|NATO|"
    r".*['’]s|.*s['’])"
)
_PREPOSITION = LazyPattern(
    r"\b(?:after|before|by|of|without|while|when|since|upon) $", ignore_case=True
)
_OBJECT = LazyPattern(r" (?:[A-Z]|(?:the|a|an|him|her|them|his|their|its|with|in)\b)")
_SENTENCE_ENDS = ("。", "！", "？", ". ", "! ", "? ", "\n")
_SMALL_WORD = 3  # letters: prepositions and articles stay small in names
_HEADLINE = 0.8  # share of capitalised words
_OFFICES = frozenset(
    [
        "president",
        "minister",
        "secretary",
        "senator",
        "chancellor",
        "ambassador",
        "envoy",
        "general",
        "leader",
        "pope",
        "adviser",
        "advisor",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "premier",
        "governor",
        "mayor",
        "official",
        "commander",
        "aide",
        "chief",
        "pontiff",
        "congressman",
        "congresswoman",
    ]
)


def is_meant(
    text: str,
    start: int,
    end: int,
    *,
    form: str,
    kind: str,
    status: str,
    has_other_sense: bool,
    cues: tuple[str, ...] = (),
) -> bool:
    """Answer whether ``text[start:end]`` means a term.

    Args:
        text: Untouched text.
        start: First code point of the hit.
        end: One past the last.
        form: As the glossary spells it.
        kind: Of the concept.
        status: Of the form; one with another sense counts nonetheless where writers
            are to give it up.
        has_other_sense: What :func:`termbank.text.term_notes.other_senses` tells.
        cues: What :func:`termbank.text.term_notes.sense_cues` returns: one of them in
            the sentence settles the sense.
    """
    surface = text[start:end]
    is_verb = surface.endswith("ing") and _is_gerund(text, start, end)
    if is_verb or (cues and not _has_cue(text, start, end, cues)):
        return False
    is_open = has_other_sense and not cues
    if is_open and not _is_settled(text, start, end, kind, status):
        return False
    if kind == "place" and TITLE_AFTER_NAME.match(text, end) and has_other_sense:
        return False
    if not surface[:1].isascii() or not surface[:1].isalpha():
        return True
    if form[:1].isupper() and form[1:2].islower():
        # A name: Miles is no mile. A title may be written small in running text.
        return kind == "term" or surface[:1].isupper()
    return not _is_part_of_name(text, start, end, surface)


def _has_cue(text: str, start: int, end: int, cues: tuple[str, ...]) -> bool:
    """Answer whether the sentence around a term holds one of its cues."""
    begin = max(text.rfind(mark, 0, start) for mark in _SENTENCE_ENDS) + 1
    ends = [text.find(mark, end) for mark in _SENTENCE_ENDS]
    stop = min([at for at in ends if at >= 0], default=len(text))
    around = text[begin:start].lower() + "\n" + text[end:stop].lower()
    return any(_begins_a_word(cue.lower(), around) for cue in cues)


def _begins_a_word(cue: str, around: str) -> bool:
    """Answer whether a cue stands in a text, in letters at the beginning of a word."""
    at = around.find(cue)
    while at > 0 and cue.isascii() and around[at - 1].isalnum():
        at = around.find(cue, at + 1)
    return at >= 0


def _is_gerund(text: str, start: int, end: int) -> bool:
    """Answer whether a noun in -ing is a verb there: after meeting Trump."""
    preposition = _PREPOSITION.search(text[max(start - 12, 0) : start])
    return bool(preposition and _OBJECT.match(text, end))


def _is_settled(text: str, start: int, end: int, kind: str, status: str) -> bool:
    """Answer whether the words beside a spelling of two senses settle which is meant."""
    if kind == "place" or status in ("deprecated", "forbidden"):
        return True
    if kind != "person":
        return False
    if TITLE_AFTER_NAME.match(text, end):
        return True
    match = _WORD_BEFORE.search(text[max(start - 30, 0) : start])
    return bool(match and match[1].rstrip(".").lower() in _PERSONAL)


_PERSONAL = ENGLISH_TITLES | frozenset(
    [
        "senator",
        "president",
        "minister",
        "secretary",
        "general",
        "professor",
        "ambassador",
        "governor",
        "congressman",
        "congresswoman",
        "representative",
        "adviser",
        "advisor",
        "envoy",
    ]
)


def _is_part_of_name(text: str, start: int, end: int, surface: str) -> bool:
    """Answer whether a term in small letters stands capitalised within a longer name.

    Paris Agreement, Canadian Security Intelligence Service; but President Trump and
    Foreign Minister Lavrov are an office and its holder, and in a headline every word
    is capitalised.
    """
    words = surface.split()
    if not words[0][:1].isupper() or surface.isupper() or _is_headline(text, start):
        return False
    if any(word[:1].islower() for word in words if len(word) > _SMALL_WORD):
        return False
    goes_on = bool(_WORD_AFTER.match(text, end))
    if words[-1].lower() in _OFFICES:
        return False
    before = text[max(start - 40, 0) : start]
    match = _WORD_BEFORE.search(before)
    opens = not match and bool(_SENTENCE_START.search(before))
    if not match or not match[1][:1].isupper():
        return goes_on and not opens
    word = match[1]
    if word.lower() in _OPENERS or _SENTENCE_START.search(before[: match.start()]):
        return goes_on
    return goes_on or not _NATIONAL.search(word)


def _is_headline(text: str, start: int) -> bool:
    """Answer whether most words of the line are capitalised."""
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start)
    line = text[begin : len(text) if end < 0 else end]
    words = [word for word in line[:200].split() if len(word) > _SMALL_WORD]
    return sum(word[:1].isupper() for word in words) > _HEADLINE * len(words)
