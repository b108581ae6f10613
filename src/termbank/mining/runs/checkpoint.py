"""What is kept of a run on disk: a folder that a later run, or a join, goes on from.

``run.json`` says by what the folder was made. Each chunk is three files of Parquet
(mentions, forms, the documents it holds) and a manifest, ``<chunk>.json``, that is
written last and holds their check sums: a chunk without it is not there. A document is
known again by its text, not by its place: a run that was stopped goes on with what it
lacks, and a collection that grew is mined for what is new, by the same rule.
"""

from __future__ import annotations

import io
import json
import os
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zlib import crc32

import numpy as np
import polars as pl

from termbank.atomic_files import os_errors, replace_content
from termbank.errors import InputError
from termbank.messages import say
from termbank.sources.masks import mask_kind
from termbank.version import __version__

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from termbank.sources.collection import Document

    from .kernels import MinedChunk, Settings
    from .shard import Shard

_RUN_FILE: Final = "run.json"
_CHUNKS: Final = "chunks"
_PARTS: Final = ("mentions", "forms", "documents")
_LAYOUT: Final = 1  # number of this arrangement of files


class Chunk(NamedTuple):
    """A chunk that is complete.

    Attributes:
        folder: Where its files lie.
        name: Their name, without suffix.
    """

    folder: Path
    name: str

    def file(self, part: str) -> Path:
        """Return the file of its mentions, forms or documents."""
        return self.folder / f"{self.name}.{part}.parquet"


def document_key(document: Document) -> int:
    """Return a number of 64 bits that is the same for what is mined alike.

    Text, language and the make of the markup decide; the place does not.
    """
    kind = mask_kind(document.uri)
    text = f"{document.doc_id}\0{document.lang}\0{kind}"
    return int.from_bytes(sha256(text.encode()).digest()[:8], "little")


