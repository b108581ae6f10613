"""Rules that forbid ``same`` by what stands against what in the two forms of a pair.

Each rule is a small function with a reason of its own. The first that holds is shown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import category

from termbank.reconciliation.features.form_differences import Difference, difference
from termbank.reconciliation.features.kana_sounds import COST_LONG
from termbank.text.normalise import norm

from . import veto_tables
from .verdict_bands import MOST_IF_ASKED, MOST_IF_DIFFERENT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LATIN_ONLY: Final = re.compile(r"[^\u3040-\u30ff\u3400-\u9fff々]+")
_HIRAGANA: Final = "[ぁ-ゖ]"
_NO_LETTER: Final = re.compile(r"[\W_]+")
_SYMBOLS: Final = frozenset({"So", "Sm", "Sc"})
COST_PARTICLE: Final = 10  # of an added ノ, in tenths of a plain change
# Numbers of a pair that the rules look at, see ``pair_features.NUMBERS``.
LOOKED_AT: Final = (
    "same_normal_fold", "same_meaning", "same_plain", "same_bare", "spoken_cost",
    "unknown_more", "kanji_less", "kanji_more", "kanji_edited_less", "other",
)  # fmt: skip


class Pair(NamedTuple):
    """Two forms and what is known of them.

    Attributes:
        left: One form.
        right: The other.
        parted: Where they part.
        same_word: Whether the dictionary gives both one normal spelling.
        synonyms: Whether the dictionary holds them for synonyms.
        particle: Whether の alone parts them as they are written.
        read_alike: Whether they are read alike, but for the length of a vowel and の.
        in_dictionary: Whether the dictionary holds every word of both.
        kanji: Whether either has kanji.
        shares_kanji: Whether a kanji of one stands in the other, and none against it.
    """

    left: str
    right: str
    parted: Difference
    same_word: bool
    synonyms: bool
    particle: bool
    read_alike: bool
    in_dictionary: bool
    kanji: bool
    shares_kanji: bool


def pair_of(left: str, right: str, numbers: Mapping[str, float]) -> Pair:
    """Return what the rules look at.

    Args:
        left: A form.
        right: A form.
        numbers: :data:`LOOKED_AT` of the pair.
    """
    shares = numbers["kanji_less"] > numbers["kanji_edited_less"]
    written = numbers["same_plain"] or numbers["same_bare"]
    particle = bool(numbers["same_bare"] and not numbers["same_plain"])
    most = COST_LONG + particle * COST_PARTICLE
    return Pair(
        left,
        right,
        difference(left, right),
        bool(numbers["same_normal_fold"] or written),
        bool(numbers["same_meaning"]),
        particle,
        numbers["spoken_cost"] <= most,
        numbers["unknown_more"] == 0,
        numbers["kanji_more"] > 0,
        shares and numbers["kanji_edited_less"] == 0,
    )


def two_states(pair: Pair) -> bool:
    """Names of two states: コンゴ共和国, コンゴ民主共和国."""
    return veto_tables.shipped_vetoes().two_states(pair.left, pair.right)


def figures_differ(pair: Pair) -> bool:
    """Other figures, in whatever shape: 第一審, 第二審; 2024年度, 2025年度."""
    return pair.parted.figures


def figure_in_a_word(pair: Pair) -> bool:
    """A kanji that counts nothing against a figure: 五輪, 5輪; 二階堂, 2階堂."""
    return pair.parted.worded


def letters_differ(pair: Pair) -> bool:
    """Other Latin letters beside Japanese: A型, B型."""
    return pair.parted.letters and not (
        _LATIN_ONLY.fullmatch(pair.left) and _LATIN_ONLY.fullmatch(pair.right)
    )


def latin_words(pair: Pair) -> bool:
    """Latin words that differ in more than case and separators: GitHub, GitLab."""
    if not (_LATIN_ONLY.fullmatch(pair.left) and _LATIN_ONLY.fullmatch(pair.right)):
        return False
    ours, theirs = (_NO_LETTER.sub("", norm(form)) for form in (pair.left, pair.right))
    return ours != theirs


def symbols_differ(pair: Pair) -> bool:
    """A symbol beside a word: ℃, 度."""
    ours, theirs = (
        {char for char in form if category(char) in _SYMBOLS}
        for form in (pair.left, pair.right)
    )
    return ours != theirs


def office_and_body(pair: Pair) -> bool:
    """An office and its body: 財務相, 財務省; 大統領, 大統領府."""
    return not pair.same_word and veto_tables.shipped_vetoes().office_and_body(
        pair.left, pair.right
    )


def opposites(pair: Pair) -> bool:
    """Opposite words, or words that opposite kanji part: 輸出, 輸入; オン, オフ."""
    tables = veto_tables.shipped_vetoes()
    has_opposites = any(swap in tables.opposites for swap in pair.parted.kanji)
    return has_opposites or tables.opposite_words(pair.left, pair.right)


def native_homophones(pair: Pair) -> bool:
    """One native word with several kanji by sense: 抑える, 押さえる; 町, 街.

    Dictionaries give them one normal spelling, yet they are not interchangeable.
    """
    return pair.same_word and any(
        _native(pair.left, ours) and _native(pair.right, theirs)
        for ours, theirs in pair.parted.kanji
    )


def _native(form: str, kanji: str) -> bool:
    """Tell whether a kanji stands alone or before its okurigana."""
    alone = form == kanji and len(kanji) == 1
    return alone or re.search(kanji + _HIRAGANA, form) is not None


def homophones(pair: Pair) -> bool:
    """Two dictionary words of one reading: 保証, 保障; 追及, 追求."""
    by_kanji = bool(pair.parted.kanji) and not pair.same_word
    return by_kanji and pair.read_alike and pair.in_dictionary


def other_kanji(pair: Pair) -> bool:
    """Kanji that stand against others, which no dictionary holds for one word."""
    return bool(pair.parted.kanji) and not pair.same_word


def compound(pair: Pair) -> bool:
    """A word and a longer one: 停戦, 停戦案; 日本銀行, 日本興業銀行."""
    return bool(pair.parted.added) and not pair.same_word


def longer_phrase(pair: Pair) -> bool:
    """A phrase and a longer one, kana added: ビルドステップ, ビルドステップなし.

    Okurigana are shorter, and within words (受け付, 受け付け).
    """
    return pair.parted.phrase and not pair.same_word


def other_reading(pair: Pair) -> bool:
    """Kanji read otherwise than the other form: 女の子, 女子."""
    other_word = not pair.same_word or pair.particle
    return pair.kanji and other_word and not pair.read_alike


def no_shared_kanji(pair: Pair) -> bool:
    """Kanji beside kana of their sound, of which no dictionary knows: 解法, 快ほう."""
    explains = pair.same_word or pair.synonyms or pair.shares_kanji
    return pair.kanji and not explains


class FormVeto(NamedTuple):
    """A rule over the two forms of a pair.

    Attributes:
        name: Shown as a reason.
        holds: Tells whether the rule forbids ``same``.
        at_most: Highest similarity it leaves.
        if_synonyms: The same where the dictionary holds both for synonyms.
        if_found: The same where nobody asked about the pair: of all pairs of a
            vocabulary few such are one word, synonyms or not.
    """

    name: str
    holds: Callable[[Pair], bool]
    at_most: float
    if_synonyms: float
    if_found: float


_ASK, _NO = MOST_IF_ASKED, MOST_IF_DIFFERENT
# Synonyms of one sound are one word (差替え, 差換え) as often as two (解答, 回答).
EVEN: Final = 50.0
FORM_VETOES: Final = (
    FormVeto("two-states", two_states, _NO, _NO, _NO),
    FormVeto("figures-differ", figures_differ, _NO, _NO, _NO),
    FormVeto("figure-in-a-word", figure_in_a_word, _ASK, _ASK, _NO),
    FormVeto("letters-differ", letters_differ, _NO, _NO, _NO),
    FormVeto("symbols-differ", symbols_differ, _ASK, _ASK, _NO),
    FormVeto("office-and-body", office_and_body, _NO, _NO, _NO),
    FormVeto("opposites", opposites, _NO, _NO, _NO),
    FormVeto("native-homophones", native_homophones, _ASK, _ASK, _NO),
    FormVeto("homophones", homophones, _NO, EVEN, _NO),
    FormVeto("other-kanji", other_kanji, _ASK, _ASK, _NO),
    FormVeto("compound", compound, _NO, _ASK, _NO),
    FormVeto("longer-phrase", longer_phrase, _ASK, _ASK, _NO),
    FormVeto("other-reading", other_reading, _ASK, _ASK, _NO),
    FormVeto("latin-words", latin_words, _ASK, _ASK, _NO),
    FormVeto("no-shared-kanji", no_shared_kanji, _ASK, _ASK, _NO),
)


def veto_of(pair: Pair) -> int:
    """Return the place in :data:`FORM_VETOES` of the first rule that holds, else -1.

    >>> numbers = dict.fromkeys(LOOKED_AT, 0.0)
    >>> FORM_VETOES[veto_of(pair_of("第一審", "第二審", numbers))].name
    'figures-differ'
    """
    return next(
        (place for place, veto in enumerate(FORM_VETOES) if veto.holds(pair)), -1
    )


def at_most(place: int, pair: Pair, *, found: bool) -> float:
    """Return the highest similarity that a rule leaves a pair."""
    veto = FORM_VETOES[place]
    if found:
        return veto.if_found
    return veto.if_synonyms if pair.synonyms else veto.at_most
