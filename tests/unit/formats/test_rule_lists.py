"""Rule lists that people own: read into forms, exceptions and patterns, nothing lost unsaid."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank import Glossary, check, check_text
from termbank.errors import FormatError, GlossaryError
from termbank.formats.rule_lists.prh import read_rules
from termbank.formats.rule_lists.regex_expansion import EndlessExpressionError, expand
from termbank.formats.rule_lists.safe_patterns import RightForms, safe_pattern


def rules(tmp_path, text):
    path = tmp_path / "prh.yml"
    path.write_text(text, encoding="utf-8")
    return path


def findings(path, text, select=None):
    found = check_text(text, glossary=str(path), select=select)
    return [(text[slice(*one.span)], one.fix.text) for one in found if one.fix]


LIST = """version: 1
rules:
  - expected: サーバー
    pattern: /サーバ(?!ー)/
    specs:
      - from: サーバの箱
        to: サーバーの箱
  - expected: 作$1
    pattern: /つく([らりる])/
  - expected: こと
    pattern: /(大|記)?事/
    regexpMustEmpty: $1
  - expected: なお$1
    pattern: /尚([^早徳])/
  - expected: $1ビット
    pattern: /(\\d+)bit/
  - expected: GitHub
  - expected: Cookie
    pattern: /\\bcookie\\b/i
  - expected: 接頭辞
    patterns: [/prefix/i, プレフィックス]
    options:
      wordBoundary: true
