"""What shows that two forms beside each other name one thing."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.reconciliation.model.latin_katakana import JOINS, cross_script
from termbank.text.kana import SEPARATORS
from termbank.tokenise import tokeniser

if TYPE_CHECKING:
    from .relation_tables import Relations

ACRONYM: Final = re.compile(
    r"(?=(?:[^A-ZＡ-Ｚ]*[A-ZＡ-Ｚ]){2})[A-ZＡ-Ｚ][A-Za-zＡ-Ｚａ-ｚ0-9&.\-]{1,9}"
)
BODY: Final = re.compile(
    r"(機構|機関|研究所|連合|連合会|連盟|会議|協会|委員会|審議会|調査会|銀行|基金|裁判所|条約|協定|"
    r"計画|組織|評議会|理事会|財団|大学|学会|公社|議院|取引所|組合|省|庁|局|軍|社|法|党|国内総生産)$"
)
FEWEST_LETTERS: Final = 3  # two letters fit every compound of two words
SPREAD: Final = 1  # letters more or fewer than words, where a body is named
_NOT_LETTER: Final = re.compile(r"[^A-Za-zＡ-Ｚａ-ｚ]")
_JAPANESE: Final = re.compile(r"[\u3400-\u9fffァ-ヺー々ぁ-ゖ]{3,}")
_KANJI: Final = re.compile(r"[\u3400-\u9fff々]{2,}")
_KANJI_NAME: Final = re.compile(r"[\u3400-\u9fff々]{2,5}")
_KATAKANA_NAME: Final = re.compile(rf"[ァ-ヺー]+(?:[{SEPARATORS}][ァ-ヺー]+)*")
_LATIN_WORDS: Final = re.compile(r"[A-Za-z]+(?:[ \-][A-Za-z]+)+")
MOST_SOUNDS: Final = 4  # of one kanji in a reading


class Gloss(NamedTuple):
    """Why two forms name one thing.

    Attributes:
        relation: One of ``columns.RELATIONS``.
        reason: What was seen.
    """

    relation: str
    reason: str


def gloss_evidence(
    outer: str, inner: str, tables: Relations, *, bracket: bool | None
) -> Gloss | None:
    """Return what shows that a form in brackets glosses the one before it, or None.

    Args:
        outer: The form before the bracket.
        inner: The form within.
        tables: Relation tables.
        bracket: Whether a bracket is known to stand between; where nobody knows, it may
            be a comma, and less counts as evidence.

    >>> from .relation_tables import shipped_relations
    >>> gloss_evidence("全国経済人連合会", "全経連", shipped_relations(), bracket=True)
    Gloss(relation='short-name', reason='subsequence')
    >>> gloss_evidence("KOO", "黒潮海洋観測機構", shipped_relations(), bracket=True).reason
    'initials'
    >>> gloss_evidence("NoSQL", "非同期ジョブ", shipped_relations(), bracket=True)
    """
    relation = tables.between(outer, inner)
    if relation is not None and relation.name != "composition":
        return Gloss(relation.name, "table")
    short, full = sorted((outer, inner), key=len)
    if is_abbreviation(short, full) and (bracket or BODY.search(full)):
        return Gloss("short-name", "subsequence")
    if _initials_fit(outer, inner, bracket=bracket):
        return Gloss("acronym", "initials")
    return _by_sound(outer, inner) if bracket else None


def _by_sound(outer: str, inner: str) -> Gloss | None:
    """Return whether a bracket holds the reading of a name, or its Latin spelling."""
    if _KANJI_NAME.fullmatch(outer) and _reads(outer, inner):
        return Gloss("spelling", "reading")
    written = cross_script(outer, inner)
    if written is not None and written.whole and written.score >= JOINS:
        return Gloss("synonym", "transliteration")
    return None


def is_abbreviation(short: str, full: str) -> bool:
    """Tell whether kanji of a long name, in their order, make the short one.

    The first of them opens a word of the long name: 経団連 of 日本経済団体連合会.

    >>> is_abbreviation("税調", "税制調査会"), is_abbreviation("制調", "税制調査会")
    (True, False)
    >>> is_abbreviation("税制", "税制調査会")
    False
    """
    if not (_KANJI.fullmatch(short) and _KANJI.fullmatch(full)):
        return False
    if len(short) >= len(full) or short in full:
        return False
    openings = _openings(full)
    at = openings.find(short[0])
    if at < 0:
        return False
    place = [start for start, _ in _word_starts(full)][at]
    for char in short[1:]:
        place = full.find(char, place + 1)
        if place < 0:
            return False
    return True


def _openings(form: str) -> str:
    return "".join(char for _, char in _word_starts(form))


@cache
def _word_starts(form: str) -> tuple[tuple[int, str], ...]:
    return tuple(
        (token.start, form[token.start]) for token in tokeniser(mode="A").tokens(form)
    )


def _initials_fit(outer: str, inner: str, *, bracket: bool | None) -> bool:
    """Tell whether letters are the initials of words, or as many as Japanese words."""
    if ACRONYM.fullmatch(inner):
        short, full = inner, outer
    elif ACRONYM.fullmatch(outer):
        short, full = outer, inner
    else:
        return False
    letters = _NOT_LETTER.sub("", short)
    if _LATIN_WORDS.fullmatch(full):
        initials = "".join(word[0] for word in re.split(r"[ \-]", full))
        return letters.upper() == initials.upper()
    if not _JAPANESE.fullmatch(full):
        return False
    misfit = min(abs(words - len(letters)) for words in word_counts(full))
    if BODY.search(full):
        return misfit <= SPREAD or (misfit <= SPREAD + 1 and full is outer)
    # A Latin word is no acronym (NoSQL), and three letters fit three words by chance too
    # often where no bracket is known.
    enough = bool(bracket) and len(letters) >= FEWEST_LETTERS and not misfit
    of = (
        "の" in full and not short.isupper()
    )  # モノのインターネット: Internet of Things
    kanji = short.isupper() and _KANJI.fullmatch(full) is not None
    return enough and (of or kanji)


@cache
def word_counts(form: str) -> tuple[int, int]:
    """Return the number of words of a form, with and without particles."""
    tokens = list(tokeniser("sudachi", mode="A").tokens(form))
    particles = sum(token.pos[0] == "助詞" for token in tokens)
    return len(tokens), len(tokens) - particles


def _reads(kanji: str, kana: str) -> bool:
    """Tell whether katakana may be the reading of a name in kanji, by its length."""
    if not _KATAKANA_NAME.fullmatch(kana):
        return False
    sounds = len(re.sub(f"[ャュョァィゥェォー{SEPARATORS}]", "", kana))
    return len(kanji) <= sounds <= MOST_SOUNDS * len(kanji)
