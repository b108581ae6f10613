"""Spellings of names: ranking, match or none, parts, initials, Latin to katakana."""

import random
from pathlib import Path

import numpy as np
import pytest

import termbank
from termbank.equivalents import segment_model
from termbank.equivalents.edit_model import SOUND_CODES, edit_model
from termbank.equivalents.known_names import known
from termbank.equivalents.romaji import symbols
from termbank.equivalents.segment_model import LONGEST_LETTERS, LONGEST_SOUND, model
from termbank.equivalents.spelling import find_by_latin
from termbank.equivalents.text_spans import spans

NEWS = [
    line.split("\t")
    for line in Path(__file__)
    .with_name("news_names.tsv")
    .read_text("utf-8")
    .splitlines()
]


def slow_score(name, sounds, spelling):
    """The sum over all cuts, written as the definition says it."""
    table = {}
    for line in (segment_model.TABLES / f"{name}.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            sound, letters, weight = line.split("\t")
            table[sound, letters] = 2.718281828459045 ** float(weight)
    source, target = f"^{sounds}$", f"^{spelling}$"
    sums = {(0, 0): 1.0}
    for i in range(len(source) + 1):
        for j in range(len(target) + 1):
            here = sums.get((i, j), 0.0)
            for a in range(min(LONGEST_SOUND, len(source) - i) + 1):
                for b in range(min(LONGEST_LETTERS, len(target) - j) + 1):
                    weight = table.get((source[i : i + a], target[j : j + b]), 0.0)
                    if a + b and weight and (a or b == 1):
                        to = (i + a, j + b)
                        sums[to] = sums.get(to, 0.0) + here * weight
    return sums.get((len(source), len(target)), 0.0)


@pytest.mark.parametrize("name", ["kana_latin", "jmnedict/kana_latin"])
def test_vectorised_score_equals_the_definition(name):
    import math

    words = ["windsor", "winzer", "a", "kharkiv", "schwarzenegger"]
    for kana in ("ウィンザー", "ハルキウ", "シュワルツェネッガー"):
        fast = model(name).scores(symbols(kana), words)
        slow = [
            math.log(slow_score(name, symbols(kana), word) + 1e-290) for word in words
        ]
        assert fast == pytest.approx(slow, rel=1e-9)


def slow_edit_score(weights, sounds, spelling):
    """The sum over all ways to edit, written as the definition says it."""
    import math

    def vectors(side, codes):
        hidden = weights[f"{side}_hidden"].astype(float)
        out = []
        for at in range(len(codes)):
            units = weights[f"{side}_bias"].astype(float).copy()
            for place in range(-3, 4):
                inside = 0 <= at + place < len(codes)
                units += hidden[place + 3, codes[at + place] if inside else 0]
            read = units.clip(0) @ weights[f"{side}_out"].astype(float)
            out.append((read + weights[f"{side}_out_bias"]).reshape(3, -1))
        return out

    def sum_from(i, j):
        if (i, j) == (len(source), len(target)):
            return 1.0
        if i == len(source) or j == len(target):
            return 0.0
        if (i, j) not in known:
            last = i == len(source) - 1, j == len(target) - 1
            one, other = source[i], target[j]
            match, no_sound, no_letter = (
                math.exp(one[edit] @ other[edit] + weights["edits"][edit])
                for edit in range(3)
            )
            known[i, j] = match * sum_from(i + 1, j + 1)
            known[i, j] += 0.0 if last[0] else no_sound * sum_from(i + 1, j)
            known[i, j] += 0.0 if last[1] else no_letter * sum_from(i, j + 1)
        return known[i, j]

    letters = "_abcdefghijklmnopqrstuvwxyz^$"
    source = vectors("sounds", [SOUND_CODES[sign] for sign in f"^{sounds}$"])
    target = vectors("letters", [letters.index(sign) for sign in f"^{spelling}$"])
    known = {}
    return math.log(sum_from(0, 0))


@pytest.mark.parametrize("name", ["kana_latin", "jmnedict/kana_latin"])
def test_vectorised_edit_score_equals_the_definition(name):
    words = ["windsor", "winzer", "a", "kharkiv", "schwarzenegger"]
    with np.load(segment_model.TABLES / f"{name}.npz") as weights:
        for kana in ("ウィンザー", "ハルキウ"):
            fast = edit_model(name).scores(symbols(kana), words)
            slow = [slow_edit_score(weights, symbols(kana), word) for word in words]
            assert fast == pytest.approx(slow, rel=1e-4, abs=1e-3)


def test_score_of_a_candidate_does_not_depend_on_the_others():
    words = ["Syrskyi", "Sikorsky", "Surkov", "Kyiv", "von der Leyen"]
    alone = {
        word: termbank.rank_spellings("シルスキー", [word])[0][1] for word in words
    }
    assert dict(termbank.rank_spellings("シルスキー", words)) == pytest.approx(alone)


def test_scores_fall_and_stay_between_0_and_100():
    ranked = termbank.rank_spellings(
        "シルスキー", ["x", "", "Syrskyi", "ü", "日本", "Kyiv"]
    )
    scores = [score for _, score in ranked]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 100.0 for score in scores)
    assert len(ranked) == 6


