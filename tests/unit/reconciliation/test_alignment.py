"""Alignment of all pairs at once against a slow alignment of one."""

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from termbank.reconciliation.features.edit_alignment import (
    LONGEST_CORE,
    align_forms,
    costs,
)
from termbank.reconciliation.features.kana_sounds import CHANGE_COST, GAP_COST
from termbank.reconciliation.features.mora_encoding import (
    Encoded,
    encode_forms,
    with_part_marks,
)

KANA = st.text(
    "アイカガキシスタティツトナハバパファフマラリルレロンッーャュョヴ取組", max_size=10
)


def encode(forms: list[str]) -> Encoded:
    column = pl.Series("form", forms, dtype=pl.String)
    return encode_forms(
        column.to_frame().select(with_part_marks(pl.col("form"))).to_series()
    )


def slow_cost(forms: Encoded, left: int, right: int) -> int:
    """Fill the whole table, common ends included, one cell at a time."""
    ours = slice(forms.start[left], forms.start[left + 1])
    theirs = slice(forms.start[right], forms.start[right + 1])
    a, b = (
        list(zip(forms.unit[ours], forms.sound[ours], strict=True)),
        list(zip(forms.unit[theirs], forms.sound[theirs], strict=True)),
    )
    table = np.zeros((len(a) + 1, len(b) + 1), int)
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            ways = []
            if i:
                ways.append(table[i - 1, j] + GAP_COST[a[i - 1][1]])
            if j:
                ways.append(table[i, j - 1] + GAP_COST[b[j - 1][1]])
            if i and j:
                equal = a[i - 1][0] == b[j - 1][0]
                change = 0 if equal else CHANGE_COST[a[i - 1][1], b[j - 1][1]]
                ways.append(table[i - 1, j - 1] + change)
            table[i, j] = min(ways, default=0)
    return int(table[-1, -1])


@given(st.lists(st.tuples(KANA, KANA), min_size=1, max_size=8))
def test_setting_common_ends_aside_never_lowers_and_rarely_raises_the_cost(pairs):
    forms = encode([form for pair in pairs for form in pair])
    left = np.arange(0, 2 * len(pairs), 2)
    fast = align_forms(forms, left, left + 1)
    assert (fast.cost == costs(forms, left, left + 1)).all()
    for at, row in enumerate(left.tolist()):
        slow = slow_cost(forms, row, row + 1)
        assert slow <= fast.cost[at] <= slow + 2 * LONGEST_CORE


@given(st.lists(st.tuples(KANA, KANA), min_size=1, max_size=8))
def test_edits_lead_from_one_form_to_the_other(pairs):
    forms = encode([form for pair in pairs for form in pair])
    left = np.arange(0, 2 * len(pairs), 2)
    edits = align_forms(forms, left, left + 1).edits
    for at in range(len(pairs)):
        mine = edits.pair == at
        ours = int(forms.length[2 * at]) - int((edits.kind[mine] != 2).sum())
        theirs = int(forms.length[2 * at + 1]) - int((edits.kind[mine] != 1).sum())
        assert ours == theirs  # what no edit touches is common to both


def test_equal_forms_cost_nothing():
    forms = encode(["サーバー", "さーばー"])
    answer = align_forms(forms, np.array([0]), np.array([1]))
    assert (answer.cost[0], len(answer.edits.pair)) == (0, 0)


def test_what_is_cut_off_of_long_forms_still_costs():
    forms = encode(["ア" * 400, "カ" * 400, "ア" * 399 + "イ"])
    cost = costs(forms, np.array([0, 0]), np.array([1, 2]))
    assert cost[0] > 400 * 5
    assert cost[1] < 10


@given(st.lists(st.tuples(KANA, KANA, st.integers(-30, 3)), min_size=1, max_size=12))
def test_a_limit_spares_only_what_is_dearer(pairs):
    forms = encode([form for left, right, _ in pairs for form in (left, right)])
    left = np.arange(0, 2 * len(pairs), 2)
    whole = costs(forms, left, left + 1)
    room = np.array([room for _, _, room in pairs])
    most = np.maximum(whole + room, 0).astype(np.uint16)
    spared = costs(forms, left, left + 1, most=most)
    within = whole <= most
    assert (spared[within] == whole[within]).all()
    assert (spared[~within] > most[~within]).all()
