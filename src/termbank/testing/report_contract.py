"""What every report of the point ``termbank.reports`` keeps."""

from __future__ import annotations

from typing import Any, ClassVar

from termbank.types import Finding, Fix, Span

_TEXT = "一行目\n次の行のサーバ & <b>\n"
_FINDINGS = (
    Finding(
        "TB101",
        Span(8, 11),
        'A "B" <c>',
        Fix(Span(8, 11), "サーバー"),
        "a b/é.md",
        2,
        5,
    ),
    Finding("TB901", Span(0, 0), "二つ目", None, "a b/é.md", 1, 1, "warning"),
)


class ReportContract:
    """Tests of one report; subclass it and set ``report``.

    Attributes:
        report: A module or object with ``lines(findings, files)``.
    """

    report: ClassVar[Any]

    def test_it_yields_texts(self) -> None:
        """Pieces of text, each with its line end where it ends a line."""
        assert all(isinstance(piece, str) for piece in self._pieces(_FINDINGS))

    def test_each_finding_is_named(self) -> None:
        """The code of every finding stands in the report."""
        whole = "".join(self._pieces(_FINDINGS))
        for finding in _FINDINGS:
            assert finding.code in whole, whole

    def test_nothing_found_is_no_error(self) -> None:
        """A report of no findings can be written too."""
        assert all(isinstance(piece, str) for piece in self._pieces(()))

    def test_the_same_findings_give_the_same_text(self) -> None:
        """Nothing depends on a clock, a random number or the order of a set."""
        assert list(self._pieces(_FINDINGS)) == list(self._pieces(_FINDINGS))

    def test_a_file_saved_since_it_was_checked_is_no_error(self) -> None:
        """Each finding is reported too where its place is no longer in the text."""
        for length in range(len(_TEXT)):
            whole = "".join(self._pieces(_FINDINGS, _TEXT[:length]))
            for finding in _FINDINGS:
                assert finding.code in whole, whole

    def _pieces(self, findings: tuple[Finding, ...], text: str = _TEXT) -> Any:
        return self.report.lines(findings, lambda _path: text)
