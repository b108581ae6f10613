"""TB404 broad-variant: a retired form so short that chance finds it everywhere.

One kana, one Latin letter or one digit, two hiragana, or a form without any letter.
A single kanji is let be: it is judged with the dictionary.

Glossary, bad:
    ください < くれ
    亜 < ア
Glossary, good:
    ください < 下さい
    ほか < 他

日本語:
    非推奨の語形が短すぎて、どこでも偶然に見つかってしまう。
    仮名一文字、英字一文字、数字一文字、平仮名二文字、文字を含まない語形が当てはまる。漢字一文字は、辞書を使って判断するので指摘しない。
"""

from __future__ import annotations

from termbank.checking.engine.script_runs import HIRAGANA, KANJI, OTHER, script
from termbank.messages import say

from .chained_variant import RETIRED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termbank.glossary.light_rows import TermRow


def _broad(form: str) -> bool:
    scripts = {script(char) for char in form}
    if scripts <= {OTHER}:
        return True
    if len(form) == 1:
        return scripts != {KANJI}
    return len(form) == 2 and scripts == {HIRAGANA}


class BroadVariant:
    """A retired form so short that chance finds it everywhere."""

    code = "TB404"
    name = "broad-variant"

    def check_rows(self, rows: Sequence[TermRow]) -> Iterator[tuple[int, str, str]]:
        """Yield (row, message, severity) for each such form."""
        for number, row in enumerate(rows):
            if row.status in RETIRED and _broad(row.form):
                message = say(
                    f"「{row.form}」は短すぎて誤検出のおそれがある",
                    f"{row.form} is too short or too broad",
                )
                yield number, message, "warning"


RULE = BroadVariant()
