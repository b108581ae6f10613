"""Names are attested, not only alike in sound; common words and markup are no names."""

from __future__ import annotations

import time

import polars as pl
import pytest

import termbank
from termbank.equivalents.english_names import is_name, spellings_in


@pytest.mark.parametrize(
    "form", ["の内部", "ため", "キー", "エル", "内部", "サーバー名", "こと", "ー"]
)
def test_particles_and_short_words_are_no_names(form: str) -> None:
    assert not is_name(form)
    assert (
        list(spellings_in([form], {"a": "No, the KI of Key. Sir, Mei!"}, at_least=50))
        == []
    )


@pytest.mark.parametrize(
    ("form", "alike"),
    [
        ("ロンボク", "Rombok"),
        ("ベルリン", "Belrin"),
        ("リバプール", "Riverpool"),
    ],
)
def test_where_the_name_is_on_record_a_sound_alike_is_another_name(
    form: str, alike: str
) -> None:
    text = f"She told us that {alike} would be open in the spring."
    best = termbank.best_spelling(form, text)
    assert best is None or best[1] < 90


@pytest.mark.parametrize(
    ("form", "true"),
    [
        ("ロンボク", "Lombok"),
        ("ベルリン", "Berlin"),
        ("ケレハー", "Kelleher"),
        ("ゼレンスキー", "Zelensky"),
    ],
)
def test_the_name_itself_is_found_beside_its_sound_alikes(form: str, true: str) -> None:
    text = f"On Monday Rombok, Belrin, Serensky and {true} were open."
    best = termbank.best_spelling(form, text)
    assert best is not None
    assert best[0] == true
    assert best[1] > 95


def test_a_name_is_rather_what_stands_inside_a_sentence() -> None:
    stands = "Sentences have it: the trip to Kelleher was long, and Kelleher was cold."
    assert termbank.best_spelling("ケレハー", f"Keleher. {stands}")[0] == "Kelleher"


def test_many_pages_and_names_are_searched_within_seconds() -> None:
    page = " ".join(
        f"Then Mr. Name{chr(97 + at % 26)}{chr(97 + at // 26 % 26)}or went to Paris."
        for at in range(600)
    )
    texts = {f"{number}.txt": page + f" Berlin{number}" for number in range(50)}
    forms = [
        a + b + "ン"
        for a in "アカサタナハマヤラワ"
        for b in ("リス", "ルド", "ーロ", "ベルリ")
    ]
    start = time.process_time()
    found = {one.form for one in spellings_in([*forms, "パリス"], texts, at_least=50)}
    assert time.process_time() - start < 30
    assert found


def test_markup_is_among_the_words_of_neither_side() -> None:
    rows = [
        (
            f'<b class="x">ファイル</b>を&raquo;{verb}&nbsp;%s {{name}}',
            f'<b class="x">{en} file</b> &raquo; &nbsp;%s {{name}}',
        )
        for verb, en in [
            ("開く", "Open"),
            ("閉じる", "Close"),
            ("消す", "Delete"),
            ("送る", "Send"),
        ]
        * 6
    ]
    found = termbank.mine_pairs(rows, at_least=0)
    words = " ".join(found["en"].to_list()).lower()
    for markup in ("class", "raquo", "nbsp", "name", "<", "%"):
        assert markup not in words
    assert "ファイル" in found["ja"].to_list()


def test_what_is_latin_already_is_no_term() -> None:
    rows = [
        (f"URLを{verb}", f"{en} the URL")
        for verb, en in [("開く", "Open"), ("消す", "Delete")] * 6
    ]
    assert "URL" not in termbank.mine_pairs(rows, at_least=0)["ja"].to_list()


def test_a_noun_is_rendered_without_the_verb_that_stands_beside_it() -> None:
    rows = [
        (f"{who}は{when}テニスをする。", f"{he} {often} tennis {at}.")
        for who, he in [("私", "I"), ("彼ら", "They"), ("我々", "We")]
        for when, often, at in [
            ("毎日", "play", "every day"),
            ("よく", "often play", "here"),
            ("明日", "will play", "tomorrow"),
            ("夏に", "want to play", "in summer"),
        ]
    ]
    found = termbank.mine_pairs(rows, at_least=0)
    assert found.filter(pl.col("ja") == "テニス")["en"].to_list() == ["tennis"]
