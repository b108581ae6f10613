"""From files and texts to findings."""

from __future__ import annotations

import os

from termbank.arguments import require_glossary, require_text, require_texts
from termbank.checking.engine.folded_lines import odd
from termbank.checking.engine.raw_hits import bare_hits
from termbank.checking.engine.rule_sources import (
    book_of,
    glossaries_of,
    patterns_of,
)
from termbank.checking.files.file_selection import (
    PLAIN,
    STANDARD_INPUT,
    files_of,
    fits,
    format_of,
    left_out,
)
from termbank.checking.files.source_file import of_bytes, read
from termbank.config import settings as settings_for
from termbank.errors import InputError
from termbank.rules import chosen_codes, needs_glossary, row_of, rule

from .options import Options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TypeAlias

    from termbank.checking.bilingual.pair_files import PairFile
    from termbank.checking.bilingual.renderings import Terms
    from termbank.checking.engine.hit_classifier import Judge
    from termbank.checking.engine.passage import Passage
    from termbank.checking.engine.rule_sources import GlossaryLike
    from termbank.checking.files.source_bytes import Source
    from termbank.config import Settings
    from termbank.types import Finding

    from .text_collection import Collection

    PathLike: TypeAlias = str | os.PathLike[str]

_MARK = b"termbank:"  # of suppression comments


def check(
    paths: PathLike | Sequence[PathLike],
    *,
    glossary: GlossaryLike | Sequence[GlossaryLike] | None = None,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] = (),
    format: str | None = None,  # noqa: A002  # the name users know
    options: Options | None = None,
    settings: Settings | None = None,
) -> list[Finding]:
    """Return what is inconsistent in files, ordered by path, place and code.

    Args:
        paths: Files, folders and globs; of a folder, the files of known kinds.
        glossary: Glossary, folder, file, ``builtin``, or a list of these of which an
            earlier one wins; None takes the project's.
        select: Codes or beginnings of codes; None takes the settings, else the
            default set.
        ignore: Codes or beginnings left out.
        format: Markup of all files; None tells it by the file name.
        options: Quotations, long vowels, date, revision; None takes the settings.
        settings: Settings of the project, its baseline too; None looks for them.

    Raises:
        ConfigError: No glossary, an unknown code or setting.
        InputError: A path that is not there.

    >>> import tempfile, pathlib
    >>> from termbank import Glossary
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "a.txt"
    >>> _ = file.write_text("新しいサーバを使う。", encoding="utf-8")
    >>> rules = Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja")
    >>> [(found.code, found.line, found.column) for found in check([file], glossary=rules)]
    [('TB101', 1, 4)]
    """
    _require_choices(glossary, select, ignore)
    run = Run(glossary, select, ignore, options, settings)
    return findings_of(run, paths, format)


def findings_of(
    run: Run,
    paths: PathLike | Sequence[PathLike],
    format: str | None = None,  # noqa: A002
    watched: Callable[[list[str]], Iterable[str]] = iter,
) -> list[Finding]:
    """Return what a run finds in files, ordered by path, place and code.

    Args:
        run: Rules and glossaries.
        paths: Files, folders and globs.
        format: Markup of all files; None tells it by the file name.
        watched: Gives the files back one by one; a door shows how far it has come.

    Raises:
        ConfigError: An unknown markup or revision.
        InputError: A path, or the baseline of the settings, is not there.
    """
    _refuse_unknown(format)
    if run.settings.check.baseline:
        from termbank.checking.files.baseline import read as read_baseline

        read_baseline(run.settings.check.baseline)  # a fault is told before the work
    also = run.note_asked(paths)
    files = [path for path in files_of(paths, also) if not left_out(path, run.settings)]
    findings = [
        finding for path in watched(files) for finding in run.of_file(path, format)
    ]
    findings += run.across_files()
    findings += run.of_glossaries()
    run.keep()
    findings = sorted(findings, key=_order)
    if run.settings.check.baseline:
        from termbank.checking.files.baseline import kept

        findings = kept(findings, run.settings.check.baseline, files)
    if run.options.changed_since:
        from termbank.checking.files.changed_lines import on_changed_lines as kept_lines

        findings = kept_lines(findings, run.options.changed_since, files)
    return findings


def _refuse_unknown(format: str | None) -> None:  # noqa: A002
    # The names are with the patterns, which plain text without a finding never needs.
    if format not in (None, PLAIN):
        from termbank.text.markup import resolve_markup

        resolve_markup(format)


