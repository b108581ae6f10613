"""All rules that forbid ``same``, applied to columns of pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from termbank.reconciliation.features.pair_features import NUMBERS

from . import veto_tables
from .form_vetoes import FORM_VETOES, LOOKED_AT, at_most, pair_of, veto_of
from .verdict_bands import ASK_FROM
from .vetoes import COLUMN_VETOES, Columns

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from termbank.reconciliation.features.form_features import Described

    Rows = NDArray[np.int64]
    Floats = NDArray[np.float32]
    Flags = NDArray[np.bool_]

NO_VETO: Final = -1
ONE_SPELLING: Final = (
    95.0  # least similarity where nothing but shapes of figures differs
)
# Names by place, as pairs keep them: first the rules of columns, then those of forms.
VETO_NAMES: Final = (
    *(veto.name for veto in COLUMN_VETOES),
    *(veto.name for veto in FORM_VETOES),
    "name-part",  # see full_names
)
NAME_PART: Final = len(VETO_NAMES) - 1
_KATAKANA: Final = NUMBERS.index("all_katakana")
_OTHER: Final = NUMBERS.index("other")
_LOOKED_AT: Final = [NUMBERS.index(name) for name in LOOKED_AT]


def hold_down(
    about: Described,
    left: Rows,
    right: Rows,
    numbers: Floats,
    similarity: Floats,
    *,
    found: bool,
) -> tuple[Floats, NDArray[np.int8]]:
    """Return similarities no higher than the rules allow, and the rule for each pair.

    Args:
        about: Described forms.
        left: Rows of the forms.
        right: Rows of the forms.
        numbers: Evidence, columns as ``NUMBERS``.
        similarity: 0-100.
        found: Whether the pairs were found or handed over. Of found pairs only those
            that would be asked about are looked at.

    Returns:
        Similarities, and places in :data:`VETO_NAMES`, NO_VETO where no rule holds.
    """
    limits = similarity.astype(np.float32, copy=True)
    veto = np.full(len(left), NO_VETO, np.int8)
    columns = Columns.of(about, left, right, numbers)
    for place, rule in enumerate(COLUMN_VETOES):
        rows = rule.holds(columns)
        limits[rows] = np.minimum(limits[rows], np.float32(rule.at_most))
        veto[rows & (veto == NO_VETO)] = place
    has_vetoes = about.forms.is_in(list(veto_tables.shipped_vetoes().words)).to_numpy()
    kana_alone = (numbers[:, _KATAKANA] > 0) & (numbers[:, _OTHER] == 0)
    looked_at = ~kana_alone | (has_vetoes[left] & has_vetoes[right])
    if found:
        looked_at &= limits >= ASK_FROM
    _by_forms(
        about, left, right, numbers, limits, veto, np.flatnonzero(looked_at), found
    )
    return limits, veto


def _by_forms(
    about: Described,
    left: Rows,
    right: Rows,
    numbers: Floats,
    limited: Floats,
    veto: NDArray[np.int8],
    rows: Rows,
    among_all: bool,
) -> None:
    """Apply the rules of forms to some rows of ``limited`` and ``veto``."""
    ours, theirs = (about.forms.gather(side[rows]).to_list() for side in (left, right))
    values = numbers[rows][:, _LOOKED_AT].tolist()
    for row, our_form, other, features in zip(
        rows.tolist(), ours, theirs, values, strict=True
    ):
        pair = pair_of(our_form, other, dict(zip(LOOKED_AT, features, strict=True)))
        place = veto_of(pair)
        if pair.parted.equal:
            limited[row] = max(limited[row], ONE_SPELLING)
        elif place != NO_VETO:
            limited[row] = min(limited[row], at_most(place, pair, found=among_all))
            veto[row] = len(COLUMN_VETOES) + place
