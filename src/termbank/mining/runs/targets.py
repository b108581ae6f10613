"""Where an answer is written: one Parquet file, or a data set parted by year or source."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from termbank.atomic_files import os_errors, replacing_bytes, scratch_folder
from termbank.errors import ConfigError, InputError
from termbank.messages import say
from termbank.mining.miner import Miner

from .ordered_output import exact_batches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .ordered_output import Answer

PARTITIONS: Final = ("year", "source")
# Rows of the target written at once; larger groups hold more memory while they fill.
_ROWS: Final = 50_000
# Rows that wait, in all parts of a data set together, before the fullest is written.
_MOST_WAITING: Final = 1_000_000
_UNSAFE: Final = re.compile(r"[^\w.-]+")
_FILE: Final = re.compile(r"part-\d{6}\.parquet")


def require_partition(name: str | None) -> None:
    """Refuse what results cannot be parted by.

    Raises:
        ConfigError: It is neither year nor source.
    """
    if name is not None and name not in PARTITIONS:
        raise ConfigError("partition_by", name, " | ".join(PARTITIONS))


def write_file(answer: Answer, target: Path) -> pl.LazyFrame:
    """Write an answer as one Parquet file, which appears when all of it is there."""
    with os_errors(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
    with scratch_folder(str(target.parent)) as name:
        folder = Path(name)
        tables = (table for _, _, table in answer.tables())
        files = [folder / "none"]
        Miner.empty().write_parquet(files[0])
        for number, batch in enumerate(exact_batches(tables, _ROWS)):
            files.append(folder / f"{number:08}")
            batch.write_parquet(files[-1], compression="lz4")
        whole = folder / "whole"
        pl.scan_parquet(files).sink_parquet(whole, row_group_size=_ROWS)
        with replacing_bytes(target) as file, whole.open("rb") as content:
            shutil.copyfileobj(content, file)
    return pl.scan_parquet(target)


def write_data_set(answer: Answer, target: Path, by: str) -> pl.LazyFrame:
    """Write an answer as a folder ``<by>=<value>/part-….parquet``.

    Values without a date are the year ``unknown``. A data set that is there is replaced.

    Raises:
        InputError: The target is a file, or a folder with other things in it.
    """
    target = Path(os.path.realpath(target))  # a link stays
    _refuse_other_content(target, by)
    with os_errors(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
    with scratch_folder(str(target.parent)) as name:
        new, old = Path(name, "new"), Path(name, "old")
        new.mkdir()
        parts = _Parts(new, by)
        for year, source, table in answer.tables():
            value = source if by == "source" else str(year or "unknown")
            parts.add(value, table)
        parts.close()
        with os_errors(target):
            if target.exists():
                os.replace(target, old)
            os.replace(new, target)
            shutil.rmtree(old, ignore_errors=True)
    return pl.scan_parquet(sorted(target.glob("*/*.parquet")))


class _Parts:
    """The files of a data set while they fill."""

    def __init__(self, folder: Path, by: str) -> None:
        self._folder, self._by = folder, by
        self._waiting: dict[str, list[pl.DataFrame]] = {}
        self._rows: dict[str, int] = {}
        self._files: dict[str, int] = {}

    def add(self, value: str, table: pl.DataFrame) -> None:
        name = _UNSAFE.sub("_", value) or "_"
        self._waiting.setdefault(name, []).append(table)
        self._rows[name] = self._rows.get(name, 0) + table.height
        if sum(self._rows.values()) > _MOST_WAITING:
            self._write(max(sorted(self._rows), key=self._rows.__getitem__))

    def close(self) -> None:
        for name in sorted(self._waiting):
            self._write(name)
        if not self._files:  # an answer without mentions is a data set too
            self._waiting["none"] = [Miner.empty()]
            self._write("none")

    def _write(self, name: str) -> None:
        folder = self._folder / f"{self._by}={name}"
        folder.mkdir(exist_ok=True)
        number = self._files.get(name, 0)
        table = pl.concat(self._waiting.pop(name))
        table.write_parquet(folder / f"part-{number:06}.parquet", row_group_size=_ROWS)
        self._files[name] = number + 1
        self._rows.pop(name, None)


def _refuse_other_content(target: Path, by: str) -> None:
    right = say(
        "新しいフォルダー、または前に書いたデータセット",
        "a new folder, or a data set written before",
    )
    if target.is_file():
        raise InputError(str(target), say("ファイル", "a file"), right)
    for path in _visible_files(target):
        is_ours = path.parent.parent == target and _FILE.fullmatch(path.name)
        if not (is_ours and path.parent.name.startswith(f"{by}=")):
            problem = say(f"ほかのファイル ({path.name})", f"other files ({path.name})")
            raise InputError(str(target), problem, right)


def _visible_files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if not path.is_dir())
