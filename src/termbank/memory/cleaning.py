"""What is wrong with stored pairs: found, never removed without being asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.memory.search.match_scoring import fold_width_and_case
from termbank.text.language_tags import primary_language
from termbank.text.number_agreement import missing_numbers
from termbank.text.placeholders import masked_placeholders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .memory_row import Row

KINDS: Final = ("duplicate", "untranslated", "language", "swapped", "numbers")
_LETTER: Final = re.compile(r"[^\W\d_]")
_JAPANESE: Final = re.compile(r"[ぁ-ゖァ-ヺ㐀-鿿々]")
_LATIN: Final = re.compile(r"[A-Za-zÀ-ɏ]")
_KANA: Final = re.compile(r"[ぁ-ゖ]|[ァ-ヺー]{2}")
_WORD: Final = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_SURE_LETTERS: Final = 4  # kanji without kana: fewer may be a name in an English text
_SENTENCE_WORDS: Final = 4
_PROSE_LEAST: Final = 2  # of these words, which no name or command strings together
_PROSE_WORDS: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "will",
        "would",
        "can",
        "could",
        "should",
        "may",
        "might",
        "must",
        "not",
        "no",
        "it",
        "its",
        "you",
        "your",
        "he",
        "she",
        "they",
        "we",
        "i",
        "my",
        "his",
        "her",
        "their",
        "our",
        "and",
        "or",
        "but",
        "if",
        "when",
        "while",
        "because",
        "so",
        "than",
        "then",
        "there",
        "here",
        "what",
        "which",
        "who",
        "how",
        "why",
        "where",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "with",
        "from",
        "into",
        "about",
        "as",
    ]
)


class Fault(NamedTuple):
    """A pair that a person should look at.

    Attributes:
        kind: duplicate, untranslated, language, swapped or numbers.
        segment_id: The pair.
        source: Its source.
        target: Its translation.
        detail: What is wrong: the other pair, the missing numbers.
    """

    kind: str
    segment_id: str
    source: str
    target: str
    detail: str


def faults(rows: Iterable[Row]) -> Iterator[Fault]:
    """Yield the faults of pairs in the order of the pairs."""
    first_ids: dict[tuple[str, str], str] = {}
    for row in rows:
        key = (
            fold_width_and_case(row.source).strip(),
            fold_width_and_case(row.target).strip(),
        )
        first = first_ids.setdefault(key, row.segment_id)
        if first != row.segment_id:
            yield _fault("duplicate", row, first)
        elif kind := _languages(row):
            yield _fault(kind, row, "")
        elif missing := _numbers(row):
            yield _fault("numbers", row, missing)


def _fault(kind: str, row: Row, detail: str) -> Fault:
    return Fault(kind, row.segment_id, row.source, row.target, detail)


def _languages(row: Row) -> str:
    """Return the kind of fault in the languages of a pair, empty where there is none.

    A name, a path, code and a greeting may stand in any language; only a text that is
    plainly in the wrong one is a fault.
    """
    if not has_letters(row.source):
        return ""
    if not row.target.strip():
        return "untranslated"
    langs = (primary_language(row.source_lang), primary_language(row.target_lang))
    if "ja" not in langs or langs[0] == langs[1]:
        same = row.target.strip() == row.source.strip()
        return "untranslated" if same and _is_sentence(row.source) else ""
    ja, other = row.source, row.target
    if langs[1] == "ja":
        ja, other = other, ja
    if row.target.strip() == row.source.strip():
        foreign = _is_japanese(row.source) if langs[0] == "ja" else False
        return "untranslated" if foreign or _is_sentence(row.source) else ""
    # The Japanese side without a word of Japanese, the other side in Japanese.
    no_japanese, only_japanese = _is_latin(ja), _is_japanese(other)
    if no_japanese and only_japanese:
        return "swapped"
    return "language" if only_japanese or (no_japanese and _is_sentence(ja)) else ""


def has_letters(text: str) -> bool:
    """Return whether a text holds letters besides its placeholders, tags and code."""
    return _LETTER.search(masked_placeholders(text)) is not None


def _is_japanese(text: str) -> bool:
    """Tell whether a text is Japanese, Latin names in it or not."""
    plain = masked_placeholders(text)
    japanese, latin = len(_JAPANESE.findall(plain)), len(_LATIN.findall(plain))
    # A character of Japanese carries about as much as two Latin letters.
    mostly = 2 * japanese > latin
    return mostly and (japanese >= _SURE_LETTERS or bool(_KANA.search(plain)))


def _is_latin(text: str) -> bool:
    plain = masked_placeholders(text)
    return not _JAPANESE.search(plain) and len(_LATIN.findall(plain)) > 1


def _is_sentence(text: str) -> bool:
    """Tell whether a text is English prose, and no name, command or list of names."""
    words = _WORD.findall(masked_placeholders(text))
    small = [word for word in words if word.islower()]
    telling = sum(word.lower() in _PROSE_WORDS for word in words)
    return (
        len(words) >= _SENTENCE_WORDS
        and 2 * len(small) > len(words)
        and telling >= _PROSE_LEAST
    )


def _numbers(row: Row) -> str:
    """Return the numbers that contradict each other, empty where none do."""
    sides = (row.source, row.target)
    if primary_language(row.target_lang) == "ja":
        sides = (row.target, row.source)
    ja, en = missing_numbers(*sides)
    if not ja and not en:
        return ""
    return f"{', '.join(ja) or '-'} | {', '.join(en) or '-'}"
