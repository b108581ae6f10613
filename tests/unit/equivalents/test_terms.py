"""Terms and names out of translations: aligner, spans, brackets, enrichment."""

import itertools

import numpy as np
import polars as pl
import pytest

import termbank
from termbank.equivalents.bitext import bitext_of, segments_of
from termbank.equivalents.brackets import glosses
from termbank.equivalents.enriching import Texts, as_terms, enrich
from termbank.equivalents.links import (
    aligner_input,
    box_sums,
    grow_diag,
    pharaoh_links,
)
from termbank.equivalents.term_evidence import log_likelihood
from termbank.equivalents.word_alignment import _TO_NOTHING, Direction, cells_of
from termbank.errors import InputError, SchemaError
from termbank.tokenise import tokeniser

PAIRS = [
    ("停戦案をめぐる協議が始まった。", "Talks on the ceasefire plan began."),
    ("停戦案は拒否された。", "The ceasefire plan was rejected."),
    (
        "両国は捕虜の交換で合意した。",
        "The two countries agreed on a prisoner exchange.",
    ),
    ("捕虜の交換は三日間続いた。", "The prisoner exchange lasted three days."),
    ("協議は来週も続く。", "The talks will go on next week."),
    (
        "停戦案と協議の行方は分からない。",
        "The fate of the ceasefire plan and the talks is open.",
    ),
]


def test_terms_are_mined_with_their_evidence():
    frame = termbank.mine_pairs(PAIRS, at_least=0.0)
    rows = {row["ja"]: row for row in frame.to_dicts()}
    assert rows["停戦案"]["en"] == "ceasefire plan"
    assert rows["協議"]["en"].lower() == "talks"
    assert set(rows["協議"]["evidence"]) <= {"0", "4", "5"}
    assert frame.columns == ["ja", "en", "score", "count", "evidence"]


def test_fragments_that_never_stand_alone_are_left_out():
    found = termbank.mine_pairs(PAIRS, at_least=0.0).get_column("ja").to_list()
    assert "停戦案" in found
    assert "案" not in found


def test_direction_of_the_frame_does_not_matter():
    ja, en = zip(*PAIRS, strict=True)
    there = termbank.mine_pairs(pl.DataFrame({"source": ja, "target": en}))
    back = termbank.mine_pairs(pl.DataFrame({"source": en, "target": ja}))
    assert there.equals(back)


def test_bad_segments_are_refused_with_their_place():
    with pytest.raises(InputError, match=r"segments\[1\]"):
        termbank.mine_pairs([("停戦", "ceasefire"), ("停戦", None)])
    with pytest.raises(SchemaError):
        termbank.mine_pairs(pl.DataFrame({"ja": ["停戦"]}))


def test_no_segments_no_pairs():
    assert termbank.mine_pairs([]).height == 0
    assert termbank.match_names([("", "")]).height == 0


def test_hmm_posteriors_equal_the_sum_over_all_alignments():
    """Against every alignment written out, for a short segment."""
    source, target = [np.array([0, 1, 2])], [np.array([0, 1])]
    direction = Direction(cells_of(source, target), target)
    direction.chance[:-1] = np.linspace(0.1, 0.6, len(direction.chance) - 1)
    direction.jumps = np.linspace(1.0, 3.0, len(direction.jumps))
    assert direction.posteriors()[0] == pytest.approx(
        _all_alignments(direction), rel=1e-6
    )


def _all_alignments(direction):
    pair = direction._cells.pair[0]
    length, width = pair.shape
    middle = len(direction.jumps) // 2
    total, out = 0.0, np.zeros(pair.shape)
    states = list(itertools.product(range(width), (True, False)))
    for path in itertools.product(states, repeat=length):
        worth, last = 1.0, None
        for at, (place, linked) in enumerate(path):
            if linked:
                move = (
                    1.0 / width
                    if last is None
                    else _move(direction, last, place, width, middle)
                )
                worth *= (
                    (1 - _TO_NOTHING)
                    * move
                    * (direction.chance[pair[at, place]] + 1e-12)
                )
            else:
                stays = 1.0 / width if last is None else float(last == place)
                worth *= (
                    _TO_NOTHING * stays * direction._alone[direction._target[0][at]]
                )
            last = place
        total += worth
        for at, (place, linked) in enumerate(path):
            if linked:
                out[at, place] += worth
    return out / total


