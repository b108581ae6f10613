"""Words that a text spells in several ways, and the spelling to keep."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl

from termbank.reconciliation.clustering.preferred_form import Choice, preferred
from termbank.reconciliation.clustering.reconciling import spelled_groups
from termbank.tokenise import tokeniser

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_KATAKANA: Final = re.compile(r"[ァ-ヺー]{2,}(?:[・＝=゠][ァ-ヺー]{2,})*")
_JOINT: Final = re.compile("[・＝=゠]")
_NOMINAL: Final = frozenset({"名詞", "接頭辞", "接尾辞"})
_CONTENT: Final = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞", "接続詞"})
# 見る and みる, 来る and くる: as an auxiliary such a word is written in kana, else in
# kanji, so that a text that does both mixes nothing.
_AUXILIARY: Final = "非自立可能"
_LETTER: Final = re.compile(r"[\u3400-\u9fff々ァ-ヺぁ-ゖ]")


class Mixture(NamedTuple):
    """One word in several spellings.

    Attributes:
        forms: (spelling, count), the proposed spelling first, then by count.
    """

    forms: tuple[tuple[str, int], ...]


def mixtures(texts: Iterable[str], *, profile: str = "majority") -> list[Mixture]:
    """Return the words that the texts spell in several ways, commonest first.

    Katakana are taken as whole runs (サーバー), all else by the dictionary form of words,
    so that inflection is no variant; the pieces of names and compound nouns, of two
    characters or more, count too (ビニシウス beside ヴィニシウス・ジュニオール, 問合せ beside
    問い合わせ先), and where these say all, the longer forms are left out.

    Args:
        texts: Running texts.
        profile: How the spelling to keep is chosen, see :mod:`.canonical`.

    >>> mixtures(["サーバーと通信する。サーバーを直し、サーバの電源を切る。"])
    [Mixture(forms=(('サーバー', 2), ('サーバ', 1)))]
    """
    counts: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    for text in texts:
        words = Counter(_words(text))
        for form, times in list(words.items()):
            for piece in _pieces(form):
                if 1 < len(piece) < len(form):
                    words[piece] += times
        counts += words
        documents.update(words.keys())
    forms = sorted(counts)
    groups = spelled_groups(pl.Series(forms, dtype=pl.String))
    first = {forms[row]: forms[group[0]] for group in groups for row in group}
    found = []
    for group in groups:
        if _said_by_pieces([forms[row] for row in group], first):
            continue
        choices = [
            Choice(forms[row], counts[forms[row]], documents[forms[row]])
            for row in group
        ]
        best = preferred(choices, profile=profile)
        rest = sorted(
            (c for c in choices if c != best), key=lambda c: (-c.mentions, c.form)
        )
        found.append(Mixture(tuple((c.form, c.mentions) for c in (best, *rest))))
    return sorted(found, key=lambda m: (-sum(count for _, count in m.forms), m.forms))


@lru_cache(maxsize=65_536)
def _pieces(form: str) -> tuple[str, ...]:
    """Return the pieces of a joined name or a compound noun, else the form alone."""
    joined = tuple(_JOINT.split(form))
    if len(joined) > 1:
        return joined
    tokens = list(tokeniser(mode="A").tokens(form))
    if all(token.pos[0] in _NOMINAL for token in tokens):
        return tuple(token.surface for token in tokens)
    return (form,)


def _said_by_pieces(forms: Sequence[str], first: Mapping[str, str]) -> bool:
    """Tell whether the forms differ in nothing but pieces that are mixed themselves."""
    spelled = {
        (len(_JOINT.findall(form)), *(first.get(one, one) for one in _pieces(form)))
        for form in forms
    }
    return len(spelled) == 1 and len(_pieces(forms[0])) > 1


def _words(text: str) -> Iterable[str]:
    yield from _KATAKANA.findall(text)
    for token in tokeniser().tokens(_KATAKANA.sub("、", text)):
        if (
            token.pos[0] in _CONTENT
            and token.pos[1] != _AUXILIARY
            and not token.oov
            and _LETTER.search(token.dictionary_form)
        ):
            yield token.dictionary_form
