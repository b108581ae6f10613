"""What the columns of a table mean, told from its header; languages told from its rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.text.japanese import has_japanese

from .column_names import Named, column_meaning

if TYPE_CHECKING:
    from collections.abc import Sequence

_LATIN: Final = re.compile("[A-Za-z]")
_LETTER: Final = re.compile(r"[^\W\d_]")
_BRACKETED: Final = re.compile(r"[(（\[［【〔][^)）\]］】〕]{0,200}[)）\]］】〕]")
# Letters that no other language writes.
_OWN_LETTERS: Final = {
    "ko": re.compile("[가-힣]"),
    "th": re.compile("[ก-๛]"),
    "el": re.compile("[α-ωά-ώ]{2}"),
    "he": re.compile("[א-ת]"),
    "hi": re.compile("[ऀ-ॿ]"),
    "ka": re.compile("[ა-ჰ]"),
}
# What programs put over columns that have no name: A列, Column1, Unnamed: 2.
_AUTOMATIC: Final = re.compile(
    r"(?:[A-Z]{1,2}列?|列\s?\d+|(?:column|field|unnamed:)\s?\d+)?", re.IGNORECASE
)
# A number or a name in a program: 12, T-001, menu.open, ACHIEVEMENT_1, ui/menu.csv.
_IDENTIFIER: Final = re.compile(
    r"[\d.,:#-]+|[A-Za-z]*[-_.:]?\d[\w.:-]*"
    r"|[A-Za-z](?=[\w-]*[_.:/\\])[\w.:/\\-]*[\w-]"
)
_ACCENTED: Final = re.compile("[À-ÖØ-öø-ɏ]")
# English glossaries hold a café here and there; of French or German words every fifth
# or more has an accent or umlaut.
_ACCENTS: Final = 3
_ACCENTED_SHARE: Final = 0.15
_IDENTIFIERS: Final = 0.8  # share of its cells from which a column holds no terms
_FILLED: Final = 0.5  # share of its cells that a column of terms has, at least
SAMPLE: Final = 200  # rows from which the languages of a table are told
TOP: Final = 20  # rows among which the header is looked for


class Column(NamedTuple):
    """What one column holds.

    Attributes:
        field: form, a field of a term, concept_id, kind, domain, definition …; empty
            for a column that nothing takes and that is kept by name.
        lang: Language, where the header names it.
        side: source, target, or empty.
        name: As the file names it.
    """

    field: str
    lang: str = ""
    side: str = ""
    name: str = ""


class Layout(NamedTuple):
    """The columns of a table.

    Attributes:
        kind: long, wide, pair or bare.
        columns: From left to right.
        header: Whether the first row holds names and no terms.
    """

    kind: str
    columns: tuple[Column, ...]
    header: bool


def duplicates(cells: Sequence[str]) -> list[str]:
    """Return names of forms that stand over more than one column of a header."""
    names = [
        cell.strip().casefold()
        for cell in cells
        if column_meaning(cell).field in ("form", "source", "target")
    ]
    return sorted({name for name in names if names.count(name) > 1})


def header_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Return which of the first rows of a table is its header, None where none is.

    Above a header stand only rows with fewer cells: titles, dates, notes.

    >>> header_row([["用語集"], ["日本語", "英語", "備考"], ["停戦", "ceasefire", ""]])
    1
    >>> header_row([["日本語", "Japanese"], ["英語", "English"]]) is None
    True
    """
    most = 0
    for number, cells in enumerate(rows[:TOP]):
        meanings = sum(bool(column_meaning(cell).field) for cell in cells)
        if meanings > most and _is_header(cells):
            return number
        if not all(_AUTOMATIC.fullmatch(cell.strip()) for cell in cells):
            most = max(most, sum(bool(cell.strip()) for cell in cells))
    return None