def check_text(
    text: str,
    *,
    format: str = "plain",  # noqa: A002  # the name users know
    glossary: GlossaryLike | Sequence[GlossaryLike] | None = None,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] = (),
    options: Options | None = None,
    path: str = "",
) -> list[Finding]:
    """Return what is inconsistent in one text, ordered by place and code.

    Args:
        text: Any text; offsets of the findings are code points in it.
        format: plain, markdown, html, rst, latex, po, xliff, or a language of source
            files such as python, whose comments are read.
        glossary: As for :func:`check`.
        select: Codes or beginnings of codes; None takes the default set.
        ignore: Codes or beginnings left out.
        options: Quotations, long vowels, date.
        path: What the findings name as their file.

    Raises:
        ConfigError: No glossary, an unknown code.

    >>> from termbank import Glossary
    >>> rules = Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja")
    >>> [tuple(found.span) for found in check_text("クラウドサーバを借りる", glossary=rules)]
    [(4, 7)]
    >>> check_text("サーバーもサーバルも", glossary=rules)
    []
    """
    require_text("text", text)
    _require_choices(glossary, select, ignore)
    from termbank.config import Settings

    _refuse_unknown(format)
    settings = Settings() if glossary is not None else None
    run = Run(glossary, select, ignore, options, settings)
    # Lone surrogates cannot be encoded; no pattern holds one either.
    findings = run.of_content(text.encode("utf-8", "replace"), path, format)
    return sorted([*findings, *run.across_files()], key=_order)


def _require_choices(glossary: object, select: object, ignore: object) -> None:
    require_glossary(glossary)
    for name, codes in (("select", select), ("ignore", ignore)):
        if codes is not None:
            require_texts(name, codes, example='["TB101", …]')


