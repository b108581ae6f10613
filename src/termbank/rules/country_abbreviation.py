"""TB208 country-abbreviation: 米露 beside 米ロ: two abbreviations of one country in one text.

Needs no glossary: the way that the text uses most is proposed. Runs only when selected.

Why: newspapers write 米ロ, others 米露; a text chooses one.

Bad:
    米ロ首脳会談。ロ朝関係。米露の協議。
Good:
    米露首脳会談。露朝関係。

Fix: unsafe. The commoner abbreviation replaces the rarer one.

日本語:
    一つの文章で、一つの国に二つの略称 (米露と米ロなど) が使われている。
    用語集は要らない。その文章で最も多い略称を提案する。選択したときだけ働く。
    理由: 新聞は「米ロ」、ほかでは「米露」と書くことが多い。一つの文章ではどちらかに決める。
    修正: 要確認。少ない略称を多い略称に置き換える。
"""

from __future__ import annotations

import re

from termbank.messages import say
from termbank.types import Fix, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.checking.engine.passage import Passage
    from termbank.types import Finding

_COUNTRIES = "米英仏独伊中日韓朝印豪加欧土波宇烏白"
# ロ stands among kanji here; beside other katakana it is a syllable of a word.
_ABBREVIATION = re.compile(
    f"(?<![ァ-ヺー])(?:[{_COUNTRIES}]+[ロ露][{_COUNTRIES}]*|[ロ露][{_COUNTRIES}]+)(?![ァ-ヺー])"
)


class CountryAbbreviation:
    """米露 beside 米ロ: two abbreviations of one country in one text."""

    code = "TB208"
    name = "country-abbreviation"

    def check(self, passage: Passage) -> Iterator[Finding]:
        """Yield a warning for each abbreviation with the rarer character."""
        hits = list(_ABBREVIATION.finditer(passage.prose))
        katakana = [hit for hit in hits if "ロ" in hit[0]]
        kanji = [hit for hit in hits if "露" in hit[0]]
        if not katakana or not kanji:
            return
        few, (bad, good) = (
            (katakana, "ロ露") if len(katakana) <= len(kanji) else (kanji, "露ロ")
        )
        for hit in few:
            better = hit[0].replace(bad, good)
            message = say(
                f"「{hit[0]}」と「{better}」が混在", f"{hit[0]} beside {better}"
            )
            fix = Fix(Span(*hit.span()), better, safe=False)
            yield passage.note(self.code, *hit.span(), message, fix=fix)


RULE = CountryAbbreviation()
