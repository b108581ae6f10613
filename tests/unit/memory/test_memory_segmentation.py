"""Texts cut where a translator would cut them, by rules that may come from anybody."""

import pytest

from termbank.errors import FormatError, InputError
from termbank.memory import segment
from termbank.memory.alignment.srx_rules import danger

SRX = """<?xml version="1.0"?>
<srx version="2.0" xmlns="http://www.lisa.org/srx20"><header cascade="no"/><body>
<languagerules><languagerule languagerulename="x">{}</languagerule></languagerules>
<maprules><languagemap languagepattern=".*" languagerulename="x"/></maprules>
</body></srx>"""
RULE = (
    '<rule break="{}"><beforebreak>{}</beforebreak><afterbreak>{}</afterbreak></rule>'
)


def texts(text, **how):
    return [one.text for one in segment(text, **how)]


@pytest.mark.parametrize(
    "one",
    [
        "「停戦だ。」と述べた。",
        "大統領は「停戦だ。交渉を始める。」と述べた。",
        "会談は（非公開。詳細は不明）終わった。",
        "価格は3.5ドルだった。",
        "彼は……黙った。",
        "本当か!?",
    ],
)
def test_a_japanese_sentence_stays_whole(one):
    assert texts(one) == [one]
    assert texts(one + "次の文だ。") == [one, "次の文だ。"]


@pytest.mark.parametrize(
    "one",
    [
        "Mr. Vance met Gen. Kellogg.",
        "J. D. Vance left.",
        "The U.S. President spoke at 3.5 p.m. on Nov. 23.",
        "They left... and came back.",
        '"Really?" he asked.',
        "See Fig. 3, e.g. this one.",
    ],
)
def test_an_english_sentence_stays_whole(one):
    assert texts(one, lang="en") == [one]
    assert texts(one + " The next one.", lang="en") == [one, "The next one."]


def test_lines_are_segments_and_offsets_point_into_the_text():
    text = "　見出し\n一つ目。 二つ目！\r\n\r\n「三つ目。」"
    found = segment(text)
    assert [one.text for one in found] == [
        "見出し",
        "一つ目。",
        "二つ目！",
        "「三つ目。」",
    ]
    assert all(text[one.start : one.end] == one.text for one in found)


def test_own_rules_decide_and_an_earlier_rule_wins(tmp_path):
    path = tmp_path / "own.srx"
    rules = RULE.format("no", "第1条;", r"\s") + RULE.format("yes", ";", r"\s*\p{L}")
    path.write_text(SRX.format(rules), encoding="utf-8")
    assert texts("甲; 乙;丙", rules=path) == ["甲;", "乙;", "丙"]
    assert texts("第1条; 乙; 丙", rules=path) == ["第1条; 乙;", "丙"]


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a|a)*b",
        "(?:a*)*",
        "((a?b)+)+",
        r"(a)\1",
        "(a{1,}){2,}",
        "a*a*a*a*a*b",
    ],
)
def test_a_pattern_that_could_run_for_ever_is_refused(tmp_path, pattern):
    assert danger(pattern)
    path = tmp_path / "bad.srx"
    path.write_text(SRX.format(RULE.format("yes", pattern, "b")), encoding="utf-8")
    with pytest.raises(FormatError, match="pattern"):
        segment("a" * 50, rules=path)


@pytest.mark.parametrize(
    "pattern", [r"[。！？][」』]*", r"\b(?:Mr|Dr)\.", "[*+]+", r"\(+"]
)
def test_an_ordinary_pattern_is_not(pattern):
    assert danger(pattern) == ""


def test_entities_and_other_files_are_refused(tmp_path):
    path = tmp_path / "x.srx"
    path.write_text('<!DOCTYPE srx [<!ENTITY a "aa">]><srx>&a;</srx>', encoding="utf-8")
    with pytest.raises(FormatError):
        segment("あ", rules=path)
    path.write_text("<tmx/>", encoding="utf-8")
    with pytest.raises(FormatError, match="SRX"):
        segment("あ", rules=path)
    with pytest.raises(InputError):
        segment("あ", rules=tmp_path / "absent.srx")


def test_brackets_that_never_close_are_no_trap():
    # Patterns see a bounded window: were it the whole text, this would take hours.
    text = "「あ。" * 20_000
    assert "".join(texts(text)) == text
