"""A page of candidates that opens offline: sorts, filters, shows contexts and spread."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from termbank.messages import say

from .keyword_in_context import Line, concordance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import polars as pl

    from termbank.sources.collection import Document

# Rows and contexts that a person still reads; a longer list is for the CSV file.
_ROWS: Final = 500
_CONTEXTS: Final = 5
_KIND_NAMES: Final = {
    "person": "人名",
    "place": "地名",
    "organization": "組織名",
    "product": "製品・作品名",
    "event": "行事・事件名",
    "term": "用語",
}
_STYLE: Final = """
body{font:15px/1.6 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem}
table{border-collapse:collapse;width:100%;table-layout:fixed}
th:nth-child(1),th:nth-child(2){width:20%}th:nth-child(3){width:17%}
th,td{text-align:start;padding:.3rem .6rem;border-bottom:1px solid #ccc;vertical-align:top}
th button{text-align:start;font:inherit;font-weight:600;background:none;border:0;cursor:pointer;padding:0}
td.n{text-align:end;font-variant-numeric:tabular-nums}
.spread{display:inline-flex;gap:1px;align-items:end;height:1.2em}
.spread i{width:4px;background:#357}
mark{background:#fe9}
ol{list-style:none;padding:0;width:min(70rem,calc(100vw - 4rem))}
li{display:grid;grid-template-columns:1fr auto 1fr 15rem}
li span{white-space:pre;overflow:hidden}
li span:first-child{display:flex;justify-content:flex-end}
li small{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;padding-left:1rem}
@media(prefers-color-scheme:dark){body{background:#111;color:#eee}mark{color:#000}}
"""
_SCRIPT: Final = """
const body=document.querySelector('tbody'),rows=[...body.rows];
const text=document.getElementById('text'),kind=document.getElementById('kind');
const shown=document.getElementById('shown');
function filter(){let n=0;const t=text.value.toLowerCase();
for(const r of rows){const ok=(!kind.value||r.dataset.kind===kind.value)
&&r.cells[0].textContent.toLowerCase().includes(t);r.hidden=!ok;n+=ok}
shown.textContent=n}
text.oninput=kind.onchange=filter;filter();
document.querySelectorAll('th button').forEach((b,i)=>{let up=false;b.onclick=()=>{up=!up;
const v=r=>r.cells[i].dataset.v??r.cells[i].textContent;
rows.sort((a,c)=>{const x=v(a),y=v(c),d=isNaN(x)||isNaN(y)?x.localeCompare(y,'ja'):x-y;
return up?d:-d}).forEach(r=>body.append(r));
document.querySelectorAll('th').forEach(h=>h.removeAttribute('aria-sort'));
b.parentNode.setAttribute('aria-sort',up?'ascending':'descending')}});
"""


def page(candidates: pl.DataFrame, documents: Sequence[Document]) -> str:
    """Return the report as one HTML page without anything from elsewhere.

    Args:
        candidates: Frame of schema ``Candidates``, ranked over the collection; the
            first 500 are shown.
        documents: Their documents, in the order of the spread.
    """
    rows = candidates.head(_ROWS)
    kinds = sorted(set(rows["kind"].cast(str).to_list()))
    options = "".join(
        f'<option value="{escape(kind)}">{escape(_named(kind))}</option>'
        for kind in kinds
    )
    heads = "".join(f"<th><button>{escape(name)}</button></th>" for name in _heads())
    title = say("用語候補", "Term candidates")
    body = "\n".join(_rows(rows, documents))
    return f"""<!doctype html>
<html lang="ja"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>
<style>{_STYLE}</style>
<h1>{escape(title)}</h1>
<p><label>{escape(say("絞り込み", "Filter"))} <input id="text" type="search"></label>
<select id="kind" aria-label="{escape(say("種別", "kind"))}"><option value="">{
        escape(say("すべて", "all"))
    }</option>{options}</select>
<output id="shown"></output> / {candidates.height}</p>
<table><thead><tr>{heads}</tr></thead><tbody>
{body}
</tbody></table>
<script>{_SCRIPT}</script></html>
"""


def _named(kind: str) -> str:
    return say(_KIND_NAMES.get(kind, kind), kind)


def _heads() -> tuple[str, ...]:
    return (
        say("形", "form"),
        say("読み", "reading"),
        say("種別", "kind"),
        say("回数", "mentions"),
        say("文書", "documents"),
        say("得点", "score"),
        say("分布", "spread"),
    )


def _rows(rows: pl.DataFrame, documents: Sequence[Document]) -> Iterator[str]:
    names = ("form", "reading", "kind", "mentions", "documents", "score", "norm")
    for form, reading, kind, mentions, count, score, norm in rows.select(
        names
    ).iter_rows():
        lines = list(concordance(norm, documents))
        yield (
            f'<tr data-kind="{escape(kind)}"><td><details><summary>{escape(form)}</summary>'
            f"<ol>{_contexts(lines)}</ol></details></td><td>{escape(reading or '')}</td>"
            f'<td>{escape(_named(kind))}</td><td class="n">{mentions}</td><td class="n">{count}</td>'
            f'<td class="n" data-v="{score:.6f}">{score:.2f}</td>'
            f'<td data-v="{count}">{_spread(lines, documents)}</td></tr>'
        )


def _contexts(lines: Sequence[Line]) -> str:
    return "".join(
        f"<li><span>{escape(line.left)}</span><mark>{escape(line.form)}</mark>"
        f"<span>{escape(line.right)}</span>"
        f"<small>{escape(line.uri)}:{line.line}</small></li>"
        for line in lines[:_CONTEXTS]
    )


def _spread(lines: Sequence[Line], documents: Sequence[Document]) -> str:
    counts = {document.uri: 0 for document in documents[:100]}
    for line in lines:
        if line.uri in counts:
            counts[line.uri] += 1
    most = max(counts.values(), default=0) or 1
    bars = "".join(
        f'<i style="height:{100 * count // most}%" title="{escape(uri)}: {count}"></i>'
        for uri, count in counts.items()
    )
    return f'<span class="spread">{bars}</span>'
