"""Texts cut where a translator would cut them, by rules that may come from anybody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("反応温度は２５．３℃であった．収率は８０％，純度は高い．", 2),
        ("これはペンです.それは鉛筆です.", 2),
        ("ﾃｽﾄです｡次です｡", 2),
        ("え?本当?はい!行きます!", 4),
        ("終わりました。（笑）次の話。", 2),
        ("<b>重要。</b>次の文です。", 2),
        ("「え、何?」「さあ」", 2),
        ("彼は言った。「来い。」そして去った。", 3),
        ("「うん。」でも、彼は去った。", 2),
        ("歓迎です! （訳注: 報告は先方へ。返事は来ます。）次。", 3),
        ("１．電源を入れる。２．ボタンを押す。３．待つ。", 3),
        ("1. 電源を入れる 2. ボタンを押す", 2),
        ("① 読む。② 書く。", 2),
    ],
)
def test_japanese_breaks_at_every_full_stop_and_item(text, expected):
    assert len(texts(text)) == expected
    assert "".join(texts(text)) == "".join(text.split()) or " " in text


@pytest.mark.parametrize(
    "one",
    [
        "「早く。」って言った。",
        "彼は「いやだ！」なんて叫んだ。",
        "「本当？」だった。",
        "「『はい。』と言え。」と命じた。",
        "「です。」や「ます。」で終わる。",
        "それは（本当だ。間違いない。）事実だ。",
        "本当か？と聞いた。",
        "図１．装置の全体。",
        "第１章．はじめに。",
        "詳細は https://a.b/c?x=1!y を参照。",
        "これはA.B.氏の論文だ。",
        "（訳注: 一つ目。二つ目。三つ目。）",
        "株式会社A. B. C. の製品。",
        "ア．目的　イ．方法",
    ],
)
def test_a_mark_inside_a_japanese_sentence_does_not_end_it(one):
    assert texts(one) == [one]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See vol. 3, ch. 2, sec. 4, p. 5. It is there.", 2),
        ("Born c. 1850. He died poor.", 2),
        ("No. 5 is here. See No. 6. The answer is no. I left.", 4),
        ("1) First item 2) Second item", 2),
        ("1. This is a list item.", 1),
        ("He said, “I don’t know. Ask him,” and left.", 1),
        ("He left at 6 p.m. She stayed.", 2),
        ("You and I. Did you see Albert I. Jones?", 2),
        ("They live in the U.S. How about you?", 2),
        ("She works for the U.S. Government.", 1),
        ("It works.[1] The next one.", 2),
        ("I mean . . . the thing is . . . I like it.", 1),
        ("(See above. It works.) Next.", 2),
        ("He is 5 ft. 3 in. tall.", 1),
        ("It ended c. A.D. 400. Then peace.", 2),
        ("Go to Main St. It is near.", 2),
    ],
)
def test_english_abbreviations_lists_and_quotations(text, expected):
    assert len(texts(text, lang="en")) == expected


def test_a_wrapped_line_goes_on_and_a_list_of_lines_does_not():
    assert texts("これは父の\n家です。\n見出し\n本文。") == [
        "これは父の家です。",
        "見出し",
        "本文。",
    ]
    assert texts("It was a cold \nnight.\nfeatures\nnew items", lang="en") == [
        "It was a cold night.",
        "features",
        "new items",
    ]


@given(st.text(alphabet='「」（）『』()"。．.！?！a1 \n笑とは', max_size=40))
def test_segments_are_ordered_and_leave_out_only_white_space(text):
    for lang in ("ja", "en"):
        at = 0
        for one in segment(text, lang=lang):
            assert not text[at : one.start].strip()
            assert "".join(text[one.start : one.end].split()) == "".join(
                one.text.split()
            )
            at = one.end
        assert not text[at:].strip()
