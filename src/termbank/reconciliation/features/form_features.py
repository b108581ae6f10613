"""What is to be known of each form, once, however many pairs it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import polars as pl

from termbank.mining.tokens.word_statistics import general, hash_words, places
from termbank.reconciliation.blocking import spelling_keys

from . import unidic_lexemes
from .dictionary_features import Facts, facts
from .mora_encoding import Encoded, encode_forms, replace_forms, with_part_marks
from .spelled_letters import latin_letters

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


RAREST: Final = 200  # eighths of a doubling of the rank: a word that is not listed
UNLISTED: Final = -1  # number of what no table lists
SENSES: Final = ("coarse", "fine", "finest")  # clusters of word vectors


class Described(NamedTuple):
    """Everything about each form that pairs are judged by.

    Attributes:
        forms: The forms, in order; rows below refer to it.
        units: Encoded forms.
        readings: Encoded readings.
        columns: One numeric row a form.
        plain: Plain text of each form, for rapidfuzz.
    """

    forms: pl.Series
    units: Encoded
    readings: Encoded
    columns: dict[str, NDArray[np.int64]]
    plain: NDArray[np.object_]


class Written(NamedTuple):
    """What is to be seen of each form without a dictionary.

    Attributes:
        forms: Column ``form``; the form as :mod:`.keys` has it: ``plain``, ``fold``,
            ``bare``; and as :func:`.encoding.with_part_marks` has it: ``marks``.
        units: Encoded forms.
        words: Column ``plain``.
        hashes: Of the words, see :func:`termbank.mining.tokens.word_statistics.hash_words`.
        columns: Those of :class:`Described` that need no dictionary.
    """

    forms: pl.DataFrame
    units: Encoded
    words: list[str]
    hashes: NDArray[np.uint32]
    columns: dict[str, NDArray[np.int64]]


def written(forms: pl.Series) -> Written:
    """Look at forms as they are written."""
    form, plain = pl.col("form"), pl.col("plain")
    frame = (
        forms.cast(pl.String)
        .alias("form")
        .to_frame()
        .lazy()  # what both look at (NFKC, lower case) is then made once
        .with_columns(plain=spelling_keys.plain(form), marks=with_part_marks(form))
        .with_columns(
            fold=spelling_keys.fold(plain), bare=spelling_keys.without_no(plain)
        )
        .collect()
    )
    words = frame["plain"].to_list()
    hashes = hash_words(words)
    columns = _identities(frame, "plain", "fold", "bare")
    columns |= _as_written(frame["plain"], hashes)
    particle = frame["plain"] != frame["bare"]
    columns["particle"] = particle.to_numpy().astype(np.int64)
    return Written(frame, encode_forms(frame["marks"]), words, hashes, columns)


def _identities(frame: pl.DataFrame, *names: str) -> dict[str, NDArray[np.int64]]:
    # Only ever asked whether two are equal: a hash of 64 bits tells it without a table
    # of all strings, and errs once in ten million vocabularies of a million forms.
    return {name: frame[name].hash().to_numpy().view(np.int64) for name in names}


def _derive_column(
    column: pl.Series,
    make: Callable[[pl.Expr], pl.Expr],
    like: pl.Series,
    default: pl.Series,
) -> pl.Series:
    """Return what is made of a column; where it is ``like`` another, that is known."""
    other = (column != like).arg_true()
    new = column.gather(other).alias("new").to_frame().select(make(pl.col("new")))
    return default.clone().scatter(other, new.to_series())


def _in_general(normal: pl.Series, in_writing: Written) -> dict[str, NDArray[np.int64]]:
    """Return how rare each word is in general, its vector and the clusters of that."""
    table, hashes = general(), in_writing.hashes.copy()
    other = (normal != in_writing.forms["plain"]).arg_true()
    hashes[other.to_numpy()] = hash_words(normal.gather(other).to_list())
    rows = places(table.hashes, hashes)
    is_listed = rows >= 0
    return {
        "rarity": np.where(is_listed, table.rarity[rows], RAREST).astype(np.int64),
        "vector": np.where(is_listed, table.vector[rows].astype(np.int64), UNLISTED),
        **{name: getattr(table, name)[rows].astype(np.int64) for name in SENSES},
    }


def _as_written(
    plain: pl.Series, hashes: NDArray[np.uint32]
) -> dict[str, NDArray[np.int64]]:
    """Return what is known of each form as it stands, whatever its normal spelling.

    Of two spellings of one word mostly one is common; of two words both may be.
    """
    table = general()
    rows = places(table.hashes, hashes)
    letters = plain.to_frame("plain").select(latin_letters(pl.col("plain"))).to_series()
    number = (letters.hash().to_numpy() >> np.uint64(1)).view(np.int64)
    rarity = np.where(rows >= 0, table.rarity[rows], RAREST)
    return {
        "rarity_written": rarity.astype(np.int64),
        "lexeme": unidic_lexemes.shipped_lexemes().of(hashes),
        "letters": np.where(letters.is_null().to_numpy(), UNLISTED, number),
    }


def describe_forms(
    forms: pl.Series,
    in_writing: Written | None = None,
    by_dictionary: Facts | None = None,
) -> Described:
    """Describe forms once, however many pairs they stand in.

    Args:
        forms: The forms.
        in_writing: :func:`written` of them, if at hand.
        by_dictionary: :func:`.lexicon.facts` of them, if at hand.
    """
    in_writing = in_writing or written(forms)
    by_dictionary = by_dictionary or facts(forms)
    before = in_writing.forms
    normal = _derive_column(
        by_dictionary.normal, spelling_keys.plain, before["form"], before["plain"]
    )
    by_fold = _derive_column(
        normal, spelling_keys.fold, before["plain"], before["fold"]
    )
    spoken_marks = _derive_column(
        by_dictionary.reading, with_part_marks, before["form"], before["marks"]
    )
    spoken = np.flatnonzero((before["marks"] != spoken_marks).to_numpy())
    spelled_out = np.ones(len(forms), np.int64)
    spelled_out[spoken] = 0
    columns = in_writing.columns | _in_general(by_dictionary.normal, in_writing)
    new = {"normal": normal, "meaning": by_dictionary.meaning, "normal_fold": by_fold}
    columns |= _identities(pl.DataFrame(new), *new)
    columns |= {
        "words": by_dictionary.words,
        "unknown": by_dictionary.unknown,
        "proper": by_dictionary.proper,
        "spelled_out": spelled_out,
    }
    return Described(
        forms,
        in_writing.units,
        replace_forms(
            in_writing.units, spoken, encode_forms(spoken_marks.gather(spoken))
        ),
        columns,
        np.array(in_writing.words or [""], object)[: len(forms)],
    )
