"""What every rule of the point ``termbank.rules`` keeps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Final

from termbank.checking.bilingual.renderings import Pair, Terms
from termbank.checking.options import Options
from termbank.checking.run import Run
from termbank.checking.text_collection import Collection
from termbank.config import Settings
from termbank.glossary.glossary_sources import Rows
from termbank.rules.pages import Page, page, rows_in
from termbank.text.language_tags import guess_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termbank.checking.engine.passage import Passage
    from termbank.types import Finding

READS: Final = ("hits", "text", "files", "pairs", "renderings", "glossary", "run")
_CODE: Final = re.compile(r"[A-Z]+\d{3}")


class RuleContract:
    """Tests of one rule; subclass it and set ``rule``.

    The docstring of the rule's module is its page; the examples on it are tests.

    Attributes:
        rule: The rule object.
        reads: What it works on, where the object itself does not say.
    """

    rule: ClassVar[Any]
    reads: ClassVar[str] = ""

    def test_it_names_itself(self) -> None:
        """``code`` is letters and three digits, ``name`` is words joined by hyphens."""
        assert _CODE.fullmatch(self.rule.code), self.rule.code
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.rule.name), self.rule.name
        assert self._reads in READS, self._reads

    def test_its_page_opens_with_code_and_name(self) -> None:
        """So ``termbank rule`` can list it."""
        start = f"{self.rule.code} {self.rule.name}: "
        assert self._page.text.startswith(start), self._page.text[:60]

    def test_each_example_that_is_bad_is_found(self) -> None:
        """The page shows at least one, and the rule finds it."""
        examples = self._examples("bad")
        assert examples, "the page has no bad example"
        for example in examples:
            assert self._findings(example), example

    def test_each_example_that_is_good_is_silent(self) -> None:
        """The page shows at least one, and the rule says nothing."""
        examples = self._examples("good")
        assert examples, "the page has no good example"
        for example in examples:
            assert self._findings(example) == [], example

    def test_findings_lie_in_their_text(self) -> None:
        """Spans and fixes are code points of the untouched text."""
        if self._reads not in ("hits", "text"):
            return
        for text in (*self._page.bad, *self._page.good):
            for finding in self._findings(text):
                assert 0 <= finding.span.start <= finding.span.end <= len(text), text
                assert finding.code == self.rule.code
                if finding.fix is not None:
                    span = finding.fix.span
                    assert 0 <= span.start <= span.end <= len(text), text

    @property
    def _reads(self) -> str:
        return self.reads or str(getattr(self.rule, "reads", "text"))

    @property
    def _page(self) -> Page:
        return page(self.rule)

    def _examples(self, side: str) -> tuple[Any, ...]:
        if self._reads in ("pairs", "renderings"):
            return tuple(getattr(self._page, f"{side}_pairs"))
        if self._reads == "glossary":
            return tuple(getattr(self._page, f"{side}_glossaries"))
        return tuple(getattr(self._page, side))

    def _findings(self, example: Any) -> list[Any]:
        if self._reads == "glossary":
            return list(self.rule.check_rows(rows_in(example)))
        if self._reads in ("pairs", "renderings"):
            return self._in_pairs(example)
        if self._reads == "files":
            files = Collection()
            for number, text in enumerate(example.split(" || ")):
                files.append(self._passage(text, f"{number}.md"))
            return list(self.rule.check_files(files))
        return list(self.rule.check(self._passage(example)))

    def _in_pairs(self, pairs: Sequence[tuple[str, str]]) -> list[Finding]:
        first = guess_language(pairs[0][0])
        second = "en" if first == "ja" else "ja"
        numbered_pairs = [
            Pair(source, target, "", number, first, second)
            for number, (source, target) in enumerate(pairs)
        ]
        if self._reads == "pairs":
            return list(self.rule.check_pairs(numbered_pairs))
        renderings = Terms(rows_in(self._page.glossary)).rendered(numbered_pairs)
        return list(self.rule.check_renderings(list(renderings)))

    def _passage(self, text: str, path: str = "") -> Passage:
        options = Options()._replace(**dict(self._page.settings))
        rows = Rows(rows_in(self._page.glossary))
        run = Run([rows], ["TB101"], options=options, settings=Settings())
        return run.passage(text, path)
