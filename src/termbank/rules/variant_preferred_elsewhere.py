"""TB402 variant-preferred-elsewhere: a retired form is the right form of another concept.

Why: the check must stay silent about it, because it cannot know which one is meant.

Glossary, bad:
    橋 < はし ; はし
Glossary, good:
    橋 < はし ; 端

日本語:
    非推奨の語形が、別の概念では正しい語形になっている。
    理由: どちらの意味か判断できないので、検査では指摘できない。
"""

from __future__ import annotations

from termbank.messages import say

from .chained_variant import RETIRED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termbank.glossary.light_rows import TermRow


class VariantPreferredElsewhere:
    """A retired form is the right form of another concept."""

    code = "TB402"
    name = "variant-preferred-elsewhere"

    def check_rows(self, rows: Sequence[TermRow]) -> Iterator[tuple[int, str, str]]:
        """Yield (row, message, severity) for each such form."""
        right: dict[tuple[str, str], str] = {}
        for row in rows:
            if row.status not in RETIRED:
                right.setdefault((row.lang, row.form), row.concept_id)
        for number, row in enumerate(rows):
            other = right.get((row.lang, row.form), row.concept_id)
            if row.status in RETIRED and other != row.concept_id:
                message = say(
                    f"「{row.form}」は別の概念 {other} では使える形",
                    f"{row.form} is a right form of concept {other}",
                )
                yield number, message, "error"


RULE = VariantPreferredElsewhere()
