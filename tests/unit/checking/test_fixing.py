"""Fixes: applied once, together, and in the file's own encoding."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbank import Glossary, check, check_text
from termbank.checking.files.fixing import (
    apply_fixes,
    choose_fixes,
    diff,
    fix_file,
    fix_until_clean,
)
from termbank.checking.files.suppression_writer import add_comments
from termbank.errors import InputError
from termbank.types import Finding, Fix, Span

RULES = Glossary.from_variants(
    {
        "サーバー": ["サーバ"],
        "ユーザビリティー": ["ユーザビリティ"],
        "ユーザー": ["ユーザ"],
    },
    lang="ja",
)
TEXTS = st.lists(
    st.sampled_from(
        [
            "サーバ",
            "サーバー",
            "ー",
            "ユーザ",
            "ビリティ",
            "ティー",
            "管理者",
            "を",
            "の",
            "。",
            "A",
            "\r\n",
        ]
    ),
    max_size=12,
).map("".join)


@settings(max_examples=150, deadline=None)  # the first one opens the dictionary
@given(TEXTS)
def test_a_second_run_changes_nothing(text):
    def find(text):
        return check_text(text, glossary=RULES)

    once = fix_until_clean(text, find, unsafe=True)
    assert apply_fixes(once, find(once), unsafe=True) == once
    assert "サーバーー" not in once or "サーバーー" in text
    assert "リティーー" not in once or "リティーー" in text


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_right_forms_and_all_else_stay(text):
    found = check_text(text, glossary=RULES)
    assert {text[slice(*one.span)] for one in found} <= {
        "サーバ",
        "ユーザ",
        "ユーザビリティ",
    }
    for one in found:
        assert text[one.span.end : one.span.end + 1] != "ー"


def test_of_overlapping_fixes_the_first_and_longest_wins():
    def one(start, end, text, safe=True):
        return Finding("TB101", Span(start, end), "", Fix(Span(start, end), text, safe))

    found = [one(0, 2, "x"), one(0, 3, "y"), one(2, 4, "z"), one(4, 5, "u", safe=False)]
    assert [fix.text for fix in choose_fixes(found)] == ["y"]
    assert [fix.text for fix in choose_fixes(found, unsafe=True)] == ["y", "u"]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16", "utf-16-be", "iso2022_jp"],
)
def test_a_file_keeps_encoding_mark_and_line_ends(tmp_path, encoding):
    path = tmp_path / "a.txt"
    text = "かなと漢字の一行目です。\r\nクラウドサーバを使う。\rサーバ\n"
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    path.write_bytes(mark + text.encode(encoding))
    assert fix_file(str(path), check(path, glossary=RULES)) == 2
    after = text.replace("サーバ", "サーバー")
    assert path.read_bytes() == mark + after.encode(encoding)


def test_a_diff_changes_nothing(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("サーバ\u2028の\n末尾", encoding="utf-8")
    shown = diff(str(path), check(path, glossary=RULES))
    assert "-サーバ\u2028の\n+サーバー\u2028の\n" in shown
    assert path.read_text(encoding="utf-8") == "サーバ\u2028の\n末尾"


def test_comments_are_added_where_the_markup_has_them(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("サーバ\r\nクラウドサーバ\r\n", encoding="utf-8", newline="")
    assert add_comments(check(path, glossary=RULES)) == 2
    assert check(path, glossary=RULES) == []
    assert path.read_bytes().count(b"-->\r\n") == 2
    plain = tmp_path / "a.txt"
    plain.write_text("サーバ", encoding="utf-8")
    with pytest.raises(InputError, match="plain"):
        add_comments(check(plain, glossary=RULES))


def test_fixes_that_touch_are_applied_together_and_those_that_overlap_are_not():
    def finding(start, end, text):
        span = Span(start, end)
        return Finding("TB101", span, "", Fix(span, text, safe=True))

    touching = [finding(0, 1, "甲"), finding(1, 2, "乙"), finding(2, 3, "丙")]
    assert apply_fixes("abc", touching) == "甲乙丙"
    assert apply_fixes("abc", [finding(0, 2, "甲"), finding(1, 3, "乙")]) == "甲c"
