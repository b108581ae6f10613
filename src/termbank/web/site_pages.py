"""The glossary as plain files: a searchable index and a page a concept, in two languages.

Nothing is fetched from anywhere and nothing needs a server: the folder can be put on a
share, sent as a zip, or opened from disk. A concept's address is its identifier, so that
links stay; a page of a concept that was merged away leads to where its form is now.
"""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.operations.glossary_rows import (
    CONCEPT_STATUS,
    DOMAIN,
    FORM,
    KIND,
    LANG,
    NOTE,
    READING,
    REASON,
    STATUS,
)

from .words import KINDS, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.operations.glossary_rows import GlossaryRows
    from termbank.operations.project import Project
    from termbank.operations.row_changes import Row

LANGUAGES: Final = ("ja", "en")
MANIFEST: Final = "site.json"
_STATIC: Final = Path(__file__).parent / "static"
_USABLE: Final = ("preferred", "admitted", "proposed")
_ORDER: Final = ("preferred", "admitted", "proposed", "deprecated", "forbidden")


class Page(NamedTuple):
    """One file of the site.

    Attributes:
        path: Below the folder of the site, ``/`` between.
        text: HTML or JSON.
    """

    path: str
    text: str


def site_pages(
    project: Project,
    *,
    title: str,
    proposed: bool = False,
    former: dict[str, str] | None = None,
) -> Iterator[Page]:
    """Yield the files of a site.

    Args:
        project: Whose glossary.
        title: Of all pages.
        proposed: Whether concepts that nobody approved yet are shown.
        former: Concepts of the last site by identifier, each with its leading form; one
            that is gone keeps a page that leads on.
    """
    rows = project.rows()
    concepts = [
        key[0]
        for key, row in rows.tables["concepts"].items()
        if (proposed or row[CONCEPT_STATUS] != "proposed") and rows.terms(key[0])
    ]
    concepts.sort(key=lambda concept: (_sorted_by(rows, concept), concept))
    for lang in LANGUAGES:
        yield Page(f"{_root(lang)}index.html", _index(rows, concepts, title, lang))
        for concept in concepts:
            path = f"{_root(lang)}c/{concept}.html"
            yield Page(path, _concept(rows, concept, title, lang))
    leads = {concept: rows.lead(concept) for concept in concepts}
    for concept, form in sorted((former or {}).items()):
        homes = [home for home in rows.concepts(form, "ja") if home in leads]
        if concept not in leads and homes:
            for lang in LANGUAGES:
                path = f"{_root(lang)}c/{concept}.html"
                yield Page(path, _redirect_page(homes[0], form, title, lang))
            leads[concept] = form
    yield Page(MANIFEST, json.dumps(leads, ensure_ascii=False, sort_keys=True) + "\n")


def former_concepts(folder: Path) -> dict[str, str]:
    """Return the concepts of the site that stands in a folder; none where none does."""
    try:
        read = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(read, dict):
        return {}
    return {
        concept: form
        for concept, form in read.items()
        if isinstance(form, str) and len(concept) == 12 and concept.isalnum()
    }


def _root(lang: str) -> str:
    return "" if lang == "ja" else f"{lang}/"


def _sorted_by(rows: GlossaryRows, concept: str) -> str:
    lead = rows.lead(concept)
    readings = [row[READING] for row in rows.terms(concept, "ja") if row[FORM] == lead]
    return next(iter(readings), "") or lead


def _index(rows: GlossaryRows, concepts: list[str], title: str, lang: str) -> str:
    def t(japanese: str, english: str) -> str:
        return escape(japanese if lang == "ja" else english)

    lines = "\n".join(_index_row(rows, concept, lang) for concept in concepts)
    kinds = sorted({rows.tables["concepts"][(concept,)][KIND] for concept in concepts})
    options = "".join(
        f'<option value="{escape(kind)}">{escape(_word_label(KINDS, kind, lang))}</option>'
        for kind in kinds
    )
    other = "en/index.html" if lang == "ja" else "../index.html"
    body = f"""<header><h1>{escape(title)}</h1>
<a class="other" href="{other}">{t("English", "日本語")}</a></header>
<div class="search" role="search">
<label for="q">{t("絞り込み", "Filter")}</label>
<input id="q" type="search" autocomplete="off">
<label for="kind">{t("種類", "Kind")}</label>
<select id="kind"><option value="">{t("すべて", "all")}</option>{options}</select>
<span class="soft" role="status"><output id="shown">{len(concepts)}</output> / {len(concepts)}</span>
</div>
<main><table><thead><tr><th scope="col">{t("用語", "Term")}</th>
<th scope="col">{t("英語", "English")}</th><th scope="col">{t("種類", "Kind")}</th>
<th scope="col">{t("説明", "Definition")}</th></tr></thead><tbody>
{lines}
</tbody></table></main>
<script>{_asset("site.js")}</script>"""
    return _document(title, body, lang, script=True)


