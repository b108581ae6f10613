"""What the rules after the name model leave out, and what they must leave alone."""

import numpy as np
import pytest

from termbank.mining.names.kind_rules import drop_common_names, settle_kinds
from termbank.mining.names.name_boundaries import cut_before_titles, trim_names
from termbank.mining.names.name_patterns import pattern_names
from termbank.mining.names.name_rules import Name
from termbank.mining.names.nested_names import find_nested
from termbank.mining.terms.term_phrases import Spans
from termbank.mining.tokens.surface_forms import Forms
from termbank.mining.tokens.token_lexicon import Lexicon, numbering
from termbank.mining.tokens.token_table import Sheet, sheet
from termbank.table_columns import KINDS


def _read(text: str) -> tuple[Sheet, Lexicon]:
    lexicon = Lexicon(numbering("sudachi", None))
    return sheet([text], lexicon), lexicon


@pytest.mark.parametrize(
    ("text", "stays"),
    [("全日本卓球選手権", True), ("同委員会", False), ("両政府", False)],
)
def test_a_body_meant_in_passing_is_no_name_unless_it_holds_one(
    text: str, stays: bool
) -> None:
    words, lexicon = _read(text)
    whole = Name(0, len(words.slots))
    assert trim_names(words, lexicon, [whole]) == [whole] * stays


@pytest.mark.parametrize(
    ("text", "stays"), [("韓丙起", True), ("八乙女光", True), ("恒久和平", False)]
)
def test_common_nouns_are_no_person_unless_one_is_a_single_character(
    text: str, stays: bool
) -> None:
    words, lexicon = _read(text)
    whole = Spans(np.array([0]), np.array([len(words.slots)]))
    kept, _ = drop_common_names(
        words, lexicon, whole, np.array([KINDS.index("person")])
    )
    assert len(kept.first) == stays


def _span(words: Sheet, text: str, part: str) -> Name:
    start = text.index(part)
    first = int(np.searchsorted(words.starts, start))
    return Name(first, int(np.searchsorted(words.ends, start + len(part))) + 1)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("英紙ガーディアン", "ガーディアン"),
        ("米科学誌サイエンス", "サイエンス"),
        ("米シンクタンク戦争研究所", "戦争研究所"),
        ("イスラム組織ハマス", "ハマス"),
        ("ジェンスン・フアンCEO", "ジェンスン・フアン"),
        ("ニミッツ提督", "ニミッツ"),
        ("朝日新聞", "朝日新聞"),
        ("紙屋悦子", "紙屋悦子"),
    ],
)
def test_what_introduces_a_name_or_follows_it_is_no_part_of_it(
    name: str, kept: str
) -> None:
    words, lexicon = _read(name)
    assert trim_names(words, lexicon, [Name(0, len(words.slots))]) == [
        _span(words, name, kept)
    ]


@pytest.mark.parametrize(
    ("text", "found", "kept"),
    [
        ("テドロス事務局長は", "テドロス事務局", "テドロス"),
        ("財務省国際局長は", "財務省国際局", "財務省国際局"),
        ("スーン上院院内総務", "スーン上院院内", "スーン"),
        (
            "ミンアウンフライン総司令官",
            "ミンアウンフライン総司令",
            "ミンアウンフライン",
        ),
        ("ペレア国防大臣は", "ペレア国防", "ペレア"),
    ],
)
def test_a_name_that_runs_into_a_title_ends_before_it(
    text: str, found: str, kept: str
) -> None:
    words, lexicon = _read(text)
    names = cut_before_titles(words, lexicon, [_span(words, text, found)])
    assert names == [_span(words, text, kept)]


def _settled(text: str, names: dict[str, str]) -> list[str]:
    words, lexicon = _read(text)
    pairs = np.array([_span(words, text, name) for name in names])
    given = np.array([KINDS.index(kind) for kind in names.values()])
    spans = Spans(pairs[:, 0], pairs[:, 1])
    return [KINDS[kind] for kind in settle_kinds(words, lexicon, spans, given)]


