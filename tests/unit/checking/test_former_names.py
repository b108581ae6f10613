"""A former name is found where it names the place of today, and only there."""

import pytest

from termbank import check_text
from termbank.checking.options import Options

HEADER = (
    "concept_id,lang,form,reading,status,term_type,part_of_speech,relation,"
    "context,since,until,reason,source,note,extra\n"
)
TERMS = """\
a00000000001,ja,キエフ,,deprecated,,,renamed,,2022-03-31,,,,,
a00000000001,ja,キーウ,,preferred,,,,,,,,,,
a00000000001,en,Kiev,,deprecated,,,renamed,,2019-06-17,,,,,
a00000000001,en,Kyiv,,preferred,,,,,,,,,,
a00000000002,ja,ニコラエフ,,deprecated,,,renamed,,2022-03-31,,,,別義: 姓,
a00000000002,ja,ミコライウ,,preferred,,,,,,,,,,
a00000000002,en,Nikolaev,,deprecated,,,renamed,,1991-08-24,,,,also: a family name,
a00000000002,en,Mykolaiv,,preferred,,,,,,,,,,
a00000000003,ja,ツイッター,,deprecated,,,renamed,,2023-07-24,,,,,
a00000000003,ja,X,,preferred,,,,,,,,,,
a00000000003,en,Twitter,,deprecated,,,renamed,,2023-07-24,,,,,
a00000000003,en,X,,preferred,,,,,,,,,,
a00000000004,en,Odessa,,deprecated,,,renamed,,2022-03-01,,,,"also: the city in Texas|except: Odessa, Texas",
a00000000004,en,Odesa,,preferred,,,,,,,,,,
a00000000005,ja,キエフ政権,,deprecated,,,renamed,,2022-03-31,,,,except: 「…」,
a00000000005,ja,キーウ政権,,preferred,,,,,,,,,,
a00000000007,ja,グルジア,,deprecated,,,renamed,,2015-04-22,,,,,
a00000000007,ja,ジョージア,,preferred,,,,,,,,,,
a00000000008,ja,看護婦,,deprecated,,,synonym,,2002-03-01,,,,,
a00000000008,ja,看護師,,preferred,,,,,,,,,,
a00000000006,ja,モスクワ,,preferred,,,,,,,,,,
"""
CONCEPTS = """\
concept_id,kind,domain,status,since,extra
a00000000001,place,,preferred,,
a00000000002,place,,preferred,,
a00000000003,product,,preferred,,
a00000000004,place,,preferred,,
a00000000005,organization,,preferred,,
a00000000006,place,,preferred,,
a00000000007,place,,preferred,,
"""

PERSONS = [
    "ニコラエフ氏は語った。",
    "ニコラエフ外相と会った。",
    "ニコラエフ監督が辞めた。",
    "ユーリ・ニコラエフの本を読んだ。",
    "指揮者ニコラエフの棒で聴いた。",
    "coach Nikolaev resigned.",
    "ニコラエフ教授に聞いた。ニコラエフは首を振った。",
    "Yuri Nikolaev arrived.",
    "Mr. Nikolaev arrived.",
    "Prince Nikolaev arrived.",
    "A. P. Nikolaev wrote it.",
    "Yuri Nikolaev arrived. Then Nikolaev spoke.",
]
LONGER_NAMES = [
    "キエフ大公国の年代記。",
    "キエフ包囲戦を描く。",
    "キエフ・ルーシの時代。",
    "チキン・キエフを頼む。",
    "キエフ軍管区の部隊。",
    "キエフの大門を弾く。",
    "Dynamo Kiev won.",
    "The Battle of Kiev was lost.",
    "They heard the Kiev Symphony Orchestra.",
    "空母キエフは退役した。",
    "組曲「展覧会の絵」から「キエフの大きな門」を弾く。",
    "Odessa lies in the west of Texas.",
    "The Kiev-Pechersk monastery is old.",
    "He was born in Odessa, Texas.",
    "The Odessa Steps are in the film.",
]
OTHER_KINDS = [
    "The Kiev camera was a copy.",
    "He collects Kiev 88 cameras.",
    "A glass of Odessa sparkling wine.",
    "The song (In the Capital in Kiev) closes the suite.",
    "The Bee Gees made the album Odessa.",
    "Odessa is a board game about the sea.",
    '"Letters from Odessa" is her second novel.',
    "Vladimir of Kiev was a saint.",
    "Saint Olga of Kiev was a saint.",
    "Kiev is the Russian spelling.",
    "中古のキエフ60を買った。",
    "キエフケーキを焼く。",
    "バーベリの『キエフ物語』を読んだ。",
    "「キエフの休日」という映画を見た。",
    "キエフのオリガは最初の公妃である。",
    "ソ連時代のキエフに生まれた。",
    "露語ではキエフと発音する。",
    "バンドのキエフが再結成した。",
]
MENTIONS = [
    "キーウ(旧称キエフ)に着いた。",
    "キーウ(キエフ)に着いた。",
    "キエフ(現キーウ)に着いた。",
    "かつてのキエフを知る人。",
    "X(旧ツイッター)に書いた。",
    "ツイッターからXに名称が変わった。",
    "ツイッターは社名をXに変えた。",
    "X, formerly Twitter, was down.",
    "X (formerly known as Twitter) was down.",
    "Twitter, now called X, was down.",
    "The site was then called Twitter.",
    "Twitter, as X was then known, was down.",
    "Twitter has been rebranded as X.",
    "キエフはキーウと書く。",
    "「キエフ」は「キーウ」、ほかは元のまま。",
    "キエフをキーウと表記する。",
    "キエフ→キーウ",
    "Kiev came to be written Kyiv.",
    "Kiev is now spelled Kyiv.",
]
HISTORY = [
    "1943年のキエフは廃墟だった。",
    "12世紀のキエフは栄えた。",
    "2022年のツイッター買収。",
    "2020年、ツイッターは対策を発表した。",
    "In 1943 the army took Kiev.",
    "In 2021 she joined Twitter.",
]
QUOTED = ["報道官は「キエフ政権の挑発だ」と述べた。"]
FOUND = [
    "キエフで会談した。",
    "キエフ市長が述べた。",
    "「キエフで会おう」と述べた。",
    "モスクワ・キエフ間の列車。",
    "ツイッターに書いた。",
    "2024年、ツイッターに書いた。",
    "キエフ政権は反発した。",
    "Talks were held in Kiev.",
    "On Monday Kiev rejected it.",
    "The mayor of Kiev spoke.",
    "In Kiev President Zelensky spoke.",
    "The port of Odessa was bombed.",
    "They live in Odessa. Texas is far away.",
    "グルジア大統領が会見した。",
    "Kiev rejected the plan.",
    "Hungary said Kiev must wait.",
    "Missiles struck Kiev again.",
    "The Kiev government denied it.",
    "Residents of Kiev lost power.",
    "キエフの市民が避難した。",
    "She wrote it on Twitter.",
]