def _index_row(rows: GlossaryRows, concept: str, lang: str) -> str:
    record = rows.tables["concepts"][(concept,)]
    terms = _order(rows, concept)
    lead = rows.lead(concept)
    search_text = " ".join(
        dict.fromkeys(
            part for row in terms for part in (row[FORM], row[READING]) if part
        )
    )
    others = [row[FORM] for row in terms if row[LANG] == "ja" and row[FORM] != lead][:3]
    english = [
        row[FORM] for row in terms if row[LANG] == "en" and row[STATUS] in _USABLE
    ]
    more = f' <span class="soft">{escape("、".join(others))}</span>' if others else ""
    return (
        f'<tr data-kind="{escape(record[KIND])}" data-find="{escape(search_text)}">'
        f'<td><a href="c/{concept}.html" lang="ja">{escape(lead)}</a>{more}</td>'
        f'<td lang="en">{escape("; ".join(english[:3]))}</td>'
        f"<td>{escape(_word_label(KINDS, record[KIND], lang))}</td>"
        f"<td>{escape(_definition(rows, concept, lang))}</td></tr>"
    )


def _concept(rows: GlossaryRows, concept: str, title: str, lang: str) -> str:
    def t(japanese: str, english: str) -> str:
        return escape(japanese if lang == "ja" else english)

    record = rows.tables["concepts"][(concept,)]
    lead = rows.lead(concept)
    facts = " · ".join(
        escape(part)
        for part in (_word_label(KINDS, record[KIND], lang), record[DOMAIN])
        if part
    )
    terms = "\n".join(_term_row(row, lang) for row in _order(rows, concept))
    text = _definition(rows, concept, lang)
    other = f"../en/c/{concept}.html" if lang == "ja" else f"../../c/{concept}.html"
    body = f"""<header><p><a href="../index.html">{escape(title)}</a></p>
<a class="other" href="{other}">{t("English", "日本語")}</a></header>
<main><h1 lang="ja">{escape(lead)}</h1><p class="soft">{facts}</p>
{f"<p>{escape(text)}</p>" if text else ""}
<table><thead><tr><th scope="col">{t("言語", "Language")}</th>
<th scope="col">{t("語形", "Form")}</th><th scope="col">{t("読み", "Reading")}</th>
<th scope="col">{t("状態", "Status")}</th><th scope="col">{t("注記", "Note")}</th></tr></thead>
<tbody>
{terms}
</tbody></table></main>"""
    return _document(f"{lead} – {title}", body, lang)


def _term_row(row: Row, lang: str) -> str:
    status = escape(_word_label(STATUSES, row[STATUS], lang))
    note = escape("; ".join(part for part in (row[REASON], row[NOTE]) if part))
    return (
        f'<tr><td>{escape(row[LANG])}</td><td lang="{escape(row[LANG])}">{escape(row[FORM])}</td>'
        f"<td>{escape(row[READING])}</td>"
        f'<td class="{escape(row[STATUS])}">{status}</td><td>{note}</td></tr>'
    )


def _redirect_page(target: str, form: str, title: str, lang: str) -> str:
    led = "この用語は次のページにあります" if lang == "ja" else "This term is now here"
    body = f'<main><h1>{escape(form)}</h1><p>{led}: <a href="{target}.html">{escape(form)}</a></p></main>'
    return _document(f"{form} – {title}", body, lang)


def _document(title: str, body: str, lang: str, *, script: bool = False) -> str:
    style = _asset("site.css")
    policy = f"style-src 'sha256-{_digest(style)}'"
    if script:
        policy += f"; script-src 'sha256-{_digest(_asset('site.js'))}'"
    return f"""<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; {policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(title)}</title>
<style>{style}</style></head><body>
{body}
</body></html>
"""


def _asset(name: str) -> str:
    return (_STATIC / name).read_text("utf-8").strip()


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _order(rows: GlossaryRows, concept: str) -> list[Row]:
    return sorted(
        rows.terms(concept),
        key=lambda row: (
            row[LANG] != "ja",
            row[LANG] != "en",
            row[LANG],
            _ORDER.index(row[STATUS]),
            row[FORM],
        ),
    )


def _definition(rows: GlossaryRows, concept: str, lang: str) -> str:
    texts = rows.definitions(concept)
    return texts.get(lang) or next(iter(texts.values()), "")


def _word_label(table: dict[str, tuple[str, str]], word: str, lang: str) -> str:
    return table.get(word, (word, word))[0 if lang == "ja" else 1]
