"""Alignment reads the structure of documents: like is paired with like, code is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.memory import align
from termbank.memory.alignment.document_blocks import document_blocks

JA = """---
title: はじめに
slug: intro
date: 2025-01-02
---

# はじめに {#intro}

この道具は速い。
そして安全です。

```js
const a = 1 // 速い
const b = 2
```

::: tip 注意
保存してください。
:::

- 項目
- 項目の長い説明はここに書いてあります

| 名前 | 意味 |
| --- | --- |
| `x` | 横の位置 |

<script>
var hidden = "見えない"
</script>

[参考]: https://example.org/a
"""
EN = """---
title: Introduction
slug: intro
date: 2025-01-02
---

# Introduction {#intro}

This tool is fast. And it is safe.

```js
const a = 1 // fast
const b = 2
```

::: tip Note
Please save.
:::

- Item
- The long description of the item is written down here

| Name | Meaning |
| --- | --- |
| `x` | Horizontal position |

<script>
var hidden = "hidden"
</script>

[ref]: https://example.org/a
"""
PAIRS = [
    ("はじめに", "Introduction"),
    ("はじめに", "Introduction"),
    ("この道具は速い。", "This tool is fast."),
    ("そして安全です。", "And it is safe."),
    ("注意", "Note"),
    ("保存してください。", "Please save."),
    ("項目", "Item"),
    (
        "項目の長い説明はここに書いてあります",
        "The long description of the item is written down here",
    ),
    ("名前", "Name"),
    ("意味", "Meaning"),
    ("横の位置", "Horizontal position"),
]


def pairs(source: str, target: str) -> list[tuple[str, str]]:
    found = align(source, target, glossary=[]).segments
    return list(found.select("source", "target").iter_rows())


def test_like_is_paired_with_like_and_code_with_nothing() -> None:
    assert pairs(JA, EN) == PAIRS


@pytest.mark.parametrize(
    "gone", ["保存してください。\n", "- 項目\n", "# はじめに {#intro}\n"]
)
def test_a_block_without_partner_stays_alone(gone: str) -> None:
    found = align(JA.replace(gone, ""), EN, glossary=[])
    kept = set(found.segments.select("source", "target").iter_rows())
    assert kept <= set(PAIRS)
    assert len(kept) >= len(set(PAIRS)) - 1
    assert (found.review["source"] == "").any()


def test_html_is_read_by_its_elements() -> None:
    page = "<html><head><title>{}</title><style>p {{}}</style></head><body><h1>{}</h1><p>{}</p><pre>x = 1</pre><ul><li>{}</li></ul></body></html>"
    ja = page.format("題名", "見出し", "本文です。<b>強調</b>です。", "項目")
    en = page.format("Title", "Heading", "This is text. It is <b>bold</b>.", "Item")
    assert pairs(ja, en) == [
        ("題名", "Title"),
        ("見出し", "Heading"),
        ("本文です。", "This is text."),
        ("強調です。", "It is bold."),
        ("項目", "Item"),
    ]


def test_plain_text_is_aligned_as_before() -> None:
    assert pairs("一つ目。\n二つ目。", "The first.\nThe second.") == [
        ("一つ目。", "The first."),
        ("二つ目。", "The second."),
    ]


@given(st.text(alphabet="#-*|`>~:<!{}[]() \n=本a1.", max_size=120))
def test_no_document_breaks_the_reader(text: str) -> None:
    for structured in (True, False):
        for block in document_blocks(text, structured=structured):
            assert block.text or block.kind == "code" or not structured
