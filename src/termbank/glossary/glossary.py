"""The glossary: four frames that never change; an edit returns a new glossary."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from termbank.arguments import require_language, require_path, require_texts
from termbank.errors import InputError, SchemaError
from termbank.messages import say
from termbank.schemas import Concepts, Decisions, Definitions, Terms, check_frame
from termbank.stores.addresses import is_address
from termbank.table_columns import KEYS

from . import applying, differences, editing, variant_lists
from .csv_folder import read_frames, write_frames
from .csv_tables import absent
from .frames import Frames
from .team_exchange import TeamBase, read_from_team, write_to_team

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime
    from typing import Any

    import dataframely as dy

    from termbank.formats.model.concept_records import Losses
    from termbank.proposal import Proposal
    from termbank.schemas import S

_SHOWN: Final = 20  # terms that a notebook shows
_SCHEMAS: Final[dict[str, Any]] = {
    "concepts": Concepts,
    "definitions": Definitions,
    "terms": Terms,
    "decisions": Decisions,
}


class Glossary:
    """Concepts, their definitions, their terms, and what people decided.

    Each edit returns a new glossary and writes down the decision, which every later
    reconciliation obeys. Two glossaries are equal when their rows are.

    Args:
        concepts: Frame of schema ``Concepts``; a concept that only a term or a
            definition names is added, of kind ``term``.
        definitions: Frame of schema ``Definitions``; an empty text is left out.
        terms: Frame of schema ``Terms``.
        decisions: Frame of schema ``Decisions``.

    Raises:
        SchemaError: A frame does not follow its schema; all faults are named.

    >>> Glossary.from_variants({"サーバー": ["サーバ", "サーバー機"]}, lang="ja")
    <Glossary: 1 concept, 3 terms (ja 3), 0 definitions, 0 decisions>
    """

    __slots__ = ("_base", "_frames", "_order")

    def __init__(
        self,
        concepts: pl.DataFrame | None = None,
        definitions: pl.DataFrame | None = None,
        terms: pl.DataFrame | None = None,
        decisions: pl.DataFrame | None = None,
    ) -> None:
        tables = {
            "concepts": concepts,
            "definitions": definitions,
            "terms": terms,
            "decisions": decisions,
        }
        frames = {name: _frame(name, frame) for name, frame in tables.items()}
        object.__setattr__(self, "_frames", _whole(frames))
        object.__setattr__(self, "_order", ())
        object.__setattr__(self, "_base", None)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a Glossary never changes; its edits return a new one")

    @property
    def concepts(self) -> dy.DataFrame[Concepts]:
        """Concepts, sorted by concept_id."""
        return self._copy("concepts", Concepts)

    @property
    def definitions(self) -> dy.DataFrame[Definitions]:
        """Definitions, sorted by concept_id and language."""
        return self._copy("definitions", Definitions)

    @property
    def terms(self) -> dy.DataFrame[Terms]:
        """Terms, sorted by concept_id, language and form."""
        return self._copy("terms", Terms)

    @property
    def decisions(self) -> dy.DataFrame[Decisions]:
        """Decisions, sorted by language, action and forms."""
        return self._copy("decisions", Decisions)

    _frames: dict[str, Any]
    # Identifiers in the order of the file that was read: exports keep it, as tools that
    # take one translation for a term take the first.
    _order: tuple[str, ...]
    # What was read from a team's store: only the difference is written back.
    _base: TeamBase | None

    def _with_frames(self, new: Frames) -> Glossary:
        # What an edit leaves alone was checked before.
        frames = {
            name: frame if frame is self._frames[name] else _frame(name, frame)
            for name, frame in new._asdict().items()
        }
        glossary = object.__new__(type(self))
        object.__setattr__(glossary, "_frames", _whole(frames))
        object.__setattr__(glossary, "_order", self._order)
        object.__setattr__(glossary, "_base", self._base)
        return glossary

    def _copy(self, name: str, _schema: type[S]) -> dy.DataFrame[S]:
        # Cheap (the columns are shared); Polars can change a frame in place.
        clone: dy.DataFrame[S] = self._frames[name].clone()
        return clone

    @classmethod
    def read(
        cls,
        path: str | Path,
        *,
        format: str | None = None,  # noqa: A002
    ) -> Glossary:
        """Return the glossary of a folder or of a file in any format we read.

        Args:
            path: Folder with ``terms.csv`` (the other three files may be absent), a
                file of a format that :mod:`termbank.formats` reads, or the address of a
                team's store (``postgresql://…``).
            format: Name of the file's format; told by the file itself where absent.

        Raises:
            FormatError: A file breaks the rules of its format; with the line.
            InputError: There is no such file or folder.
            StoreError: The team's store is out of reach.
        """
        require_path("path", path)
        if is_address(path):
            return _of_team(cls, str(path))
        place = Path(path)
        if place.is_dir():
            return cls(**read_frames(place))
        if not place.exists():
            raise absent(str(place))
        from termbank.formats import read_concepts, read_decisions
        from termbank.formats.model.record_frames import decisions_frame, frames_of

        frames, _ = frames_of(read_concepts(place, name=format))
        decision_rows = read_decisions(place, name=format)
        decisions = decisions_frame(decision_rows) if decision_rows else None
        glossary = cls(**frames, decisions=decisions)
        order = tuple(frames["concepts"]["concept_id"])
        object.__setattr__(glossary, "_order", order)
        return glossary

    @classmethod
    def shipped(cls) -> Glossary:
        """Return the reviewed glossary that comes with termbank."""
        from termbank.glossary_places import shipped_folder

        return cls.read(shipped_folder())

    @classmethod
    def from_variants(
        cls, mapping: Mapping[str, Iterable[str]], *, lang: str
    ) -> Glossary:
        """Return a glossary of preferred forms and the spellings that give way.

        Args:
            mapping: Preferred form to its deprecated spellings.
            lang: BCP 47 tag of all forms.

        Raises:
            GlossaryError: A variant of one word is preferred, or a variant of another.

        >>> quick = Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja")
        >>> quick.terms.select("form", "status").rows()
        [('サーバ', 'deprecated'), ('サーバー', 'preferred')]
        """
        require_language("lang", lang, optional=False)
        if not hasattr(mapping, "items"):
            problem = f"{type(mapping).__name__} {mapping!r}"[:80]
            raise InputError("mapping", problem, '{"サーバー": ["サーバ", …]}')
        for form, variants in mapping.items():
            if not isinstance(variants, str):
                require_texts(f"mapping[{form!r}]", variants)
        return cls(**variant_lists.frames(mapping, lang))

    def write(self, path: str | Path) -> None:
        """Write a folder of four sorted CSV files, or a file by its suffix.

        A folder's files are replaced only when all four are complete.

        Args:
            path: Folder (made where absent), or a file with a suffix that
                :mod:`termbank.formats` knows; the last part of a folder's name must
                then not look like a file's. At the address of a team's store only what
                differs from the glossary that was read there is written.

        Raises:
            InputError: It cannot be written there.
            ConflictError: Others changed the same concepts since this glossary, or the
                one it was edited from, was read; nothing is written.
            StoreError: The team's store is out of reach, or refuses.
        """
        require_path("path", path)
        if is_address(path):
            write_to_team(self._base, self._frames, str(path))
            return
        place = Path(path)
        if place.is_dir() or not place.suffix:
            write_frames(place, self._frames)
        else:
            self.export(place)

    def export(
        self,
        path: str | Path,
        *,
        format: str | None = None,  # noqa: A002
        **options: Any,
    ) -> Losses:
        """Write a file of another format and return what the format could not carry.

        Args:
            path: File to replace; after a failure it is what it was, to the byte.
            format: Name of the format; the suffix of ``path`` decides where absent.
            options: Of the format: ``source``, ``target``, ``strict`` …

        Returns:
            What was lost, counted by field and reason; false where nothing was.

        Raises:
            InputError: It cannot be written there, or no format has its suffix.
            PluginError: There is no such format.
        """
        require_path("path", path)
        from termbank.formats import write_concepts
        from termbank.formats.model.record_frames import decision_rows, records_of

        records = records_of(
            self.concepts, self.definitions, self.terms, order=self._order
        )
        decisions = decision_rows(self.decisions)
        return write_concepts(
            records, path, name=format, decisions=decisions, **options
        )

    def apply(self, proposal: Proposal) -> Glossary:
        """Return the glossary with the concepts and terms that it lacked.

        Rows that are there stay as they are; a concept of the proposal that shares a
        form with one of the glossary adds its other forms to it. Decisions are obeyed:
        rejected forms stay out, forms decided to be different come into concepts of
        their own, forms decided to be the same into one. Applying once more changes
        nothing.

        Only a person approves: every new concept comes in as ``proposed``. Of a
        proposal made from mentions, all names, known forms and the 200 best new terms
        come in, as with ``termbank build``.

        Args:
            proposal: From :func:`termbank.reconcile`. Forms keep their statuses:
                ``proposed`` where the machine is unsure.
        """
        from termbank.reconciliation.review_selection import select

        selection = select(proposal, self)
        return self._with_frames(
            applying.apply_proposal(Frames(**self._frames), selection)
        )

    def prefer(
        self,
        form: str,
        *,
        lang: str = "ja",
        concept: str | None = None,
        reason: str | None = None,
        since: date | None = None,
        who: str | None = None,
        when: datetime | None = None,
    ) -> Glossary:
        """Return the glossary with ``form`` preferred; the former one is admitted.

        Args:
            form: A form of the glossary, in any width or case.
            lang: Its language.
            concept: concept_id, needed only where several concepts have the form.
            reason: Why; kept with the form and with the decision.
            since: From when the status holds.
            who: Person that decides.
            when: Time of the decision, UTC; no clock is read.

        Raises:
            GlossaryError: No such form, or several concepts have it.
        """
        edit = editing.Edit(lang, concept, reason, since, who, when)
        return self._with_frames(
            editing.with_status(Frames(**self._frames), form, "prefer", edit)
        )

    def admit(
        self,
        form: str,
        *,
        lang: str = "ja",
        concept: str | None = None,
        reason: str | None = None,
        since: date | None = None,
        who: str | None = None,
        when: datetime | None = None,
    ) -> Glossary:
        """Return the glossary with ``form`` allowed beside the preferred one.

        Raises:
            GlossaryError: As :meth:`prefer`; or ``form`` is the preferred one.
        """
        edit = editing.Edit(lang, concept, reason, since, who, when)
        return self._with_frames(
            editing.with_status(Frames(**self._frames), form, "admit", edit)
        )

    def retire(
        self,
        form: str,
        *,
        lang: str = "ja",
        concept: str | None = None,
        reason: str | None = None,
        since: date | None = None,
        who: str | None = None,
        when: datetime | None = None,
    ) -> Glossary:
        """Return the glossary with ``form`` deprecated.

        Raises:
            GlossaryError: As :meth:`prefer`; or ``form`` is the preferred one.

        >>> names = Glossary.from_variants({"キエフ": ["キーウ"]}, lang="ja")
        >>> names.prefer("キーウ").retire("キエフ").terms.select("form", "status").rows()
        [('キエフ', 'deprecated'), ('キーウ', 'preferred')]
        """
        edit = editing.Edit(lang, concept, reason, since, who, when)
        return self._with_frames(
            editing.with_status(Frames(**self._frames), form, "retire", edit)
        )

    def reject(
        self,
        form: str,
        *,
        lang: str = "ja",
        concept: str | None = None,
        reason: str | None = None,
        who: str | None = None,
        when: datetime | None = None,
    ) -> Glossary:
        """Return the glossary without ``form``, which no later run proposes again.

        Raises:
            GlossaryError: As :meth:`prefer`; or ``form`` is the preferred one beside
                others.
        """
        edit = editing.Edit(lang, concept, reason, None, who, when)
        return self._with_frames(editing.without(Frames(**self._frames), form, edit))

    def merge(
        self,
        left: str,
        right: str,
        *,
        lang: str = "ja",
        reason: str | None = None,
        who: str | None = None,
        when: datetime | None = None,
    ) -> Glossary:
        """Return the glossary with the concepts of two forms made one.

        The concept of ``left`` stays, with its preferred forms and definitions; those
        of ``right`` come in as admitted.

        Raises:
            GlossaryError: No such form, several concepts have one, or both are of one.
        """
        edit = editing.Edit(lang, None, reason, None, who, when)
        return self._with_frames(
            editing.merge_concepts(Frames(**self._frames), left, right, edit)
        )

    def split(
        self,
        form: str,
        *others: str,
        lang: str = "ja",
        concept: str | None = None,
        reason: str | None = None,
        who: str | None = None,
        when: datetime | None = None,
    ) -> Glossary:
        """Return the glossary with forms of one concept moved to a concept of their own.

        Args:
            form: Preferred form of the new concept.
            others: More forms of the same concept that go with it.
            lang: Language of the forms.
            concept: concept_id, needed only where several concepts have the form.
            reason: Why.
            who: Person that decides.
            when: Time of the decision, UTC.

        Raises:
            GlossaryError: No such form, or nothing would be left of the old concept.
        """
        edit = editing.Edit(lang, concept, reason, None, who, when)
        return self._with_frames(
            editing.split_concept(Frames(**self._frames), (form, *others), edit)
        )

    def diff(self, other: Glossary) -> pl.DataFrame:
        """Return what turns this glossary into ``other``, sorted.

        Returns:
            One row a changed value: ``table``, ``key`` (parts joined by a space),
            ``change`` (added, removed, changed), ``column``, ``before``, ``after``;
            for an added or removed row ``column`` is empty and its values stand in
            one text.
        """
        return differences.between(self._frames, other._frames)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Glossary):
            return NotImplemented
        return all(
            frame.equals(other._frames[name]) for name, frame in self._frames.items()
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(self._frames.values())

    __hash__ = None  # type: ignore[assignment]  # equal by content, which may be large

    def __repr__(self) -> str:
        counts = self._frames["terms"]["lang"].value_counts().sort("lang").rows()
        by_lang = ", ".join(f"{lang} {count}" for lang, count in counts)
        return (
            f"<Glossary: {_count(self._frames['concepts'].height, 'concept')}, "
            f"{_count(self._frames['terms'].height, 'term')}"
            f"{f' ({by_lang})' if by_lang else ''}, "
            f"{_count(self._frames['definitions'].height, 'definition')}, "
            f"{_count(self._frames['decisions'].height, 'decision')}>"
        )

    def _repr_html_(self) -> str:
        from termbank.text.columns import html_table

        terms = self._frames["terms"]
        columns = ("form", "lang", "status", "reading", "note")
        rows = terms.select(columns).head(_SHOWN).iter_rows()
        cells = [[cell or "" for cell in row] for row in rows]
        return html_table(repr(self), columns, cells)


def _of_team(kind: type[Glossary], address: str) -> Glossary:
    base = read_from_team(address)
    glossary = kind(**base.frames)
    object.__setattr__(glossary, "_base", base)
    return glossary


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _frame(name: str, frame: pl.DataFrame | None) -> pl.DataFrame:
    """Return a checked frame in the one order, empty texts of it null."""
    schema = _SCHEMAS[name]
    if frame is None:
        empty: pl.DataFrame = schema.create_empty()
        return empty
    if not isinstance(frame, pl.DataFrame):
        expected = say(
            f"Polars のフレーム ({name})。ファイルなら Glossary.read(パス)",
            f"a Polars frame of {name}; for a file Glossary.read(path)",
        )
        raise InputError(name, f"{type(frame).__name__} {frame!r}"[:80], expected)
    nullable = [
        column
        for column, kind in schema.columns().items()
        if kind.nullable and frame.schema.get(column) == pl.String
    ]
    clean_frame = frame.with_columns(pl.col(nullable).replace("", None))
    if name == "decisions" and "right" in frame.columns:
        clean_frame = clean_frame.with_columns(pl.col("right").fill_null(""))
    rows = check_frame(schema, clean_frame, name).sort(KEYS[name])
    if name == "definitions":
        rows = rows.filter(pl.col("text") != "")
    _refuse_what_no_file_holds(name, rows)
    return rows


def _refuse_what_no_file_holds(name: str, frame: pl.DataFrame) -> None:
    texts = pl.col(pl.String)
    with_nul = frame.select(texts.str.contains("\0", literal=True).any())
    faults = [
        say(f"列 {column} に NUL 文字があります", f"column {column} holds a NUL")
        for column in with_nul.columns
        if with_nul[column][0]
    ]
    for column in ("lang", "left"):
        if column in frame.columns and (frame[column] == "").any():
            faults.append(
                say(
                    f"列 {column} に空の値があります",
                    f"column {column} has an empty value",
                )
            )
    if faults:
        raise SchemaError(name, tuple(faults))


def _whole(frames: dict[str, Any]) -> dict[str, Any]:
    """Return frames with a concept for each term and definition."""
    concepts = frames["concepts"]
    used = [frames[name].select("concept_id") for name in ("definitions", "terms")]
    absent = pl.concat(used).unique().join(concepts, on="concept_id", how="anti")
    if absent.is_empty():
        return frames
    new_concepts = absent.with_columns(kind=pl.lit("term"), status=pl.lit("preferred"))
    both = pl.concat([concepts, check_frame(Concepts, new_concepts, "concepts")])
    return {**frames, "concepts": _frame("concepts", both)}
