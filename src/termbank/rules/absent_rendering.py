"""TB302 absent-rendering: no accepted rendering of a term stands in the target.

Advice, and off where hooks run: a pronoun or a free translation may be right. Where
something wrong stands in its place, TB301, TB303 and TB308 say so instead. A rendering
counts in any inflection, derivation or compound (有効化しました for 有効化する, armored for
armor). A term that is only pointed at (this user) or stands once in a long sentence may be
left out, and a term inside a longer word of kanji is none (魔術師 in 黒魔術師). What stands
inside a longer term of the glossary renders that term: サイト in ウェブサイト is no site.

Glossary:
    安全の保証
    en: security guarantees

Pairs, bad:
    安全の保証を求めた。 | They asked for assurances.
Pairs, good:
    安全の保証を求めた。 | They asked for a security guarantee.

日本語:
    訳文に、用語の訳語が一つも見当たらない。
    代名詞や意訳が正しいこともあるので、助言にとどめ、フックでは働かない。代わりに誤った語がある場合は、TB301、TB303、TB308 が指摘する。訳語は、活用、派生、複合した形でも認める (「有効化する」に対する「有効化しました」、armor に対する armored)。指示語が付いただけの用語 (this user) と、長い文に一度だけ現れる用語は、訳さなくてもよいものとする。長い漢語の一部 (黒魔術師の中の魔術師) は用語とみなさない。用語集にあるもっと長い用語の一部は、その用語の訳に含まれる (ウェブサイトのサイトは、単独のサイトではない)。
"""

from __future__ import annotations

import re

from termbank.checking.bilingual.bilingual_findings import note
from termbank.checking.bilingual.loose_renderings import stands_loosely
from termbank.messages import say

from .near_rendering import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termbank.checking.bilingual.renderings import Rendered, Standing
    from termbank.types import Finding


# Japanese leaves out what is pointed at, and rewords long sentences. "The" points at
# what was spoken of: where the term has not been, it is new.
# "That" before an article joins clauses.
_POINTED_AT = (
    r"(?:this|that(?!\s+(?:the|an?)\b)|these|those|your|our|its|their|his|her|my)"
    r"\s+(?:\w+\s+)?"
)
_POINTED_AT_AGAIN = _POINTED_AT.replace("(?:this|", "(?:this|the|", 1)
_OFTEN = 3  # times in one segment: a term that often is its topic
_SHORT, _LONG = (
    5,
    12,
)  # words: shorter segments render each term, longer ones are reworded


def _is_left_out(rendering: Rendered) -> bool:
    """Answer whether a translator has good reason to leave an English term out."""
    if rendering.pair.source_lang != "en":
        return False
    source = rendering.pair.source
    words = len(source.split())
    if words > _LONG and rendering.times < _OFTEN:
        return True
    if words <= _SHORT:
        return False
    term = re.escape(rendering.term)
    pointing = _POINTED_AT if rendering.first else _POINTED_AT_AGAIN
    references = len(re.findall(rf"\b{pointing}{term}", source, re.IGNORECASE))
    return references >= rendering.times


def _without(target: str, places: Sequence[Standing]) -> str:
    for place in places:
        blank = " " * (place.end - place.start)
        target = target[: place.start] + blank + target[place.end :]
    return target


class AbsentRendering:
    """No accepted rendering of a term stands in the target."""

    code = "TB302"
    name = "absent-rendering"

    def check_renderings(self, rendered: Sequence[Rendered]) -> Iterator[Finding]:
        """Yield advice for each term without a rendering."""
        for rendering in rendered:
            if (
                rendering.right
                or rendering.wrong
                or rendering.inside
                or not rendering.expected
            ):
                continue
            pair = rendering.pair
            if _is_left_out(rendering):
                continue
            target = _without(pair.target, rendering.others)
            if stands_loosely(target, rendering.expected, pair.target_lang):
                continue
            if rendering.term.casefold() in pair.target.casefold() or nearest(
                rendering
            ):
                continue  # TB303 and TB308 speak about it
            expected = " / ".join(rendering.expected[:3])
            message = say(
                f"「{rendering.term}」の訳語が見当たらない: {expected}",
                f"no rendering of {rendering.term}: {expected}",
            )
            yield note(self.code, rendering, None, message, severity="advice")


RULE = AbsentRendering()
