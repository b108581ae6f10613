"""TB303 untranslated-term: the source word was left in the target.

Why: キーウ in an English sentence was overlooked.

Glossary:
    キーウ
    en: Kyiv

Pairs, bad:
    キーウで会談した。 | They met in キーウ.
Pairs, good:
    キーウで会談した。 | They met in Kyiv.

Fix: unsafe. The preferred rendering replaces it.
"""

from __future__ import annotations

from termbank.checking.bilingual.bilingual_findings import note
from termbank.checking.bilingual.renderings import Standing
from termbank.checking.bilingual.search_normalisation import bounded
from termbank.messages import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termbank.checking.bilingual.renderings import Rendered
    from termbank.types import Finding


def _foreign(word: str, lang: str) -> bool:
    """Answer whether a word cannot be of the target language by its script."""
    return not word.isascii() if lang == "en" else len(word) > 3 and word.isascii()


class UntranslatedTerm:
    """The source word was left in the target."""

    code = "TB303"
    name = "untranslated-term"

    def check_renderings(self, rendered: Sequence[Rendered]) -> Iterator[Finding]:
        """Yield an error for each term that stands in the target as in the source."""
        for one in rendered:
            word = one.term
            if one.right or word in one.expected or not one.expected:
                continue
            if not _foreign(word, one.pair.target_lang):
                continue
            at = one.pair.target.find(word)
            if at >= 0 and bounded(one.pair.target, at, at + len(word)):
                there = Standing(at, at + len(word), word, word, "", ())
                better = one.expected[0]
                message = say(
                    f"「{word}」が訳されていない: {better}",
                    f"translate {word}: {better}",
                )
                yield note(self.code, one, there, message, better=better)


RULE = UntranslatedTerm()
