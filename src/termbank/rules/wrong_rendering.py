"""TB301 wrong-rendering: a retired rendering of a term stands in the target.

Why: the glossary gave it up (Kiev for キーウ), and there it stands.

Glossary:
    キーウ < キエフ [renamed]
    en: Kyiv < Kiev

Pairs, bad:
    キーウで会談した。 | They met in Kiev.
Pairs, good:
    キーウで会談した。 | They met in Kyiv.

Fix: unsafe. The preferred rendering replaces it.

日本語:
    訳文に、使わないと決めた訳語がある。
    理由: 用語集で非推奨になった訳語 (キーウに対する Kiev) が残っている。
    修正: 要確認。推奨する訳語に置き換える。
"""

from __future__ import annotations

from termbank.checking.bilingual.bilingual_findings import note
from termbank.messages import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termbank.checking.bilingual.renderings import Rendered
    from termbank.types import Finding


class WrongRendering:
    """A retired rendering of a term stands in the target."""

    code = "TB301"
    name = "wrong-rendering"

    def check_renderings(self, rendered: Sequence[Rendered]) -> Iterator[Finding]:
        """Yield an error for each retired rendering of a term of the source."""
        for rendering in rendered:
            for wrong in rendering.wrong:
                better = rendering.expected[0] if rendering.expected else ""
                message = say(
                    f"「{rendering.term}」の訳「{wrong.surface}」は「{better}」に",
                    f"render {rendering.term} as {better}, not {wrong.surface}",
                )
                yield note(self.code, rendering, wrong, message, better=better)


RULE = WrongRendering()
