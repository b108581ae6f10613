"""Files that hold many documents: Parquet, JSON Lines, and archives of documents.

An entry is read only when it is asked for, so that a shard reads its own. Nothing of an
archive is written to disk; what a member may unpack to is limited, links and devices are
passed over.
"""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import posixpath
import tarfile
import zipfile
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from tempfile import gettempdir
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

import polars as pl

from termbank.atomic_files import scratch_folder
from termbank.errors import FormatError, InputError
from termbank.messages import of_system, say

from .paths import SUFFIXES
from .readers import text_of_content
from .remote_files import copy_address, is_address, open_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

# Unpacked bytes of a member or a line: far beyond an article, far below a bomb.
_LONGEST: Final = 100_000_000
# Texts shrink 3 to 30 times; what shrinks more is small.
_RATIO: Final = 200
_FREE: Final = 8 << 20
_ROWS: Final = 2_000  # rows of Parquet read at once
_TEXT: Final = ("text", "body", "content", "article", "本文", "記事")
_DATE: Final = ("published", "date", "published_at", "pubdate", "日付", "掲載日")
_LANG: Final = ("lang", "language", "言語")
_UNPACKERS: Final[dict[str, Callable[..., Any]]] = {
    ".gz": gzip.open,
    ".bz2": bz2.open,
    ".xz": lzma.open,
}
_BROKEN: Final = (
    *(zipfile.BadZipFile, tarfile.TarError, lzma.LZMAError, EOFError, ValueError),
    *(RuntimeError, NotImplementedError, pl.exceptions.PolarsError),
)


class Record(NamedTuple):
    """The document of an entry.

    Attributes:
        text: Untouched.
        lang: As the file says; None where it does not.
        published: Likewise.
    """

    text: str
    lang: str | None = None
    published: date | None = None


class Entry(NamedTuple):
    """A document in a file of many.

    Attributes:
        number: Which of the file, from 0.
        uri: Address of the file, then ``#`` and the line or row from 1, or ``/`` and the
            name of the member.
        read: Reads it.
    """

    number: int
    uri: str
    read: Callable[[], Record]


def kind_of(name: str) -> str | None:
    """Return how a file of many documents is read; None for a file that is one.

    >>> kind_of("a/2024.jsonl.gz"), kind_of("a.tgz"), kind_of("a.txt"), kind_of("a.docx")
    ('lines', 'tar', None, None)
    """
    lower = name.lower()
    for suffix in ("", *_UNPACKERS):
        if lower.endswith((f".jsonl{suffix}", f".ndjson{suffix}")):
            return "lines"
        if lower.endswith(f".tar{suffix}"):
            return "tar"
    kinds = {".parquet": "parquet", ".zip": "zip", ".tgz": "tar", ".tbz2": "tar"}
    return kinds.get(posixpath.splitext(lower)[1])


def entries(name: str, kind: str) -> Iterator[Entry]:
    """Yield the documents of a file, in the order of the file.

    Args:
        name: Path or address.
        kind: As :func:`kind_of` returns it.

    Raises:
        InputError: The file cannot be read, is not what its name says, or holds no text.
    """
    try:
        yield from _READERS[kind](name)
    except OSError as fault:
        expected = say("読めるファイル", "a file that can be read")
        raise InputError(name, of_system(fault), expected) from fault
    except _BROKEN as fault:
        reason = " ".join(str(fault).split())[:120] or type(fault).__name__
        problem = say(f"壊れたファイル ({reason})", f"a broken file ({reason})")
        raise InputError(name, problem, Path(name).suffix[1:]) from fault


def _opened(name: str) -> IO[bytes]:
    return open_address(name) if is_address(name) else Path(name).open("rb")


def _unpacked(file: IO[bytes], name: str) -> IO[bytes]:
    suffix = posixpath.splitext(name.lower())[1]
    unpack = _UNPACKERS.get(suffix)
    unpacked_file: IO[bytes] = unpack(file) if unpack else file
    return unpacked_file


def _lines(name: str) -> Iterator[Entry]:
    with _opened(name) as raw_file, _unpacked(raw_file, name) as file:
        number = -1
        while line := file.readline(_LONGEST):
            number += 1
            if len(line) >= _LONGEST:
                raise _too_long(f"{name}:{number + 1}", len(line))
            if not line.strip():
                continue
            yield Entry(
                number, f"{name}#{number + 1}", _line_reader(name, number, line)
            )


def _line_reader(name: str, number: int, line: bytes) -> Callable[[], Record]:
    def read() -> Record:
        try:
            value = json.loads(line)
        except ValueError as fault:
            right = say("一行に一つの JSON", "one JSON value a line")
            problem = line[:40].decode("utf-8", "replace").strip()
            raise FormatError(name, number + 1, problem, right) from fault
        if isinstance(value, str):
            return Record(value)
        if isinstance(value, dict):
            return _record(value, f"{name}:{number + 1}")
        problem = type(value).__name__
        raise FormatError(name, number + 1, problem, _columns_wanted())

    return read


