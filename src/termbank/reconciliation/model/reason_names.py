"""What was seen in a pair, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from termbank.reconciliation.features.pair_features import NUMBERS
from termbank.text.old_kanji import USUAL_SHAPES

from .veto_columns import NO_VETO, VETO_NAMES

if TYPE_CHECKING:
    from termbank.reconciliation.features.form_features import Described

    from .scored import Scored

# In the order in which they are shown.
NAMES: Final = (
    "width", "old-kanji", "middle-dot", "long-vowel", "doubling", "small-kana", "v-b", "vowel", "sound",
    "okurigana", "particle", "script", "reading", "dictionary", "synonyms", "edit",
)  # fmt: skip


def reasons(about: Described, scored: Scored) -> pl.Series:
    """Return for each pair the list of what was seen, a rule against ``same`` last."""
    left, right, numbers = scored.left, scored.right, scored.numbers
    column = {name: numbers[:, at] for at, name in enumerate(NUMBERS)}
    dots = about.units.parts[left] != about.units.parts[right]
    plain = column["same_plain"] > 0
    has_v = [
        about.forms.gather(side).str.contains("ヴ", literal=True).to_numpy()
        for side in (left, right)
    ]
    old = about.forms.str.contains_any(list(USUAL_SHAPES)).to_numpy()
    shapes = old[left] != old[right]
    kana_only = (column["kanji_edited_more"] == 0) & (column["kana_edited_more"] > 0)
    alike = {
        "width": plain & ~dots & ~shapes,
        "old-kanji": shapes,
        "middle-dot": dots & (column["cost_share"] < 10),
        "long-vowel": column["long"] > 0,
        "doubling": column["double"] > 0,
        "small-kana": column["written"] > 0,
        "v-b": (has_v[0] != has_v[1]) & (column["near"] > 0),
        "vowel": (column["vowel"] > 0) | (column["bare"] > 0),
        "sound": (column["near"] > 0) | (column["far"] > 0),
        "okurigana": kana_only & (column["kanji_less"] > 0),
        "particle": (column["same_bare"] > 0) & ~plain,
        "script": (column["kanji_less"] == 0) & (column["kanji_more"] > 0),
        "reading": (column["spoken_cost"] == 0) & (column["cost"] > 0),
        "dictionary": (column["same_normal"] > 0) & ~plain,
        "synonyms": (column["same_meaning"] > 0) & (column["same_normal"] == 0),
        "edit": (column["unit"] + column["nasal"] + column["kanji"] + column["other"])
        > 0,
    }
    # Few combinations occur, and lists are dear to make: each is made once.
    code = np.zeros(len(left), np.int64)
    for at, name in enumerate(NAMES):
        code |= np.asarray(alike[name], bool).astype(np.int64) << at
    code |= (scored.veto.astype(np.int64) + 1) << len(NAMES)
    codes, place = np.unique(code, return_inverse=True)
    names = [_list_entries(code) for code in codes.tolist()]
    return pl.Series("reasons", names, dtype=pl.List(pl.String)).gather(place)


def _list_entries(code: int) -> list[str]:
    names = [name for at, name in enumerate(NAMES) if code >> at & 1]
    veto = (code >> len(NAMES)) - 1
    return names if veto == NO_VETO else [*names, VETO_NAMES[veto]]
