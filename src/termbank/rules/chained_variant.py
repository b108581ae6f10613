"""TB401 chained-variant: a retired form gives way to a form that is retired itself.

Why: A → B and B → C turn A into C only at the second run, and A → B, B → A never end.

Glossary, bad:
    サーバ < サーバー ; サーバー < サーバ
    配信元 < 送信元 ; 発信元 < 配信元
Glossary, good:
    サーバー < サーバ ; 発信元 < 送信元

日本語:
    非推奨の語形の置き換え先も、非推奨になっている。
    理由: A を B に、B を C に直す規則では、二回目の実行でようやく C になる。A を B に、B を A に直す規則には終わりがない。
"""

from __future__ import annotations

from termbank.messages import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termbank.glossary.light_rows import TermRow

RETIRED = ("deprecated", "forbidden")


class ChainedVariant:
    """A retired form gives way to a form that is retired itself."""

    code = "TB401"
    name = "chained-variant"

    def check_rows(self, rows: Sequence[TermRow]) -> Iterator[tuple[int, str, str]]:
        """Yield (row, message, severity) for each chain."""
        better = {
            (row.concept_id, row.lang): row.form
            for row in rows
            if row.status == "preferred"
        }
        better_of = {
            (row.lang, row.form): better[row.concept_id, row.lang]
            for row in rows
            if row.status in RETIRED and (row.concept_id, row.lang) in better
        }
        for number, row in enumerate(rows):
            if row.status not in RETIRED or (row.lang, row.form) not in better_of:
                continue
            chain = [row.form]
            while (row.lang, chain[-1]) in better_of and chain[-1] not in chain[:-1]:
                chain.append(better_of[row.lang, chain[-1]])
            if len(chain) > 2:
                chain_text = " → ".join(chain)
                yield (
                    number,
                    say(f"置き換えの連鎖: {chain_text}", f"chain: {chain_text}"),
                    "error",
                )


RULE = ChainedVariant()
