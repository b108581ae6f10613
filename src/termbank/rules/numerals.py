"""TB210 numerals: 1つ beside 一つ and ひとつ, 3か月 beside 3ヶ月, in one text.

Needs no glossary: the way that the text uses most is proposed. Runs only when selected.

Why: numerals and counters in several styles look careless side by side; handbooks ask for
one of them throughout.

Bad:
    設定は2つある。3つ目を選ぶ。残りの一つは使わない。
    3か月後と6か月後、12ヶ月後に試す。
Good:
    設定は2つある。3つ目を選ぶ。一つ一つ確かめる。
    3か月後と6か月後に試す。

Fix: unsafe. The commoner way replaces the rarer one.
"""

from __future__ import annotations

import re
from collections import Counter
from unicodedata import normalize

from termbank.messages import say
from termbank.types import Fix, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termbank.checking.engine.passage import Passage
    from termbank.types import Finding

_KANA = (
    "ひとつ",
    "ふたつ",
    "みっつ",
    "よっつ",
    "いつつ",
    "むっつ",
    "ななつ",
    "やっつ",
    "ここのつ",
)
_KANJI = "一二三四五六七八九"
# Set phrases keep their spelling: 一つ一つ, ひとつひとつ, もう一つ, 二つ返事.
_THING = re.compile(
    r"(?<![0-9０-９.,．，一二三四五六七八九十百千万第つ])"
    r"(?:([1-9１-９])つ|([一二三四五六七八九])つ|("
    + "|".join(_KANA)
    + r"))(?!返事|覚え|ひとつ|一つ|つ)"
)
_COUNTER = re.compile(
    r"(?<=[0-9０-９一二三四五六七八九十百千万何数])(か|カ|ヵ|ヶ|ケ|箇)(?=月|所|国|年|条|点|村|寺|町|件|語|店)"
)
_SET = re.compile(r"(?:もう|唯|ただ|いま|今)$")


class Numerals:
    """Numerals and counters in several styles in one text."""

    code = "TB210"
    name = "numerals"

    def check(self, passage: Passage) -> Iterator[Finding]:
        """Yield a warning for each numeral or counter in a rarer style."""
        prose = passage.prose
        things = [
            found
            for found in _THING.finditer(prose)
            if not _SET.search(prose[: found.start()][-3:])
        ]
        style = _majority([found.lastindex or 0 for found in things])
        for found in things:
            if style and found.lastindex != style:
                yield self._finding(passage, found, _in_style(found, int(style)))
        counters = list(_COUNTER.finditer(prose))
        letter = _majority([found[1] for found in counters])
        for found in counters:
            if letter and found[1] != letter:
                yield self._finding(passage, found, str(letter))

    def _finding(self, passage: Passage, found: re.Match[str], better: str) -> Finding:
        span = Span(*found.span())
        message = say(
            f"「{found[0]}」と「{better}」の書き方が混在",
            f"{found[0]} beside the style of {better}",
        )
        return passage.note(
            self.code, *span, message, fix=Fix(span, better, safe=False)
        )


def _majority(styles: Sequence[int | str]) -> int | str | None:
    """Return the commonest style; None where there is one only, or two are as common."""
    ranked = Counter(styles).most_common(2)
    if len(ranked) < 2 or ranked[0][1] == ranked[1][1]:
        return None
    return ranked[0][0]


def _in_style(found: re.Match[str], style: int) -> str:
    if found.lastindex == 1:
        number = int(normalize("NFKC", found[1]))
    elif found.lastindex == 2:
        number = _KANJI.index(found[2]) + 1
    else:
        number = _KANA.index(found[3]) + 1
    return (f"{number}つ", f"{_KANJI[number - 1]}つ", _KANA[number - 1])[style - 1]


RULE = Numerals()
