"""TB404 broad-variant: a retired form so short that chance finds it everywhere.

One kana, one Latin letter or one digit, two hiragana, or a form without any letter.
A single kanji is let be: it is judged with the dictionary.

Glossary, bad:
    ください < くれ
    亜 < ア
Glossary, good:
    ください < 下さい
    ほか < 他
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
