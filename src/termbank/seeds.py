"""The register of source documents: what they are and what was mined from them.

A seeds folder holds ``manifest.csv`` (one row a document, without its text) and
``mentions.csv`` (names and terms with their places). Anyone can rebuild the glossary
from these two; whoever holds the originals can verify both.
"""

from __future__ import annotations

import csv
import os
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from .atomic_files import replace_content
from .errors import ConfigError, FormatError, InputError
from .messages import say
from .strict_csv import records, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

MANIFEST: Final = "manifest.csv"
MENTIONS: Final = "mentions.csv"
SHARED_VARIABLE: Final = "TERMBANK_SHARED"
REGISTER_MINER: Final = "seeds/register"


class Seed(NamedTuple):
    """One registered source document.

    Attributes:
        doc_id: First 16 hex of SHA-256 of the text.
        file: File name, without folder.
        sha256: SHA-256 of the bytes, 64 hex.
        bytes: Length in bytes.
        characters: Length in code points.
        lang: BCP 47.
        publisher: As the document itself says, else empty.
        published: ISO date as the document itself says, else empty.
    """

    doc_id: str
    file: str
    sha256: str
    bytes: int
    characters: int
    lang: str
    publisher: str = ""
    published: str = ""


class Recorded(NamedTuple):
    """One mined mention: a name or term, never running text."""

    doc_id: str
    start: int
    end: int
    surface: str
    reading: str
    kind: str


class Fault(NamedTuple):
    """One difference between the originals and the register."""

    path: str
    found: str
    expected: str


def is_register(folder: Path) -> bool:
    """Whether the folder is a seeds folder."""
    return (folder / MANIFEST).is_file()


def manifest(folder: Path) -> list[Seed]:
    """Return the registered documents, in the order of the file.

    Raises:
        FormatError: A row is not as the header says, with its line.
        InputError: There is no manifest.
    """
    return [
        Seed(doc_id, file, digest, _number(at, size), _number(at, count), *rest)
        for at, (doc_id, file, digest, size, count, *rest) in _rows(
            folder / MANIFEST, Seed._fields
        )
    ]


def recorded_mentions(folder: Path) -> list[Recorded]:
    """Return the mined mentions, in the order of the file.

    Raises:
        FormatError: A row is not as the header says, with its line.
        InputError: There is no such file.
    """
    return [
        Recorded(doc_id, _number(at, start), _number(at, end), surface, reading, kind)
        for at, (doc_id, start, end, surface, reading, kind) in _rows(
            folder / MENTIONS, Recorded._fields
        )
    ]


def mentions(folder: Path) -> pl.DataFrame:
    """Return the mined mentions as a MENTIONS frame."""
    import polars as pl

    from termbank.text.normalise import norm

    from .schemas import Mentions, check_frame

    langs = {seed.doc_id: seed.lang for seed in manifest(folder)}
    rows = [
        {
            **row._asdict(),
            "reading": row.reading or None,
            "lang": langs.get(row.doc_id, "ja"),
            "norm": norm(row.surface),
            "miner": REGISTER_MINER,
        }
        for row in recorded_mentions(folder)
    ]
    if not rows:
        return Mentions.create_empty()
    return check_frame(Mentions, pl.DataFrame(rows), str(folder / MENTIONS))


def originals(named: str | None) -> Path:
    """Return the folder of the originals.

    Args:
        named: What ``--seeds`` says, else ``$TERMBANK_SHARED/seeds``, else
            ``../shared/seeds``.

    Raises:
        ConfigError: There is no such folder.
    """
    shared_folder = os.environ.get(SHARED_VARIABLE)
    folder = Path(
        named or (Path(shared_folder) if shared_folder else Path("../shared")) / "seeds"
    )
    if not folder.is_dir():
        raise ConfigError(
            "--seeds",
            f"{say('存在しないフォルダー', 'no such folder')} {folder}",
            say("原稿のフォルダー", "the folder that holds the source documents"),
        )
    return folder


