"""From files and texts to findings."""

from __future__ import annotations

import os

from ..config import settings as settings_for
from ..errors import InputError
from ..rules import RULES, chosen, rule
from .glossaries import book_of, stacked
from .judging import Judge
from .passage import Options, Passage
from .paths import files_of, format_of, left_out
from .reading import read
from .words import Words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..config import Settings
    from ..types import Finding
    from .glossaries import GlossaryLike

    PathLike = str | os.PathLike[str]


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
        options: Quotations, long vowels, date; None takes the settings.
        settings: Settings of the project; None looks for them.

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
    run = _Run(glossary, select, ignore, options, settings)
    found: list[Finding] = []
    for path in files_of(paths):
        if not left_out(path, run.settings):
            found += run.of_file(path, format)
    return sorted(found, key=lambda one: (one.path, one.span, one.code))


def check_text(
    text: str,
    *,
    format: str = "plain",  # noqa: A002  # the name users know
    glossary: GlossaryLike | Sequence[GlossaryLike] | None = None,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] = (),
    options: Options | None = None,
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

    Raises:
        ConfigError: No glossary, an unknown code.

    >>> from termbank import Glossary
    >>> rules = Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja")
    >>> [tuple(found.span) for found in check_text("クラウドサーバを借りる", glossary=rules)]
    [(4, 7)]
    >>> check_text("サーバーもサーバルも", glossary=rules)
    []
    """
    from ..config import Settings

    settings = Settings() if glossary is not None else None
    run = _Run(glossary, select, ignore, options, settings)
    # Lone surrogates cannot be encoded; no pattern holds one either.
    content = text.encode("utf-8", "replace")
    return run.of_content(content, "", format)


class _Run:
    """The rules, the book and the dictionary of one run."""

    def __init__(
        self,
        glossary: GlossaryLike | Sequence[GlossaryLike] | None,
        select: Sequence[str] | None,
        ignore: Sequence[str],
        options: Options | None,
        settings: Settings | None,
    ) -> None:
        self.settings = settings or settings_for()
        table = self.settings.check
        selected = table.select if select is None else select
        self.codes = chosen(selected, (*ignore, *table.ignore))
        self.options = options or Options(table.quotations, table.long_vowel)
        glossaries = stacked(glossary, self.settings)
        self.book = book_of(glossaries, table.exceptions)
        self.judge = Judge(self.book, Words(self.settings.dictionary))

    def of_file(self, path: str, format_name: str | None) -> list[Finding]:
        try:
            source = read(path)
        except InputError as fault:
            if not os.path.exists(path):
                raise
            return [rule("TB903").finding(path, fault.found)]
        return self.of_content(source.content, path, format_name or format_of(path))

    def of_content(self, content: bytes, path: str, format_name: str) -> list[Finding]:
        passage = Passage(
            content, path, format_name, self.book, self.judge, self.options
        )
        found = [one for code in self.codes for one in _by_rule(code, passage)]
        return sorted(found, key=lambda one: (one.span, one.code))


def _by_rule(code: str, passage: Passage) -> Iterator[Finding]:
    reads = RULES[code].reads if code in RULES else "text"
    if reads == "text" or (reads == "hits" and passage.hits):
        yield from rule(code).check(passage)
