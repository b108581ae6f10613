"""Names and terms on the reference sets, and on the source documents."""

import gzip
import json
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

import termbank

NO_NAMES = {
    *("DATE", "QUANTITY", "ORDINAL", "TIME", "MONEY", "PERCENT", "CARDINAL"),
    *("TITLE_AFFIX", "LANGUAGE", "LAW", "NORP", "PHONE", "MOVEMENT"),
}


def _rows(shared: Path, name: str) -> list[dict]:
    with gzip.open(shared / "data" / "mine" / f"{name}.jsonl.gz", "rt") as lines:
        return [json.loads(line) for line in lines]


def _f1(rows: list[dict], how: str) -> float:
    mined = termbank.mine(termbank.documents([row["text"] for row in rows]), names=how)
    names = mined.filter(pl.col("kind") != "term")
    given: dict[str, set] = {}
    for doc_id, start, end in names.select("doc_id", "start", "end").iter_rows():
        given.setdefault(doc_id, set()).add((start, end))
    hits = total = 0
    for row in rows:
        gold = {(a, b) for a, b, kind, _ in row["spans"] if kind not in NO_NAMES}
        found = given.get(sha256(row["text"].encode()).hexdigest()[:16], set())
        outer = {
            span
            for span in found
            if not any(
                a <= span[0] and span[1] <= b and (a, b) != span for a, b in found
            )
        }
        hits += 2 * len(gold & outer)
        total += len(gold) + len(outer)
    return hits / total


@pytest.mark.parametrize(("how", "at_least"), [("best", 0.79), ("rules", 0.60)])
def test_names_of_gsd(shared: Path, how: str, at_least: float) -> None:
    assert _f1(_rows(shared, "ner_gsd"), how) >= at_least


def test_terms_of_short_and_middle_documents(shared: Path) -> None:
    rows = [row for row in _rows(shared, "terms_keyphrase") if len(row["text"]) < 3000]
    mined = termbank.mine(termbank.documents([row["text"] for row in rows]))
    ranked = termbank.candidates(mined, by="document")
    reached = wanted = 0
    for row in rows:
        key = sha256(row["text"].encode()).hexdigest()[:16]
        forms = set(ranked.filter(pl.col("doc_id") == key)["norm"])
        wanted += len(row["terms"])
        reached += sum(
            any(form.lower() in forms for form in group) for group in row["terms"]
        )
    assert reached / wanted >= 0.94


PEOPLE = [
    "オレクサンドル・シルスキーイ",
    "ドナルド・トランプ",
    "キース・ケロッグ",
    "スティーブ・ウィトコフ",
    "ウラジーミル・ゼレンスキー",
    "ウォロディミル・ゼレンスキー",
    "ウラジミール・ゼレンスキー",
    "ウラジーミル・プーチン",
    "ウラジミール・プーチン",
    "ルーク・コーフィー",
    "ルーク・コフィー",
    "マイク・ウォルツ",
    "ルビオ",
    "鶴岡路人",
    "中根圭一",
    "クリスティン・ベルジナ",
    "マリア・スネゴバヤ",
    "レオ14世",
    "ジョン・ハーブスト",
    "グラム",
    "スーン",
    "ジョー・バイデン",
    "フョードル・ルキヤノフ",
    "ユーリ・ウシャコフ",
    "ウシャコフ",
    "サイモン・マイルズ",
    "マイルズ",
    "オレクシイ・レズニコフ",
]


def test_people_of_the_source_documents_are_found_whole(shared: Path) -> None:
    found = termbank.mine(shared / "seeds").filter(pl.col("kind") == "person")
    assert set(PEOPLE) | {"J.D. バンス"} <= set(found["surface"])


def test_bodies_and_places_of_the_source_documents_are_found_whole(
    shared: Path,
) -> None:
    found = termbank.mine(shared / "seeds").filter(pl.col("kind") != "term")
    wanted = (
        "戦略国際問題研究所 CSIS 北大西洋条約機構 NATO ハドソン研究所 共和党 "
        "ジャーマン・マーシャル財団 アトランティック・カウンシル ユーラシア・センター "
        "デューク大学サンフォード公共政策大学院 サンフォード公共政策大学院 クレムリン "
        "ホワイトハウス クリミア半島 ドンバス地方 クルスク地域 ジェッダ イスタンブール "
        "ソチ バチカン ジュネーブ 黒海 キエフ モスクワ ワシントン エストニア スロバキア"
    )
    assert set(wanted.split()) <= set(found["surface"])