def verify(folder: Path, source: Path) -> list[Fault]:
    """Compare originals with the register, and with the mined mentions.

    Args:
        folder: Seeds folder with the register.
        source: Folder of the originals.

    Returns:
        Every difference; empty when all agree.
    """
    texts: dict[str, tuple[str, str]] = {}
    faults: list[Fault] = []
    seeds = manifest(folder)
    for seed in seeds:
        path = source / seed.file
        if not path.is_file():
            problem = say("ファイルが見つかりません", "no file")
            expected = say(f"{seed.bytes} バイト", f"{seed.bytes} bytes")
            faults.append(Fault(str(path), problem, expected))
            continue
        content = path.read_bytes()
        text = content.decode("utf-8", "replace")
        present = _seed(seed.file, content, text)
        faults += _differences(str(path), seed, present)
        texts[seed.doc_id] = (str(path), text)
    ids = {seed.doc_id for seed in seeds}
    faults += _find_misplaced(folder, ids, texts)
    return faults


def _differences(path: str, expected_seed: Seed, present: Seed) -> Iterator[Fault]:
    for field in ("sha256", "bytes", "characters", "doc_id"):
        actual, expected = getattr(present, field), getattr(expected_seed, field)
        if actual != expected:
            yield Fault(path, f"{field} {actual}", f"{field} {expected}")


def _find_misplaced(
    folder: Path, ids: set[str], texts: dict[str, tuple[str, str]]
) -> Iterator[Fault]:
    for line, row in enumerate(recorded_mentions(folder), start=2):
        if row.doc_id not in ids:
            place = f"{folder / MENTIONS}:{line}"
            expected = say(f"{MANIFEST} の doc_id", f"a doc_id of {MANIFEST}")
            yield Fault(place, f"doc_id {row.doc_id}", expected)
        elif row.doc_id in texts:
            path, text = texts[row.doc_id]
            surface = text[row.start : row.end]
            if surface != row.surface:
                place = f"{path}[{row.start}:{row.end}]"
                yield Fault(
                    place, repr(surface), f"{row.surface!r} ({MENTIONS}:{line})"
                )


def register(source: Path, folder: Path, found: pl.DataFrame) -> int:
    """Write the register of a folder of originals anew.

    Publishers and dates that the present manifest records are kept.

    Args:
        source: Folder of the originals, ``*.txt``.
        folder: Seeds folder to write to.
        found: MENTIONS frame; only names and terms, no running text.

    Returns:
        Number of documents.
    """
    old_seeds = (
        {seed.file: seed for seed in manifest(folder)} if is_register(folder) else {}
    )
    seeds = []
    for path in sorted(source.glob("*.txt")):
        content = path.read_bytes()
        seed = _seed(path.name, content, content.decode("utf-8"))
        old = old_seeds.get(path.name, seed)
        seeds.append(
            seed._replace(
                lang=old.lang, publisher=old.publisher, published=old.published
            )
        )
    order = ["doc_id", "start", "end", "kind"]
    rows = (
        found.unique(order)
        .sort(order)
        .select("doc_id", "start", "end", "surface", "reading", "kind")
        .iter_rows()
    )
    _write(folder / MANIFEST, Seed._fields, seeds)
    _write(folder / MENTIONS, Recorded._fields, rows)
    return len(seeds)


def _seed(file: str, content: bytes, text: str) -> Seed:
    return Seed(
        sha256(text.encode()).hexdigest()[:16],
        file,
        sha256(content).hexdigest(),
        len(content),
        len(text),
        "ja",
    )


def _rows(path: Path, header: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    content = text_of(str(path))
    if content is None:
        raise InputError(
            str(path),
            say("ファイルが見つかりません", "no file"),
            say("原稿の登録簿", "a register of source documents"),
        )
    rows = records(str(path), content)
    _, first = next(rows, (1, []))
    if tuple(first) != header:
        raise FormatError(str(path), 1, ",".join(first), ",".join(header))
    for line, row in rows:
        if len(row) != len(header):
            problem, expected = (
                say(f"{len(fields)} 列", f"{len(fields)} fields")
                for fields in (row, header)
            )
            raise FormatError(str(path), line, problem, expected)
        yield f"{path}:{line}", row


def _number(place: str, text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        path, _, line = place.rpartition(":")
        raise FormatError(path, int(line), text, say("整数", "a whole number"))
    return int(text)


def _write(path: Path, header: tuple[str, ...], rows: object) -> None:
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)  # type: ignore[arg-type]
    replace_content(path, text.getvalue().encode())
