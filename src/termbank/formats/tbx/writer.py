"""Writing TBX v3, style DCA or DCT, one concept at a time."""

from __future__ import annotations

import json
import re
from typing import IO, TYPE_CHECKING, Any, Final

from termbank.atomic_files import replacing_bytes
from termbank.formats.model.concept_records import (
    Concept,
    Definition,
    Extra,
    Losses,
    Term,
)
from termbank.formats.tables.status_labels import pos_of, status_of
from termbank.formats.xml.element_tree import (
    Node,
    attribute,
    clean_text,
    escape_text,
    serialise,
)
from termbank.formats.xml.positioned_reader import parse_element

from .data_categories import (
    CATEGORIES,
    CORE,
    DIALECTS,
    NOTE_PREFIX,
    PREFIXES,
    STATUS_TO_TBX,
    STATUS_VALUES,
    TYPE_TO_TBX,
)
from .element_structure import LANGUAGE_TYPE, fits, is_name
from .kept_elements import (
    MODULE_PREFIX,
    drop_targets,
    encoded_id,
    has_place,
    in_modules,
    node_of_text,
    split_kept,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DEFAULT_DIALECT: Final = "TBX-Basic"
# The name a file gets that holds elements TBX-Basic has no place for: a private
# dialect, as ISO 30042 asks for, valid against the core structure.
PRIVATE_DIALECT: Final = "TBX-termbank"
_PREFIX_OF: Final = {uri: prefix for prefix, uri in PREFIXES.items()}
_TAGS_3: Final = {
    name: name for name in ("tbx", "tbxHeader", "conceptEntry", "langSec", "termSec")
}
_TAGS_2: Final = {
    "tbx": "martif",
    "tbxHeader": "martifHeader",
    "conceptEntry": "termEntry",
    "langSec": "langSet",
    "termSec": "tig",
}
_ID: Final = ("id",)
_META_ATTRIBUTES: Final = ("id", "target", "xml:lang", "datatype")
_OBSOLETE: Final = "supersededTerm-admn-sts"
_NATIVE: Final = ("id", "attr", "kept", "lang", "back", "status", "pos", "markup")


class Header:
    """What a TBX file says about itself.

    Attributes:
        title: Title, empty where none.
        sources: Paragraphs on where the file is from; at least one is written.
        lang: Language of the file's own text.
        dialect: As the file names it.
    """

    def __init__(self, title: str = "", sources: Iterable[str] = ()) -> None:
        self.title = title
        self.sources = tuple(sources) or ("Exported by termbank",)
        self.lang = "en"
        self.dialect = DEFAULT_DIALECT


def write_records(
    records: Iterable[Concept],
    path: str,
    *,
    style: str = "dca",
    header: Header | None = None,
    dialect: str = DEFAULT_DIALECT,
    strict: bool = False,
) -> Losses:
    """Write concepts as TBX and return what could not be written.

    Args:
        records: Concepts, in the order in which they shall stand.
        path: File to replace; after a failure it is what it was.
        style: ``dca`` (categories in ``type`` attributes), ``dct`` (as elements) or
            ``v2`` (martif, the version of 2008).
        dialect: TBX-Core, TBX-Min or TBX-Basic; what a smaller one has no category for
            goes into notes that termbank reads back.
        header: Title and origin; termbank's own where absent.
        strict: Whether to raise, with nothing written, when a field would be lost.

    Returns:
        Nothing is lost but fields whose text XML cannot carry, concepts without any
        form, and references to what the file does not hold.
    """
    with replacing_bytes(path) as file:
        writer = _Writer(file, style, header or Header(), dialect)
        for record in records:
            writer.concept(record)
        writer.finish()
        if strict:
            writer.losses.refuse(path)
    return writer.losses


class _Writer:
    def __init__(
        self, file: IO[bytes], style: str, header: Header, dialect: str
    ) -> None:
        self._file, self._dct = file, style == "dct"
        self._header, self._dialect = header, dialect
        self._tags = _TAGS_2 if style == "v2" else _TAGS_3
        self.losses = Losses()
        self._ids: set[str] = set()
        self._targets: set[str] = set()
        self._back: dict[str, str] = {}
        self._private = False
        self._begun = False
        self._head(style)

    def _line(self, depth: int, text: str) -> None:
        self._file.write(("  " * depth + text + "\n").encode("utf-8"))

    def _head(self, style: str) -> None:
        spaces = "".join(
            f' xmlns:{prefix}="{uri}"' for prefix, uri in PREFIXES.items() if self._dct
        )
        lang = self._header.lang
        lang = lang if LANGUAGE_TYPE.fullmatch(lang) else "en"
        self._file.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
        tags = self._tags
        self._file.write(f'<{tags["tbx"]} type="'.encode())
        self._type_at = self._file.tell()
        # Padded, because only the last concept tells which dialect the file is of.
        self._file.write(_pad(self._dialect))
        rest = f' style="{style}" xml:lang="{lang}" xmlns="{CORE}"{spaces}>\n'
        if style == "v2":
            rest = f' xml:lang="{lang}">\n'
        self._file.write(rest.encode())
        self._line(1, f"<{tags['tbxHeader']}>")
        self._line(2, "<fileDesc>")
        if self._header.title:
            title = escape_text(clean_text(self._header.title))
            self._line(3, f"<titleStmt><title>{title}</title></titleStmt>")
        paragraphs = "".join(
            f"<p>{escape_text(clean_text(text))}</p>" for text in self._header.sources
        )
        self._line(3, f"<sourceDesc>{paragraphs}</sourceDesc>")
        self._line(2, "</fileDesc>")
        self._line(1, f"</{tags['tbxHeader']}>")

    def concept(self, record: Concept) -> None:
        """Write one concept; one without a form is counted as lost."""
        languages = _by_language(record.terms)
        if not languages:
            self.losses.concept(record, "a concept without any term")
            return
        if not self._begun:
            self._begun = True
            self._line(1, "<text>")
            self._line(2, "<body>")
        extra = record.extra or {}
        self._remember_back(extra)
        entry = attribute("id", self._entry_id(record.id))
        self._line(3, f"<{self._tags['conceptEntry']}{entry}>")
        section = self._tags["langSec"]
        self._concept_fields(record, extra, languages)
        by_lang = extra.get("lang", {})
        definitions = {each.lang: each for each in record.definitions}
        for lang, terms in languages.items():
            self._line(4, f"<{section}{attribute('xml:lang', _tag(lang))}>")
            if lang in definitions:
                self._definition(5, definitions[lang], "", extra)
            self._as_notes(
                5, self._write_leftovers(5, by_lang.get(lang, ()), "langSec")
            )
            for term in terms:
                self._term(term)
            self._line(4, f"</{section}>")
        self._line(3, f"</{self._tags['conceptEntry']}>")

    def _concept_fields(
        self, record: Concept, extra: Extra, languages: Mapping[str, list[Term]]
    ) -> None:
        if record.domain:
            self._category(4, "subjectField", record.domain, extra)
        for each in record.definitions:
            if each.lang not in languages:
                lang = "" if each.lang == "und" else each.lang
                self._definition(4, each, lang, extra)
        self._as_notes(
            4, self._write_leftovers(4, extra.get("kept", ()), "conceptEntry")
        )
        if record.kind not in ("", "term"):
            self._own(4, "kind", record.kind)
        if record.status not in ("", "preferred"):
            self._own(4, "status", record.status)
        if record.since:
            self._own(4, "since", record.since)
        orphans = {
            lang: elements
            for lang, elements in extra.get("lang", {}).items()
            if lang not in languages
        }
        self._rest(4, extra, {"orphans": orphans} if orphans else {})

    def _term(self, term: Term) -> None:
        extra = term.extra or {}
        self._remember_back(extra)
        attrs = extra.get("attr", {})
        self._line(
            5,
            f"<{self._tags['termSec']}{self._attributes(attrs.get('termSec', {}), only=_ID)}>",
        )
        inner = self._form(term, extra)
        self._line(
            6,
            f"<term{self._attributes(attrs.get('term', {}), only=_ID)}>{inner}</term>",
        )
        leading, others = split_kept(extra.get("kept", ()))
        self._labels(term, extra)
        out_of_place = self._write_leftovers(6, leading, "termSec")
        if term.context:
            self._category(6, "context", term.context, extra)
        if term.source:
            self._category(6, "source", term.source, extra)
        for note in term.note.split("\n") if term.note else ():
            self._note(6, note)
        self._as_notes(6, [*out_of_place, *self._write_leftovers(6, others, "termSec")])
        for field in ("reading", "relation", "since", "until", "reason"):
            if getattr(term, field):
                self._own(6, field, getattr(term, field))
        self._own_labels(term, extra)
        raws = ("status", "pos") if self._dialect == "TBX-Core" else ()
        self._rest(6, extra, {key: extra[key] for key in raws if key in extra})
        self._line(5, f"</{self._tags['termSec']}>")

    def _form(self, term: Term, extra: Extra) -> str:
        form = clean_text(term.form)
        if form != term.form:
            self.losses.add("terms.form", "characters that XML does not allow")
        markup = extra.get("markup")
        if markup:
            node = parse_element(f"<term>{markup}</term>", home=(CORE,))
            if node and " ".join(node.text().split()) == " ".join(form.split()):
                return str(markup)
        return escape_text(form)

    def _labels(self, term: Term, extra: Extra) -> None:
        status = _status_label(term.status, str(extra.get("status", "")))
        if status:
            self._category(6, "administrativeStatus", status, extra)
        if term.part_of_speech:
            raw = extra.get("pos")
            value = raw if raw == term.part_of_speech else pos_of(term.part_of_speech)
            self._category(6, "partOfSpeech", value or "other", extra)
        if term.term_type:
            value = TYPE_TO_TBX.get(term.term_type, "")
            if value:
                self._category(6, "termType", value, extra)

    def _own_labels(self, term: Term, extra: Extra) -> None:
        """Say in notes what the pick-lists of TBX-Basic cannot."""
        label = _status_label(term.status, str(extra.get("status", "")))
        is_expressible = (
            self._has("administrativeStatus") and status_of(label) == term.status
        )
        if term.status and not (label and is_expressible):
            self._own(6, "status", term.status)
        pos = term.part_of_speech
        is_expressible = extra.get("pos") == pos or pos_of(pos) == pos
        if pos and not (is_expressible and self._has("partOfSpeech")):
            self._own(6, "part_of_speech", pos)
        if term.term_type and not (
            term.term_type in TYPE_TO_TBX and self._has("termType")
        ):
            self._own(6, "term_type", term.term_type)
        for name in ("context", "source"):
            if getattr(term, name) and not self._has(name):
                self._own(6, name, getattr(term, name))

    def _definition(
        self, depth: int, each: Definition, lang: str, extra: Extra
    ) -> None:
        if not self._has("definition"):
            fields = json.dumps([each.lang, each.text, each.source], ensure_ascii=False)
            self._own(depth, "definition", fields)
            return
        if not each.source:
            self._category(depth, "definition", each.text, extra, lang)
            return
        self._line(depth, "<descripGrp>")
        self._category(depth + 1, "definition", each.text, extra, lang)
        self._category(depth + 1, "source", each.source, {})
        self._line(depth, "</descripGrp>")

    def _has(self, name: str) -> bool:
        return CATEGORIES[name].module in DIALECTS[self._dialect]

    def _category(
        self, depth: int, name: str, value: str, extra: Extra, lang: str = ""
    ) -> None:
        if not self._has(name):
            if name == "subjectField":
                self._own(depth, "domain", value)
            return
        text = clean_text(value)
        if text != value:
            self.losses.add(
                f"data category {name}", "characters that XML does not allow"
            )
        attrs = dict(extra.get("attr", {}).get(name, {})) if extra else {}
        if lang and LANGUAGE_TYPE.fullmatch(lang):
            attrs["xml:lang"] = lang
        entry = CATEGORIES[name]
        standard = not entry.values or value in entry.values
        if self._dct and standard and not attrs:
            tag = f"{MODULE_PREFIX[entry.module]}:{name}"
            self._line(depth, f"<{tag}>{escape_text(text)}</{tag}>")
            return
        self._private = self._private or not standard or self._dct
        opening = f"<{entry.element}{self._attributes(attrs)}{attribute('type', name)}>"
        self._line(depth, f"{opening}{escape_text(text)}</{entry.element}>")

    def _attributes(
        self, attrs: Mapping[str, str], *, only: tuple[str, ...] = _META_ATTRIBUTES
    ) -> str:
        written_attributes = ""
        for name, value in sorted(attrs.items()):
            if name not in only:
                self.losses.add(f"attribute {name}", "unknown to TBX v3")
                continue
            if name == "id":
                if not is_name(value) or value in self._ids:
                    self.losses.add("attribute id", "not unique, or no XML name")
                    continue
                self._ids.add(value)
            elif name == "target":
                self._targets.add(value)
            written_attributes += attribute(name, clean_text(value))
        return written_attributes

    def _write_leftovers(
        self, depth: int, elements: Iterable[Any], level: str
    ) -> list[str]:
        """Write kept elements; return those that may not stand here, as text."""
        out_of_place = []
        for each in elements:
            node = each if isinstance(each, Node) else node_of_text(each)
            if node is None:
                out_of_place.append(str(each))
            elif not fits(node, level) or not self._claim(node):
                out_of_place.append(serialise(node))
            else:
                self._line(depth, self._in_style(node, level))
        return out_of_place

    def _as_notes(self, depth: int, texts: Iterable[str]) -> None:
        for text in texts:
            self._own(depth, "kept", text)

    def _claim(self, node: Node) -> bool:
        """Take the ids of a kept element, unless one is taken already."""
        ids = [n.attrs["id"] for n in node.walk() if "id" in n.attrs]
        if len(set(ids)) < len(ids) or not self._ids.isdisjoint(ids):
            return False
        for each in node.walk():
            target = each.attrs.get("target", "")
            if each.tag == "xref" and not re.match("https?://.", target):
                return False
            if target:
                self._targets.add(target)
        self._ids.update(ids)
        return True

    def _in_style(self, node: Node, level: str) -> str:
        """Return a kept element in the style of the file, and note a private one."""
        self._private = self._private or not has_place(node, level, self._dialect)
        return in_modules(node) if self._dct else serialise(node)

    def _note(self, depth: int, text: str) -> None:
        if text.startswith(NOTE_PREFIX):
            self._own(depth, "note", text)
            return
        clean = clean_text(text)
        if clean != text:
            self.losses.add("terms.note", "characters that XML does not allow")
        self._line(depth, f"<note>{escape_text(clean)}</note>")

    def _own(self, depth: int, name: str, value: str) -> None:
        clean = clean_text(value)
        if clean != value:
            self.losses.add(name, "characters that XML does not allow")
        self._line(depth, f"<note>{NOTE_PREFIX}{name}: {escape_text(clean)}</note>")

    def _rest(self, depth: int, extra: Extra, more: Extra) -> None:
        rest = {key: value for key, value in extra.items() if key not in _NATIVE}
        rest.update(more)
        if rest:
            fields = json.dumps(rest, ensure_ascii=False, sort_keys=True)
            self._own(depth, "extra", fields)

    def _remember_back(self, extra: Extra) -> None:
        for key, text in extra.get("back", {}).items():
            self._back.setdefault(key, text)

    def _entry_id(self, identifier: str) -> str:
        if re.fullmatch("[0-9a-f]{12}", identifier):
            name = f"c{identifier}"
        else:
            name = encoded_id(identifier or f"e{len(self._ids) + 1}")
        free, count = name, 1
        while free in self._ids:
            count += 1
            free = f"{name}_{count}"
        self._ids.add(free)
        return free

    def finish(self) -> None:
        """Close the file: back matter, then the name of the dialect, then dangling ids."""
        if not self._begun:
            self._line(1, "<text>")
        else:
            self._line(2, "</body>")
        self._write_back()
        self._line(1, "</text>")
        self._file.write(f"</{self._tags['tbx']}>\n".encode())
        dangling = self._dangling()
        private = self._private or (dangling and self._dct)
        if private and self._tags is _TAGS_3:
            name = self._header.dialect
            if name in DIALECTS or not re.fullmatch(r"TBX-[\w.-]{1,8}", name):
                name = PRIVATE_DIALECT
            self._file.seek(self._type_at)
            self._file.write(_pad(name))
            self._file.seek(0, 2)
        if dangling:
            drop_targets(self._file, dangling, self.losses)

    def _dangling(self) -> set[str]:
        missing = self._targets - self._ids
        return {each for each in missing if not re.match("https?://.", each)}

    def _write_back(self) -> None:
        sections: dict[str, list[str]] = {}
        for text in self._back.values():
            node = node_of_text(text)
            kind = node.attrs.pop("section", "") if node else ""
            if node and kind and self._claim(node):
                sections.setdefault(kind, []).append(serialise(node))
        if not sections:
            return
        self._line(2, "<back>")
        for kind, objects in sections.items():
            self._line(3, f"<refObjectSec{attribute('type', kind)}>")
            for each in objects:
                self._line(4, each)
            self._line(3, "</refObjectSec>")
        self._line(2, "</back>")


def _pad(dialect: str) -> bytes:
    return f'{dialect}"'.ljust(len(PRIVATE_DIALECT) + 1).encode()


def _tag(lang: str) -> str:
    lang = lang.replace("_", "-").strip()
    return lang if LANGUAGE_TYPE.fullmatch(lang) else "und"


def _by_language(terms: Iterable[Term]) -> dict[str, list[Term]]:
    groups: dict[str, list[Term]] = {}
    for term in terms:
        groups.setdefault(term.lang, []).append(term)
    return groups


def _status_label(status: str, raw: str) -> str:
    if raw in STATUS_VALUES and status_of(raw) == status:
        return raw
    if status == "forbidden":
        return STATUS_TO_TBX["deprecated"]
    if status == "deprecated" and raw.casefold() in ("obsolete", "superseded"):
        return _OBSOLETE
    if raw and status == status_of(raw) == "proposed":
        return raw
    return STATUS_TO_TBX.get(status, "")
