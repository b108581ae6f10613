"""Forms encoded in lots, and with some of them replaced, against all at once."""

from unittest.mock import patch

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from termbank.reconciliation.features import mora_encoding

FORMS = st.lists(st.text("サーバァヴィ・ンっ取組a𠮷", max_size=6), max_size=9)


def encode(forms: list[str]) -> mora_encoding.Encoded:
    column = pl.DataFrame({"form": forms}, schema={"form": pl.String})
    return mora_encoding.encode_forms(
        column.select(mora_encoding.with_part_marks(pl.col("form"))).to_series()
    )


def same(ours: mora_encoding.Encoded, theirs: mora_encoding.Encoded) -> bool:
    return all(map(np.array_equal, ours, theirs))


@given(FORMS)
def test_lots_of_forms_are_encoded_as_all_at_once(forms):
    with patch.object(mora_encoding, "_AT_ONCE", 2):
        lots = encode(forms)
    assert same(lots, encode(forms))


@given(FORMS, st.sets(st.integers(0, 8)))
def test_patched_forms_are_encoded_as_from_the_start(forms, chosen):
    rows = [row for row in sorted(chosen) if row < len(forms)]
    new = [forms[row] + "ンー" for row in rows]
    made = mora_encoding.replace_forms(
        encode(forms), np.array(rows, np.int64), encode(new)
    )
    whole = list(forms)
    for row, form in zip(rows, new, strict=True):
        whole[row] = form
    assert same(made, encode(whole))