def _move(direction, last, place, width, middle):
    weights = [direction.jumps[middle + other - last] for other in range(width)]
    return weights[place] / sum(weights)


def test_box_sums_equal_plain_sums():
    table = np.arange(12.0).reshape(3, 4)
    inside, rows, columns = box_sums(table, [(0, 2), (1, 3)], [(1, 2), (0, 4)])
    assert inside.tolist() == [
        [1.0 + 5.0, table[:2].sum()],
        [5.0 + 9.0, table[1:].sum()],
    ]
    assert rows.tolist() == [table[:2].sum(), table[1:].sum()]
    assert columns.tolist() == [table[:, 1].sum(), table.sum()]


def test_both_directions_grow_together_from_where_they_agree():
    of_english = np.array([[0.9, 0.8, 0.0], [0.0, 0.1, 0.0], [0.0, 0.0, 0.4]])
    of_japanese = np.array([[0.7, 0.2, 0.0], [0.0, 0.6, 0.3], [0.0, 0.0, 0.3]])
    # 0-0 is agreed; 0-1 touches it and brings in a word; 1-1 touches that one.
    assert grow_diag(of_english, of_japanese).tolist() == [
        [1.0, 1.0, 0.0],
        [0.0, 1.0, 0.0],
        [0.0, 0.0, 0.0],
    ]
    assert grow_diag(np.zeros((2, 0)), np.zeros((2, 0))).shape == (2, 0)


def test_grown_links_lie_between_what_is_agreed_and_what_either_says():
    random = np.random.default_rng(3)
    for _ in range(50):
        rows, columns = random.integers(1, 7, 2)
        of_english = random.dirichlet(np.ones(rows), columns).T
        of_japanese = random.dirichlet(np.ones(columns), rows)
        one, other = np.zeros((rows, columns)), np.zeros((rows, columns))
        one[of_english.argmax(0), np.arange(columns)] = 1.0
        other[np.arange(rows), of_japanese.argmax(1)] = 1.0
        links = grow_diag(of_english, of_japanese)
        assert (links >= one * other).all()
        assert (links <= np.maximum(one, other)).all()


def test_two_words_answer_to_one():
    texts = [
        ("乱数を作る。", "It makes a random number."),
        ("乱数を読む。", "It reads the random number."),
        ("乱数は大きい。", "The random number is large."),
        ("番号を読む。", "It reads the number."),
        ("箱を作る。", "It makes a box."),
        ("番号は大きい。", "The number is large."),
    ]
    frame = termbank.mine_pairs(texts, at_least=0.0)
    assert dict(frame.select("ja", "en").iter_rows())["乱数"] == "random number"


def test_pairs_that_met_by_accident_are_not_offered():
    assert log_likelihood(2, 40, 50, 1000) < 3.84 < log_likelihood(6, 40, 50, 1000)
    frame = termbank.mine_pairs([("猫が寝る。", "Rain fell.")] * 1200, at_least=0.0)
    assert frame.is_empty()


