"""The verdict on pairs of forms, whole columns at once."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from termbank.processors import processors
from termbank.reconciliation.blocking import spelling_keys
from termbank.reconciliation.features.form_features import Described, described
from termbank.reconciliation.features.pair_features import NUMBERS, gathered
from termbank.reconciliation.relations.personal_names import SEPARATORS, name_of
from termbank.reconciliation.relations.relation_tables import Relations, shipped
from termbank.schemas import VERDICTS
from termbank.table_columns import RELATIONS
from termbank.text.normalise import norm

from . import pair_model as learned
from .reason_names import reasons
from .vetoes import no_spelling, synonyms_alone, written_apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]

PAIRS_AT_ONCE: Final = 1 << 16  # at most
FEWEST_AT_ONCE: Final = 1 << 14  # with fewer, what a lot costs by itself weighs more
MOST_THREADS: Final = 4  # each holds some 60 MB
AHEAD: Final = 2  # parts under way that no thread has begun: none waits for the taker
# Similarities of what rules say; the rest is the model's. A rule stands where the model
# has seen no such pair: の between two nouns, given names by way of two languages.
BY_RULE: Final = 95.0
BY_TABLE: Final = 99.0
UNSURE: Final = 50.0
DIFFERENT, ASK, RELATED, SAME = range(4)
_VERDICTS: Final = ("different", "ask", "related", "same")
_BARE, _PLAIN = NUMBERS.index("same_bare"), NUMBERS.index("same_plain")


class Scored(NamedTuple):
    """Judged pairs.

    Attributes:
        left: Rows of the forms, lower than ``right``.
        right: Rows of the forms.
        similarity: 0-100.
        verdict: DIFFERENT, ASK, RELATED or SAME.
        numbers: Evidence, columns as ``NUMBERS``.
    """

    left: Rows
    right: Rows
    similarity: Floats
    verdict: NDArray[np.uint8]
    numbers: Floats

    def where(self, chosen: NDArray[np.bool_]) -> Scored:
        """Return the chosen pairs."""
        return Scored(
            self.left[chosen],
            self.right[chosen],
            self.similarity[chosen],
            self.verdict[chosen],
            self.numbers[chosen],
        )


def compare(left: Iterable[str | None], right: Iterable[str | None]) -> pl.DataFrame:
    """Judge pairs of forms: are they one word, one concept, or neither?

    Args:
        left: Forms; a Polars Series or any sequence.
        right: As many forms.

    Returns:
        One row a pair. ``similarity`` (0-100) is calibrated on pairs that pass blocking
        at their true rarity: 90 means that 90 % of such pairs are one word. ``verdict``
        is ``same`` (two spellings of one word), ``related`` (one concept, or the parts
        of a composition), ``ask`` or ``different``; it takes for granted that somebody
        had a reason to hand the pair over, where :func:`termbank.reconcile`, which
        looks at all pairs, wants more evidence. ``relation`` is null for different
        words; ``reasons`` names what was seen. A null on either side gives nulls.

    Raises:
        ValueError: ``left`` and ``right`` differ in length.

    >>> compare(["サーバー", "キーウ", "会談"], ["サーバ", "キエフ", "会議"]).select(
    ...     "relation", "verdict").rows()
    [('spelling', 'same'), ('renamed', 'related'), (None, 'different')]
    """
    sides = (
        pl.DataFrame({"left": _series(left)}),
        pl.DataFrame({"right": _series(right)}),
    )
    if sides[0].height != sides[1].height:
        raise ValueError(
            f"left has {sides[0].height} forms, right has {sides[1].height}"
        )
    pairs = pl.concat(sides, how="horizontal").with_row_index("at")
    asked = pairs.drop_nulls()
    answered = judged(asked["left"], asked["right"], shipped())
    joined = pairs.select("at").join(
        answered.with_columns(asked["at"]), on="at", how="left", maintain_order="left"
    )
    return joined.drop("at")


def _series(forms: Iterable[str | None]) -> pl.Series:
    column = (
        forms
        if isinstance(forms, pl.Series)
        else pl.Series(list(forms), dtype=pl.String)
    )
    return column.cast(pl.String)


def judged(left: pl.Series, right: pl.Series, tables: Relations) -> pl.DataFrame:
    """Return similarity, relation, reasons and verdict of pairs handed over."""
    forms = pl.concat([left.rename("form"), right.rename("form")]).unique().sort()
    place = pl.DataFrame({"form": forms}).with_row_index("row")
    rows = [
        pl.DataFrame({"form": side}).join(place, on="form", how="left", maintain_order="left")["row"]
        .to_numpy().astype(np.int64)
        for side in (left, right)
    ]  # fmt: skip
    about = described(forms)
    low, high = np.minimum(*rows), np.maximum(*rows)
    scored = together(scored_pairs(about, low, high, found=False))
    frame = framed(about, scored)
    return _with_tables(frame, about, scored, tables)


def together(parts: Iterable[Scored]) -> Scored:
    """Return judged pairs of several parts as one."""
    none = Scored(
        np.zeros(0, np.int64),
        np.zeros(0, np.int64),
        np.zeros(0, np.float32),
        np.zeros(0, np.uint8),
        np.zeros((0, len(NUMBERS)), np.float32),
    )
    return Scored(*map(np.concatenate, zip(none, *parts, strict=True)))


def scored_pairs(
    about: Described, left: Rows, right: Rows, *, found: bool, given: Rows | None = None
) -> Iterator[Scored]:
    """Yield judged pairs of rows, some ten thousands at a time.

    Args:
        about: Described forms.
        left: Rows, each lower than or equal to its partner in ``right``.
        right: Rows.
        found: See :func:`termbank.reconciliation.model.pair_model.judge`.
        given: :func:`given_names` of the forms, if at hand.
    """
    families = given_names(about.forms) if given is None else given
    learned.shipped()  # read once, before threads ask for it

    threads = processors(MOST_THREADS)
    # Lots of one size, as many for each thread: none works on while the others wait.
    rounds = max(-(-len(left) // (threads * PAIRS_AT_ONCE)), 1)
    lot = max(-(-len(left) // (threads * rounds)), FEWEST_AT_ONCE)

    def scored(at: int) -> Scored:
        some = slice(at, at + lot)
        return _scored(about, families, left[some], right[some], found=found)

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
        for one in waiting:
            yield one.result()


def _scored(
    about: Described, given: Rows, left: Rows, right: Rows, *, found: bool
) -> Scored:
    evidence = gathered(about, left, right)
    numbers = evidence.numbers
    answer = learned.judge(learned.shipped(), evidence, found=found)
    doubtful = no_spelling(about, left, right, numbers, answer.found)
    verdict = np.where(
        answer.same & ~doubtful, SAME, np.where(answer.ask, ASK, DIFFERENT)
    )
    apart = synonyms_alone(numbers)
    if found:
        apart |= written_apart(numbers)
    verdict = np.where(apart, DIFFERENT, verdict)
    similarity = np.where(left == right, np.float32(100.0), answer.similarity)
    by_no = (numbers[:, _BARE] > 0) & (numbers[:, _PLAIN] == 0)
    by_given = (given[left] == given[right]) & (given[left] >= 0)
    sure = by_no | by_given | (left == right)
    certain = np.where(sure, np.maximum(similarity, BY_RULE), similarity)
    return Scored(
        left,
        right,
        certain.astype(np.float32),
        np.where(sure, SAME, verdict).astype(np.uint8),
        numbers,
    )


def given_names(forms: pl.Series) -> Rows:
    """Return a number for each full name with a given name of the tables, else -1.

    Two such names are equal where only the source language of the given name differs.
    """
    tables = shipped()
    numbers: dict[tuple[str, ...], int] = {}
    out = np.full(len(forms), -1)
    full = forms.str.contains(f"[{SEPARATORS}]").arg_true()
    first = pl.col("form").str.extract(rf"^([^{SEPARATORS}]+)[{SEPARATORS}]")
    told = pl.DataFrame({"form": forms.gather(full)}).select(
        spelling_keys.loose(first).is_in(list(tables.given)).fill_null(value=False)
    )
    for row in full.filter(told.to_series()).to_list():
        name = name_of(forms[row], tables, offices=False)
        if len(name.keys) > 1 and name.keys[0] in tables.roots:
            out[row] = numbers.setdefault(name.keys, len(numbers))
    return out


def framed(about: Described, scored: Scored) -> pl.DataFrame:
    """Return judged pairs as similarity, relation, reasons and verdict."""
    verdict = pl.Series("verdict", _VERDICTS, dtype=pl.Enum(VERDICTS)).gather(
        scored.verdict
    )
    frame = pl.DataFrame(
        {
            "similarity": scored.similarity.astype(np.float64),
            "reasons": reasons(about, scored.left, scored.right, scored.numbers),
            "verdict": verdict,
        }
    )
    # A word and its original in Latin letters (ウクライナ, Ukraine) are no two spellings.
    left, right = (
        about.forms.gather(side).str.contains(r"^[\p{Latin}\p{Nd}\p{P} ]*$")
        for side in (scored.left, scored.right)
    )
    translated = pl.lit(left != right)
    joined = pl.col("verdict") == "same"
    verdicts = pl.Enum(VERDICTS)
    return frame.select(
        pl.col("similarity").round(2),
        relation=pl.when(pl.col("verdict") == "different")
        .then(None)
        .when(translated)
        .then(pl.lit("synonym"))
        .otherwise(pl.lit("spelling"))
        .cast(pl.Enum(RELATIONS)),
        reasons="reasons",
        verdict=pl.when(joined & translated)
        .then(pl.lit("related", verdicts))
        .otherwise(pl.col("verdict")),
    )


def _with_tables(
    frame: pl.DataFrame, about: Described, scored: Scored, tables: Relations
) -> pl.DataFrame:
    """Put what tables and names by part say in the place of the model's answer."""
    forms = about.forms.to_list()
    listed = np.array([tables.lists(norm(form)) for form in forms], bool)
    surname, whole = _surnames(about.forms, tables)
    answers = []
    for at in np.flatnonzero(listed[scored.left] & listed[scored.right]).tolist():
        related = tables.between(forms[scored.left[at]], forms[scored.right[at]])
        if related is not None:
            answers.append((at, BY_TABLE, related.name, ["table"], "related"))
    taken = {answer[0] for answer in answers}
    left, right = scored.left, scored.right
    lone = ((surname[left] == whole[right]) & (surname[left] >= 0)) | (
        (surname[right] == whole[left]) & (surname[right] >= 0)
    )
    for at in np.flatnonzero(lone).tolist():
        if at not in taken:
            answers.append((at, UNSURE, "short-name", ["name-part"], "ask"))
    return _replaced(frame, answers)


def _replaced(
    frame: pl.DataFrame, answers: list[tuple[int, float, str, list[str], str]]
) -> pl.DataFrame:
    if not answers:
        return frame
    new = pl.DataFrame(
        answers,
        schema={
            "at": pl.UInt32,
            **{name: frame.schema[name] for name in frame.columns},
        },
        orient="row",
    )
    return frame.with_row_index("at").update(new, on="at").drop("at")


def _surnames(forms: pl.Series, tables: Relations) -> tuple[Rows, Rows]:
    """Return numbers for the surname of each full name, and for each form of one part."""
    numbers: dict[str, int] = {}
    surname, whole = np.full(len(forms), -1), np.full(len(forms), -2)
    for row, form in enumerate(forms):
        keys = name_of(form, tables, offices=False).keys
        if len(keys) > 1:
            surname[row] = numbers.setdefault(keys[-1], len(numbers))
        elif keys:
            whole[row] = numbers.setdefault(keys[0], len(numbers))
    return surname, whole
