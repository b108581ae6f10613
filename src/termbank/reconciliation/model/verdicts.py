"""The verdict on pairs of forms, whole columns at once."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from termbank.arguments import require_texts
from termbank.processors import processors
from termbank.reconciliation.blocking import spelling_keys
from termbank.reconciliation.features.form_features import (
    Described,
    Written,
    describe_forms,
)
from termbank.reconciliation.features.pair_features import NUMBERS, gather_evidence
from termbank.reconciliation.relations.pair_relations import with_relations
from termbank.reconciliation.relations.personal_names import name_of
from termbank.reconciliation.relations.relation_tables import (
    Relations,
    shipped_relations,
)
from termbank.schemas import VERDICTS
from termbank.table_columns import RELATIONS
from termbank.text.kana import SEPARATORS
from termbank.text.lone_surrogates import without_surrogates
from termbank.text.old_kanji import USUAL_SHAPES

from . import pair_model as learned
from .full_names import SURE, full_names, most_by_parts
from .reason_names import reasons
from .scored import Scored
from .shared_heads import shared_heads, similarities
from .verdict_bands import (
    ASK_FROM,
    MOST_IF_ASKED,
    SAME_FROM,
    at_size,
    calibrate,
    verdict_of,
)
from .veto_columns import NAME_PART, NO_VETO, hold_down

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termbank.reconciliation.features.dictionary_features import Facts

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]

PAIRS_AT_ONCE: Final = 1 << 16  # at most
FEWEST_AT_ONCE: Final = 1 << 14  # with fewer, what a lot costs by itself weighs more
MOST_THREADS: Final = 4  # each holds some 60 MB
AHEAD: Final = 2  # parts under way that no thread has begun: none waits for the taker
# Similarities of what rules say; the rest is the model's. A rule stands where the model
# has seen no such pair: の between two nouns, given names by way of two languages.
BY_RULE: Final = 95.0
# Share, in the calibration's vocabulary, of pairs with one normal spelling in the dictionary
# that are one word though the model doubts it: .91 of 43 single words, .96 of 53 compounds.
BY_DICTIONARY: Final = 88.0
_VERDICTS: Final = ("different", "ask", "related", "same")
_BARE, _PLAIN = NUMBERS.index("same_bare"), NUMBERS.index("same_plain")
_NORMAL, _UNKNOWN = NUMBERS.index("same_normal"), NUMBERS.index("unknown_more")
_KATAKANA = NUMBERS.index("all_katakana")


def compare(
    left: Iterable[str | None],
    right: Iterable[str | None],
    *,
    at_least: float | None = None,
) -> pl.DataFrame:
    """Judge pairs of forms: are they one word, one concept, or neither?

    Args:
        left: Forms; a Polars Series or any sequence.
        right: As many forms.
        at_least: Similarity from which a pair is ``same``, 0-100, in the place of the
            usual one. For pairs that somebody chose, of which about half are one word;
            see the table below.

    Returns:
        One row a pair. ``similarity`` (0-100) is calibrated on pairs that pass blocking
        in a vocabulary of ten thousand words: of pairs with 90, about 90 % are one word.
        ``verdict`` follows from it, as in :func:`termbank.reconcile`: ``same`` (two
        spellings of one word; at least 98 of 100 are), ``related`` (one concept and not
        one spelling, or the parts of a composition), ``ask`` (from one in four up) or
        ``different``. ``relation`` is null for different words; ``reasons`` names what
        was seen, a rule that forbids ``same`` last (``figures-differ``,
        ``office-and-body``, ``homophones`` ...). A null on either side gives nulls.

    Raises:
        ValueError: ``left`` and ``right`` differ in length, or ``at_least`` is outside
            0-100.

    Of balanced katakana pairs that the model never saw, cut at a similarity of:

    ========== ========= ======
    at_least   precision recall
    ========== ========= ======
    10         .920      .971
    25         .962      .938
    50         .978      .907
    90 (usual) .988      .795
    ========== ========= ======

    20 is best there by the mean of both (F1), and for words with kanji as well.

    >>> compare(["サーバー", "キーウ", "会談"], ["サーバ", "キエフ", "会議"]).select(
    ...     "relation", "verdict").rows()
    [('spelling', 'same'), ('renamed', 'related'), (None, 'different')]
    >>> compare(["財務相"], ["財務省"])["reasons"].to_list()
    [['reading', 'edit', 'office-and-body']]
    """
    require_texts("left", left, empty=True)
    require_texts("right", right, empty=True)
    if at_least is not None and not 0 <= at_least <= 100:
        raise ValueError(f"at_least is {at_least}, not from 0 to 100")
    sides = (
        pl.DataFrame({"left": _series(left)}),
        pl.DataFrame({"right": _series(right)}),
    )
    if sides[0].height != sides[1].height:
        raise ValueError(
            f"left has {sides[0].height} forms, right has {sides[1].height}"
        )
    pairs = pl.concat(sides, how="horizontal").with_row_index("at")
    complete = pairs.drop_nulls()
    same_from = SAME_FROM if at_least is None else at_least
    verdicts = judge_pairs(
        complete["left"], complete["right"], shipped_relations(), same_from=same_from
    )
    with_gaps = pairs.select("at").join(
        verdicts.with_columns(complete["at"]),
        on="at",
        how="left",
        maintain_order="left",
    )
    return with_gaps.drop("at")


def _series(forms: Iterable[str | None]) -> pl.Series:
    column = (
        forms
        if isinstance(forms, pl.Series)
        else pl.Series(
            [form and without_surrogates(form) for form in forms], dtype=pl.String
        )
    )
    return column.cast(pl.String)


def judge_pairs(
    left: pl.Series,
    right: pl.Series,
    tables: Relations,
    *,
    same_from: float = SAME_FROM,
) -> pl.DataFrame:
    """Return similarity, relation, reasons and verdict of pairs handed over."""
    forms = pl.concat([left.rename("form"), right.rename("form")]).unique().sort()
    place = pl.DataFrame({"form": forms}).with_row_index("row")
    rows = [
        pl.DataFrame({"form": side}).join(place, on="form", how="left", maintain_order="left")["row"]
        .to_numpy().astype(np.int64)
        for side in (left, right)
    ]  # fmt: skip
    about = described_as_usual(forms)
    low, high = np.minimum(*rows), np.maximum(*rows)
    judgements = together(scored_pairs(about, low, high, found=False))
    judgements = with_names_by_part(about, judgements, found=False)
    verdict = verdict_of(judgements.similarity, same_from=same_from)
    judgements = judgements._replace(verdict=verdict)
    frame = frame_of_verdicts(about, judgements)
    return with_relations(frame, about, judgements, tables)


def described_as_usual(
    forms: pl.Series, seen: Written | None = None, known: Facts | None = None
) -> Described:
    """Return :func:`describe_forms` of the forms with old kanji in their usual shape."""
    return describe_forms(in_usual_shapes(forms), seen, known)._replace(forms=forms)


def in_usual_shapes(forms: pl.Series) -> pl.Series:
    """Return the forms with old and variant kanji in their usual shape: 髙, 高."""
    old = list(USUAL_SHAPES)
    return forms.str.replace_many(old, [USUAL_SHAPES[char] for char in old])


def together(parts: Iterable[Scored]) -> Scored:
    """Return judged pairs of several parts as one."""
    none = Scored(
        np.zeros(0, np.int64),
        np.zeros(0, np.int64),
        np.zeros(0, np.float32),
        np.zeros(0, np.uint8),
        np.zeros((0, len(NUMBERS)), np.float32),
        np.zeros(0, np.int8),
    )
    return Scored(*map(np.concatenate, zip(none, *parts, strict=True)))


def scored_pairs(
    about: Described,
    left: Rows,
    right: Rows,
    *,
    found: bool,
    given: Rows | None = None,
    among: int | None = None,
) -> Iterator[Scored]:
    """Yield judged pairs of rows, some ten thousands at a time.

    Args:
        about: Described forms.
        left: Rows, each lower than or equal to its partner in ``right``.
        right: Rows.
        found: See :func:`termbank.reconciliation.model.pair_model.judge`. Found pairs
            are judged as among all forms of ``about``, unless ``among`` says otherwise.
        given: :func:`given_names` of the forms, if at hand.
        among: Number of forms that found pairs stand among.
    """
    families = given_names(about.forms) if given is None else given
    learned.shipped_model()  # read once, before threads ask for it
    forms = 0 if not found else len(about.forms) if among is None else among

    threads = processors(MOST_THREADS)
    # Lots of one size, as many for each thread: none works on while the others wait.
    rounds = max(-(-len(left) // (threads * PAIRS_AT_ONCE)), 1)
    lot = max(-(-len(left) // (threads * rounds)), FEWEST_AT_ONCE)

    def scored(at: int) -> Scored:
        some = slice(at, at + lot)
        sides = left[some], right[some]
        return _score(about, families, *sides, among_all=found, forms=forms)

    starts = range(0, len(left), lot)
    threads = min(threads, len(starts))
    if threads < 2:
        yield from map(scored, starts)
        return
    # NumPy and rapidfuzz let go of the interpreter, so that threads share the work.
    with ThreadPoolExecutor(threads) as pool:
        ahead = threads + AHEAD
        waiting = deque(pool.submit(scored, at) for at in starts[:ahead])
        for at in starts[ahead:]:
            yield waiting.popleft().result()
            waiting.append(pool.submit(scored, at))
        for future in waiting:
            yield future.result()


def _score(
    about: Described,
    families: Rows,
    left: Rows,
    right: Rows,
    *,
    among_all: bool,
    forms: int,
) -> Scored:
    evidence = gather_evidence(about, left, right)
    answer = learned.judge(
        learned.shipped_model(),
        evidence,
        found=among_all,
        asked_from=calibrate(ASK_FROM, forms),
    )
    similarity = _by_dictionary(_similarity(answer, forms), evidence.numbers, forms)
    sure = _sure(families, left, right, evidence.numbers)
    similarity = np.where(sure, np.maximum(similarity, BY_RULE), similarity)
    similarity, veto = hold_down(
        about, left, right, evidence.numbers, similarity, found=among_all
    )
    is_same = left == right
    similarity = np.where(is_same, np.float32(100.0), similarity).astype(np.float32)
    veto[is_same] = NO_VETO
    return Scored(
        left, right, similarity, verdict_of(similarity), evidence.numbers, veto
    )


def _similarity(answer: learned.Judged, forms: int) -> Floats:
    """Return the similarities among so many forms.

    Whether a pair is ``same`` is settled as among found pairs, however it came here;
    below that, the answer for pairs handed over tells better which are worth a question.
    """
    among_all = at_size(answer.similarity, forms)
    as_given = np.minimum(at_size(answer.handed, forms), np.float32(MOST_IF_ASKED))
    chosen: Floats = np.where(among_all >= SAME_FROM, among_all, as_given)
    return chosen


def _sure(
    families: Rows, left: Rows, right: Rows, numbers: Floats
) -> NDArray[np.bool_]:
    """Tell which pairs rules join: の between nouns, a given name in two languages."""
    by_no = (numbers[:, _BARE] > 0) & (numbers[:, _PLAIN] == 0)
    by_given = (families[left] == families[right]) & (families[left] >= 0)
    sure: NDArray[np.bool_] = by_no | by_given
    return sure


def _by_dictionary(similarity: Floats, numbers: Floats, forms: int) -> Floats:
    """Return similarities no lower than what the dictionary's one spelling is worth.

    Of katakana of which the dictionary knows every word and to which it gives one normal
    spelling (シミュレーション, シュミレーション).
    """
    sure = (numbers[:, _NORMAL] > 0) & (numbers[:, _UNKNOWN] == 0)
    worth = at_size(np.array([BY_DICTIONARY], np.float32), forms)[0]
    at_least: Floats = np.where(
        sure & (numbers[:, _KATAKANA] > 0), np.maximum(similarity, worth), similarity
    )
    return at_least


def with_names_by_part(about: Described, scored: Scored, *, found: bool) -> Scored:
    """Return judged pairs, full names no surer than the least alike of their parts.

    Katakana beside one kanji word (ミシガン州, ミネソタ州) is as like as the katakana alone.
    """
    names = full_names(about.forms, *scored[:2], scored.numbers, scored.similarity)
    rows = np.array(names.rows, np.int64)
    families = given_names(about.forms) if len(rows) else np.zeros(0, np.int64)
    sides = families[scored.left[rows]], families[scored.right[rows]]

    def alike(parts: Described, left: Rows, right: Rows) -> Floats:
        forms = len(about.forms) if found else 0
        judged_parts = scored_pairs(parts, left, right, found=True, among=forms)
        return together(judged_parts).similarity

    least = most_by_parts(names, alike)
    least[(sides[0] == sides[1]) & (sides[0] >= 0)] = SURE
    similarity, veto = scored.similarity.copy(), scored.veto.copy()
    lower = least < similarity[rows]
    veto[rows[lower & (least < SAME_FROM)]] = NAME_PART
    similarity[rows] = np.minimum(similarity[rows], least)
    stems = shared_heads(about.forms, *scored[:2], scored.numbers, similarity)
    if len(stems.rows):
        by_stem = np.minimum(similarity[stems.rows], similarities(stems, alike))
        is_lower = (by_stem < similarity[stems.rows]) & (by_stem < SAME_FROM)
        veto[stems.rows[is_lower]] = NAME_PART
        similarity[stems.rows] = by_stem
    return scored._replace(
        similarity=similarity, verdict=verdict_of(similarity), veto=veto
    )


def given_names(forms: pl.Series) -> Rows:
    """Return a number for each full name with a given name of the tables, else -1.

    Two such names are equal where only the source language of the given name differs.
    """
    tables = shipped_relations()
    numbers: dict[tuple[str, ...], int] = {}
    out = np.full(len(forms), -1)
    full = forms.str.contains(f"[{SEPARATORS}]").arg_true()
    first = pl.col("form").str.extract(rf"^([^{SEPARATORS}]+)[{SEPARATORS}]")
    has_given_name = pl.DataFrame({"form": forms.gather(full)}).select(
        spelling_keys.loose(first).is_in(list(tables.given)).fill_null(value=False)
    )
    for row in full.filter(has_given_name.to_series()).to_list():
        name = name_of(forms[row], tables, offices=False)
        if len(name.keys) > 1 and name.keys[0] in tables.roots:
            out[row] = numbers.setdefault(name.keys, len(numbers))
    return out


def frame_of_verdicts(about: Described, scored: Scored) -> pl.DataFrame:
    """Return judged pairs as similarity, relation, reasons and verdict."""
    verdict = pl.Series("verdict", _VERDICTS, dtype=pl.Enum(VERDICTS)).gather(
        scored.verdict
    )
    frame = pl.DataFrame(
        {
            "similarity": scored.similarity.astype(np.float64),
            "reasons": reasons(about, scored),
            "verdict": verdict,
        }
    )
    # A word and its original in Latin letters (ウクライナ, Ukraine) are no two spellings.
    left, right = (
        about.forms.gather(side).str.contains(
            r"^[\p{Nd}\p{P} ]*\p{Latin}[\p{Latin}\p{Nd}\p{P} ]*$"
        )
        for side in (scored.left, scored.right)
    )
    cross_language = pl.lit(left != right)
    is_same = pl.col("verdict") == "same"
    verdicts = pl.Enum(VERDICTS)
    return frame.select(
        pl.col("similarity").round(2),
        relation=pl.when(pl.col("verdict") == "different")
        .then(None)
        .when(cross_language)
        .then(pl.lit("synonym"))
        .otherwise(pl.lit("spelling"))
        .cast(pl.Enum(RELATIONS)),
        reasons="reasons",
        verdict=pl.when(is_same & cross_language)
        .then(pl.lit("related", verdicts))
        .otherwise(pl.col("verdict")),
    )
