"""Writing pairs as a gettext catalogue, singular and plural of a message together."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final

from termbank.formats.model.concept_records import Losses
from termbank.formats.model.plural_forms import has_plurals
from termbank.formats.model.segment_writers import count_rest
from termbank.text.language_tags import primary_language

from .po_messages import escape
from .safe_files import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termbank.formats.model.concept_records import Segment

# What gettext takes for a language; of others the file says nothing.
_ONE_FORM: Final = "nplurals=1; plural=0;"
_TWO_FORMS: Final = {"en": "nplurals=2; plural=(n != 1);"}


def write_po(pairs: Iterable[Segment], path: str, *, strict: bool = False) -> Losses:
    """Write pairs as a PO file; of pairs with one source only the first stays."""
    losses = Losses()
    message_keys: set[tuple[str, str]] = set()
    begun = False
    with replacing(path) as file:
        for pair, plural in _messages(pairs):
            if not begun:
                _write_header(file, pair.source_lang, pair.target_lang)
                begun = True
            _write_message(file, pair, plural, message_keys, losses)
        if not begun:
            _write_header(file, None, None)
        if strict:
            losses.refuse(path)
    return losses


def _messages(pairs: Iterable[Segment]) -> Iterator[tuple[Segment, Segment | None]]:
    """Yield the pairs, each with the plural that follows it, if one does."""
    singular: Segment | None = None
    for pair in pairs:
        if singular is not None and _is_plural(pair, singular):
            yield singular, pair
            singular = None
            continue
        if singular is not None:
            yield singular, None
        singular = pair
    if singular is not None:
        yield singular, None


def _is_plural(pair: Segment, singular: Segment) -> bool:
    return (
        bool(pair.source and singular.source)
        and pair.plural_of == singular.source
        and not singular.plural_of
        and _context(pair) == _context(singular)
        and (pair.target is None) == (singular.target is None)
    )


def _context(pair: Segment) -> str:
    # Older exports name the context in the identifier, as gettext's own tables do.
    before, separator, _ = (pair.segment_id or "").partition("\x04")
    return pair.context or (before if separator else "")


def _write_header(file: IO[str], source: str | None, lang: str | None) -> None:
    file.write('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n')
    if lang:
        file.write(f'"Language: {escape(lang.replace("-", "_"))}\\n"\n')
        forms = _TWO_FORMS.get(primary_language(lang), "")
        if not has_plurals(lang):
            forms = _ONE_FORM
        if forms:
            file.write(f'"Plural-Forms: {forms}\\n"\n')
    if source and source != "en":  # what readers take msgid for where nothing is said
        file.write(f'"X-Source-Language: {escape(source)}\\n"\n')


def _write_message(
    file: IO[str],
    pair: Segment,
    plural: Segment | None,
    message_keys: set[tuple[str, str]],
    losses: Losses,
) -> None:
    key = (_context(pair), pair.source)
    if not pair.source:
        losses.leave_out(pair.target or "", "an empty side")
        losses.add("segments.target", "an empty side")
        return
    if key in message_keys:
        for second in filter(None, (pair, plural)):
            losses.leave_out(second.source[:60], "already there")
            losses.add("segments.source", "a second message with one source")
        return
    message_keys.add(key)
    lines = ["", f'msgid "{escape(pair.source)}"']
    if key[0]:
        lines.insert(1, f'msgctxt "{escape(key[0])}"')
    if plural is None:
        lines.append(f'msgstr "{escape(pair.target or "")}"')
    else:
        lines.append(f'msgid_plural "{escape(plural.source)}"')
        lines += _plural_translations(pair, plural, losses)
        count_rest(plural, losses, "no place in PO", "context", "plural_of")
        _count_identifier(plural, losses)
    count_rest(pair, losses, "no place in PO", "context")
    _count_identifier(pair, losses)
    file.write("\n".join(lines) + "\n")


def _count_identifier(pair: Segment, losses: Losses) -> None:
    """Count an identifier as lost that does not only repeat context and source."""
    identifier = pair.segment_id or ""
    if identifier and "\x04" not in identifier:
        losses.add("segments.segment_id", "no place in PO")


def _plural_translations(
    pair: Segment, plural: Segment, losses: Losses
) -> Iterator[str]:
    forms = [pair.target or "", plural.target or ""]
    if not has_plurals(pair.target_lang):
        if forms[0] != forms[1]:
            losses.add("segments.target", "one form for any number")
        del forms[0]
    for number, form in enumerate(forms):
        yield f'msgstr[{number}] "{escape(form)}"'
