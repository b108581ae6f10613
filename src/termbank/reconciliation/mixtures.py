"""Words that a text spells in several ways, and the spelling to keep."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl

from ..tokenise import tokeniser
from .canonical import Choice, preferred
from .joining import spelled_groups

if TYPE_CHECKING:
    from collections.abc import Iterable

_KATAKANA: Final = re.compile(r"[ァ-ヺー]{2,}(?:[・＝=゠][ァ-ヺー]{2,})*")
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
    so that inflection is no variant.

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
        counts += words
        documents.update(words.keys())
    forms = sorted(counts)
    found = []
    for group in spelled_groups(pl.Series(forms, dtype=pl.String)):
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