def _is_header(cells: Sequence[str]) -> bool:
    """Say whether a row names columns: two cells or more, one of them of forms."""
    names = [each for each in map(column_meaning, cells) if each.field]
    if len(names) < 2 or any(len(cell) > 1000 for cell in cells):
        return False
    langs = [each.lang for each in names if each.field == "form" and each.lang]
    sides = {each.field for each in names} & {"source", "target", "form"}
    if not sides:
        return False
    if sides == {"form"} and not langs:  # 語形 needs a language or an identifier
        return len({each.field for each in names}) > 1
    sure = any(each.sure for each in names if each.field == "form" and each.lang)
    if langs and not sure and len(langs) == len(names):
        return False  # cat, dog: codes of three letters alone are words
    # 日本語, Japanese or 用語, term: a pair of words for one thing, not two columns.
    fields = {(each.field, each.lang) for each in names}
    return len(fields) > 1


def layout_of(cells: Sequence[str]) -> Layout:
    """Return what the columns of a table hold, given its header or its first row."""
    if not _is_header(cells):
        return bare_layout(len(cells))
    names = [column_meaning(cell) for cell in cells]
    fields = [each.field for each in names]
    langs = {each.lang for each in names if each.field == "form" and each.lang}
    if "lang" in fields and not langs and {"form", "source"} & set(fields):
        return Layout("long", _long(cells, names), True)
    columns = tuple(_columns(cells, names))
    return Layout("wide" if len(langs) > 1 else "pair", columns, True)


def _long(cells: Sequence[str], names: Sequence[Named]) -> tuple[Column, ...]:
    """Return the columns of a table of one form a row."""
    fields = [each.field for each in names]
    form = "form" if "form" in fields else "source"
    new_names = {form: "form", "term_source": "source"}
    if form != "source":
        new_names["source"] = "source"
    return tuple(
        Column(_long_field(new_names.get(field, field)), "", "", cell.strip())
        for cell, field in zip(cells, fields, strict=True)
    )


def _long_field(field: str) -> str:
    return "" if field in _PAIR_ONLY else field


_PAIR_ONLY: Final = ("target", "source_lang", "target_lang", "term_info")


def _columns(cells: Sequence[str], names: Sequence[Named]) -> list[Column]:
    """Return the columns of a table whose rows hold forms in several columns."""
    sides = _sides(names)
    columns: list[Column] = []
    repeated_fields = {each.field for each in names if _times(names, each) > 1}
    lang = ""
    for number, (cell, each) in enumerate(zip(cells, names, strict=True)):
        name, field = cell.strip(), each.field
        if number in sides:
            lang = each.lang
            columns.append(Column("form", each.lang, sides[number], name))
        elif field in ("source_lang", "target_lang"):
            columns.append(Column("lang", "", field.removesuffix("_lang"), name))
        elif field in ("form", "source", "target"):
            # A second column of terms beside named languages is where they are from.
            columns.append(Column("source" if field == "source" else "", "", "", name))
        elif field == "term_source":
            columns.append(Column("source", each.lang, "", name))
        else:
            # memoQ repeats Term_Info after each language: it speaks of the one before.
            near = lang if field in repeated_fields and not each.lang else each.lang
            columns.append(Column(field, near, "", name))
    return columns


def _times(names: Sequence[Named], each: Named) -> int:
    return names.count(each) if each.field and not each.lang else 1


def _sides(names: Sequence[Named]) -> dict[int, str]:
    """Return which columns hold forms, and on which side of a pair."""
    forms = [n for n, each in enumerate(names) if each.field == "form" and each.lang]
    if len(forms) > 1:
        sides = dict.fromkeys(forms, "")
        first = next(
            (n for n, each in enumerate(names) if each.field == "source"), None
        )
        # A term in a language of its own beside several translations (Lokalise).
        if first is not None and first < forms[0] and named_term(names[first]):
            sides[first] = "source"
        return dict(sorted(sides.items()))
    sources = [n for n, each in enumerate(names) if each.field == "source"]
    targets = [n for n, each in enumerate(names) if each.field == "target"]
    form_columns = forms or [n for n, each in enumerate(names) if each.field == "form"]
    if sources and targets:
        return {sources[0]: "source", targets[0]: "target"}
    if sources and form_columns:
        return {sources[0]: "source", form_columns[0]: "target"}
    if targets and form_columns:
        return {form_columns[0]: "source", targets[0]: "target"}
    if targets and not form_columns:
        # Translations of what a column of another name holds: Move Name, Localized.
        others = [n for n, each in enumerate(names[: targets[0]]) if not each.field]
        if others:
            return {others[0]: "source", targets[0]: "target"}
    return {(sources or targets or form_columns)[0]: "source"}


