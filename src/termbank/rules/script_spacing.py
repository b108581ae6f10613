"""TB213 script-spacing: spaces between Japanese and Latin, and punctuation, in two ways.

Needs no glossary: the way that the text uses most is proposed. The settings ``spacing``
(``none`` as in the style guide of the Japan Translation Federation, or ``space``) decide
for all texts. Half-width ``,`` and ``.`` after Japanese count as 、 and 。. Runs only when
selected.

Why: 「API を」 beside 「APIを」, and 「，」 beside 「、」, look careless side by side.

Bad:
    APIを呼ぶ。URLを開く。次のAPIを見る。その API を見る。
    設定を開き、保存する。次に,閉じる。
Good:
    APIを呼ぶ。URLを開く。3.5、4,000
    設定を開き、保存する。次に、閉じる。

Fix: unsafe. The commoner way replaces the rarer one.

日本語:
    和文と欧文の間の空白、句読点の書き方が混在している。
    用語集は要らない。その文章で最も多い書き方を提案する。設定 ``spacing`` (日本翻訳連盟のスタイルガイドと同じ ``none``、または ``space``) があれば、すべての文章でそれに従う。和文のあとの半角の ``,`` と ``.`` は、読点と句点とみなす。選択したときだけ働く。
    理由: 「API を」と「APIを」、「，」と「、」が並ぶと不注意に見える。
    修正: 要確認。少ない書き方を多い書き方に置き換える。
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

_JAPANESE = "ぁ-ゖァ-ヺー一-龥々"
_LATIN = "A-Za-z0-9"
_SEAM = re.compile(
    f"(?<=[{_JAPANESE}])( ?)(?=[{_LATIN}])|(?<=[{_LATIN}])( ?)(?=[{_JAPANESE}])"
)
_MARK = re.compile(f"(?<=[{_JAPANESE}）」』])([、，,。．.])(?![{_LATIN}.,/])")
_PAIRS = (("、", "，,"), ("。", "．."))
_LEAST = 2  # seams a text needs before one way can be its own


class ScriptSpacing:
    """Spaces between Japanese and Latin, and punctuation, in two ways."""

    code = "TB213"
    name = "script-spacing"

    def check(self, passage: Passage) -> Iterator[Finding]:
        """Yield a warning for each seam or mark in the rarer way."""
        prose = passage.prose
        yield from self._seams(passage, prose)
        marks = list(_MARK.finditer(prose))
        for common, others in _PAIRS:
            own_marks = [match for match in marks if match[1] in common + others]
            counts = dict.fromkeys(common + others, 0)
            for match in own_marks:
                counts[match[1]] += 1
            better = max(counts, key=lambda mark: (counts[mark], mark == common))
            better = common if better in ",." else better
            for match in own_marks:
                if match[1] != better and (counts[better] or match[1] in ",."):
                    yield self._finding(passage, match.span(), match[1], better)

    def _seams(self, passage: Passage, prose: str) -> Iterator[Finding]:
        visible = passage.text
        seams = [
            match
            for match in _SEAM.finditer(prose)
            if visible[match.start() : match.end()] == match[0]
        ]
        with_space = [match for match in seams if match[0]]
        policy = passage.options.spacing
        if not policy:
            if len(seams) < _LEAST or len(with_space) * 2 == len(seams):
                return
            policy = "space" if len(with_space) * 2 > len(seams) else "none"
        for match in seams:
            if bool(match[0]) != (policy == "space"):
                better = " " if policy == "space" else ""
                yield self._finding(passage, match.span(), match[0], better)

    def _finding(
        self, passage: Passage, span: tuple[int, int], surface: str, better: str
    ) -> Finding:
        if surface.strip():
            message = say(f"「{surface}」は「{better}」", f"write {better}")
        elif better:
            message = say("和文と欧文の間にスペース", "a space between the scripts")
        else:
            message = say(
                "和文と欧文の間のスペースは不要", "no space between the scripts"
            )
        fix = Fix(Span(*span), better, safe=False)
        return passage.note(self.code, *span, message, fix=fix)


RULE = ScriptSpacing()
