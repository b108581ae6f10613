"""Stretches of words that may be a term, on either side of a segment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import normalize

from .english import FUNCTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set

    from termbank.tokenise import Token

    from .english import Word

LONGEST_JA: Final = 5  # words
LONGEST_EN: Final = 5  # words, function words inside included
_NOUNS: Final = ("名詞", "接頭辞", "接尾辞", "形状詞")
_ALONE: Final = (*_NOUNS, "代名詞", "副詞")
_NOT_FIRST: Final = ("接尾辞",)
_NUMBER: Final = "数詞"
_STEM: Final = "助動詞語幹"  # そう, よう and みたい, which make no term


class Stretch(NamedTuple):
    """Words that follow each other without a gap.

    Attributes:
        first: Place among the words that carry meaning.
        last: Place of the last word among them; the same for a single word.
        text: As written, in NFKC for Japanese.
    """

    first: int
    last: int
    text: str


def japanese(
    text: str, tokens: Sequence[Token], places: Sequence[int]
) -> Iterator[Stretch]:
    """Yield the runs of nouns, prefixes and suffixes, and adverbs by themselves.

    Args:
        text: The segment.
        tokens: Its words without marks.
        places: Which of them carry meaning, in order.
    """
    for first, start in enumerate(places):
        head = tokens[start]
        if head.pos[0] not in _ALONE or head.pos[0] in _NOT_FIRST:
            continue
        for last in range(first, min(len(places), first + LONGEST_JA)):
            token = tokens[places[last]]
            if last > first and not _continues(tokens, places, last):
                break
            form = text[head.start : token.end]
            if _may_be(form, head, token, last - first):
                yield Stretch(first, last, normalize("NFKC", form))
            if head.pos[0] not in _NOUNS:
                break


def _continues(tokens: Sequence[Token], places: Sequence[int], at: int) -> bool:
    """Say whether the word follows the one before it in the text and in the term."""
    before, token = tokens[places[at - 1]], tokens[places[at]]
    return before.end == token.start and token.pos[0] in _NOUNS


# Nouns of grammar, written in hiragana: they stand for what the sentence says of them.
_FORMAL: Final = frozenset(
    "こと もの よう ため はず わけ とき ところ まま うち つもり ほう とおり たび ほか せい くせ"  # noqa: SIM905
    " おかげ おそれ ころ ごろ あと まえ なか さい くらい ぐらい ほど だけ もと そう みたい の ん".split()
)


def _may_be(form: str, head: Token, last: Token, more: int) -> bool:
    if form in _FORMAL or _STEM in head.pos:
        return False
    if last.pos[0] == "接頭辞" or (more == 0 and head.pos[1] == _NUMBER):
        return False
    return len(form) > 1 or not form.isascii()


# Inside a term stand prepositions, articles and "and", never what makes a sentence of it.
_OF_SENTENCES: Final = FUNCTION_WORDS - frozenset(
    """a an the of and or in on at by for with from to into per within between one no
    non each every self very too as not""".split()  # noqa: SIM905 - a list of words
)


def english(
    text: str,
    words: Sequence[Word],
    places: Sequence[int],
    verbs: Set[str] = frozenset(),
) -> Iterator[Stretch]:
    """Yield the runs that open and close with a word that carries meaning.

    Runs that hold a pronoun or an auxiliary are left out, and so are those that begin
    with a verb, as a noun is not rendered by what is done with it (play tennis).

    Args:
        text: The segment.
        words: Its words.
        places: Which of them carry meaning, in order.
        verbs: Words that are verbs in this text.
    """
    for first, start in enumerate(places):
        for last in range(first, len(places)):
            stop = places[last]
            if stop - start >= LONGEST_EN:
                break
            if not all(word.joined for word in words[start + 1 : stop + 1]):
                break
            if last > first and words[start].form in verbs:
                break
            before = words[stop - 1].form
            if stop - 1 > start and (before in _OF_SENTENCES or before in verbs):
                break
            yield Stretch(first, last, text[words[start].start : words[stop].end])
