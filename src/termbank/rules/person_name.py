"""TB211 person-name: a person's name out of order, or short before it was given in full.

Reports a short form that the glossary admits where the text has not given the full name
before, and full names whose parts stand in the other order. Runs only when selected.

Why: プーチン氏 in the first line leaves the reader to guess which one.

Glossary:
    ウラジーミル・プーチン = プーチン [person]

Bad:
    プーチン氏が来た。
    プーチン・ウラジーミル氏が来た。
Good:
    ウラジーミル・プーチン氏が来た。プーチン氏は帰った。

Fix: unsafe. The full name replaces the found one.

日本語:
    人名の順序が違う、または氏名を示す前に略した名前を使っている。
    用語集が許容する短い名前を、その文章で氏名を示す前に使った箇所と、姓と名の順序が逆の氏名を指摘する。選択したときだけ働く。
    理由: 書き出しに「プーチン氏」とあっても、どの人か読者には分からない。
    修正: 要確認。氏名に置き換える。
"""

from __future__ import annotations

from termbank.checking.engine.script_runs import script
from termbank.messages import say
from termbank.types import Fix, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.checking.engine.passage import Passage
    from termbank.types import Finding


class PersonName:
    """A person's name out of order, or short before it was given in full."""

    code = "TB211"
    name = "person-name"

    def check(self, passage: Passage) -> Iterator[Finding]:
        """Yield a warning for each first short form and each turned name."""
        text = passage.prose
        for concept_id, full, others in passage.book.rest.people:
            parts = full.split("・")
            in_reverse = "・".join(reversed(parts)) if len(parts) == 2 else ""
            for at in _places(text, in_reverse):
                yield self._finding(passage, at, in_reverse, full, concept_id)
            full_at = min(_places(text, full), default=len(text))
            short = [form for form in others if form in parts]
            first = min(
                (
                    (at, form)
                    for form in short
                    for at in _places(text, form, in_reverse)
                ),
                default=None,
            )
            if first and first[0] < full_at:
                yield self._finding(passage, *first, full, concept_id)

    def _finding(
        self, passage: Passage, at: int, form: str, full: str, concept_id: str
    ) -> Finding:
        end = at + len(form)
        message = say(f"初出は「{full}」と書く", f"write {full} first")
        fix = Fix(Span(at, end), full, safe=False)
        return passage.note(self.code, at, end, message, fix=fix, concept_id=concept_id)


def _places(text: str, form: str, unless: str = "") -> Iterator[int]:
    """Yield where a form stands as a word, not as a part of ``unless``."""
    at = text.find(form) if form else -1
    while at >= 0:
        end = at + len(form)
        own = script(form[0])
        free = script(text[at - 1 : at]) != own and script(text[end : end + 1]) != own
        in_full_name = text[at - 1 : at] == "・" or text[end : end + 1] == "・"
        if free and not (unless and in_full_name):
            yield at
        at = text.find(form, end)


RULE = PersonName()
