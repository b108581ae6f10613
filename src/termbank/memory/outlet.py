"""Segments out of a memory: as a frame, and as a file that appears whole or not at all."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final

import polars as pl

from ..errors import InputError
from ..formats.files import replacing, replacing_bytes
from ..formats.xmlnodes import attribute, escaped
from ..schemas import Segments, checked
from .store import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from .store import Store

_UNKNOWN: Final = "und"  # BCP 47 for a language that nobody named


def frame(store: Store) -> pl.DataFrame:
    """Return all segments in order of entry, of schema ``Segments``."""
    text = f"SELECT {', '.join(COLUMNS)} FROM segments ORDER BY id"  # noqa: S608
    times = [
        pl.from_epoch(name, "us").dt.replace_time_zone("UTC")
        for name in ("changed", "created")
    ]
    kinds = dict.fromkeys(COLUMNS, pl.String()) | {
        "changed": pl.Int64(),
        "created": pl.Int64(),
    }
    with store.faults():
        rows = store.connection.execute(text).fetchall()
    found = pl.DataFrame(rows, schema=kinds, orient="row").with_columns(times)
    return checked(Segments, found, "memory")


def write(segments: pl.DataFrame, path: Path) -> None:
    """Write segments in the format that the file's ending says.

    Raises:
        InputError: No writer for this ending, or the file cannot be written.
    """
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        known = " ".join(sorted(WRITERS))
        raise InputError(str(path), f"suffix {path.suffix!r}", f"one of {known}")
    writer(segments, str(path))


def _parquet(segments: pl.DataFrame, path: str) -> None:
    with replacing_bytes(path) as file:
        segments.write_parquet(file)


def _table(separator: str) -> Callable[[pl.DataFrame, str], None]:
    def write_table(segments: pl.DataFrame, path: str) -> None:
        with replacing_bytes(path) as file:
            _written_times(segments).write_csv(file, separator=separator)

    return write_table


def _workbook(segments: pl.DataFrame, path: str) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("segments")
    sheet.append(segments.columns)
    for row in _written_times(segments).iter_rows():
        cells = [WriteOnlyCell(sheet, value) for value in row]
        for cell in cells:
            # A segment that begins with = is text and never a formula.
            cell.data_type = "s" if cell.value is not None else cell.data_type
        sheet.append(cells)
    with replacing_bytes(path) as file:
        book.save(file)


def _written_times(segments: pl.DataFrame) -> pl.DataFrame:
    return segments.with_columns(
        pl.col(name).dt.strftime("%Y-%m-%dT%H:%M:%S%.fZ")
        for name in ("changed", "created")
    )


def _tmx(segments: pl.DataFrame, path: str) -> None:
    with replacing(path) as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
            '<header creationtool="termbank" creationtoolversion="1" segtype="sentence"'
            ' o-tmf="termbank" adminlang="en" srclang="*all*" datatype="plaintext"/>\n'
            "<body>\n"
        )
        for row in segments.iter_rows(named=True):
            _tmx_unit(file, row)
        file.write("</body>\n</tmx>\n")


# TMX property that each attribute goes into; the first two as other tools name them.
_PROPS: Final = {
    "origin": "project",
    "previous": "prev",
    "next": "next",
    "client": "client",
    "domain": "domain",
    "method": "method",
}


def _tmx_unit(file: IO[str], row: dict[str, Any]) -> None:
    said = attribute("tuid", row["segment_id"])
    for name, column in (("creationdate", "created"), ("changedate", "changed")):
        if row[column] is not None:
            said += attribute(name, f"{row[column]:%Y%m%dT%H%M%SZ}")
    if row["author"]:
        said += attribute("changeid", row["author"])
    file.write(f"<tu{said}>")
    if row["note"]:
        file.write(f"<note>{_text(row['note'])}</note>")
    for column, name in _PROPS.items():
        if row[column]:
            file.write(f'<prop type="{name}">{_text(row[column])}</prop>')
    for side in ("source", "target"):
        lang = attribute("xml:lang", row[f"{side}_lang"] or _UNKNOWN)
        file.write(f"<tuv{lang}><seg>{_text(row[side])}</seg></tuv>")
    file.write("</tu>\n")


def _text(text: str) -> str:
    # XML has no way to carry other control characters.
    return escaped("".join(char for char in text if char >= " " or char in "\t\n\r"))


def _xliff(segments: pl.DataFrame, path: str) -> None:
    first = segments.row(0, named=True) if segments.height else {}
    langs = attribute("source-language", first.get("source_lang") or _UNKNOWN)
    langs += attribute("target-language", first.get("target_lang") or _UNKNOWN)
    with replacing(path) as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
            f'<file original="memory" datatype="plaintext"{langs}><body>\n'
        )
        for row in segments.iter_rows(named=True):
            file.write(
                f"<trans-unit{attribute('id', row['segment_id'])}>"
                f"<source>{_text(row['source'])}</source>"
                f"<target>{_text(row['target'])}</target></trans-unit>\n"
            )
        file.write("</body></file>\n</xliff>\n")


def _po(segments: pl.DataFrame, path: str) -> None:
    first = segments.row(0, named=True) if segments.height else {}
    head = "Content-Type: text/plain; charset=UTF-8\n"
    head += f"Language: {first.get('target_lang') or ''}\n"
    head += f"X-Source-Language: {first.get('source_lang') or ''}\n"
    with replacing(path) as file:
        file.write(f'msgid ""\nmsgstr {quoted(head)}\n')
        for row in segments.iter_rows(named=True):
            # The identifier as context: one source may have several translations.
            file.write(
                f"\nmsgctxt {quoted(row['segment_id'])}\n"
                f"msgid {quoted(row['source'])}\nmsgstr {quoted(row['target'])}\n"
            )


def quoted(text: str) -> str:
    """Return a text as a string of a PO file, quotation marks included."""
    for char, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(char, written)
    return '"' + text.replace("\r", "\\r") + '"'


WRITERS: Final = {
    ".parquet": _parquet,
    ".csv": _table(","),
    ".tsv": _table("\t"),
    ".xlsx": _workbook,
    ".tmx": _tmx,
    ".xlf": _xliff,
    ".xliff": _xliff,
    ".po": _po,
}
