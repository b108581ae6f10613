"""What the dictionary knows of each form: normal spelling, reading, synonyms."""

from __future__ import annotations

import marshal
import subprocess
from functools import cache
from io import BytesIO
from threading import Thread
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from termbank.isolation.child_processes import environment, python_command
from termbank.isolation.thread_guard import Guarded
from termbank.processors import processors
from termbank.sudachi_dictionaries import open_tokeniser
from termbank.tokenise import best_dictionary

from .sudachi_lookup import Told, describe_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

Ints = NDArray[np.int64]
# From here on a second process, which takes a twentieth of a second to start, is worth it.
BESIDE_FROM: Final = 20_000
_AT_ONCE: Final = 1 << 14  # forms; bounds what one answer holds


class Facts(NamedTuple):
    """One entry a form, in the order of the forms.

    Attributes:
        normal: Normalised spelling of all words, joined.
        meaning: The same with each word replaced by the lowest of its synonym groups,
            where it has any: equal for words that the dictionary holds for synonyms.
        reading: Katakana; the surface where a word is unknown.
        words: Number of words.
        unknown: Number of words the dictionary does not hold.
        proper: 1 where the last word is a proper noun.
    """

    normal: pl.Series
    meaning: pl.Series
    reading: pl.Series
    words: Ints
    unknown: Ints
    proper: Ints


class Inquiry:
    """A question about many forms, on its way while the asker does other things.

    Many forms are looked up by a process of their own where there is a processor for it.
    Should that fail, they are looked up here: the answer is the same.
    """

    def __init__(self, forms: pl.Series) -> None:
        self._forms = forms
        self._name = best_dictionary()[0]
        self._facts: Facts | None = None
        self._thread: Thread | None = None
        if len(forms) >= BESIDE_FROM and processors() > 1:
            self._thread = Thread(target=self._ask, daemon=True)
            self._thread.start()

    def facts(self) -> Facts:
        """Return what the dictionary knows, once it is known."""
        if self._thread is not None:
            self._thread.join()
        facts, self._facts = self._facts, None
        return facts or _facts(self._forms, self._looked_up())

    def _ask(self) -> None:
        command = python_command(
            "termbank.reconciliation.features.sudachi_lookup", self._name
        )
        request = b"".join(marshal.dumps(part) for part in _parts(self._forms))
        try:
            result = subprocess.run(
                command,
                input=request,
                capture_output=True,
                check=True,
                env=environment(),
            )
        except (OSError, subprocess.SubprocessError):
            return
        self._facts = _facts(self._forms, list(_receive(result.stdout)))

    def _looked_up(self) -> list[Told]:
        answers = []
        for part in _parts(self._forms):
            with _tokenizer(self._name) as tokenizer:
                answers.append(describe_words(tokenizer, part))
        return answers


def facts(forms: pl.Series) -> Facts:
    """Return what the best installed dictionary knows of each form."""
    return Inquiry(forms).facts()


@cache
def _tokenizer(name: str) -> Guarded:
    return Guarded(lambda: open_tokeniser(name))


def _parts(forms: pl.Series) -> Iterator[list[str]]:
    for at in range(0, len(forms), _AT_ONCE):
        yield forms[at : at + _AT_ONCE].to_list()


def _receive(answer: bytes) -> Iterator[Told]:
    stream = BytesIO(answer)
    while stream.tell() < len(answer):
        yield Told(*marshal.load(stream))  # noqa: S302  # our own child


def _facts(forms: pl.Series, parts: list[Told]) -> Facts:
    normal = _patch(forms, [part.normal for part in parts])
    return Facts(
        normal,
        _patch(normal, [part.meaning for part in parts]),
        _patch(forms, [part.reading for part in parts]),
        *(
            np.frombuffer(b"".join(column), np.uint16).astype(np.int64)
            for column in (
                [part.words for part in parts],
                [part.unknown for part in parts],
                [part.proper for part in parts],
            )
        ),
    )


def _patch(column: pl.Series, changes: list[dict[int, str]]) -> pl.Series:
    """Return the column with the entries at some places changed."""
    places = [part * _AT_ONCE + at for part, some in enumerate(changes) for at in some]
    new = [text for some in changes for text in some.values()]
    return column.clone().scatter(places, new) if places else column
