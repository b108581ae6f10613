"""A text and its translation paired, sure pairs told from doubtful ones."""

import pytest

from termbank.memory import align
from termbank.memory.alignment import sentence_alignment
from termbank.memory.alignment.sentence_alignment import Side, pair_sentences

JA = """停戦に向けた協議が月曜に始まった。米国、ロシア、ウクライナの代表が参加した。
協議は3時間続き、捕虜の交換が議題となった。声明は出なかった。
次回の協議は2025年12月3日に開かれる。"""
EN = """Consultations on a ceasefire began on Monday. Representatives of the United States,
Russia and Ukraine took part.
They lasted 3 hours. A prisoner exchange was on the agenda. No statement was issued.
The next round will take place on December 3, 2025."""


def test_sentences_find_their_translations():
    found = align(JA.replace("\n", ""), EN.replace("\n", " "), origin="talks")
    pairs = dict(found.segments.select("source", "target").iter_rows())
    assert pairs["声明は出なかった。"] == "No statement was issued."
    assert pairs["協議は3時間続き、捕虜の交換が議題となった。"] == (
        "They lasted 3 hours. A prisoner exchange was on the agenda."
    )
    assert pairs["次回の協議は2025年12月3日に開かれる。"].endswith("December 3, 2025.")
    assert found.segments["method"].unique().to_list() == ["alignment"]
    assert found.segments["origin"].unique().to_list() == ["talks"]
    assert found.segments["confidence"].is_between(0, 100).all()


def test_neighbours_are_kept_for_context_matches():
    found = align("これは甲だ。乙だ。", "It is one. It is two.").segments
    assert found["next"].to_list() == ["乙だ。", None]
    assert found["previous"].to_list() == [None, "これは甲だ。"]


def test_a_sentence_without_a_partner_is_to_be_reviewed():
    found = align(
        "1人が来た。訳されなかったとても長い一文がここにあるので気を付けてほしい。2人が帰った。",
        "1 person came. 2 people left.",
    )
    (row,) = found.review.filter(found.review["target"] == "").iter_rows(named=True)
    assert row["source"].startswith("訳されなかった")
    assert found.segments["target"].to_list() == ["1 person came.", "2 people left."]


def test_an_empty_side_gives_no_pair():
    assert align("", "").segments.height == 0
    found = align("甲だ。", "")
    assert found.segments.height == 0
    assert found.review["source"].to_list() == ["甲だ。"]


def test_every_sentence_is_in_exactly_one_bead():
    left = Side([10, 20, 30, 5, 8], [frozenset()] * 5)
    right = Side([25, 60, 90, 20], [frozenset()] * 4)
    beads = pair_sentences(left, right)
    assert [at for bead in beads for at in range(*bead.left)] == list(range(5))
    assert [at for bead in beads for at in range(*bead.right)] == list(range(4))


@pytest.mark.parametrize(("sure", "pairs"), [(14.9, 0), (15.0, 1)])
def test_a_pair_less_than_fifteen_sure_is_left_as_two_lone_sentences(
    monkeypatch, sure, pairs
):
    monkeypatch.setattr(sentence_alignment, "_confidence", lambda *_: sure)
    beads = pair_sentences(Side([10], [frozenset()]), Side([20], [frozenset()]))
    both = [bead for bead in beads if bead.left == bead.right == (0, 1)]
    assert len(both) == pairs
    if not pairs:
        assert [bead.confidence for bead in beads] == [0.0, 0.0]
        assert {(bead.left, bead.right) for bead in beads} == {
            ((0, 1), (0, 0)),
            ((1, 1), (0, 1)),
        }
