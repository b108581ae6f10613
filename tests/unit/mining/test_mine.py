"""What is mined: names whole and without titles, terms of every shape, offsets true."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import termbank
from termbank.errors import ConfigError
from termbank.mining.miner import Miner
from termbank.mining.tokens.text_chunks import batches
from termbank.schemas import Mentions
from termbank.sources.collection import Document

SAMPLE = (
    "ユーリ・ウシャコフ氏は会見した。戦略国際問題研究所(CSIS)の報告による。\n"
    "J.D. バンス副大統領と鶴岡路人准教授、教皇レオ14世が出席した。\n"
    "国家安全保障担当大統領補佐官は安全の保証と捕虜の交換、「戦闘の凍結」を論じた。\n"
    "グラム上院議員は50グラムの薬を飲んだ。スーン上院院内総務も来た。\n"
    "ウシャコフ補佐官は30日間の停戦と恒久的な平和、再侵略の防止、NATOサミットに触れた。\n"
)


@pytest.fixture(scope="module")
def mined() -> pl.DataFrame:
    return termbank.mine(termbank.documents([SAMPLE]))


@pytest.mark.parametrize("how", ["best", "rules"])
@pytest.mark.parametrize(
    "name",
    [
        "ユーリ・ウシャコフ",
        "J.D. バンス",
        "鶴岡路人",
        "レオ14世",
        "戦略国際問題研究所",
        "CSIS",
    ],
)
def test_names_are_found_whole(how: str, name: str) -> None:
    found = termbank.mine(termbank.documents([SAMPLE]), names=how)
    assert name in found.filter(pl.col("kind") != "term")["surface"].to_list()


@pytest.mark.parametrize(
    "term",
    [
        "国家安全保障担当大統領補佐官",
        "安全の保証",
        "捕虜の交換",
        "戦闘の凍結",
        "30日間の停戦",
        "恒久的な平和",
        "再侵略",
        "NATOサミット",
        "上院院内総務",
    ],
)
def test_terms_of_every_shape_are_offered(mined: pl.DataFrame, term: str) -> None:
    assert term in mined["surface"].to_list()


def test_titles_stay_outside_names(mined: pl.DataFrame) -> None:
    names = mined.filter(pl.col("kind") != "term")["surface"].to_list()
    for title in ("氏", "副大統領", "准教授", "上院議員", "補佐官"):
        assert not [name for name in names if name.endswith(title)]


def test_an_acronym_starts_where_its_bracket_opens(mined: pl.DataFrame) -> None:
    rows = {
        row[0]: row[1:] for row in mined.select("surface", "start", "end").iter_rows()
    }
    assert rows["戦略国際問題研究所"][1] + 1 == rows["CSIS"][0]


def test_a_senator_is_a_name_and_a_unit_is_not(mined: pl.DataFrame) -> None:
    places = mined.filter(pl.col("surface") == "グラム").sort("start")
    unit = SAMPLE.index("50グラム") + 2
    kinds = dict(places.select("start", "kind").iter_rows())
    assert kinds[SAMPLE.index("グラム上院")] == "person"
    assert kinds.get(unit, "term") == "term"


def test_a_name_with_full_evidence_is_found_in_another_document() -> None:
    texts = ["ユーリ・ウシャコフ氏が語った。", "ウシャコフの談話が出た。"]
    frame = termbank.documents(texts)
    found = termbank.mine(frame)
    second = found.filter(pl.col("doc_id") == frame["doc_id"][1])
    assert (
        "ウシャコフ" in second.filter(pl.col("kind") == "person")["surface"].to_list()
    )


def test_mentions_follow_their_schema_and_name_dictionary_and_version(
    mined: pl.DataFrame,
) -> None:
    Mentions.validate(mined)
    assert "sudachi/" in mined["miner"][0]
    assert any(f" {name}/" in mined["miner"][0] for name in ("full", "core", "small"))


ALPHABET = "停戦案のをーァアカABc１２ 　\n。「」・(米露)氏ｶﾞ㍿👍安全保証J.な"


@given(st.lists(st.text(alphabet=ALPHABET, max_size=40), max_size=4))
@settings(max_examples=60, deadline=None)
def test_every_mention_is_the_untouched_text_at_its_offsets(texts: list[str]) -> None:
    frame = termbank.documents(texts, lang="ja")
    text_of = dict(frame.select("doc_id", "text").iter_rows())
    found = termbank.mine(frame)
    Mentions.validate(found)
    for doc_id, start, end, surface in found.select(
        "doc_id", "start", "end", "surface"
    ).iter_rows():
        assert text_of[doc_id][start:end] == surface


def test_the_same_input_gives_the_same_rows_whatever_the_batches() -> None:
    texts = [line for line in SAMPLE.split("\n") if line]
    whole = termbank.mine(termbank.documents(texts))
    miner = Miner()
    rows = map(Document._make, termbank.documents(texts).iter_rows())
    parts = [miner.mentions(batch) for batch in batches(rows, size=1)]
    left = whole.select("doc_id", "start", "end", "surface")
    right = pl.concat(parts).select("doc_id", "start", "end", "surface")
    assert left.equals(right)


@pytest.mark.parametrize("text", ["「まあいいじゃないですか」", "すると、「青い」"])
def test_a_quotation_without_a_noun_is_mined(text: str) -> None:
    found = termbank.mine(termbank.documents([text]))
    assert all(row["surface"] in text for row in found.to_dicts())


def test_streaming_gives_the_rows_of_mining_in_memory(tmp_path: Path) -> None:
    texts = ["ユーリ・ウシャコフ氏が語った。", "ウシャコフの談話。", "停戦案。"]
    lazy = termbank.mine(termbank.documents(texts), to=tmp_path / "m.parquet")
    assert lazy.collect().equals(termbank.mine(termbank.documents(texts)))
    assert [path.name for path in tmp_path.iterdir()] == ["m.parquet"]


def test_two_workers_give_the_rows_of_one(tmp_path: Path) -> None:
    frame = termbank.documents([SAMPLE, "停戦案を示した。", "ウシャコフの談話。"])
    alone = termbank.mine(frame, to=tmp_path / "1.parquet")
    together = termbank.mine(frame, workers=2, to=tmp_path / "2.parquet")
    assert termbank.mine(frame, workers=2).equals(termbank.mine(frame))
    assert together.collect().equals(alone.collect())


def test_nested_names_are_mentions_of_their_own() -> None:
    text = "デューク大学サンフォード公共政策大学院の教授が語った。"
    names = termbank.mine(termbank.documents([text])).filter(pl.col("kind") != "term")
    assert {
        "デューク大学サンフォード公共政策大学院",
        "サンフォード公共政策大学院",
    } <= set(names["surface"])


def test_without_a_dictionary_there_is_still_mining() -> None:
    found = termbank.mine(
        termbank.documents(["ゼレンスキーが来た。"]), tokeniser="scripts"
    )
    assert "ゼレンスキー" in found["surface"].to_list()


@pytest.mark.parametrize("wrong", [{"names": "magic"}, {"workers": 0}])
def test_wrong_settings_are_refused(wrong: dict) -> None:
    with pytest.raises(ConfigError):
        termbank.mine(termbank.documents(["停戦"]), **wrong)


def test_no_term_ends_or_begins_in_a_preposition() -> None:
    mined = termbank.mine(termbank.documents(["ジャーナル・オブ・メディシンに発表"]))
    surfaces = set(mined["surface"])
    assert "ジャーナル・オブ・メディシン" in surfaces
    assert surfaces.isdisjoint(["ジャーナル・オブ", "オブ・メディシン", "オブ"])


def test_a_mark_that_is_not_read_leaves_no_reading() -> None:
    mined = termbank.mine(termbank.documents(["モスクワ-キーウ間と記号の処理"]))
    readings = dict(mined.select("surface", "reading").iter_rows())
    assert readings["モスクワ-キーウ"] is None
    assert readings["記号"] == "キゴウ"


def test_a_reading_does_not_depend_on_what_was_read_before() -> None:
    texts = [
        "米を炊いた。",
        "米大統領が語った。",
        "米を買う。",
        "米ウクライナ共同声明。",
    ]
    frame = termbank.documents(texts)
    whole = termbank.mine(frame).select("doc_id", "start", "end", "reading")
    alone = [
        termbank.mine(frame[row : row + 1]).select("doc_id", "start", "end", "reading")
        for row in range(frame.height)
    ]
    assert whole.equals(pl.concat(alone))


def test_a_text_says_nothing_of_the_end_of_the_text_before_it() -> None:
    texts = ["表示言語は中文", "（国内）出力", "の一覧", "」と出力", "「出力"]
    alone = [termbank.mine(termbank.documents([text])) for text in texts]
    together = termbank.mine(termbank.documents(texts))
    assert together["evidence"].to_list() == pl.concat(alone)["evidence"].to_list()


def test_two_callers_at_once_have_a_miner_each() -> None:
    texts = [
        "ゼレンスキー大統領はキーウで会談した。",
        "プーチン氏は停戦案に応じていない。",
    ]
    alone = [termbank.mine(termbank.documents([text])) for text in texts]
    with ThreadPoolExecutor(2) as pool:
        frames = [termbank.documents([text]) for text in texts * 8]
        together = list(pool.map(termbank.mine, frames))
    for number, frame in enumerate(together):
        assert frame.equals(alone[number % 2])


def test_a_long_document_is_mined_in_stretches_with_the_same_rows() -> None:
    text = ("\n" + SAMPLE + "一行が続く。" * 60) * 3
    row = Document("a", "text:0", "ja", text, None)
    whole = Miner().mentions(next(batches([row])))
    cut = list(batches([row], size=200))
    assert len(cut) > 2
    assert all(len(stretch.text) < 12_200 for group in cut for stretch in group)
    assert pl.concat(map(Miner().mentions, cut)).equals(whole)