def test_an_abbreviation_in_brackets_is_of_the_kind_of_what_it_stands_for() -> None:
    names = {"国際刑事裁判所": "organization", "ICC": "product"}
    assert _settled("国際刑事裁判所（ICC）は", names) == ["organization"] * 2
    assert _settled("国際刑事裁判所とICCは", names) == ["organization", "product"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("イエレン財務長官は", "person"),
        ("イエレン財務戦略は", "organization"),
        ("ユニセフ親善大使は", "organization"),
    ],
)
def test_unknown_katakana_before_an_office_of_state_is_a_person(
    text: str, kind: str
) -> None:
    assert _settled(text, {text[:4]: "organization"}) == [kind]


def test_what_a_paper_is_called_is_a_product() -> None:
    assert _settled("英紙ガーディアンは", {"ガーディアン": "person"}) == ["product"]


@pytest.mark.parametrize(
    ("name", "kind", "inside"),
    [
        ("ドネツク州ポクロウシク", "place", ["ドネツク州", "ポクロウシク"]),
        ("埼玉県さいたま市大宮区", "place", ["埼玉県", "さいたま市", "大宮区"]),
        ("ドネツク州", "place", []),
        ("ロシア・モスクワ", "place", ["ロシア", "モスクワ"]),
        ("パリ・サンジェルマン", "organization", []),
        ("埼玉県立大学", "organization", []),
        ("国際銀行間通信協会", "organization", []),
        ("米シンクタンク戦争研究所", "organization", []),
        (
            "デューク大学サンフォード公共政策大学院",
            "organization",
            ["デューク大学", "サンフォード公共政策大学院"],
        ),
    ],
)
def test_names_inside_names(name: str, kind: str, inside: list[str]) -> None:
    words, lexicon = _read(name)
    whole = Spans(np.array([0]), np.array([len(words.slots)]))
    spans, kinds = find_nested(words, lexicon, whole, np.array([KINDS.index(kind)]))
    found = [
        name[words.starts[a] : words.ends[b - 1]]
        for a, b in zip(spans.first, spans.last, strict=True)
    ]
    assert found == inside
    assert set(kinds) <= {KINDS.index(kind)}


@pytest.mark.parametrize(
    ("form", "usable"),
    [
        ("ワシントン＝鈴木花子", False),
        ("ジャン＝リュック", True),
        ("写真＝時事", False),
    ],
)
def test_an_equals_sign_joins_katakana_and_parts_kanji(form: str, usable: bool) -> None:
    words, lexicon = _read(form)
    forms = Forms()
    forms.numbers(words, Spans(np.array([0]), np.array([len(words.slots)])), lexicon)
    assert forms.usable == [usable]


def test_roles_and_prizes_are_no_names() -> None:
    for text in ("アナリスト", "金メダル"):
        words, lexicon = _read(text)
        assert trim_names(words, lexicon, [Name(0, len(words.slots))]) == []


def test_joined_katakana_before_an_honorific_is_a_person() -> None:
    text = "作家ハン・ガンさんとゴー・アンド・ストップの原則"
    words, _ = _read(text)
    names, people = pattern_names([text], words, [])
    assert names == [_span(words, text, "ハン・ガン")]
    assert people == set(names)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("By Alice Walker", ["Alice Walker"]),
        ("Mary-Jane O'Neilは", ["Mary-Jane O'Neil"]),
        ("Storm Hits Northern Coast Towns With Rain", []),
        ("John F. Kennedyは", ["John F. Kennedy"]),
    ],
)
def test_latin_names_are_no_headlines(text: str, found: list[str]) -> None:
    words, _ = _read(text)
    names, _ = pattern_names([text], words, [])
    spans = [(words.starts[name.first], words.ends[name.last - 1]) for name in names]
    assert [text[start:end] for start, end in spans] == found


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("シルスキーは語った", True),
        ("コンパイラビリティーは高い", False),
        ("カスタマイゼーションが要る", False),
    ],
)
def test_a_derived_loanword_alone_is_nobody(text: str, stays: bool) -> None:
    words, lexicon = _read(text)
    names = Spans(np.array([0]), np.array([1]))
    kinds = np.array([KINDS.index("person")])
    left, _ = drop_common_names(words, lexicon, names, kinds)
    assert len(left.first) == stays
