"""The text of a file, by its suffix."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from termbank.errors import InputError, PluginError
from termbank.isolation.project_root import refuse_leading_out
from termbank.messages import of_system, say

from .decoding import decode_text
from .string_tables import STRING_TABLES, decoded_escapes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# What an office file may unpack to: far beyond real documents, far below a zip bomb.
_UNPACKED: Final = 300_000_000
# Texts of real documents shrink 5 to 30 times, a bomb some thousand times; a document that
# is one table may shrink more, but is small.
_RATIO: Final = 100
_FREE: Final = 8 << 20  # bytes of a part up to which the ratio does not count
_EXTRA: Final = "pip install 'termbank[documents]'"


def text_of(path: Path) -> str:
    """Return the text of a file: office files, books and notebooks read, all else decoded.

    Paragraphs, cells, shapes and pages are lines. Markup of text formats stays, so that
    offsets mean the file; :func:`termbank.sources.masks.masked` blanks it for mining.

    Raises:
        InputError: The file cannot be read, or is not what its suffix says.
        PluginError: The reader for its suffix is not installed.
    """
    return text_of_content(_content(path), str(path))


def text_of_content(content: bytes, name: str) -> str:
    """Return the text of a file whose content is at hand; see :func:`text_of`.

    Args:
        content: All its bytes.
        name: Path or address; its suffix says what it is.
    """
    suffix = PurePath(name).suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None:
        text = decode_text(content, name)
        is_table = suffix in STRING_TABLES and suffix != ".rpy"
        return decoded_escapes(text) if is_table else text
    if suffix not in _NO_ARCHIVES:
        _check_archive(content, name)
    try:
        return "\n".join(reader(io.BytesIO(content)))
    except ImportError as fault:
        raise PluginError("source", PurePath(name).suffix, _EXTRA) from fault
    except Exception as fault:
        # The readers raise what their parsers raise; to the caller it is one thing.
        kind = suffix[1:].upper()
        raise InputError(
            name,
            say(f"壊れた {kind} ファイル", f"a broken {kind} file"),
            say(f"{kind} ファイル", f"a {kind} file"),
        ) from fault


def _content(path: Path) -> bytes:
    refuse_leading_out(str(path))
    try:
        return path.read_bytes()
    except OSError as fault:
        expected = say("読めるファイル", "a file that can be read")
        raise InputError(str(path), of_system(fault), expected) from fault


def _check_archive(content: bytes, name: str) -> None:
    kind = PurePath(name).suffix[1:].upper()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            size = sum(member.file_size for member in members)
    except zipfile.BadZipFile as fault:
        raise InputError(
            name,
            say(f"{kind} ファイルではありません", f"no {kind} file"),
            say(f"{kind} ファイル", f"a {kind} file"),
        ) from fault
    dense = max(
        (
            member.file_size
            for member in members
            if member.file_size > max(_FREE, _RATIO * member.compress_size)
        ),
        default=0,
    )
    if dense:
        problem = say(
            f"展開すると {dense} バイトになる部分",
            f"a part that unpacks to {dense} bytes",
        )
        expected = say(
            f"圧縮時の {_RATIO} 倍まで", f"at most {_RATIO} times its packed size"
        )
        raise InputError(name, problem, expected)
    if size > _UNPACKED:
        problem = say(
            f"展開すると {size} バイトになるアーカイブ",
            f"an archive that unpacks to {size} bytes",
        )
        expected = say(f"{_UNPACKED} バイトまで", f"at most {_UNPACKED}")
        raise InputError(name, problem, expected)


def _docx(file: io.BytesIO) -> Iterator[str]:
    import docx
    from docx.table import Table

    document = docx.Document(file)
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield from (cell.text for cell in row.cells)
        else:
            yield block.text


def _pptx(file: io.BytesIO) -> Iterator[str]:
    import pptx

    for slide in pptx.Presentation(file).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield from (paragraph.text for paragraph in shape.text_frame.paragraphs)
            if shape.has_table:
                for row in shape.table.rows:
                    yield from (cell.text for cell in row.cells)
        if slide.has_notes_slide:
            yield slide.notes_slide.notes_text_frame.text


def _xlsx(file: io.BytesIO) -> Iterator[str]:
    import openpyxl

    book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            yield from (cell for cell in row if isinstance(cell, str))


def _pdf(file: io.BytesIO) -> Iterator[str]:
    import logging

    import pypdf

    # What it would mend in a file is told to nobody, who could not mend it.
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    yield from (_join(page.extract_text()) for page in pypdf.PdfReader(file).pages)


def _join(page: str) -> str:
    """Return a page with the line ends inside a Japanese sentence taken out.

    A line of a PDF is a line of the layout; a word goes on over its end.
    """
    lines = page.split("\n")
    out: list[str] = []
    for line in lines:
        goes_on = out and out[-1][-1:] > "\u3040" and line[:1] > "\u3040"
        if goes_on and out[-1][-1] not in "。！？」":
            out[-1] += line
        else:
            out.append(line)
    return "\n".join(out)


def _notebook(file: io.BytesIO) -> Iterator[str]:
    """Yield the text cells of a notebook; its code is none."""
    cells = json.load(file)["cells"]
    for cell in cells:
        if cell["cell_type"] == "markdown":
            yield "".join(cell["source"])
            yield ""


def _epub(file: io.BytesIO) -> Iterator[str]:
    from .archives import epub_lines

    yield from epub_lines(file)


def _odt(file: io.BytesIO) -> Iterator[str]:
    from .archives import odt_lines

    yield from odt_lines(file)


_NO_ARCHIVES: Final = (".pdf", ".ipynb")
_READERS: Final[dict[str, Callable[[io.BytesIO], Iterator[str]]]] = {
    ".docx": _docx,
    ".pptx": _pptx,
    ".xlsx": _xlsx,
    ".pdf": _pdf,
    ".ipynb": _notebook,
    ".epub": _epub,
    ".odt": _odt,
}
