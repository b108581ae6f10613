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

日本語:
    一つの文章の中で、数の書き方 (1つ、一つ、ひとつ) や助数詞 (3か月、3ヶ月) が混在している。
    用語集は要らない。その文章で最も多い書き方を提案する。選択したときだけ働く。
    理由: いくつもの書き方が並ぶと不注意に見える。表記の手引きは、どれか一つに統一することを求めている。
    修正: 要確認。少ない書き方を多い書き方に置き換える。
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
        matches = [
            match
            for match in _THING.finditer(prose)
            if not _SET.search(prose[: match.start()][-3:])
        ]
        style = _majority([match.lastindex or 0 for match in matches])
        for match in matches:
            if style and match.lastindex != style:
                yield self._finding(passage, match, _in_style(match, int(style)))
        counters = list(_COUNTER.finditer(prose))
        letter = _majority([match[1] for match in counters])
        for match in counters:
            if letter and match[1] != letter:
                yield self._finding(passage, match, str(letter))

    def _finding(self, passage: Passage, match: re.Match[str], better: str) -> Finding:
        span = Span(*match.span())
        message = say(
            f"「{match[0]}」と「{better}」の書き方が混在",
            f"{match[0]} beside the style of {better}",
        )
        return passage.note(
            self.code, *span, message, fix=Fix(span, better, safe=False)
        )


def _majority(styles: Sequence[int | str]) -> int | str | None:
    """Return the commonest style; None where there is one only, or two are as common."""
    by_count = Counter(styles).most_common(2)
    if len(by_count) < 2 or by_count[0][1] == by_count[1][1]:
        return None
    return by_count[0][0]


def _in_style(match: re.Match[str], style: int) -> str:
    if match.lastindex == 1:
        number = int(normalize("NFKC", match[1]))
    elif match.lastindex == 2:
        number = _KANJI.index(match[2]) + 1
    else:
        number = _KANA.index(match[3]) + 1
    return (f"{number}つ", f"{_KANJI[number - 1]}つ", _KANA[number - 1])[style - 1]


RULE = Numerals()