def test_links_of_other_aligners_are_taken_and_checked():
    bitext = bitext_of(
        segments_of([("停戦の合意。", "The ceasefire agreement.")]), tokeniser()
    )
    assert len(aligner_input(bitext)[0].split(" ||| ")) == 2
    assert pharaoh_links(bitext, ["0-0 1-1"])[0].tolist() == [[1.0, 0.0], [0.0, 1.0]]
    with pytest.raises(InputError, match="0-9"):
        pharaoh_links(bitext, ["0-9"])
    with pytest.raises(InputError, match="one for each"):
        pharaoh_links(bitext, [])
    with pytest.raises(InputError, match="a-b"):
        pharaoh_links(bitext, ["a-b"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("停戦は2024年(令和6年)に始まった。", []),
        ("彼は笑った(これは珍しい)。", []),
        ("米戦略国際問題研究所(CSIS)の報告", [("米戦略国際問題研究所", "CSIS")]),
        ("「瀬戸際政策」(brinkmanship)と呼ぶ", [("瀬戸際政策", "brinkmanship")]),
        ("NATO（北大西洋条約機構）の会合", [("北大西洋条約機構", "NATO")]),
        ("最小二乗法 (least squares)を使う", [("最小二乗法", "least squares")]),
        ("The board (理事会) met.", [("理事会", "board")]),
        (
            "国際エネルギー機関（International Energy Agency, IEA）は",
            [
                ("国際エネルギー機関", "International Energy Agency"),
                ("国際エネルギー機関", "IEA"),
            ],
        ),
    ],
)
def test_brackets_gloss_terms_both_ways(text, expected):
    assert [(gloss.ja, gloss.en) for gloss in glosses(text)] == expected


def test_glosses_lie_where_they_say():
    text = "きょう、国際原子力機関(IAEA)と「凍結」（freeze）の話をした。"
    assert [text[g.start : g.end] for g in glosses(text)] == [
        "国際原子力機関(IAEA)",
        "「凍結」（freeze）",
    ]


def test_names_are_matched_by_sound_and_reading():
    frame = termbank.match_names(
        [
            ("ウィトコフ特使がキーウに着いた。", "Envoy Witkoff arrived in Kyiv."),
            ("ウィトコフ氏は東京にも行った。", "Witkoff went to Tokyo, too."),
        ]
    )
    found = dict(frame.select("ja", "en").iter_rows())
    assert found["ウィトコフ"] == "Witkoff"
    assert found["東京"] == "Tokyo"
    assert frame.filter(pl.col("ja") == "ウィトコフ").get_column("count").item() == 2


def _glossary(*forms):
    return termbank.Glossary.from_variants({form: [] for form in forms}, lang="ja")


def test_enrich_proposes_for_concepts_without_english_only():
    glossary = _glossary("ウィトコフ", "瀬戸際政策", "停戦案")
    texts = Texts(
        segments=PAIRS,
        english={"a.txt": "Envoy Witkoff spoke."},
        japanese={"b.txt": "瀬戸際政策(brinkmanship)が続く。"},
    )
    found = {
        each.ja: (each.en, each.method)
        for each in enrich(glossary, texts, at_least=30.0)
    }
    assert found["ウィトコフ"] == ("Witkoff", "spelling")
    assert found["瀬戸際政策"] == ("brinkmanship", "brackets")
    assert found["停戦案"] == ("ceasefire plan", "pairs")
    rows = as_terms(enrich(glossary, texts))
    assert set(rows.get_column("status").to_list()) == {"proposed"}


def test_enrich_without_texts_proposes_nothing():
    assert enrich(_glossary("ウィトコフ"), Texts()) == []


def test_names_scored_together_are_those_scored_one_by_one():
    segments = [
        ("ウィトコフ特使がキーウに着いた。", "Envoy Witkoff arrived in Kyiv."),
        ("キーウでルビオ氏が話した。", "Rubio spoke in Kiev, then in Kyiv."),
        ("マルコ・ルビオ国務長官", "secretary of state marco rubio"),
        ("ウィトコフ氏は何も言わなかった。", "Nobody said a thing."),
    ]
    frame = termbank.match_names(segments)
    for row in frame.to_dicts():
        alone = [
            termbank.best_spelling(row["ja"], segments[int(at)][1])
            for at in row["evidence"]
        ]
        assert (row["en"], row["score"]) in alone
        assert {best[0].lower() for best in alone} == {row["en"].lower()}
    assert {"ウィトコフ", "キーウ", "マルコ・ルビオ"} <= set(frame.get_column("ja"))