class Checkpoint:
    """The folder of a run.

    Args:
        folder: Made where it is not there.
        resume: Whether the folder may hold chunks already.

    Raises:
        InputError: It holds a run and ``resume`` is not set, or something else, or it
            cannot be made.
    """

    def __init__(self, folder: Path, *, resume: bool = False) -> None:
        self.folder = folder
        self._chunk_folder = folder / _CHUNKS
        earlier = self._known_run()
        if earlier is not None and not resume:
            problem = say(
                "前の実行の結果があるフォルダー", "a folder with an earlier run"
            )
            right = say(
                "--resume (続き・差分)、または空のフォルダー",
                "--resume to go on from it, or an empty folder",
            )
            raise InputError(str(folder), problem, right)
        self._refuse_other_content(earlier)
        with os_errors(folder):
            self._chunk_folder.mkdir(parents=True, exist_ok=True)
        self.chunks: list[Chunk] = []
        self.identity = ""

    def begin(self, settings: Settings, miner: str, shard: Shard | None) -> None:
        """Say what the run is made by, and take in the chunks made by the same.

        Args:
            settings: Of the miners.
            miner: Version of miner, tokeniser and dictionary.
            shard: Which part of the job this is; None for all of it.
        """
        made_by = {
            "layout": _LAYOUT,
            "termbank": __version__,
            "miner": miner,
            "settings": list(settings),
        }
        self.identity = _digest(made_by)
        run = {**made_by, "identity": self.identity, "shard": list(shard or ())}
        replace_content(self.folder / _RUN_FILE, _json(run))
        self.chunks = list(self._complete_chunks())

    def end(self, units: Sequence[str]) -> None:
        """Note that all documents of some sources are there."""
        run = self._known_run() or {}
        run["sources"] = _digest(list(units))
        run["complete"] = True
        replace_content(self.folder / _RUN_FILE, _json(run))

    @property
    def run(self) -> dict[str, Any]:
        """What ``run.json`` says.

        Raises:
            InputError: There is none, or it cannot be read.
        """
        earlier = self._known_run()
        if earlier is None:
            problem = say("実行結果のないフォルダー", "a folder without a run")
            right = "termbank mine --shard i/n --checkpoint DIR"
            raise InputError(str(self.folder), problem, right)
        return earlier

    def load(self) -> None:
        """Take in the chunks of a run that is joined with others."""
        self.identity = str(self.run.get("identity", ""))
        self.chunks = list(self._complete_chunks())

    def add(self, mined: MinedChunk, documents: pl.DataFrame) -> Chunk:
        """Keep a chunk; when this returns it is complete.

        Args:
            mined: Its files.
            documents: doc_id and key, in the order of the mentions.
        """
        file = io.BytesIO()
        documents.select("doc_id", "key").write_parquet(file)
        contents = (*mined, file.getvalue())
        sums = [crc32(content) for content in contents]
        manifest = {
            "identity": self.identity,
            "sums": dict(zip(_PARTS, sums, strict=True)),
            "documents": documents.height,
        }
        keys = documents["key"].to_numpy().astype("<u8").tobytes()
        name = sha256(self.identity.encode() + keys).hexdigest()[:16]
        chunk = Chunk(self._chunk_folder, name)
        for part, content in zip(_PARTS, contents, strict=True):
            replace_content(chunk.file(part), content)
        replace_content(self._chunk_folder / f"{name}.json", _json(manifest))
        self.chunks.append(chunk)
        return chunk

    def remove(self, unused: Collection[Chunk]) -> None:
        """Remove chunks of which no document is left in the collection."""
        for chunk in unused:
            with os_errors(self.folder):
                # The manifest goes first: a chunk without it is not there.
                (self._chunk_folder / f"{chunk.name}.json").unlink(missing_ok=True)
                for part in _PARTS:
                    chunk.file(part).unlink(missing_ok=True)

    def _complete_chunks(self) -> Iterator[Chunk]:
        for manifest in sorted(self._chunk_folder.glob("*.json")):
            chunk = Chunk(self._chunk_folder, manifest.stem)
            if self._is_complete(chunk, manifest):
                yield chunk

    def _is_complete(self, chunk: Chunk, manifest: Path) -> bool:
        """Tell a chunk made by the same, whose files are what they were."""
        try:
            record = json.loads(manifest.read_bytes())
            sums = {part: crc32(chunk.file(part).read_bytes()) for part in _PARTS}
        except (OSError, ValueError):
            return False
        is_ours = isinstance(record, dict) and record.get("identity") == self.identity
        return is_ours and record.get("sums") == sums

    def _known_run(self) -> dict[str, Any] | None:
        path = self.folder / _RUN_FILE
        try:
            content = json.loads(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            content = None
        if isinstance(content, dict) and "identity" in content:
            return content
        right = say("termbank が書いた run.json", "run.json as termbank wrote it")
        raise InputError(str(path), say("壊れたファイル", "a broken file"), right)

    def _refuse_other_content(self, known: dict[str, Any] | None) -> None:
        """A folder of somebody's own is no place for chunks."""
        if known is not None or not self.folder.exists():
            return
        with os_errors(self.folder):
            others = [
                name for name in sorted(os.listdir(self.folder)) if name[0] != "."
            ]
        if others and others != [_CHUNKS]:
            problem = say(f"ほかのファイル ({others[0]})", f"other files ({others[0]})")
            right = say("空のフォルダー", "an empty folder")
            raise InputError(str(self.folder), problem, right)


def keys_of(
    chunks: Sequence[Chunk],
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the keys of all documents in chunks, rising, and the number of its chunk."""
    columns = [
        pl.read_parquet(chunk.file("documents"), columns=["key"])["key"].to_numpy()
        for chunk in chunks
    ]
    keys = np.concatenate([np.zeros(0, np.uint64), *columns])
    owners = np.repeat(np.arange(len(columns)), [len(column) for column in columns])
    order = np.argsort(keys, kind="stable")
    return keys[order], owners[order]


def _digest(value: object) -> str:
    return sha256(_json(value)).hexdigest()[:16]


def _json(value: object) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, sort_keys=True)}\n".encode()
