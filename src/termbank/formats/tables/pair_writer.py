"""Tables of term pairs: two languages, one row a pair, the limits of each tool kept."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from termbank.errors import InputError
from termbank.formats.model.concept_records import Concept, Losses, Term
from termbank.formats.model.loss_count import Cell, count_lost
from termbank.formats.safe_files import replacing
from termbank.messages import say
from termbank.text.language_tags import answers
from termbank.text.term_notes import usage

from .column_layouts import Column, Layout, header_row
from .dialects import LANGUAGE_NAMES, STATUS_LABELS, Dialect
from .record_reader import Meaning, escaped, group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_APPROVED: Final = ("preferred", "admitted", "")
_UNWRITABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# In comments, which people of either language read.
_STATUS_NAMES: Final = {
    "proposed": "未承認 (proposed)",
    "deprecated": "非推奨 (deprecated)",
    "forbidden": "使用禁止 (forbidden)",
}
_REASONS: Final = 3  # lines of the loss report that an error repeats
_MANY: Final = re.compile(r"\s+")
Row = dict[str, str]


class PairWriter:
    """Writes concepts as pairs of one dialect.

    Attributes:
        losses: What could not be written; complete at the end.
    """

    def __init__(
        self,
        dialect: Dialect,
        source: str,
        target: str,
        *,
        regions: bool = False,
        escape: bool = False,
        refuse_empty: bool = False,
    ) -> None:
        self._dialect, self._escape = dialect, escape
        self._refuse_empty = refuse_empty and dialect.approved
        self._source, self._target, self._regions = source, target, regions
        self.losses = Losses()
        self._taken: set[tuple[str, str]] = set()
        self._seen: dict[str, str] = {}
        self._size = 0
        self._meaning = Meaning(layout(dialect), source, target)
        self._why: dict[tuple[str, str], str] = {}

    def write(
        self, records: Iterable[Concept], path: str, *, strict: bool = False
    ) -> Losses:
        """Write all pairs; a file is replaced only when it is complete."""
        with replacing(path) as file:
            if self._dialect.mark:
                file.write("\ufeff")
            header = self.header()
            if header:
                line = self.line(header)
                self._size += len(line.encode())
                file.write(line)
            written = False
            for record in records:
                for cells in self.rows(record):
                    if not written and self._looks_like_header(cells):
                        file.write(f"# {self._source}\t{self._target}\n")
                    file.write(self.line(cells))
                    written = True
            if self._refuse_empty and not written:
                raise self._nothing(path)
            if strict:
                self.losses.refuse(path)
        return self.losses

    def _looks_like_header(self, cells: list[str]) -> bool:
        """Say whether a first row would be read as names of columns.

        OmegaT's files have no header; a comment with the languages then says so.
        """
        return self._dialect.shape == "omegat" and header_row([cells]) == 0

    def _nothing(self, path: str) -> InputError:
        """Return the error for a file that a service would take as an empty glossary."""
        both = f"{self._source}, {self._target}"
        problem = say(
            f"両方の言語 ({both}) がそろう行がありません",
            f"no row with both languages ({both})",
        )
        reasons = "; ".join(self.losses.lines()[:_REASONS])
        problem += f": {reasons}" if reasons else ""
        expected = say(
            "承認済みの語形が両方の言語にある用語集。言語は --source と --target",
            "approved forms in both languages; choose them with --source and --target",
        )
        return InputError(path, problem, expected)

    def header(self) -> list[str]:
        """Return the names of the columns, empty where the tool wants none."""
        names = {
            "source": self._source,
            "target": self._target,
            "Source": LANGUAGE_NAMES.get(self._source[:2], self._source),
            "Target": LANGUAGE_NAMES.get(self._target[:2], self._target),
        }
        return [name.format(**names) for name in self._dialect.header]

    def line(self, cells: Iterable[str]) -> str:
        """Return a row as the dialect writes it."""
        dialect = self._dialect
        if self._escape:
            cells = map(escaped, cells)
        if dialect.separator == "\t":
            return "\t".join(cells) + dialect.newline
        out = io.StringIO()
        csv.writer(out, lineterminator=dialect.newline).writerow(list(cells))
        return out.getvalue()

    def rows(self, record: Concept) -> Iterator[list[str]]:
        """Yield the rows of one concept and count what they do not carry."""
        self._why = {}
        written: list[list[str]] = []
        pairs = list(self._pairs(record))
        for source, target in pairs:
            row = self._cells(record, source, target, source is not pairs[0][0])
            fault = self._fault(row)
            if fault:
                self._why[source.lang, source.form] = fault
                self.losses.leave_out(f"{source.form} → {target.form}", fault)
                continue
            written.append(row)
            self._accept(row)
        again = [self._meaning.record(0, cells) for cells in written]
        if "concept_id" in self._dialect.fields:
            again = list(group(again))
        for other in again:
            self._name_languages(other, record)
        count_lost(record, again, self.losses, self._reason)
        yield from written

    def _pairs(self, record: Concept) -> Iterator[tuple[Term, Term]]:
        sources = self._side(record, self._source)
        targets = self._side(record, self._target)
        if not sources or not targets:
            return
        best_source, best_target = _best(sources), _best(targets)
        yield best_source, best_target
        for source in sources:
            if source is not best_source:
                yield source, best_target
        # A tool that translates takes one translation; a person wants them all.
        if not self._dialect.unique:
            for target in targets:
                if target is not best_target:
                    yield best_source, target

    def _side(self, record: Concept, lang: str) -> list[Term]:
        terms = []
        for term in record.terms:
            if not term.form or not self._speaks(term.lang, lang):
                continue
            if self._dialect.approved and term.status not in _APPROVED:
                self._why[term.lang, term.form] = f"status {term.status}"
                continue
            if lang == self._target and self._warns_in_comments and _is_retired(term):
                self._why[term.lang, term.form] = "to be avoided: in the comment only"
                continue
            terms.append(term)
        return terms

    def _speaks(self, tag: str, lang: str) -> bool:
        if tag.casefold() == lang.casefold():
            return True
        if self._regions and answers(tag, lang):
            if (tag.casefold(), lang) not in self._taken:
                self._taken.add((tag.casefold(), lang))
                self.losses.rows.append(
                    say(f"{tag} を {lang} とみなしました", f"{tag} taken as {lang}")
                )
            return True
        return False

    def _cells(
        self, record: Concept, source: Term, target: Term, variant: bool
    ) -> list[str]:
        """Return a row; that of a variant source speaks of the source."""
        values: Row = {
            "source": source.form,
            "target": target.form,
            "concept_id": record.id,
            "domain": record.domain,
            "status": self._label(source.status if variant else target.status),
            "context": target.context,
            "target_lang": target.lang,
            "note": target.note,
        }
        if self._warns_in_comments:
            values["note"] = self._comment(record, source, target)
        cells = [values[field] for field in self._dialect.fields]
        if self._dialect.separator == "\t":
            cells = [_MANY.sub(" ", c) if _UNWRITABLE.search(c) else c for c in cells]
        if self._dialect.shape == "omegat":
            while cells and not cells[-1]:
                cells.pop()
        return cells

    @property
    def _warns_in_comments(self) -> bool:
        """Whether the tool shows people a comment and knows no status.

        OmegaT offers every target of a table alike, sorted by its letters, so that a
        form to avoid must not be one.
        """
        return self._dialect.shape == "omegat"

    def _comment(self, record: Concept, source: Term, target: Term) -> str:
        """Return what a translator should know before using a row."""
        preferred = _best(self._side(record, self._source))
        retired_forms = [
            term.form
            for term in record.terms
            if term.form and self._speaks(term.lang, self._target) and _is_retired(term)
        ]
        parts = [
            f"原文は{_STATUS_NAMES[source.status]} → {preferred.form}"
            if _is_retired(source) and source is not preferred
            else "",
            _STATUS_NAMES["proposed"] if target.status == "proposed" else "",
            self._better(record, target),
            f"使わない (avoid): {', '.join(retired_forms)}" if retired_forms else "",
            usage(target.note),
        ]
        return "; ".join(filter(None, parts))

    def _better(self, record: Concept, target: Term) -> str:
        """Return which rendering to prefer to an admitted one: OmegaT sorts by letters."""
        best = _best(self._side(record, self._target))
        better = best.status == "preferred" and target.status == "admitted"
        return f"推奨 (preferred): {best.form}" if better else ""

    def _label(self, status: str) -> str:
        return STATUS_LABELS.get(self._dialect.name, {}).get(status, status)

    def _fault(self, cells: list[str]) -> str:
        """Return why the tool would not take a row, empty where it would."""
        dialect = self._dialect
        source, target = self._sides(cells)
        longest = max(len(source.encode()), len(target.encode()))
        size = self._size + len(self.line(cells).encode())
        written_target = self._seen.get(source) if dialect.unique else None
        is_comment = dialect.shape == "omegat" and cells[0].startswith("#")
        odd = dialect.approved and _UNWRITABLE.search(source + target)
        over = f"the file would pass {dialect.file_bytes:,} bytes"
        reasons = (
            (not source.strip() or not target.strip(), "an empty side"),
            (is_comment, "would be read as a comment"),
            (odd, "control characters"),
            (
                0 < dialect.side_bytes < longest,
                f"over {dialect.side_bytes:,} bytes a side",
            ),
            (written_target == target, "already there"),
            (written_target is not None, f"already there as {written_target!r}"),
            (0 < dialect.file_bytes < size, over),
        )
        return next((why for wrong, why in reasons if wrong), "")

    def _sides(self, cells: list[str]) -> tuple[str, str]:
        fields = self._dialect.fields
        at = fields.index("target")
        return cells[fields.index("source")], cells[at] if at < len(cells) else ""

    def _accept(self, cells: list[str]) -> None:
        source, target = self._sides(cells)
        if self._dialect.unique:
            self._seen[source] = target
        self._size += len(self.line(cells).encode())

    def _name_languages(self, other: Concept, record: Concept) -> None:
        """Give forms that were read back the regional tag they were written with."""
        tags = {term.form: term.lang for term in record.terms}
        for term in other.terms:
            tag = tags.get(term.form, term.lang)
            if self._speaks(tag, term.lang):
                term.lang = tag

    def _reason(self, name: str, cell: Cell) -> str:
        if name.startswith("terms."):
            for (lang, form), why in self._why.items():
                if (lang.casefold(), form) == cell[:2]:
                    return why
            if name == "terms.form":
                sides = (self._source, self._target)
                if not any(self._speaks(cell[0], lang) for lang in sides):
                    return "another language"
                return "no pair for it"
        return f"no column in {self._dialect.name}"


def layout(dialect: Dialect) -> Layout:
    """Return what the columns of a dialect hold, for reading its rows back."""
    columns = tuple(
        Column("form", "", field, field)
        if field in ("source", "target")
        else Column(field, "", "", field)
        for field in dialect.fields
    )
    return Layout("pair", columns, bool(dialect.header))


def _is_retired(term: Term) -> bool:
    return term.status in _STATUS_NAMES and term.status != "proposed"


def _best(terms: list[Term]) -> Term:
    for status in ("preferred", "", "admitted"):
        for term in terms:
            if term.status == status:
                return term
    return terms[0]