"""


def test_each_kind_of_rule_is_read(tmp_path):
    path = rules(tmp_path, LIST)
    text = "サーバとサーバー。本をつくる。する事と大事な記事。尚、尚早。Prefixを見る。"
    assert findings(path, text) == [
        ("サーバ", "サーバー"), ("つくる", "作る"), ("事", "こと"), ("尚", "なお"),
        ("Prefix", "接頭辞"),
    ]  # fmt: skip


def test_a_pattern_without_an_end_is_run_by_re2(tmp_path):
    pytest.importorskip("re2")
    path = rules(tmp_path, LIST)
    (found,) = check_text("64bitの数", glossary=str(path))
    assert (found.fix.text, found.fix.safe, found.severity) == (
        "64ビット",
        False,
        "warning",
    )


def test_case_rules_are_told_by_the_rule_for_letter_case(tmp_path):
    path = rules(tmp_path, LIST)
    assert findings(path, "githubとCOOKIEとCookie", ["TB209"]) == [
        ("github", "GitHub"), ("COOKIE", "Cookie"),
    ]  # fmt: skip


def test_specs_are_run_as_examples(tmp_path):
    path = rules(tmp_path, LIST.replace("to: サーバーの箱", "to: サーバの箱"))
    found = check([], glossary=str(path), select=["TB405"])
    assert [one.code for one in found] == ["TB405"]


def test_each_rule_left_behind_is_named_with_its_line(tmp_path):
    text = (
        "version: 1\nimports:\n  - absent.yml\nrules:\n"
        "  - expected: 最も\n    pattern: もっとも\n  - expected: もっとも\n    pattern: 尤も\n"
        "  - expected: いまさら\n    pattern: 今さら\n  - expected: 今更\n    pattern: 今さら\n"
        "  - expected: a\n    pattern: /(?<x>b)/\n"
    )
    path = rules(tmp_path, text)
    found = check([], glossary=str(path), select=["TB406"])
    assert sorted(one.line for one in found) == [3, 11, 13]


def test_a_reference_that_lost_its_number_is_named_and_writes_nothing(tmp_path):
    text = "rules:\n  - expected: うま$\n    pattern: /上手(く|い)/\n"
    path = rules(tmp_path, text)
    assert [fault.line for fault in read_rules(str(path)).left] == [2]
    assert check_text("上手く動く。", glossary=str(path)) == []


def test_a_chain_of_rules_is_followed_to_its_end_and_a_circle_is_left_behind(tmp_path):
    text = "rules:\n  - {expected: 今さら, pattern: 今更}\n  - {expected: いまさら, pattern: 今さら}\n"
    found = read_rules(str(rules(tmp_path, text)))
    assert [(one.expected, one.forms[0][0]) for one in found.rules] == [
        ("いまさら", "今更"), ("いまさら", "今さら"),
    ]  # fmt: skip
    text = "rules:\n  - {expected: 基づ, pattern: もとづ}\n  - {expected: もとづ, pattern: 基づ}\n"
    assert len(read_rules(str(rules(tmp_path, text))).left) == 2


def test_imports_are_read_and_a_circle_ends(tmp_path):
    (tmp_path / "a.yml").write_text(
        "imports: [prh.yml]\nrules:\n  - expected: 下記\n    pattern: かき\n",
        encoding="utf-8",
    )
    path = rules(tmp_path, "imports:\n  - path: a.yml\nrules:\n  - expected: b\n")
    assert [rule.expected for rule in read_rules(str(path)).rules] == ["下記", "b"]


@pytest.mark.parametrize("text", ["rules: [", "- a\n", ""])
def test_a_broken_list_is_an_error_with_its_path(tmp_path, text):
    path = rules(tmp_path, text)
    with pytest.raises(FormatError, match=r"prh\.yml"):
        read_rules(str(path))


def test_a_list_that_holds_itself_ends(tmp_path):
    path = rules(tmp_path, "a: &a [*a]\nrules: 3\n")
    assert read_rules(str(path)).rules == []


def test_a_list_becomes_a_glossary(tmp_path):
    glossary = Glossary.read(rules(tmp_path, LIST))
    assert "つくら" in glossary.terms["form"].to_list()


PATTERNS = [
    "サーバ(?!ー)",
    "(?<!記|大)事(?!例)",
    "a[bc]?d",
    "([をが])生か",
    "尚([^早徳])",
    "x|yz",
]


@given(
    st.sampled_from(PATTERNS),
    st.text("サーバ記大事例abcdをが生か尚早徳xyz", max_size=8),
)
def test_an_expanded_pattern_finds_what_the_expression_finds(pattern, around):
    # The judge is Python's own engine; a negated class at the end needs a letter there.
    text = f"。{around}。"
    wanted = {
        found.group().rstrip("。")[: len(one.form)]
        for one in expand(pattern)
        for found in re.finditer(pattern, text)
        if found.group().startswith(one.form)
    }
    got = {
        one.form
        for one in expand(pattern)
        if any(
            not any(
                text.startswith(longer, at - longer.find(one.form))
                for longer in one.excepted
                if at >= longer.find(one.form)
            )
            for at in range(len(text))
            if text.startswith(one.form, at)
        )
    }
    assert wanted <= got


@pytest.mark.parametrize("pattern", [r"\d+bit", "^a", "a.*b", "[a-z]{30}", "(a|b){9}"])
def test_what_has_no_end_is_not_expanded(pattern):
    with pytest.raises(EndlessExpressionError):
        expand(pattern)


FORMS = st.text("サーバーキエフ大公国のa", min_size=1, max_size=6)


@given(FORMS, st.lists(FORMS, max_size=4))
def test_an_exported_pattern_touches_no_right_form(form, right):
    around = RightForms(right).around(form)
    # Python cannot look behind at two lengths, but each look is of one.
    pattern = re.compile(safe_pattern(form, around))
    assert all(not pattern.search(one) for one in right if one != form)


def test_all_contradictions_are_told_at_once():
    with pytest.raises(GlossaryError) as fault:
        Glossary.from_variants(
            {
                "最も": ["もっとも"],
                "もっとも": ["尤も"],
                "今さら": ["今更"],
                "いまさら": ["今さら", "今更"],
            },
            lang="ja",
        )
    for form in ("もっとも", "今さら", "今更"):
        assert form in str(fault.value)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "terms.yml",
            "extends: substitution\nswap:\n  'サーバ(?!ー)': サーバー\n  鯖|さば: サーバー\n",
        ),
        ("suggest-expression.tsv", "サーバ\tサーバー\n鯖\tサーバー\nさば\tサーバー\n"),
        ("hyoki.csv", "No,NG,OK,備考\n1,サーバ、鯖、さば,サーバー,長音\n"),
        ("hyoki.tsv", "統一表記\t誤り\nサーバー\tサーバ/鯖/さば\n"),
    ],
)
def test_lists_of_substitutions_are_read(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    terms = Glossary.read(path).terms
    forms = dict(terms.select("form", "status").rows())
    assert forms == {
        "サーバー": "preferred", "サーバ": "deprecated", "鯖": "deprecated",
        "さば": "deprecated",
    }  # fmt: skip
    found = check_text("サーバを買う。鯖を立てる。", glossary=str(path))
    assert [one.fix.text for one in found] == ["サーバー", "サーバー"]


def test_words_that_vale_rejects_are_forbidden(tmp_path):
    path = tmp_path / "reject.txt"
    path.write_text("[Bb]lacklist\nくそ\n", encoding="utf-8")
    forms = dict(Glossary.read(path).terms.select("form", "status").rows())
    assert forms == dict.fromkeys(("Blacklist", "blacklist", "くそ"), "forbidden")
