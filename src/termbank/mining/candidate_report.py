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

# Rows with contexts and spread; the others are listed, and shown on demand.
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
:root{color-scheme:light dark;--ground:light-dark(#fbfaf7,#16181b);--ink:light-dark(#1f2328,#e6e6e3);--soft:light-dark(#565d66,#a9b0b8);--line:light-dark(#d9d6cf,#363b42);--accent:light-dark(#0b5c8a,#7cc4ee);--mark:light-dark(#ffe58a,#6d5a12)}
[hidden]{display:none!important}
body{font:16px/1.7 "Hiragino Sans","Noto Sans JP","Noto Sans CJK JP","Yu Gothic UI",Meiryo,system-ui,sans-serif;background:var(--ground);color:var(--ink);margin:0 auto;max-width:74rem;padding:.6rem 1rem 3rem;overflow-wrap:anywhere}
h1{font-size:1.4rem;margin:.4rem 0}
.controls{display:flex;flex-wrap:wrap;gap:.4rem 1rem;align-items:center}
input,select,button{font:inherit;color:inherit;background:var(--ground);border:1px solid light-dark(#8a8f96,#7a828c);border-radius:.3rem;padding:.15rem .5rem;max-width:100%}
button{cursor:pointer}:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
table{border-collapse:collapse;width:100%}
th,td{text-align:start;padding:.3rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
th button{text-align:start;font-weight:600;border:0;padding:.1rem;white-space:nowrap}
th button::after{content:"↕";color:var(--soft);padding-inline-start:.3em}
th[aria-sort=ascending] button::after{content:"↑";color:var(--ink)}
th[aria-sort=descending] button::after{content:"↓";color:var(--ink)}
td.n{text-align:end;font-variant-numeric:tabular-nums}
.spread{display:inline-flex;gap:1px;align-items:end;height:1.2em}
.spread i{width:4px;background:var(--accent)}
mark{background:var(--mark);color:inherit;font-weight:600}
ol{list-style:none;padding:.2rem 0;margin:0}
li{padding:.15rem 0;border-top:1px dotted var(--line)}
li small{color:var(--soft);padding-inline-start:.6rem}
@media(max-width:46rem){
body{padding:.4rem .6rem}
thead tr{display:flex;flex-wrap:wrap;gap:.2rem .8rem}
thead th{border:0;padding:0}
tbody tr{display:flex;flex-wrap:wrap;gap:.1rem .8rem;border-bottom:1px solid var(--line);padding:.3rem 0}
tbody td{border:0;padding:0}
tbody td:first-child{flex:1 0 100%}
tbody td[data-label]::before{content:attr(data-label) " ";color:var(--soft);font-size:.85rem}
}
"""
_SCRIPT: Final = """
const body=document.querySelector('tbody'),rows=[...body.rows];
const text=document.getElementById('text'),kind=document.getElementById('kind');
const shown=document.getElementById('shown'),rest=document.getElementById('rest');
const fold=t=>t.normalize('NFKC').toLowerCase().replace(/[\u3041-\u3096]/g,c=>String.fromCharCode(c.charCodeAt(0)+96));
const keys=new Map(rows.map(r=>[r,fold(r.dataset.find)]));
function filter(){let n=0;const t=fold(text.value.trim());
const all=!rest||rest.getAttribute('aria-pressed')==='true'||t!==''||kind.value!=='';
for(const r of rows){const ok=(!kind.value||r.dataset.kind===kind.value)&&keys.get(r).includes(t)
&&(all||!r.dataset.rest);r.hidden=!ok;n+=ok}
shown.textContent=n}
text.oninput=kind.onchange=filter;
if(rest)rest.onclick=()=>{rest.setAttribute('aria-pressed',rest.getAttribute('aria-pressed')!=='true');filter()};
filter();
document.querySelectorAll('th button').forEach((b,i)=>{const numbers=b.dataset.numbers==='1';
b.onclick=()=>{const h=b.parentNode,was=h.getAttribute('aria-sort');
const up=was?was==='descending':!numbers;
const v=r=>r.cells[i].dataset.v??r.cells[i].textContent;
rows.sort((a,c)=>{const d=numbers?v(a)-v(c):v(a).localeCompare(v(c),'ja');
return up?d:-d}).forEach(r=>body.append(r));
document.querySelectorAll('th').forEach(o=>o.removeAttribute('aria-sort'));
h.setAttribute('aria-sort',up?'ascending':'descending')}});
"""


def page(candidates: pl.DataFrame, documents: Sequence[Document]) -> str:
    """Return the report as one HTML page without anything from elsewhere.

    Args:
        candidates: Frame of schema ``Candidates``, ranked over the collection; the
            first 500 come with contexts and spread, the others without.
        documents: Their documents, in the order of the spread.
    """
    kinds = sorted(set(candidates["kind"].cast(str).to_list()))
    options = "".join(
        f'<option value="{escape(kind)}">{escape(_kind_label(kind))}</option>'
        for kind in kinds
    )
    heads = "".join(
        f'<th scope="col"><button data-numbers="{int(numbers)}">{escape(name)}</button></th>'
        for name, numbers in _heads()
    )
    title = say("用語候補", "Term candidates")
    body = "\n".join(_rows(candidates, documents))
    more = candidates.height - _ROWS
    label = say(f"残りの {more} 件も表示", f"show the other {more}, too")
    rest = (
        f'<button id="rest" aria-pressed="false">{escape(label)}</button>'
        if more > 0
        else ""
    )
    return f"""<!doctype html>
<html lang="ja"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{_STYLE}</style></head><body><main>
<h1>{escape(title)}</h1>
<div class="controls"><label>{
        escape(say("絞り込み", "Filter"))
    } <input id="text" type="search"></label>
<label>{escape(say("種別", "Kind"))} <select id="kind"><option value="">{
        escape(say("すべて", "all"))
    }</option>{options}</select></label>
<span role="status"><output id="shown"></output> / {candidates.height}</span>{
        rest
    }</div>
<table><thead><tr>{heads}</tr></thead><tbody>
{body}
</tbody></table></main>
<script>{_SCRIPT}</script></body></html>
"""


def _kind_label(kind: str) -> str:
    return say(_KIND_NAMES.get(kind, kind), kind)


def _heads() -> tuple[tuple[str, bool], ...]:
    """Return the headings, and whether a column holds numbers."""
    return (
        (say("形", "form"), False),
        (say("読み", "reading"), False),
        (say("種別", "kind"), False),
        (say("回数", "mentions"), True),
        (say("文書", "documents"), True),
        (say("得点", "score"), True),
        (say("分布", "spread"), True),
    )


def _rows(ranking: pl.DataFrame, documents: Sequence[Document]) -> Iterator[str]:
    names = ("form", "reading", "kind", "mentions", "documents", "score", "norm")
    labels = [escape(name) for name, _ in _heads()]
    for place, (form, reading, kind, mentions, count, score, norm) in enumerate(
        ranking.select(names).iter_rows()
    ):
        rest = "" if place < _ROWS else ' data-rest="1" hidden'
        lines = list(concordance(norm, documents)) if place < _ROWS else []
        cell, search_text = escape(form), escape(f"{form} {reading or ''}")
        if lines:
            cell = f"<details><summary>{cell}</summary><ol>{_contexts(lines)}</ol></details>"
        yield (
            f'<tr data-kind="{escape(kind)}" data-find="{search_text}"{rest}>'
            f'<td data-v="{escape(form)}">{cell}</td>'
            f"<td>{escape(reading or '')}</td><td>{escape(_kind_label(kind))}</td>"
            f'<td class="n" data-label="{labels[3]}" data-v="{mentions}">{mentions}</td>'
            f'<td class="n" data-label="{labels[4]}" data-v="{count}">{count}</td>'
            f'<td class="n" data-label="{labels[5]}" data-v="{score:.6f}">{score:.2f}</td>'
            f'<td data-v="{count}">{_spread(lines, documents) if lines else ""}</td></tr>'
        )


def _contexts(lines: Sequence[Line]) -> str:
    return "".join(
        f"<li>{escape(line.left)}<mark>{escape(line.form)}</mark>"
        f"{escape(line.right)}"
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