@pytest.fixture(scope="module")
def glossary(tmp_path_factory):
    place = tmp_path_factory.mktemp("glossary")
    (place / "terms.csv").write_text(HEADER + TERMS, encoding="utf-8")
    (place / "concepts.csv").write_text(CONCEPTS, encoding="utf-8")
    return str(place)


@pytest.mark.parametrize(
    "text", [*PERSONS, *LONGER_NAMES, *OTHER_KINDS, *MENTIONS, *HISTORY, *QUOTED]
)
def test_another_use_of_the_name_is_silent(text, glossary):
    assert check_text(text, glossary=glossary) == []


@pytest.mark.parametrize("text", FOUND)
def test_the_name_of_today_s_place_is_found_with_a_safe_fix(text, glossary):
    (finding,) = check_text(text, glossary=glossary)
    assert finding.code == "TB212"
    assert finding.severity == "error"
    assert finding.fix is not None
    assert finding.fix.safe


@pytest.mark.parametrize(
    "text",
    [
        "ニコラエフは語った。",
        "Nikolaev spoke.",
        "2014年のキエフ。",
        "She bought the Kiev heater.",
        "A prince was baptized in Kiev.",
        "大公はキエフで洗礼を受けた。",
        "キエフのオリガが来た。",
        "キエフで生まれたのは1943年だ。",
    ],
)
def test_where_two_readings_stand_it_is_a_warning_without_a_safe_fix(text, glossary):
    (finding,) = check_text(text, glossary=glossary)
    assert finding.severity == "warning"
    assert finding.fix is not None
    assert not finding.fix.safe


@pytest.mark.parametrize(
    "text", ["南部ニコラエフ市に着いた。", "Shells hit the port of Nikolaev."]
)
def test_a_place_beside_the_name_settles_which_is_meant(text, glossary):
    (finding,) = check_text(text, glossary=glossary)
    assert finding.severity == "error"


@pytest.mark.parametrize(
    "text",
    [
        "---\ndate: 2021-05-01\n---\nキエフで会談した。",
        "見出し\n2021年5月1日\nキエフで会談した。",
        "2021年5月1日(土) 12:00 更新\nキエフで会談した。",
    ],
)
def test_a_text_dated_before_the_change_is_silent(text, glossary):
    assert check_text(text, glossary=glossary) == []
    later = text.replace("2021", "2023")
    assert len(check_text(later, glossary=glossary)) == 1


def test_any_status_holds_from_its_day(glossary):
    text = "看護婦に聞いた。"
    assert (
        check_text(text, glossary=glossary, options=Options(as_of="2001-12-31")) == []
    )
    (found,) = check_text(text, glossary=glossary, options=Options(as_of="2002-03-01"))
    assert found.code == "TB102"
    assert len(check_text(text, glossary=glossary)) == 1


def test_a_date_in_the_file_name_or_the_options_counts_too(glossary):
    text = "キエフで会談した。"
    named = check_text(text, glossary=glossary, path="news/2021-05-01.txt")
    asked = check_text(text, glossary=glossary, options=Options(as_of="2021-05-01"))
    assert named == asked == []


@pytest.mark.parametrize(
    "text", ["odessa, texas", "Odessa, TEXAS", "Odessa, Texas", "Odessa, texas"]
)
def test_an_exception_holds_in_any_letter_case_and_keeps_its_comma(text, glossary):
    assert check_text(text, glossary=glossary) == []