def test_nothing_in_nothing_out():
    assert termbank.rank_spellings("シルスキー", []) == []
    assert termbank.best_spelling("シルスキー", "") is None
    assert termbank.best_spelling("", "Kyiv") is None
    assert termbank.best_spelling("停戦", "The ceasefire held.") is None


def test_a_name_that_is_not_there_has_no_spelling():
    text = "The talks in Vienna went on while Merz and Starmer met."
    assert termbank.best_spelling("ゼレンスキー", text) is None


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("ルーク・コフィー", "Luke Coffey", "Luke Connor"),
        ("シー・ジンピン", "Jinping Xi", "Jinping Hu"),
        ("J.D.バンス", "J.D. Vance", "R.K. Vance"),
        ("ウラジーミル・プーチン", "V. Putin", "D. Putin"),
        ("キム・ジョンウン", "Kim Jong Un", "Kim Dae Jung"),
        ("ウルズラ・フォンデアライエン", "Ursula von der Leyen", "Ursula Schmidt"),
    ],
)
def test_every_part_of_a_name_has_to_fit(name, right, wrong):
    assert termbank.best_spelling(name, [right, wrong])[0] == right
    assert termbank.best_spelling(name, [wrong]) is None


def test_news_names_are_found_among_the_words_of_a_document():
    """At least 97 of 100; the other spelling of a name in the same text counts as right."""
    same = {"Zelenskyy": "Zelensky"}
    chance = random.Random(4)
    right = 0
    for start in range(0, len(NEWS), 40):
        part = NEWS[start : start + 40]
        english = [name for _, name in part]
        chance.shuffle(english)
        text = " said on Monday. Officials told reporters that ".join(english)
        for katakana, name in part:
            found = termbank.best_spelling(katakana, text)
            right += found is not None and found[0] in (name, same.get(name))
    assert right / len(NEWS) >= 0.97


def test_the_model_works_less_well_without_the_share_alike_table():
    assert (segment_model.TABLES / "jmnedict" / "kana_latin.LICENSE").is_file()
    ranked = model("kana_latin").scores(symbols("シルスキー"), ["syrskyi", "sikorsky"])
    assert ranked[0] > ranked[1]


@pytest.mark.parametrize("query", ["Syrskyi", "Syrsky", "Syrskiy", "Syrskii"])
def test_latin_finds_the_katakana_that_no_glossary_spells(query):
    names = ["シルスキーイ", "ゼレンスキー", "シビハ", "シコルスキ", "スルコフ"]
    assert find_by_latin(query, names)[0][0] == "シルスキーイ"


def test_spans_keep_to_one_name():
    text = "President Vladimir Putin's aide met Kim Jong-un, and J.D. Vance left."
    found = {span for span, capital in spans(text, 2) if capital}
    assert {"Vladimir Putin", "Kim Jong-un", "J.D. Vance"} <= found
    assert not any("Putin's" in span or "un, and" in span for span in found)


def test_recorded_names_are_sorted_and_plain():
    spellings = list(known())
    assert spellings == sorted(spellings)
    assert all(each.isascii() and each.islower() for each in spellings)


def test_an_initial_alone_is_no_name():
    assert (
        termbank.best_spelling("ヘルシンキ", "J. D. Vance spoke. H. E. left.") is None
    )
    assert termbank.best_spelling("シー・ジンピン", ["J", "X. J."]) is None
    assert (
        termbank.best_spelling("ウラジーミル・プーチン", ["V. Putin"])[0] == "V. Putin"
    )


def test_names_of_other_people_are_not_taken():
    half = len(NEWS) // 4
    text = " said on Monday. ".join(name for _, name in NEWS[:half])
    strangers = [name for name, _ in NEWS[half::4]]
    assert [each for each in strangers if termbank.best_spelling(each, text)] == []


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("J.D. バンス", "JD Vance"),
        ("J・D・バンス", "J. D. Vance"),
        ("ムハンマド・ビン・サルマン", "Muhammad ibn Salman"),
        ("ジョージ・W・ブッシュ", "George Bush"),
        ("コフィー・ルーク", "Luke Coffey"),
        ("ラブロフ・セルゲイ", "Sergey Lavrov"),
    ],
)
def test_parts_meet_however_a_newspaper_writes_them(name, spelling):
    assert termbank.best_spelling(name, ["Luke Skywalker", spelling])[0] == spelling


def test_an_initial_left_out_is_worse_than_one_that_is_there():
    text = "J.D. Vance and George W. Bush met; Vance and George Bush spoke."
    assert termbank.best_spelling("J・D・バンス", text)[0] == "J.D. Vance"
    assert termbank.best_spelling("ジョージ・W・ブッシュ", text)[0] == "George W. Bush"
    assert termbank.best_spelling("ジョージ・W・ブッシュ", "George Clooney") is None
    assert termbank.best_spelling("J・D・バンス", ["RK Vance"]) is None
    assert termbank.best_spelling("C スタイル", "the style of the loop") is None
