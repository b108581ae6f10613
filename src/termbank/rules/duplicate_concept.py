"""TB403 duplicate-concept: two concepts share their preferred form.

Why: two entries for one term drift apart. Homonyms that differ in kind or domain are let
be.

Glossary, bad:
    停戦 [term] ; en: ceasefire ; 停戦 [term] ; en: truce
Glossary, good:
    停戦 [term] ; 終戦 [term]

日本語:
    二つの概念が、同じ語形を推奨している。
    理由: 一つの用語に項目が二つあると、内容が食い違っていく。種類か分野が違う同形異義語は指摘しない。
"""

from __future__ import annotations

from termbank.messages import say
from termbank.text.normalise import norm

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termbank.glossary.light_rows import TermRow


class DuplicateConcept:
    """Two concepts share their preferred form."""

    code = "TB403"
    name = "duplicate-concept"

    def check_rows(self, rows: Sequence[TermRow]) -> Iterator[tuple[int, str, str]]:
        """Yield (row, message, severity) for each later one."""
        first: dict[tuple[str, ...], TermRow] = {}
        for number, row in enumerate(rows):
            if row.status != "preferred":
                continue
            before = first.setdefault(
                (row.lang, norm(row.form), row.kind, row.domain), row
            )
            if before.concept_id != row.concept_id:
                message = say(
                    f"「{row.form}」は概念 {before.concept_id} と重複",
                    f"{row.form} is the preferred form of {before.concept_id}, too",
                )
                yield number, message, "warning"


RULE = DuplicateConcept()