def named_term(name: Named) -> bool:
    """Return whether a column of sources holds terms, not where they were found."""
    return name.field == "source"


def bare_layout(width: int) -> Layout:
    """Return the layout of a table without a header."""
    return Layout("bare", _bare(width), False)


def bare_layout_of(rows: Sequence[Sequence[str]]) -> Layout:
    """Return the layout of a table without a header, given its first rows.

    The two sides are the first two columns, unless one of those holds numbers or names
    of a program, or both one language, and two others hold Japanese and English.

    >>> [c.side for c in bare_layout_of([["1", "M_1", "冒険", "Adventure"]] * 3).columns]
    ['', '', 'source', 'target']
    """
    width = len(rows[0])
    langs = [_language_of_column(rows, at) for at in range(width)]
    if width > 2 and not (langs[0] and langs[1] and langs[0] != langs[1]):
        for at, lang in enumerate(langs):
            other = {"ja": "en", "en": "ja"}.get(lang, "")
            if other and other in langs[at + 1 :]:
                return _shifted(width, at, langs.index(other, at + 1))
    return bare_layout(width)


def _language_of_column(rows: Sequence[Sequence[str]], at: int) -> str:
    """Return the language of the texts of a column, empty where it holds none."""
    cells = [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
    names = sum(_IDENTIFIER.fullmatch(cell) is not None for cell in cells)
    if len(cells) < _FILLED * len(rows) or names >= _IDENTIFIERS * len(cells):
        return ""
    lang = guessed_language(cells)
    return "" if lang == "und" else lang


def _shifted(width: int, source: int, target: int) -> Layout:
    sides = {source: "source", target: "target"}
    columns = [
        Column("form", "", sides[at])
        if at in sides
        else Column("", "", "", str(at + 1))
        for at in range(width)
    ]
    return Layout("bare", tuple(columns), False)


def _bare(width: int) -> tuple[Column, ...]:
    columns = [Column("form", "", "source"), Column("form", "", "target")]
    columns.append(Column("note"))
    columns += [Column("", "", "", str(number)) for number in range(4, width + 1)]
    # A third column is a remark wherever it occurs, even if the first row has none.
    return tuple(columns[: max(width, 3)] if width > 1 else columns[:1])


def guessed_language(cells: Sequence[str]) -> str:
    """Return the language that most forms of a column are in, ``und`` if unclear.

    >>> guessed_language(["エラー", "NATO", "設定"]), guessed_language(["error"])
    ('ja', 'en')
    >>> guessed_language(["β version", "café", "plugin (プラグイン)", "error", "page"])
    'en'
    """
    texts = [_BRACKETED.sub("", cell) for cell in cells]
    japanese = sum(map(has_japanese, texts))
    others = [text for text in texts if not has_japanese(text)]
    latin = [text for text in others if _LATIN.search(text)]
    foreign = sum(
        1 for text in others if _LETTER.search(text) and not _LATIN.search(text)
    )
    if japanese > len(latin) + foreign:
        return "ja"
    for lang, letters in _OWN_LETTERS.items():
        if sum(1 for text in others if letters.search(text)) > len(texts) / 2:
            return lang
    accents = sum(1 for text in latin if _ACCENTED.search(text))
    if accents >= _ACCENTS and accents > _ACCENTED_SHARE * len(latin):
        return "und"  # French, German … and not English with a café in it
    if len(latin) > japanese + foreign:
        return "en"
    return "ja" if japanese else "und"


def guessed_pair(rows: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Return the languages of two columns.

    Rows that are the same on both sides (NATO, NATO) say nothing where others do.

    >>> guessed_pair([("OK", "OK"), ("NATO", "NATO"), ("サーバー", "server")])
    ('ja', 'en')
    """
    telling = [row for row in rows if all(row) and row[0] != row[1]] or list(rows)
    left = guessed_language([row[0] for row in telling if row[0]])
    right = guessed_language([row[1] for row in telling if row[1]])
    if left == right:
        sides = [(has_japanese(a), has_japanese(b)) for a, b in telling]
        first, second = sides.count((True, False)), sides.count((False, True))
        if first != second:
            return ("ja", "en") if first > second else ("en", "ja")
    return left, right
