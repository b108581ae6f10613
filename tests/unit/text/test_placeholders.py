"""Placeholders: what no translator translates, in every notation of real catalogues."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.text.placeholders import (
    KINDS,
    masked_placeholders,
    placeholders,
    without_placeholders,
)


@pytest.mark.parametrize(
    "text",
    [
        "5% a year, 100% sure",
        "消費税は10%です。",
        "R&D, AT&T, Q & A",
        "3 < 5 and 7 > 2",
        "US$ 100, $1.50",
        "[Enter] キーを押す",
        "[日本語] {日本語} {foo bar}",
        "10:30 に a::b、例: c",
        "it's 5'10\"",
        "注記[1]",
        "[図](figure.png)",
    ],
)
def test_prose_holds_no_placeholder(text: str) -> None:
    assert placeholders(text) == []
    assert masked_placeholders(text) == text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(
            (text, "variable")
            for text in [
                "%s",
                "%d",
                "%1$s",
                "%(name)s",
                "%-5.2f",
                "%@",
                "%1$@",
                "%lu",
                "%L1",
                "%1",
                "%n",
                "%{user}",
                "%user%",
            ]
        ),
        *(
            (text, "variable")
            for text in [
                "{}",
                "{0}",
                "{name}",
                "{0:d}",
                "{name!r:>10}",
                "{user.name}",
                "{{name}}",
                "${name}",
                "${a.b}",
                "$name",
                "$NAME$",
                "#{x}",
                "{$name}",
                "{count,number}",
                "$t(common.key)",
                "[player]",
                "[points:+d]",
                "[PLAYER_NAME]",
                ":attribute",
                "@user",
            ]
        ),
        ("{{ name }}", "variable"),
        ("{ $name }", "variable"),
        *(
            (text, "tag")
            for text in [
                "<b>",
                "</b>",
                "<br/>",
                "<color=#fff>",
                "</color>",
                "<0>",
                "</0>",
                "<xliff:g>",
                "[b]",
                "[/b]",
                "[url=x]",
                "{/b}",
                "{color=#fff}",
                "{w=1.0}",
                "{1/}",
                "{/1}",
                "{1>",
                "<1}",
            ]
        ),
        *(
            (text, "entity")
            for text in ["&amp;", "&raquo;", "&nbsp;", "&#39;", "&#x27;"]
        ),
        *(
            (text, "escape")
            for text in [
                r"\n",
                r"\t",
                r"\"",
                r"\\",
                r"\u3042",
                r"\x41",
                r"\N[1]",
                r"%%",
            ]
        ),
        ("%E3%81%82", "percent"),
        ("(&F)", "accelerator"),
        ("(_F)", "accelerator"),
        ("`git push -f`", "code"),
        ("``x``", "code"),
        (":meth:`dict.get`", "code"),
        ("https://example.org/a?b=c", "address"),
        ("mail@example.org", "address"),
        (r"C:\new\table", "address"),
        ("<!-- note -->", "comment"),
    ],
)
def test_each_notation_is_masked_whole(text: str, kind: str) -> None:
    around = f"前 {text} 後"
    assert [(one.text, one.kind) for one in placeholders(around)] == [(text, kind)]
    assert masked_placeholders(around).split() == ["前", "後"]


def test_the_branches_of_a_plural_are_prose() -> None:
    text = "{n, plural, =0 {なし} one {<b>#</b> 件} other {{name} ほか # 件}}の変更"
    assert without_placeholders(text).split() == ["なし", "件", "ほか", "件の変更"]


@pytest.mark.parametrize(
    "text", ["{n, plural, one {a", "{n, plural, }", "{n,plural,other{" * 4000]
)
def test_a_broken_plural_neither_fails_nor_hangs(text: str) -> None:
    start = time.process_time()
    assert len(masked_placeholders(text)) == len(text)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "text",
    [
        "<" * 50_000,
        "{" * 50_000,
        "`a" * 30_000,
        "[b=" * 9_000,
        "%" * 50_000,
        "<!--" * 9_000,
    ],
)
def test_hostile_text_takes_no_more_than_linear_time(text: str) -> None:
    start = time.process_time()
    placeholders(text)
    assert time.process_time() - start < 3


PIECES = st.sampled_from(
    [
        "{name}",
        "%s",
        "<b>",
        "&amp;",
        r"\n",
        "停戦",
        "text ",
        "{n, plural, other {# 件}}",
        "\n",
        "{",
        "%",
        "<",
        "`",
    ]
)


@given(st.lists(PIECES).map("".join))
def test_placeholders_are_ordered_stretches_of_the_untouched_text(text: str) -> None:
    found = placeholders(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.kind in KINDS for one in found)
    ends = [0, *(one.end for one in found)]
    assert all(end <= one.start for end, one in zip(ends, found, strict=False))
    masked = masked_placeholders(text)
    assert len(masked) == len(text)
    assert masked.count("\n") == text.count("\n")