class Run:
    """The rules, the book and the dictionary of one run over many texts.

    Args:
        glossary: As for :func:`check`.
        select: Codes or beginnings of codes.
        ignore: Codes or beginnings left out.
        options: None takes the settings.
        settings: None looks for the project's.
    """

    def __init__(
        self,
        glossary: GlossaryLike | Sequence[GlossaryLike] | None,
        select: Sequence[str] | None = None,
        ignore: Sequence[str] = (),
        options: Options | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.settings = settings or settings_for()
        table = self.settings.check
        codes = table.select if select is None else select
        self.codes = chosen_codes(codes, (*ignore, *table.ignore))
        self.options = options or Options(
            table.quotations, table.long_vowel, spacing=table.spacing
        )
        # Rules that need no glossary run without one; the others then find nothing.
        glossary_required = all(map(needs_glossary, self.codes))
        self.glossaries = glossaries_of(
            glossary, self.settings, needed=glossary_required
        )
        self.book = book_of(self.glossaries, table.exceptions)
        self.book.patterns = patterns_of(self.glossaries)
        self._by_reading: dict[str, list[str]] = {}
        for code in self.codes:
            reads = row_of(code).reads
            self._by_reading.setdefault(reads, []).append(code)
        self._judge: Judge | None = None
        self._passages: Collection | None = None
        self._terms: Terms | None = None
        self._asked: frozenset[str] = frozenset()  # files that somebody named
        # Digest of each file with a fix, by path; None where nobody will write.
        self.digests: dict[str, str] | None = None

    def note_asked(self, paths: PathLike | Sequence[PathLike]) -> tuple[str, ...]:
        """Note which files are asked for by name.

        Returns:
            Suffixes of string tables and subtitles where pairs are checked.
        """
        path_list = [paths] if isinstance(paths, (str, os.PathLike)) else paths
        self._asked = frozenset(os.fspath(path) for path in path_list)
        if not {"pairs", "renderings"} & set(self._by_reading):
            return ()
        from termbank.checking.bilingual.pair_files import STRINGS

        return STRINGS

    def of_file(self, path: str, format_name: str | None = None) -> list[Finding]:
        """Return the findings of one file; ``-`` is standard input."""
        try:
            source = _standard_input() if path == STANDARD_INPUT else read(path)
        except InputError as fault:
            return [rule("TB903").finding(path, fault.found)]
        findings = self.of_content(source.content, path, format_name or format_of(path))
        if {"pairs", "renderings"} & set(self._by_reading):
            findings += self._of_pairs(path, source)
        if self.digests is not None:
            from termbank.checking.files.source_file import digest

            self.digests[path] = digest(source.raw)
        return findings

    def of_content(self, content: bytes, path: str, format_name: str) -> list[Finding]:
        """Return the findings of one text, UTF-8, ordered by place and code."""
        wants_text = "text" in self._by_reading or "files" in self._by_reading
        bare = bare_hits(content, self.book)
        is_relevant = bare or wants_text or self.book.patterns is not None
        if not (is_relevant or _MARK in content or odd(content)):
            return []
        passage = self._passage(content, path, format_name, bare)
        findings = [
            finding for code in self.codes for finding in _by_rule(code, passage)
        ]
        findings.sort(key=_order)
        if "files" in self._by_reading:
            if self._passages is None:
                from .text_collection import Collection

                self._passages = Collection()
            self._passages.append(passage)
        return self._unless_silenced(findings, passage)

    def passage(self, text: str, path: str = "", format_name: str = "text") -> Passage:
        """Return a text as rules see it, with its hits found."""
        content = text.encode("utf-8", "replace")
        return self._passage(content, path, format_name, bare_hits(content, self.book))

    def _of_pairs(self, path: str, source: Source) -> list[Finding]:
        from termbank.checking.bilingual.pair_checking import findings, placed

        try:
            file = self._pair_file(path, source)
        except InputError as fault:
            return [rule("TB903").finding(path, str(fault))]
        if file is None:
            return []
        if self._terms is None:
            from termbank.checking.bilingual.renderings import Terms
            from termbank.glossary.glossary_sources import rows_of

            rows = [row for glossary in self.glossaries for row in rows_of(glossary)]
            self._terms = Terms(rows)
        return list(placed(findings(file.pairs, self._terms, self.codes), file))

    def _pair_file(self, path: str, source: Source) -> PairFile | None:
        from termbank.checking.bilingual import pair_files

        text = source.content.decode()
        suffix = os.path.splitext(path)[1].lower()
        if suffix in pair_files.SUFFIXES:
            by_name = path in self._asked
            document = pair_files.document_of(path, source.raw, asked=by_name)
            if document is not None:
                return pair_files.DocumentPairs(document, path, text)
        if suffix in pair_files.TABLES:
            return pair_files.TablePairs(path, text)
        folder = self.options.source_folder
        other = pair_files.counterpart(path, folder) if folder else ""
        return pair_files.PagePairs(other, path, text) if other else None

    def of_glossaries(self) -> list[Finding]:
        """Return what is wrong with the glossaries themselves."""
        problems: list[Finding] = []
        if "TB406" in self.codes:
            problems += self._left_behind()
        if "glossary" not in self._by_reading:
            return problems
        from termbank.glossary.glossary_sources import rows_of

        from .glossary_checking import findings

        for glossary in self.glossaries:
            place = (
                os.fspath(glossary) if isinstance(glossary, (str, os.PathLike)) else ""
            )
            problems += findings(rows_of(glossary), self.codes, place)
        return problems

    def _left_behind(self) -> list[Finding]:
        from termbank.checking.engine.rule_sources import rules_left_behind

        tb406 = rule("TB406")
        return [
            tb406.finding(*rule_left)
            for rule_left in rules_left_behind(self.glossaries)
        ]

    def keep(self) -> None:
        """Keep what was judged for the next run."""
        if self._judge is not None:
            self._judge.keep()

    def forget_texts(self) -> None:
        """Forget the texts seen so far: rules over many texts begin anew."""
        self._passages = None

    def across_files(self) -> list[Finding]:
        """Return what only the texts seen so far together show."""
        if self._passages is None:
            return []
        findings = [
            each
            for code in self._by_reading.get("files", ())
            for each in rule(code).check_files(self._passages)
        ]
        by_path = {passage.path: passage for passage in self._passages}
        return [
            each
            for finding in findings
            for each in self._unless_silenced([finding], by_path[finding.path], False)
        ]

    def _passage(
        self, content: bytes, path: str, name: str, bare: list[tuple[int, int, int]]
    ) -> Passage:
        from termbank.checking.engine.passage import Passage

        if self._judge is None:
            self._judge = self._judge_of_book()
        return Passage(content, path, name, self.book, self._judge, self.options, bare)

    def _judge_of_book(self) -> Judge:
        # Kept with the book, so that texts checked one by one share what it remembers.
        key = f"judge {self.settings.dictionary}"
        judge: Judge | None = self.book.memory.get(key)
        if judge is None:
            from termbank.checking.engine.hit_classifier import Judge
            from termbank.checking.engine.word_context import Words, signature

            name = self.settings.dictionary
            words = signature(name) if self.book.key else ""
            # A dictionary that cannot be told apart is asked anew each time.
            key = f"{self.book.key}\n{words}" if words else ""
            judge = Judge(self.book, Words(name), key)
            self.book.memory[key] = judge
        return judge

    def _unless_silenced(
        self, findings: list[Finding], passage: Passage, report_unused: bool = True
    ) -> list[Finding]:
        for glob, codes in self.settings.check.per_file_ignores:
            if fits(passage.path, glob, self.settings):
                findings = [
                    finding
                    for finding in findings
                    if not finding.code.startswith(codes)
                ]
        if _MARK not in passage.content:
            return findings
        from termbank.checking.files.suppression import find_unused, kept, suppressions

        comments = suppressions(passage.content, passage.markup)
        findings, idle = kept(findings, comments)
        if report_unused and "TB901" in self.codes and "files" not in self._by_reading:
            findings += find_unused(idle, self.codes, passage.path)
        return findings


def _by_rule(code: str, passage: Passage) -> Iterable[Finding]:
    reads = row_of(code).reads
    if reads == "text" or (reads == "hits" and passage.hits):
        findings: Iterator[Finding] = rule(code).check(passage)
        return findings
    return ()


def _standard_input() -> Source:
    import sys

    return of_bytes(sys.stdin.buffer.read(), STANDARD_INPUT)


def _order(finding: Finding) -> tuple[object, ...]:
    return finding.path, finding.span, finding.code
