"""Which differences count, and how values go into a translation."""

import pytest

from termbank.memory.placeables import placeables, tags
from termbank.memory.scoring import differences, shape, skeleton
from termbank.memory.substitution import substituted

SAME_SENTENCE = [
    ("ＮＡＴＯに加盟。", "NATOに加盟。", ("width",)),
    ("NATOに加盟。", "natoに加盟。", ("case",)),
    ("停戦、合意", "停戦合意。", ("punctuation",)),
    ("<b>停戦</b>に合意", "停戦に合意", ("tags",)),
    ("{0}件の{1}", "%s件の%s", ("tags",)),
    ("12人が来た", "十三人が来た", ("numbers",)),
    ("令和7年11月23日に会談", "2025年11月24日に会談", ("numbers",)),
    ("On November 23, 2025 they met", "On May 2, 2025 they met", ("numbers",)),
    ("第3章。", "第４章", ("punctuation", "numbers")),
]


@pytest.mark.parametrize(("one", "other", "names"), SAME_SENTENCE)
def test_a_difference_that_leaves_the_sentence_has_a_name(one, other, names):
    assert differences(shape(one), shape(other)) == names
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("停戦", "停戦案"),
        ("一般に", "十般に"),
        ("！", "？"),
        ("3人", "人"),
        ("千葉", "葉"),
    ],
)
def test_other_differences_have_none(one, other):
    assert differences(shape(one), shape(other)) is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("１万２千人と十二回", ["12000", "12"]),
        ("3億5000万円", ["350000000"]),
        ("12,000 people and 1.5 million", ["12000", "1500000.0"]),
        ("令和七年十一月二十三日", ["(2025, 11, 23)"]),
        ("平成元年", ["1989"]),
        ("2025/11/23", ["(2025, 11, 23)"]),
        ("23 Nov. 2025", ["(2025, 11, 23)"]),
        ("11月3日", ["(0, 11, 3)"]),
        ("二〇二五年", ["2025"]),
        ("一般に十分な千葉の三菱", []),
        ("may or march", []),
    ],
)
def test_numbers_and_dates_in_every_shape(text, values):
    assert [str(one.value) for one in placeables(text)] == values


def test_tags_of_several_kinds():
    assert tags("<a href='x'>{0}</a> %s ${user} 50% 引き") == (
        "<a href='x'>",
        "{0}",
        "</a>",
        "%s",
        "${user}",
    )


@pytest.mark.parametrize(
    ("target", "new", "old", "expected"),
    [
        ("See Chapter 12.", "第3章", "第12章", "See Chapter 3."),
        ("12,000 people", "三万人", "1万2千人", "30,000 people"),
        ("1.2 million yen", "150万円", "120万円", "1.5 million yen"),
        ("Nov. 23, 2025", "令和7年12月3日", "令和7年11月23日", "Dec. 3, 2025"),
        ("23 November 2025", "2024年1月2日", "2025年11月23日", "2 January 2024"),
        ("two or 5", "3か5", "2か5", "3 or 5"),
        ("from 3 to 5", "5から3", "3から5", "from 5 to 3"),
    ],
)
def test_values_take_the_shape_they_had_in_the_translation(target, new, old, expected):
    assert substituted(target, shape(new), shape(old)) == expected


@pytest.mark.parametrize(
    ("target", "new", "old"),
    [
        ("the third chapter", "第4章", "第3章"),  # not there
        ("3 and 3", "第4章", "第3章"),  # there twice: which one?
        ("3 and 3", "4と5", "3と3"),  # one value becomes two
        ("3", "4", "3と4"),
    ],
)
def test_what_is_not_sure_is_not_done(target, new, old):
    assert substituted(target, shape(new), shape(old)) is None
