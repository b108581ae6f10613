"""The frame of documents, from texts at hand or from files."""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl

from termbank.errors import InputError, PluginError
from termbank.isolation.project_root import refuse_leading_out
from termbank.messages import say
from termbank.schemas import Documents
from termbank.text.lone_surrogates import without_surrogates

from .paths import SUFFIXES, Skipped, files
from .readers import text_of, text_of_content
from .record_files import Entry, Record, entries, kind_of
from .remote_files import address_size, addressed_files, is_address, open_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import dataframely as dy

_DATE: Final = re.compile(r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_KANA: Final = re.compile(r"[ぁ-ゖァ-ヺｦ-ﾝ]")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_HIRAGANA: Final = re.compile("[ぁ-ゖ]")
_LATIN: Final = re.compile("[A-Za-z]")
# Hiragana beside Latin letters: .16 and more in Japanese documentation full of code, .05
# and less in English pages that quote Japanese (59 and 30 files looked at).
_OF_PROSE: Final = 0.08
_QUOTING_FROM: Final = 200  # Latin letters; a shorter text may be a title or a list
_SCHEMA: Final = {
    "doc_id": pl.String,
    "uri": pl.String,
    "lang": pl.String,
    "text": pl.String,
    "published": pl.Date,
}


class Document(NamedTuple):
    """One row of the frame.

    Attributes:
        doc_id: First 16 hex digits of the SHA-256 of the text in UTF-8.
        uri: Path as given, or ``text:N`` for the N-th text.
        lang: BCP 47; ja where there is kana or kanji, en where there are letters.
        text: Untouched.
        published: From a date in the file's name (2025-04-12 or 20250412), else None.
    """

    doc_id: str
    uri: str
    lang: str
    text: str
    published: date | None


def documents(
    sources: Sequence[str], *, lang: str | None = None
) -> dy.DataFrame[Documents]:
    """Return a frame of documents from texts at hand.

    Args:
        sources: Texts (not paths; see :func:`read`). Equal texts are one document.
        lang: BCP 47 tag of all of them; None tells Japanese from English by script.

    Raises:
        InputError: One text is given instead of a sequence of texts.

    >>> documents(["キーウで会談した。"]).select("uri", "lang", "text").row(0)
    ('text:0', 'ja', 'キーウで会談した。')
    """
    if isinstance(sources, str):
        raise InputError(
            "documents",
            say("一つの文字列", "one string"),
            say("文章の並び [text]", "a sequence of texts, [text]"),
        )
    rows = (_document(f"text:{n}", text, lang) for n, text in enumerate(sources))
    return frame(rows)


def read(
    paths: str | Path | Sequence[str | Path], *, lang: str | None = None
) -> dy.DataFrame[Documents]:
    """Return a frame of documents from files, folders and globs.

    A file named ``.jsonl``, ``.parquet``, ``.zip`` or ``.tar`` holds many documents: rows
    with a column ``text`` (or body, content, 本文 …; ``published`` and ``lang`` are taken
    where they are there), or members. Addresses (``s3://…``) need the extra ``remote``.

    Args:
        paths: See :func:`termbank.sources.files`.
        lang: As in :func:`documents`.

    Raises:
        InputError: A path names nothing, a folder holds no document, or a file is
            empty, binary or in an unknown encoding.
        PluginError: A file needs a reader that is not installed.
    """
    return frame(stream(paths, lang=lang))


def stream(
    paths: str | Path | Sequence[str | Path],
    *,
    lang: str | None = None,
    skipped: list[Skipped] | None = None,
) -> Iterator[Document]:
    """Yield the documents of :func:`read` one by one, equal texts included.

    Args:
        paths: As in :func:`read`.
        lang: As in :func:`documents`.
        skipped: Takes in the files of folders and globs that are not read, with the
            reason; a file that cannot be read is then one of them. Without it, and for
            a file named by itself, that is an error.
    """
    rows = numbered(paths, lang=lang, skipped=skipped)
    return (document for _, document in rows)


def numbered(
    paths: str | Path | Sequence[str | Path],
    *,
    lang: str | None = None,
    skipped: list[Skipped] | None = None,
    holds: Callable[[int, int], bool] | None = None,
) -> Iterator[tuple[tuple[int, int], Document]]:
    """Yield the documents of :func:`stream`, each with its place.

    A place is the number of the file among all that are meant, and that of the document
    in its file.

    Args:
        paths: As in :func:`read`.
        lang: As in :func:`documents`.
        skipped: As in :func:`stream`.
        holds: Tells by its place whether a document is wanted; others are not read where
            that can be avoided.
    """
    path_list = _named(paths)
    by_name = {str(path) for path in path_list}
    for unit, name in enumerate(_files(path_list, skipped)):
        is_named = name in by_name and kind_of(name) is None
        for number, uri, read_record in _entries(name, skipped):
            if holds is not None and not holds(unit, number):
                continue
            try:
                record = read_record()
                _require_words(record.text, uri)
            except (InputError, PluginError) as fault:
                _skip(None if is_named else skipped, uri, fault)
                continue
            document = _document(uri, record.text, lang or record.lang)
            if record.published is not None:
                document = document._replace(published=record.published)
            yield (unit, number), document


def units(paths: str | Path | Sequence[str | Path]) -> list[str]:
    """Return the names of the files meant, in order."""
    return _files(_named(paths), None)


def size_of(paths: str | Path | Sequence[str | Path]) -> int:
    """Return the bytes of the files meant."""
    return sum(
        address_size(name) if is_address(name) else Path(name).stat().st_size
        for name in units(paths)
    )


def _named(
    paths: str | Path | Sequence[str | Path],
) -> Sequence[str | Path]:
    return [paths] if isinstance(paths, str | Path) else paths


def _files(named: Sequence[str | Path], skipped: list[Skipped] | None) -> list[str]:
    """Return paths and addresses of the files meant, each once, in the order named."""
    names: dict[str, None] = {}
    for path in named:
        if is_address(str(path)):
            meant = addressed_files(str(path), SUFFIXES)
        else:
            meant = [str(file) for file in files([path], skipped=skipped)]
        names.update(dict.fromkeys(meant))
    # Where nothing is named the error says what could be.
    return list(names) or [str(file) for file in files([])]


def _entries(name: str, skipped: list[Skipped] | None) -> Iterator[Entry]:
    """Yield the documents of a file; one that breaks off is skipped from there."""
    kind = kind_of(name)
    if kind is None:
        yield Entry(0, name, lambda: Record(_text_of(name)))
        return
    try:
        if not is_address(name):
            refuse_leading_out(name)
        yield from entries(name, kind)
    except InputError as fault:
        _skip(skipped, name, fault)


def _text_of(name: str) -> str:
    if not is_address(name):
        return text_of(Path(name))
    with open_address(name) as file:
        return text_of_content(file.read(), name)


def _skip(
    skipped: list[Skipped] | None, name: str, fault: InputError | PluginError
) -> None:
    if skipped is None:
        raise fault
    reason = fault.found if isinstance(fault, InputError) else str(fault)
    skipped.append(Skipped(Path(name), reason))


def _require_words(text: str, uri: str) -> None:
    if not text.strip():
        raise InputError(
            uri,
            say("空のファイル", "an empty file"),
            say("文章のあるファイル", "a file with text"),
        )


def frame(rows: Iterable[Document]) -> dy.DataFrame[Documents]:
    """Return rows as a frame; of equal texts the first stays."""
    by_id: dict[str, Document] = {}
    for row in rows:
        by_id.setdefault(row.doc_id, row)
    table = pl.DataFrame(list(by_id.values()), schema=_SCHEMA, orient="row")
    return Documents.cast(table)


def language(text: str) -> str:
    """Return ja, en or und, by the scripts in the text.

    A long text in Latin letters that only quotes Japanese words is no Japanese one.

    >>> language("停戦"), language("ceasefire"), language("2025")
    ('ja', 'en', 'und')
    """
    if _KANA.search(text) or _HAN.search(text):
        latin = len(_LATIN.findall(text))
        quotes = latin >= _QUOTING_FROM and _hiragana_share(text, latin) < _OF_PROSE
        return "en" if quotes else "ja"
    return "en" if any(char.isalpha() for char in text) else "und"


def _hiragana_share(text: str, latin: int) -> float:
    hiragana = len(_HIRAGANA.findall(text))
    return hiragana / (hiragana + latin)


def _document(uri: str, text: str, lang: str | None) -> Document:
    # A lone surrogate, which only a caller's text or a file name can hold, has no UTF-8.
    text, uri = without_surrogates(text), without_surrogates(uri)
    digest = sha256(text.encode()).hexdigest()[:16]
    return Document(digest, uri, lang or language(text), text, _publication_date(uri))


def _publication_date(uri: str) -> date | None:
    match = _DATE.search(uri.rpartition("/")[2])
    if not match:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None
