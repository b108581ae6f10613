"""Words that texts spell in several ways, the spelling to keep, and where they stand."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import chain, combinations
from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl

from termbank.reconciliation.clustering.preferred_form import Choice, choose_preferred
from termbank.reconciliation.clustering.reconciling import spelled_groups
from termbank.reconciliation.features import form_table
from termbank.reconciliation.model.verdicts import compare
from termbank.text.japanese import has_japanese
from termbank.text.kana import JOINTS
from termbank.tokenise import tokeniser

from .cross_script_links import cross_script_links
from .word_uses import KATAKANA, LATIN, Use, reading_of, uses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

SHORTEST_WORD: Final = 2  # code points of what is judged by itself
SHORT_KANA: Final = 2  # code points
_JOINT: Final = re.compile(f"[{JOINTS}]")
_NOMINAL: Final = frozenset({"名詞", "接頭辞", "接尾辞"})
_KANA: Final = re.compile(r"[ぁ-ゖァ-ヺー]+")
_KANJI: Final = re.compile(r"[\u3400-\u9fff々]")
_INNER_CAPITAL: Final = re.compile(r"[a-z0-9][A-Z]|[A-Z]{2,}[a-z]")


class Mixture(NamedTuple):
    """One word in several spellings.

    Attributes:
        forms: (spelling, count), the proposed spelling first, then by count.
        places: For each spelling, in that order, where it stands: (number of the text,
            first code point), in order; pieces of longer words stand where those do.
    """

    forms: tuple[tuple[str, int], ...]
    places: tuple[tuple[tuple[int, int], ...], ...] = ()


class _Seen(NamedTuple):
    """What all texts hold.

    Attributes:
        places: Form to the places where it stands.
        keys: Form to part of speech and normal spelling, where the dictionary has it.
        bound: Keys that grammar settles in one of their places.
    """

    places: dict[str, list[tuple[int, int]]]
    keys: dict[str, set[str]]
    bound: set[str]


def mixtures(texts: Iterable[str], *, profile: str = "majority") -> list[Mixture]:
    """Return the words that the texts spell in several ways, commonest first.

    Katakana are taken as whole runs (サーバー), Latin names in their letter case, all else
    by the dictionary form of words, so that inflection is no variant; the pieces of names
    and compound nouns, of two characters or more, count too (ビニシウス beside
    ヴィニシウス・ジュニオール), and where these say all, the longer forms are left out.
    Words that are an auxiliary, a copula, a conjunction or a formal noun in one of their
    places are left out: grammar settles their spelling (もの, 物). The spelling to keep is
    that of all texts together. Beside Japanese texts, those in other languages do not
    count: Russia in a translation is no spelling of ロシア.

    Args:
        texts: Running texts, without markup.
        profile: How the spelling to keep is chosen, see :mod:`.preferred_form`.

    >>> [found.forms for found in mixtures(
    ...     ["サーバーと通信する。サーバーを直し、サーバの電源を切る。"])]
    [(('サーバー', 2), ('サーバ', 1))]
    """
    words = _words_seen(texts)
    forms = sorted(form for form in words.places if not _all_bound(form, words))
    groups = _join(
        chain(
            _by_model(forms, words),
            _by_dictionary(forms, words),
            _by_case(words),
            _by_letters(forms, words),
        )
    )
    first = {form: group[0] for group in groups for form in group}
    whole_words = [group for group in groups if not _said_by_pieces(group, first)]
    mixture_list = [
        _mixture(group, words, profile)
        for group, other in zip(whole_words, _of_other_words(whole_words), strict=True)
        if not other
    ]
    return sorted(
        mixture_list, key=lambda m: (-sum(count for _, count in m.forms), m.forms)
    )


def _words_seen(texts: Iterable[str]) -> _Seen:
    words = _Seen(defaultdict(list), defaultdict(set), set())
    with_numbers = list(enumerate(texts))
    japanese = [(number, text) for number, text in with_numbers if has_japanese(text)]
    for number, text in japanese or with_numbers:
        for use in uses(text):
            _note(use, number, words)
            for piece in _pieces(use.form):
                if 1 < len(piece) < len(use.form):
                    words.places[piece].append((number, use.start))
    return words


def _note(use: Use, number: int, words: _Seen) -> None:
    if use.bound:
        words.bound.add(use.key)
    words.places[use.form].append((number, use.start))
    if use.key:
        words.keys[use.form].add(use.key)


def _all_bound(form: str, words: _Seen) -> bool:
    return bool(words.keys[form] & words.bound)


def _by_model(forms: list[str], words: _Seen) -> Iterator[list[str]]:
    """Yield groups that the judge of spellings joins, as far as no kana is ambiguous."""
    some = [form for form in forms if not form.isascii()]
    for group in spelled_groups(pl.Series(some, dtype=pl.String)):
        rows = [some[row] for row in group]
        by_word: dict[object, list[str]] = defaultdict(list)
        for form in rows:
            by_word[_word(form, rows, words)].append(form)
        for each in by_word.values():
            if len(each) > 1 and _kanji_agree(each) and not _too_short(each):
                yield each


def _kanji_agree(group: Sequence[str]) -> bool:
    """Tell whether the forms with kanji have as many: 附属, 付属; not 存じ, 存知."""
    return len({len(_KANJI.findall(form)) for form in group} - {0}) < 2


def _too_short(group: Sequence[str]) -> bool:
    """Tell whether kana of two letters stand for one kanji: なす, とる, たま are many words."""
    kana = [form for form in group if _KANA.fullmatch(form)]
    return any(len(form) <= SHORT_KANA for form in kana) and any(
        len(_KANJI.findall(form)) == 1 for form in group
    )


def _word(form: str, group: Sequence[str], words: _Seen) -> object:
    """Return what spellings of one word share: sounds of katakana, else the dictionary's.

    A word in kana belongs to words in kanji only where the dictionary says so.
    """
    if all(KATAKANA.fullmatch(other) or not _KANA.fullmatch(other) for other in group):
        return "" if KATAKANA.fullmatch(form) or len(form) > 1 else form
    keys = tuple(sorted(words.keys[form]))
    return (keys, reading_of(form)) if keys else form


def _by_dictionary(forms: list[str], words: _Seen) -> Iterator[list[str]]:
    """Yield forms of one normal spelling, read alike, whose kanji are the same."""
    by_key: dict[tuple[str, str], list[str]] = defaultdict(list)
    for form in forms:
        if len(words.keys[form]) == 1:
            (key,) = words.keys[form]
            by_key[key, reading_of(form)].append(form)
    for some in by_key.values():
        kanji = {"".join(_KANJI.findall(form)) for form in some} - {""}
        if len(some) > 1 and len(kanji) < 2 and not _too_short(some):
            yield some


def _by_case(words: _Seen) -> Iterator[list[str]]:
    """Yield Latin names in several letter cases.

    All capitals and a small first letter are left aside: headings, commands, identifiers.
    """
    by_letters: dict[str, list[str]] = defaultdict(list)
    for form in words.places:
        if LATIN.fullmatch(form) and form[0].isupper() and not form.isupper():
            by_letters[form.lower()].append(form)
    for some in by_letters.values():
        if len(some) > 1 and any(map(_INNER_CAPITAL.search, some)):
            yield sorted(some)


def _by_letters(forms: list[str], words: _Seen) -> Iterator[list[str]]:
    """Yield names in Latin letters and in the katakana that write them: React, リアクト.

    What the texts write in small letters, too, is a common English word.
    """
    some = [
        form
        for form in forms
        if KATAKANA.fullmatch(form)
        or (LATIN.fullmatch(form) and form.lower() not in words.places)
    ]
    frame = form_table.of_sequence(some)
    written = frame["form"].to_list()
    for link in cross_script_links(frame):
        yield sorted((written[link.left], written[link.right]))


def _join(groups: Iterable[list[str]]) -> list[list[str]]:
    """Return the groups with those that share a form made one, in order."""
    group_of: dict[str, list[str]] = {}
    for group in groups:
        parts = [group_of.get(form, [form]) for form in group]
        together = sorted(set(chain(group, *parts)))
        for form in together:
            group_of[form] = together
    return sorted({id(group): group for group in group_of.values()}.values())


def _mixture(group: Sequence[str], words: _Seen, profile: str) -> Mixture:
    counts = Counter({form: len(words.places[form]) for form in group})
    choices = [
        Choice(form, counts[form], len({text for text, _ in words.places[form]}))
        for form in group
    ]
    best = choose_preferred(choices, profile=profile)
    rest = sorted(
        (c for c in choices if c != best), key=lambda c: (-c.mentions, c.form)
    )
    forms = [choice.form for choice in (best, *rest)]
    return Mixture(
        tuple((form, counts[form]) for form in forms),
        tuple(tuple(sorted(words.places[form])) for form in forms),
    )


@lru_cache(maxsize=65_536)
def _pieces(form: str) -> tuple[str, ...]:
    """Return the pieces of a joined name or a compound noun, else the form alone."""
    pieces = tuple(_JOINT.split(form))
    if len(pieces) > 1:
        return pieces
    tokens = list(tokeniser(mode="A").tokens(form))
    if all(token.pos[0] in _NOMINAL for token in tokens):
        return tuple(token.surface for token in tokens)
    return (form,)


def _of_other_words(groups: Sequence[Sequence[str]]) -> list[bool]:
    """Tell of each group whether katakana compounds in it differ in other words.

    プロファイラ and プロファイル are two words, however alike longer ones with them sound: what
    a common word at one end leaves is judged by itself.
    """
    rests = [
        [rest for pair in combinations(group, 2) if (rest := _rests(*pair))]
        for group in groups
    ]
    pairs = sorted({rest for some in rests for rest in some})
    answer = compare([left for left, _ in pairs], [right for _, right in pairs])
    verdicts = dict(zip(pairs, answer["verdict"].to_list(), strict=True))
    return [any(verdicts[rest] != "same" for rest in some) for some in rests]


def _rests(left: str, right: str) -> tuple[str, str] | None:
    """Return what the longest word at one end of both compounds leaves, if anything."""
    if not (KATAKANA.fullmatch(left) and KATAKANA.fullmatch(right)):
        return None
    rests = None
    for piece in sorted({*_pieces(left), *_pieces(right)}, key=len):
        size = len(piece)
        if left.endswith(piece) and right.endswith(piece):
            rests = left[:-size], right[:-size]
        elif left.startswith(piece) and right.startswith(piece):
            rests = left[size:], right[size:]
    if rests is None or min(map(len, rests)) < SHORTEST_WORD or rests[0] == rests[1]:
        return None
    return rests


def _said_by_pieces(forms: Sequence[str], first: Mapping[str, str]) -> bool:
    """Tell whether the forms differ in nothing but pieces that are mixed themselves."""
    keys = {
        (
            len(_JOINT.findall(form)),
            *(first.get(piece, piece) for piece in _pieces(form)),
        )
        for form in forms
    }
    return len(keys) == 1 and len(_pieces(forms[0])) > 1
