"""Which differences count, and how values go into a translation."""

import polars as pl
import pytest

from termbank.memory import Memory
from termbank.memory.search.match_scoring import differences, shape, skeleton
from termbank.memory.search.placeables import placeables, tags
from termbank.memory.search.substitution import ordinal, substitute

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
    ("10キロを走った。", "10kmを走った。", ("units",)),
    ("１０㎞を走った。", "十キロメートルを走った。", ("units",)),
    ("八kgの荷物", "5 kgの荷物", ("numbers",)),
    ("5マイル走る", "10キロメートル走る", ("numbers", "units")),
    ("3万ドルの寄付", "100円の寄付", ("numbers", "units")),
    ("300億円", "500億円", ("numbers",)),
    ("2平方キロの土地", "3km2の土地", ("numbers", "units")),
    ("a 5-mile run", "a ten-kilometre run", ("numbers", "units")),
    ("It costs $20 million.", "It costs €5.", ("numbers", "units")),
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
        ("5kmの距離", "5の距離"),
        ("5kmの差", "5kgの差"),  # a length is no mass
        ("5キロの差", "5リットルの差"),
        ("3人の差", "3%の差"),
        ("10トン", "10トントラック"),
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
        ("8/26(月)", ["(0, 8, 26)"]),
        ("2025年8月26日（火）", ["(2025, 8, 26)"]),
        ("Monday, August 26th, 2025", ["(2025, 8, 26)"]),
        ("the 26th of August", ["(0, 8, 26)"]),
        ("26/08/2025", ["(2025, 8, 26)"]),
        ("August 2025", ["(2025, 8, 0)"]),
        ("may 3 times", ["3"]),
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
        ("I ran 10 km.", "5キロを走った", "10kmを走った", "I ran 5 km."),
        ("a 10-kilometre run", "5マイル走", "10km走", "a 5-mile run"),
        ("10 kilometers on foot", "徒歩1キロ", "徒歩10キロ", "1 kilometer on foot"),
        ("It costs ¥100.", "3万ドルだ", "100円だ", "It costs $30,000."),
        ("up 25 per cent", "３０％増", "25パーセント増", "up 30 per cent"),
        ("1個10ドル", "€20 each", "$10 each", "1個20ユーロ"),
        ("a 10K run", "5キロ走", "10キロ走", "a 5K run"),
        ("10 lb of rice", "米5キロ", "米10ポンド", "5 kg of rice"),
        ("Tuesday, August 26", "2026年3月4日に", "2025年8月26日に", None),
        (
            "Tuesday, August 26, 2025",
            "2026年3月4日",
            "2025年8月26日",
            "Wednesday, March 4, 2026",
        ),
        ("8/26/2025", "2026年3月4日", "2025年8月26日", "3/4/2026"),
        ("26/8/2025", "2026年3月4日", "2025年8月26日", "4/3/2026"),
        ("Share {old}", "{name}を共有", "{old}を共有", "Share {name}"),
        ("Share {old}", "%sを共有", "{old}を共有", "Share %s"),
        ("%d of %d", "{a}/{b}件", "%d/%d件", "{a} of {b}"),
        ("<b>Note</b>", "注意", "<b>注意</b>", "Note"),
        ("Share {old}", "<i>{name}</i>を共有", "{old}を共有", "Share {name}"),
    ],
)
def test_values_take_the_shape_they_had_in_the_translation(target, new, old, expected):
    assert substitute(target, shape(new), shape(old)) == expected


@pytest.mark.parametrize(
    ("target", "new", "old"),
    [
        ("the third chapter", "第4章", "第3章"),  # not there
        ("3 and 3", "第4章", "第3章"),  # there twice: which one?
        ("3 and 3", "4と5", "3と3"),  # one value becomes two
        ("3", "4", "3と4"),
        ("six miles", "5マイル走", "10km走"),  # converted by the translator
        ("a 10K run", "5マイル走", "10km走"),  # no unit that could be changed
        ("10 km and 10 kg", "5キロと5g", "10キロと10kg"),  # kilo of which?
    ],
)
def test_what_is_not_sure_is_not_done(target, new, old):
    assert substitute(target, shape(new), shape(old)) is None


@pytest.mark.parametrize(
    ("query", "stored", "target"),
    [
        (
            "It is not connected to the network server.",
            "It is connected to the network server.",
            "x",
        ),
        (
            "サーバーに接続されていませんので、操作をやり直して、もう一度、設定の画面から確認してください。",
            "サーバーに接続されていますので、操作をやり直して、もう一度、設定の画面から確認してください。",
            "x",
        ),
        ("Log in", "Login", "x"),
        ("Page 3", "3 page", "x"),
        ("第4章を参照", "第3章を参照", "See the chapter."),  # nowhere to put the 4
        ("{name}を共有", "{old}を共有", "Share it"),
    ],
)
def test_other_words_and_values_that_go_nowhere_are_not_near_exact(
    tmp_path, query, stored, target
):
    with Memory.open(tmp_path / "tm") as memory:
        memory.add(pl.DataFrame({"source": [stored], "target": [target]}))
        for match in memory.search(query, at_least=0):
            assert match.score < 95
            assert match.band == "fuzzy"


def test_a_date_alone_finds_another_date(tmp_path):
    with Memory.open(tmp_path / "tm") as memory:
        memory.add(
            pl.DataFrame({"source": ["2025年8月26日"], "target": ["August 26, 2025"]})
        )
        match = memory.search("2026/03/04")[0]
        assert (match.target, match.band) == ("March 4, 2026", "near-exact")


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        ("Open file", "Close file", 50),
        ("Save", "Run", 0),
        ("Show hidden files", "Show all files", 67),
        ("Sign in", "Sign out", 50),
    ],
)
def test_short_english_strings_are_compared_by_words(tmp_path, one, other, score):
    with Memory.open(tmp_path / "tm") as memory:
        memory.add(pl.DataFrame({"source": [other], "target": ["x"]}))
        found = memory.search(one, at_least=0)
        assert (found[0].score if found else 0) == pytest.approx(score, abs=8)


@pytest.mark.parametrize(
    ("stored", "query", "least", "most"),
    [
        (
            "<v>styles;categories</v><v>page styles</v>",
            "<v>styles;categories</v><v>page styles</v><v>lists</v>",
            78,
            88,
        ),
        ("<b>Open</b>", "<b>Close</b>", 0, 15),
        ("<a href='x'>Open the file</a>", "<a href='y'>Open the file</a>", 95, 99.9),
    ],
)
def test_names_of_tags_are_no_words(tmp_path, stored, query, least, most):
    with Memory.open(tmp_path / "tm") as memory:
        memory.add([(stored, "訳")], lang="en", to="ja")
        found = memory.search(query, limit=1, at_least=0)
    assert least <= (found[0].score if found else 0) <= most


@pytest.mark.parametrize("old", [1, 2, 3, 4, 11, 12, 21])
def test_an_ordinal_gets_the_ending_of_its_own_number(old):
    for new in (1, 2, 3, 4, 10, 11, 12, 13, 21, 22, 101, 111, 112):
        query, stored = shape(f"第{new}回大会を開く。"), shape(f"第{old}回大会を開く。")
        target = f"The {ordinal(old)} convention opens."
        wanted = f"The {ordinal(new)} convention opens."
        assert substitute(target, query, stored) == wanted
