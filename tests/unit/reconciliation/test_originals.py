"""How well one Latin original accounts for two forms: at once as pair by pair."""

import numpy as np
import polars as pl
import pytest

from termbank.reconciliation.features import latin_origin
from termbank.reconciliation.features.mora_encoding import encode_forms, with_part_marks

FORMS = [
    "バザー",
    "バザール",
    "バー",
    "ビル",
    "ビール",
    "ルーク・コフィー",
    "リュック・コフィ",
    "停戦",
]


def units_of(forms):
    return encode_forms(
        pl.DataFrame({"form": forms})
        .select(with_part_marks(pl.col("form")))
        .to_series()
    )


def slowly(one: str, other: str) -> tuple[float, float]:
    """Walk every way to cut both, from their first signs on."""
    table = latin_origin.shipped_segments()

    def number(segment: str) -> int:
        key = 0
        for sign in segment:
            key = key << latin_origin.BITS | latin_origin.SIGNS.index(sign)
        return int(table.number[key])

    def walk(i: int, j: int) -> tuple[float, float]:
        if i == len(one) and j == len(other):
            return 1.0, 1.0
        total = best = 0.0
        for k in range(min(latin_origin.LONGEST, len(one) - i) + 1):
            for n in range(min(latin_origin.LONGEST, len(other) - j) + 1):
                if k + n:
                    place = number(one[i : i + k]) * table.rows
                    place += number(other[j : j + n])
                    chance = float(table.chance[table.weight[place]])
                    if chance:
                        rest = walk(i + k, j + n)
                        total += chance * rest[0]
                        best = max(best, chance * rest[1])
        return total, best

    return tuple(np.log(np.maximum(walk(0, 0), 1e-13)))


@pytest.mark.parametrize(
    ("forms", "windows"),
    [
        (("バー", "バル"), ("^ba:$", "^baru$")),
        (("シャツ", "シャッツ"), ("^SaTu$", "^SaQTu$")),
        # Of common ends three signs stay.
        (("トラバー", "トラバル"), ("aba:$", "abaru$")),
    ],
)
def test_the_sum_is_over_all_ways_to_cut(forms, windows):
    found = latin_origin.alike(units_of(list(forms)), np.array([0]), np.array([1]))[0]
    assert np.allclose(found, slowly(*windows), atol=1e-3)


def test_a_pair_is_judged_the_same_in_any_company_and_order():
    units = units_of(FORMS)
    left, right = np.triu_indices(len(FORMS) - 1, 1)
    together = latin_origin.alike(units, left, right)
    assert np.allclose(together, latin_origin.alike(units, right, left), atol=1e-4)
    alone = [
        latin_origin.alike(units, left[at : at + 1], right[at : at + 1])[0]
        for at in range(len(left))
    ]
    assert np.allclose(together, alone, atol=1e-4)


def test_what_is_far_too_long_is_far():
    units = units_of(["ア" * 60, "イ" * 60, "ア"])
    assert (latin_origin.alike(units, np.array([0, 0]), np.array([1, 2])) < -20).all()


def test_no_pairs_give_no_rows():
    none = np.zeros(0, np.int64)
    assert latin_origin.alike(units_of(FORMS), none, none).shape == (0, 2)
