"""Cards for Anki as tab-separated text: Japanese, English, note.

Keeps: the preferred form of both languages, the note on the Japanese form.
Drops: all other languages, forms and fields.
"""

from termbank.errors import FormatError
from termbank.formats.model.concept_records import Concept, Losses, Term
from termbank.formats.model.loss_count import count_lost
from termbank.formats.safe_files import chunks, replacing

NAME = "anki"
SUFFIXES = (".anki",)
DROPS = (
    "all languages but two",
    "all forms but the preferred",
    "all fields but the note",
)


def recognise(head):
    """Whether the text begins with Anki's own first line."""
    return head.text.startswith("#separator:tab")


def concepts(path):
    """Yield one concept a card."""
    try:
        text = b"".join(chunks(path)).decode("utf-8")
    except UnicodeDecodeError:
        raise FormatError(path, 1, "bytes that are no UTF-8", "UTF-8 text") from None
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 3:
            raise FormatError(
                path, number, f"{len(cells)} cells", "3 cells: ja, en, note"
            )
        yield _card(*cells)


def write_records(records, path, *, strict=False, **_):
    """Write one card a concept that has both languages; return what was lost."""
    losses = Losses()
    with replacing(path) as file:
        file.write("#separator:tab\n")
        for record in records:
            ja, en = _preferred(record, "ja"), _preferred(record, "en")
            card = (
                [_card(_cell(ja.form), _cell(en.form), _cell(ja.note))]
                if ja and en
                else []
            )
            for made in card:
                left, right = made.terms
                file.write(f"{left.form}\t{right.form}\t{left.note}\n")
            count_lost(record, card, losses, lambda *_: "no place on a card")
        if strict:
            losses.refuse(path)
    return losses


def _card(ja, en, note):
    record = Concept()
    for lang, form in (("ja", ja), ("en", en)):
        term = Term(lang, form)
        term.status = "preferred"
        record.terms.append(term)
    record.terms[0].note = note
    return record


def _preferred(record, lang):
    terms = [term for term in record.terms if term.lang == lang]
    return next((term for term in terms if term.status in ("preferred", "")), None)


def _cell(text):
    return " ".join(text.split())
