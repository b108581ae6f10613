"""TB405 failing-example: an example in the glossary that its own rules do not turn out as it says.

A term's note may carry examples, one a part between bars: ``例: 文 → 文`` (or
``example:``). The left sentence, fixed, must read as the right one; an example without
an arrow must stay silent.

Glossary, bad:
    サーバー < サーバ {例: サーバルを見た → サーバールを見た}
Glossary, good:
    サーバー < サーバ {例: サーバを見た → サーバーを見た}

日本語:
    用語集に書かれた例が、用語集自身の規則ではそのとおりにならない。
    用語の備考には、縦線で区切って例を書ける (``例: 文 → 文``、または ``example:``)。左の文を直した結果は右の文と同じでなければならず、矢印のない例には指摘があってはならない。
"""

from __future__ import annotations

from termbank.checking.files.fixing import apply_fixes
from termbank.config import Settings
from termbank.messages import say
from termbank.text.term_notes import examples_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termbank.glossary.light_rows import TermRow


class FailingExample:
    """An example in the glossary that its own rules do not turn out as it says."""

    code = "TB405"
    name = "failing-example"

    def check_rows(self, rows: Sequence[TermRow]) -> Iterator[tuple[int, str, str]]:
        """Yield (row, message, severity) for each example that fails."""
        examples = [
            (number, before, after)
            for number, row in enumerate(rows)
            for before, after in examples_in(row.note)
        ]
        if not examples:
            return
        from termbank.checking.run import Run
        from termbank.glossary.glossary_sources import Rows

        run = Run(Rows(rows), settings=Settings())
        for number, before, after in examples:
            findings = run.of_content(before.encode(), "", "plain")
            got = apply_fixes(before, findings, unsafe=True)
            if got != after:
                message = say(f"例が成り立たない: {got}", f"the example gives: {got}")
                yield number, message, "error"


RULE = FailingExample()