def _parquet(name: str) -> Iterator[Entry]:
    with ExitStack() as stack:
        path = Path(name)
        if is_address(name):
            folder = stack.enter_context(scratch_folder(gettempdir()))
            path = Path(folder, "source.parquet")
            copy_address(name, path)
        frame = pl.scan_parquet(path)
        columns = _columns(frame.collect_schema(), name)
        rows = frame.select(columns).collect_batches(chunk_size=_ROWS)
        number = -1
        for batch in rows:
            for values in batch.iter_rows():
                number += 1
                row = dict(zip(columns, values, strict=True))
                uri = f"{name}#{number + 1}"
                yield Entry(number, uri, _row_reader(row, uri))


def _row_reader(row: Mapping[str, Any], place: str) -> Callable[[], Record]:
    return lambda: _record(row, place)


def _columns(schema: Mapping[str, Any], name: str) -> list[str]:
    """Return the columns of a table that a record is made of."""
    texts = [column for column, kind in schema.items() if kind == pl.String]
    text = _first(_TEXT, texts) or (texts[0] if len(texts) == 1 else None)
    if text is None:
        problem = ", ".join(schema)[:80] or say("列なし", "no columns")
        raise InputError(name, problem, _columns_wanted())
    others = (_first(_DATE, schema), _first(_LANG, schema))
    return [text, *(column for column in others if column)]


def _record(row: Mapping[str, Any], place: str) -> Record:
    texts = [key for key, value in row.items() if isinstance(value, str)]
    key = _first(_TEXT, texts)
    if key is None and len(texts) == 1 and texts[0] not in (*_DATE, *_LANG):
        key = texts[0]
    if key is None:
        problem = ", ".join(map(str, row))[:80] or "{}"
        raise InputError(place, problem, _columns_wanted())
    lang = row.get(_first(_LANG, row) or "")
    publication_date = _date(row.get(_first(_DATE, row) or ""))
    return Record(
        row[key], lang if isinstance(lang, str) and lang else None, publication_date
    )


def _first(names: tuple[str, ...], columns: Any) -> str | None:
    return next((name for name in names if name in columns), None)


def _date(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _zip(name: str) -> Iterator[Entry]:
    with _opened(name) as file, zipfile.ZipFile(file) as archive:
        members = [m for m in archive.infolist() if _is_document(m.filename)]
        for number, member in enumerate(members):
            yield Entry(
                number, f"{name}/{member.filename}", _zip_reader(archive, member, name)
            )
        _refuse_no_document(name, len(members))


def _zip_reader(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str
) -> Callable[[], Record]:
    def read() -> Record:
        size, packed_size = member.file_size, member.compress_size
        place = f"{name}/{member.filename}"
        if size > _LONGEST or size > max(_FREE, _RATIO * packed_size):
            raise _too_long(place, size)
        try:
            return Record(text_of_content(archive.read(member), place))
        except (*_BROKEN, OSError) as fault:
            problem = " ".join(str(fault).split())[:120]
            right = say("読める書庫", "an archive that can be read")
            raise InputError(place, problem, right) from fault

    return read


def _tar(name: str) -> Iterator[Entry]:
    with _opened(name) as file, tarfile.open(fileobj=file, mode="r|*") as archive:
        number = -1
        for member in archive:
            if not member.isfile() or not _is_document(member.name):
                continue
            number += 1
            place = f"{name}/{member.name}"
            yield Entry(number, place, _tar_reader(archive, member, place))
        _refuse_no_document(name, number + 1)


def _tar_reader(
    archive: tarfile.TarFile, member: tarfile.TarInfo, place: str
) -> Callable[[], Record]:
    def read() -> Record:
        if member.size > _LONGEST:
            raise _too_long(place, member.size)
        file = archive.extractfile(member)
        content = file.read() if file else b""
        return Record(text_of_content(content, place))

    return read


def _is_document(name: str) -> bool:
    parts = name.split("/")
    is_hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
    return not is_hidden and posixpath.splitext(name)[1].lower() in SUFFIXES


def _refuse_no_document(name: str, count: int) -> None:
    if not count:
        problem = say("文書のない書庫", "an archive without documents")
        raise InputError(name, problem, ", ".join(sorted(SUFFIXES)))


def _too_long(place: str, size: int) -> InputError:
    problem = say(f"展開すると {size} バイト", f"{size} bytes when unpacked")
    limit = say(f"{_LONGEST} バイトまで", f"at most {_LONGEST}")
    return InputError(place, problem, limit)


def _columns_wanted() -> str:
    return say(
        f"本文の列 ({', '.join(_TEXT)} のどれか)",
        f"a column with the text: {', '.join(_TEXT)}",
    )


_READERS: Final[dict[str, Callable[[str], Iterator[Entry]]]] = {
    "lines": _lines,
    "parquet": _parquet,
    "zip": _zip,
    "tar": _tar,
}
