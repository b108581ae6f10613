"""What every format of the point ``termbank.formats`` keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from termbank.errors import TermbankError
from termbank.formats.model.concept_records import Concept, Definition, Segment, Term
from termbank.formats.model.loss_count import cells
from termbank.formats.parts import is_readable, is_writable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_BROKEN = (
    b"",
    b"\x00\xff\xfe\x80" * 64,
    b"<a><b></a>",
    "「".encode() * 100,
    b"{" * 500,
)


class FormatContract:
    """Tests of one format; subclass it and set ``part``.

    Attributes:
        part: The format: a module or an object (see :mod:`termbank.formats.parts`).
        source: Source language that is asked for where pairs are written.
        target: Target language.
    """

    part: ClassVar[Any]
    source: ClassVar[str] = "ja"
    target: ClassVar[str] = "en"

    def concepts(self) -> Iterator[Concept]:
        """Yield concepts to write; override to try fields of your own."""
        for number, (ja, en) in enumerate(
            (("サーバー", "server"), ("停戦", "ceasefire"))
        ):
            record = Concept(f"{number:012x}")
            record.kind, record.domain, record.status = "term", "it", "preferred"
            record.definitions.append(Definition("en", f"What {en} means."))
            for lang, form, status in (
                (self.source, ja, "preferred"),
                (self.source, f"{ja}案", "deprecated"),
                (self.target, en, "preferred"),
            ):
                term = Term(lang, form)
                term.status, term.note = status, f"note on {form}"
                record.terms.append(term)
            yield record

    def pairs(self) -> Iterator[Segment]:
        """Yield pairs to write; override to try fields of your own."""
        for left, right in (("保存する", "Save"), ("<b>A & B</b>", 'Say "A & B"')):
            pair = Segment(left, right)
            pair.source_lang, pair.target_lang = self.source, self.target
            yield pair

    def test_it_names_itself(self) -> None:
        """NAME, SUFFIXES and DROPS are there and of the right types."""
        assert isinstance(self.part.NAME, str)
        assert self.part.NAME
        for suffix in self.part.SUFFIXES:
            assert suffix.startswith("."), suffix
            assert suffix == suffix.lower(), suffix
        assert all(isinstance(drop, str) and drop for drop in self.part.DROPS)

    def test_it_reads_or_writes(self) -> None:
        """A format without either could be used for nothing."""
        assert is_readable(self.part) or is_writable(self.part)

    def test_what_comes_back_or_is_named_as_lost(self, tmp_path: Path) -> None:
        """Each field that reading does not give back stands in the loss report."""
        if not hasattr(self.part, "write_records"):
            return
        path, losses = self._written(tmp_path)
        if not hasattr(self.part, "concepts"):
            return
        there = {
            cell
            for record in self.part.concepts(path)
            for cell in _stated_cells(record)
        }
        lost_fields = {field for field, _ in losses.fields}
        for record in self.concepts():
            for field, cell in _stated_cells(record):
                assert (field, cell) in there or field in lost_fields, (field, cell)

    def test_the_same_concepts_give_the_same_bytes(self, tmp_path: Path) -> None:
        """Nothing depends on a clock, a random number or the order of a set."""
        if hasattr(self.part, "write_records"):
            first, _ = self._written(tmp_path, "first")
            second, _ = self._written(tmp_path, "second")
            assert _bytes(first) == _bytes(second)

    def test_strict_refuses_what_would_be_lost(self, tmp_path: Path) -> None:
        """With ``strict`` a loss is an error, and the target stays what it was."""
        if not hasattr(self.part, "write_records"):
            return
        path = self._path(tmp_path)
        _, losses = self._written(tmp_path, "probe")
        _put(path, b"before")
        try:
            self.part.write_records(self.concepts(), path, **self._options, strict=True)
        except TermbankError:
            assert losses, "refused although nothing would be lost"
            assert _bytes(path) == b"before"
        else:
            assert not losses, "strict, and yet fields were lost"

    def test_a_failure_leaves_the_target_as_it_was(self, tmp_path: Path) -> None:
        """A file is replaced whole or not at all."""
        if not hasattr(self.part, "write_records"):
            return
        path = self._path(tmp_path)
        _put(path, b"before")

        def failing() -> Iterator[Concept]:
            yield from self.concepts()
            raise RuntimeError("the reader failed")

        try:
            self.part.write_records(failing(), path, **self._options)
        except RuntimeError:
            assert _bytes(path) == b"before"
        else:
            raise AssertionError("an error of the reader was swallowed")

    def test_an_option_it_does_not_know_is_ignored(self, tmp_path: Path) -> None:
        """Options of other formats may be among those given."""
        if hasattr(self.part, "write_records"):
            path = self._path(tmp_path)
            self.part.write_records(
                self.concepts(), path, **self._options, no_such_option=True
            )

    def test_pairs_come_back(self, tmp_path: Path) -> None:
        """A pair that is written is read with the same texts and languages."""
        if not hasattr(self.part, "write_segments"):
            return
        path = self._path(tmp_path)
        self.part.write_segments(self.pairs(), path, strict=False)
        if not hasattr(self.part, "segments"):
            return
        pairs_read = list(
            self.part.segments(path, source=self.source, target=self.target)
        )
        assert _texts(pairs_read) == _texts(self.pairs())

    def test_a_broken_file_is_an_error_of_input(self, tmp_path: Path) -> None:
        """What cannot be read raises a TermbankError or yields what is there."""
        for number, content in enumerate(_BROKEN):
            path = self._path(tmp_path, f"broken{number}")
            _put(path, content)
            for method in ("concepts", "segments"):
                if hasattr(self.part, method):
                    self._read_or_refuse(method, path)

    def _read_or_refuse(self, method: str, path: str) -> None:
        langs = {} if method == "concepts" else {"source": None, "target": None}
        try:
            for _ in getattr(self.part, method)(path, **langs):
                pass
        except TermbankError:
            return

    @property
    def _options(self) -> dict[str, str]:
        return {"source": self.source, "target": self.target}

    def _path(self, folder: Path, stem: str = "a") -> str:
        return str(folder / f"{stem}{self.part.SUFFIXES[0]}")

    def _written(self, folder: Path, stem: str = "a") -> tuple[str, Any]:
        path = self._path(folder, stem)
        losses = self.part.write_records(self.concepts(), path, **self._options)
        return path, losses


def _stated_cells(record: Concept) -> Iterator[tuple[str, tuple[str, ...]]]:
    # Identifiers are made anew by formats that carry none.
    return ((field, cell) for field, cell in cells(record) if field != "concepts.extra")


def _texts(pairs: Iterable[Segment]) -> list[tuple[str | None, ...]]:
    return [(p.source, p.target, p.source_lang, p.target_lang) for p in pairs]


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _put(path: str, content: bytes) -> None:
    with open(path, "wb") as file:
        file.write(content)
