"""Names of one thing that are no spellings: brackets, short names, letters of countries."""

import polars as pl
import pytest

import termbank
from termbank.reconciliation.relations.gloss_evidence import gloss_evidence
from termbank.reconciliation.relations.relation_tables import shipped_relations
from termbank.reconciliation.relations.short_forms import short_form


def links(*texts: str) -> dict[frozenset[str], tuple[str, str]]:
    """Return (relation, verdict) by pair, of texts mined and reconciled."""
    proposal = termbank.reconcile(termbank.mine(termbank.documents(list(texts))))
    return {
        frozenset((row["left"], row["right"])): (row["relation"], row["verdict"])
        for row in proposal.links.to_dicts()
    }


def pair(*forms: str) -> frozenset[str]:
    return frozenset(forms)


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        ("非同期ジョブ", "NoSQL"),
        ("ライフサイクルフック", "API"),
        ("マカロニアリーナ", "BBC"),
        ("表示時間", "LCP"),
        ("前大統領", "ETF"),
        ("税制調査会", "財務省"),
        ("日本銀行", "国債"),
        ("東京", "大阪"),
    ],
)
def test_a_bracket_without_evidence_joins_nothing(outer, inner):
    assert gloss_evidence(outer, inner, shipped_relations(), bracket=True) is None
    found = links(f"{outer}（{inner}）を使う。")
    assert found.get(pair(outer, inner), ("", "ask"))[1] in ("ask", "different")


@pytest.mark.parametrize(
    ("outer", "inner", "relation", "verdict"),
    [
        ("日本経済団体連合会", "経団連", "short-name", "related"),
        ("全国経済人連合会", "全経連", "short-name", "related"),
        ("税制調査会", "税調", "short-name", "related"),
        ("李在明", "イ・ジェミョン", "spelling", "same"),
        ("尹錫悦", "ユン・ソンニョル", "spelling", "same"),
        ("ETF", "上場投資信託", "acronym", "related"),
        ("黒潮海洋観測機構", "KOO", "acronym", "related"),
        ("エマニュエル・マクロン", "Emmanuel Macron", "synonym", "related"),
    ],
)
def test_a_bracket_with_evidence_joins(outer, inner, relation, verdict):
    found = gloss_evidence(outer, inner, shipped_relations(), bracket=True)
    assert found is not None
    assert found.relation == relation
    assert links(f"{outer}（{inner}）が発表した。")[pair(outer, inner)] == (
        relation,
        verdict,
    )


def test_a_bracket_joins_the_whole_noun_run_before_it():
    found = links("日本経済団体連合会（経団連）は提言した。")
    assert pair("経済団体連合会", "経団連") not in found


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("北西の風。スペインの北西。", ("スペイン", "北西")),
        ("土台を作る。トルコの土台。台湾も。", ("トルコ", "土台")),
        ("日曜日朝に会う。日本と北朝鮮。", ("日朝", "北朝鮮")),
        ("西欧の国。スペイン。欧州。", ("スペイン", "西欧")),
        ("北米の市場。北朝鮮と米国。", ("北米", "北朝鮮")),
        ("中米の国々。中国と米国。", ("中米", "中国")),
        ("日の出。日本の朝。", ("日", "日本")),
        ("米側は述べた。米国は。", ("米", "米国")),
    ],
)
def test_letters_of_countries_alone_or_in_other_words_are_none(text, apart):
    assert pair(*apart) not in links(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("米露の首脳。米国。ロシア。", ("米露", "ロシア")),
        ("日中関係。中国と日本。", ("日中", "中国")),
        ("日米韓の会談。日本、米国、韓国。", ("日米韓", "韓国")),
    ],
)
def test_established_compositions_are_shown(text, parts):
    assert links(text)[pair(*parts)] == ("composition", "related")


@pytest.mark.parametrize(
    "forms",
    [("衆院", "衆議院"), ("税調", "税制調査会"), ("米国", "アメリカ合衆国"),
     ("国連安保理", "国連安全保障理事会"), ("IoT", "モノのインターネット")],
)  # fmt: skip
def test_short_names_and_synonyms_are_related_and_never_same(forms):
    (row,) = termbank.compare(forms[:1], forms[1:]).to_dicts()
    assert row["verdict"] == "related"


@pytest.mark.parametrize(
    "forms", [("停戦", "停戦案"), ("国", "国家"), ("自動", "自動的")]
)
def test_a_longer_word_is_no_long_name(forms):
    assert short_form(*forms, shipped_relations(), synonyms=True) is None


def test_a_name_with_an_honorific_is_the_name():
    found = links("ケレハー氏は語った。デニス・M・ケレハーが来た。ケレハーは。")
    assert found[pair("ケレハー", "ケレハー氏")] == ("spelling", "same")


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("徳川家康が開いた。家康は死んだ。", ("徳川家康", "家康")),
        ("ジョコ・ウィドド大統領は来た。ジョコ大統領は語った。",
         ("ジョコ", "ジョコ・ウィドド")),
    ],
)  # fmt: skip
def test_a_given_name_that_stands_as_a_surname_does_is_the_person(text, forms):
    assert links(text)[pair(*forms)] == ("short-name", "related")


def test_middle_names_may_be_left_out():
    kinds = ["person", "person"]
    names = ["ストポ ヌグロホ", "ストポ・プルウォ・ヌグロホ"]
    frame = pl.DataFrame(
        {
            "doc_id": ["0" * 16] * 2, "start": [0, 20], "end": [8, 34],
            "miner": ["hand/1"] * 2, "lang": ["ja"] * 2, "surface": names, "norm": names,
            "reading": [None, None], "kind": kinds,
        },
        schema_overrides={"reading": pl.String},
    )  # fmt: skip
    (row,) = termbank.reconcile(frame).links.to_dicts()
    assert row["verdict"] in ("related", "ask")


def test_a_name_in_latin_letters_and_in_katakana_is_related():
    forms = ["Craig Halkett", "クレイグ・ハルケット", "Gerrard", "ジェラード", "Save",
             "セーブ", "miles", "マイルス", "Australia", "オーストリア", "オーストラリア"]  # fmt: skip
    found = {
        frozenset(row[:2]): row[2]
        for row in termbank.reconcile(forms).links.select(
            "left", "right", "verdict"
        ).iter_rows()
    }  # fmt: skip
    assert found[pair("Craig Halkett", "クレイグ・ハルケット")] == "related"
    assert found[pair("Gerrard", "ジェラード")] == "related"
    assert found.get(pair("Save", "セーブ"), "ask") == "ask"
    assert found.get(pair("miles", "マイルス"), "ask") == "ask"
    assert pair("Australia", "オーストリア") not in found


def test_a_word_partly_in_latin_letters_is_the_same_word():
    links = termbank.reconcile(["スペースX", "スペースエックス", "スペース"]).links
    assert links.select("left", "right", "verdict").rows() == [
        ("スペースX", "スペースエックス", "same")
    ]
