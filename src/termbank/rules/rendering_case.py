"""TB306 rendering-case: a name or an acronym in the wrong letter case.

Only renderings that hold a capital are judged, and only for names and acronyms; titles
in capitals throughout are let be.

Glossary:
    北大西洋条約機構 [organization]
    en: NATO

Pairs, bad:
    北大西洋条約機構の会議 | a meeting of Nato
Pairs, good:
    北大西洋条約機構の会議 | a meeting of NATO

Fix: unsafe. The rendering in its own case replaces it.

日本語:
    名前や頭字語の大文字と小文字が違う。
    大文字を含む訳語のうち、名前と頭字語だけを調べる。すべて大文字の見出しは指摘しない。
    修正: 要確認。正しい大文字と小文字に直す。
"""

from __future__ import annotations

from termbank.checking.bilingual.bilingual_findings import note
from termbank.messages import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termbank.checking.bilingual.renderings import Rendered
    from termbank.types import Finding


_NAMES = ("person", "place", "organization", "product", "event")


def _wrong_case(surface: str, form: str, kind: str) -> bool:
    acronym = form.isupper() and len(form) > 1
    if not acronym and (kind not in _NAMES or form.islower()):
        return False
    same = surface[: len(form)]
    if same == form or same.lower() != form.lower():
        return False
    return acronym or not same.isupper()


class RenderingCase:
    """A name or an acronym in the wrong letter case."""

    code = "TB306"
    name = "rendering-case"

    def check_renderings(self, rendered: Sequence[Rendered]) -> Iterator[Finding]:
        """Yield an error for each rendering in another case."""
        for rendering in rendered:
            if rendering.pair.target.isupper():
                continue
            for there in rendering.right:
                if there.surface in rendering.pair.source:
                    continue  # the source writes it so
                if _wrong_case(there.surface, there.form, rendering.kind):
                    message = say(
                        f"「{there.surface}」は「{there.form}」", f"write {there.form}"
                    )
                    yield note(self.code, rendering, there, message, better=there.form)


RULE = RenderingCase()
