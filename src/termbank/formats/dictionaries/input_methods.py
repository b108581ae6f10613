"""Word lists for Japanese input methods: Mozc and Google, MS-IME, ATOK.

Keeps: Japanese forms that may be used, readings, the kinds person, place, organization.
Drops: forms without a reading, forms to avoid, other languages (the preferred rendering
is a comment), definitions, all other fields.

Source: mozc, user_dictionary_importer.cc and third_party_pos_map.def, which read the
lists of all three.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from termbank.atomic_files import replacing_bytes
from termbank.formats.model.concept_records import Concept, Losses, Term
from termbank.formats.model.loss_count import count_lost
from termbank.text.kana import hiragana
from termbank.text.language_tags import answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_USABLE: Final = ("preferred", "admitted", "")
_READING: Final = re.compile("[ぁ-ゖー]+")
_SEPARATORS: Final = re.compile(r"[\s・＝=‐-]+")
_UNSAFE: Final = re.compile(r"[\t\r\n\x00-\x1f\x7f]")
_CARRIED_KINDS: Final = ("person", "place", "organization")


class Dialect(NamedTuple):
    """How an input method wants its list.

    Attributes:
        name: Format name.
        first_line: By which it is recognised; empty for none.
        encoding: Of the file, with a byte order mark where UTF-16.
        newline: Line end.
        parts_of_speech: By kind; ``term`` is the noun.
        longest_reading: Code points.
        longest_form: Code points.
        commented: Whether a fourth column is a comment.
    """

    name: str
    first_line: str
    encoding: str
    newline: str
    parts_of_speech: dict[str, str]
    longest_reading: int
    longest_form: int
    commented: bool


class WordList:
    """The list of one input method as a format."""

    DROPS: Final = (
        *("forms without a reading", "forms to avoid", "other languages"),
        *("definitions", "all fields but the reading"),
    )
    SUFFIXES: Final = (".txt",)
    CHOSEN_BY_SUFFIX: Final = False

    def __init__(self, dialect: Dialect) -> None:
        self.NAME, self._dialect = dialect.name, dialect

    def write_records(
        self,
        records: Iterable[Concept],
        path: str,
        *,
        target: str = "en",
        strict: bool = False,
        **_: Any,
    ) -> Losses:
        """Write one line for each Japanese form that has a reading.

        Args:
            records: Concepts.
            path: File to replace.
            target: Language of the comment.
            strict: Whether to raise, with nothing written, when a field would be lost.
        """
        dialect, losses = self._dialect, Losses()
        written: set[tuple[str, str]] = set()
        with replacing_bytes(path) as file:
            if dialect.encoding.startswith("utf-16"):
                file.write("\ufeff".encode(dialect.encoding))
            lines = [dialect.first_line] if dialect.first_line else []
            for line in lines:
                file.write(f"{line}{dialect.newline}".encode(dialect.encoding))
            for record in records:
                for line in self._lines(record, target, written, losses):
                    file.write(f"{line}{dialect.newline}".encode(dialect.encoding))
            if strict:
                losses.refuse(path)
        return losses

    def _lines(
        self,
        record: Concept,
        target: str,
        written: set[tuple[str, str]],
        losses: Losses,
    ) -> Iterator[str]:
        dialect, carried_concept = self._dialect, Concept()
        if record.kind in _CARRIED_KINDS:
            carried_concept.kind = record.kind
        reasons: dict[str, str] = {}
        for term in record.terms:
            if not answers(term.lang, "ja"):
                continue
            reading = _reading(term)
            why = self._fault(term, reading, written)
            if why:
                reasons[term.form] = why
                continue
            written.add((reading, term.form))
            again = Term(term.lang, term.form)
            again.reading = term.reading
            carried_concept.terms.append(again)
            kind = dialect.parts_of_speech.get(record.kind)
            cells = [reading, term.form, kind or dialect.parts_of_speech["term"]]
            comment = _rendering(record, target) if dialect.commented else ""
            yield "\t".join([*cells, comment] if comment else cells)

        def reason(_field: str, cell: tuple[str, ...]) -> str:
            return (reasons.get(cell[1], "") if len(cell) > 1 else "") or _NO_PLACE

        count_lost(record, [carried_concept], losses, reason)

    def _fault(self, term: Term, reading: str, written: set[tuple[str, str]]) -> str:
        """Return why an input method would not take a form, empty where it would."""
        dialect = self._dialect
        if term.status not in _USABLE:
            return "to be avoided or not approved"
        if not term.form or _UNSAFE.search(term.form):
            return "control characters" if term.form else "an empty form"
        if not _READING.fullmatch(reading):
            return "no reading in kana"
        if (
            len(reading) > dialect.longest_reading
            or len(term.form) > dialect.longest_form
        ):
            return "longer than the input method takes"
        return "already there" if (reading, term.form) in written else ""


_NO_PLACE: Final = "no place in the list of an input method"


def _reading(term: Term) -> str:
    """Return the reading as one types it: hiragana without separators."""
    return _SEPARATORS.sub("", hiragana(term.reading or term.form))


def _rendering(record: Concept, target: str) -> str:
    forms = [t for t in record.terms if answers(t.lang, target) and t.status in _USABLE]
    best = next(
        (t for t in forms if t.status == "preferred"), forms[0] if forms else None
    )
    return " ".join(best.form.split()) if best else ""


MOZC: Final = WordList(
    Dialect(
        "mozc",
        "",
        "utf-8",
        "\n",
        {
            **{
                "term": "名詞",
                "person": "人名",
                "place": "地名",
                "organization": "組織",
            },
            **{"product": "固有名詞", "event": "固有名詞"},
        },
        longest_reading=85,  # 255 bytes
        longest_form=85,
        commented=True,
    )
)
MSIME: Final = WordList(
    Dialect(
        "msime",
        "!Microsoft IME Dictionary Tool",
        "utf-16-le",
        "\r\n",
        {
            **{"term": "名詞", "person": "人名", "place": "地名その他"},
            **{"organization": "固有名詞", "product": "固有名詞", "event": "固有名詞"},
        },
        longest_reading=60,
        longest_form=60,
        commented=True,
    )
)
ATOK: Final = WordList(
    Dialect(
        "atok",
        "!!ATOK_TANGO_TEXT_HEADER_1",
        "utf-16-le",
        "\r\n",
        {
            **{"term": "名詞", "person": "固有人他", "place": "固有地名"},
            **{"organization": "固有組織", "product": "固有商品", "event": "固有一般"},
        },
        longest_reading=32,
        longest_form=100,
        commented=False,
    )
)
