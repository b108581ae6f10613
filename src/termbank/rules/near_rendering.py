"""TB308 near-rendering: a rendering one slip away from the accepted one.

Only names are judged, and forms with a capital: beside a common noun stand its own
relatives (compile, compiled).

Glossary:
    ゼレンスキー [person]
    en: Zelenskyy

Pairs, bad:
    ゼレンスキー大統領が語った。 | President Zelenskiy said so.
Pairs, good:
    ゼレンスキー大統領が語った。 | President Zelenskyy said so.

Fix: unsafe. The preferred rendering replaces it.

日本語:
    訳語が、正しいつづりと一か所だけ違う。
    名前と、大文字を含む語形だけを調べる。普通名詞には、よく似た別の語がある (compile と compiled)。
    修正: 要確認。推奨する訳語に置き換える。
"""

from __future__ import annotations

import re

from termbank.checking.bilingual.bilingual_findings import note
from termbank.checking.bilingual.renderings import Standing
from termbank.checking.bilingual.search_normalisation import keys_of
from termbank.checking.bilingual.unrendered_text import rendered_text
from termbank.messages import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termbank.checking.bilingual.renderings import Rendered
    from termbank.types import Finding


_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[ァ-ヺー]+(?:・[ァ-ヺー]+)*")
_LEAST = 5  # letters: of shorter words nearly everything is one slip away
_PER_SLIP = 6  # letters for each slip allowed, and one slip at least


def nearest(one: Rendered) -> Standing | None:
    """Return the place in the target that is one slip away from a rendering, if any."""
    from rapidfuzz.distance import DamerauLevenshtein

    target = rendered_text(one.pair.target)
    proper = [
        form for form in one.expected if len(form) >= _LEAST and not form.islower()
    ]
    words = list(_WORD.finditer(target)) if proper else []
    for form in proper:
        count = len(_WORD.findall(form))
        if not count:
            continue
        limit = max(1, len(form) // _PER_SLIP)
        plain = set(keys_of(form, one.pair.target_lang))
        for at in range(len(words) - count + 1):
            start, end = words[at].start(), words[at + count - 1].end()
            surface = target[start:end]
            if (
                abs(len(surface) - len(form)) > limit
                or surface[:1].lower() != form[:1].lower()
            ):
                continue
            low, lower_form = surface.lower(), form.lower()
            if low in plain or low.startswith(lower_form) or lower_form.startswith(low):
                continue  # American beside America
            slips = DamerauLevenshtein.distance(
                surface.lower(), form.lower(), score_cutoff=limit
            )
            if 0 < slips <= limit:
                return Standing(start, end, surface, form, "", ())
    return None


class NearRendering:
    """A rendering one slip away from the accepted one."""

    code = "TB308"
    name = "near-rendering"

    def check_renderings(self, rendered: Sequence[Rendered]) -> Iterator[Finding]:
        """Yield an error for each near miss where no rendering stands."""
        for rendering in rendered:
            if rendering.right or rendering.wrong:
                continue
            there = nearest(rendering)
            if there is not None:
                better = there.form
                message = say(
                    f"「{there.surface}」は「{better}」の誤りか",
                    f"did you mean {better}?",
                )
                yield note(self.code, rendering, there, message, better=better)


RULE = NearRendering()
