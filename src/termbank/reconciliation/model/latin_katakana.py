"""Latin letters beside the katakana that write them: スペースX, スペースエックス."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple
from unicodedata import normalize

from termbank.equivalents.spelling import rank_spellings
from termbank.reconciliation.features.spelled_letters import spells_out
from termbank.text.kana import SEPARATORS
from termbank.tokenise import tokeniser

# Chance, 0-100, that katakana write a Latin word. From JOINS up nearly all do
# (docs/design/equivalents.md has the calibration); below ASKS fewer than one in two.
JOINS: Final = 80.0
ASKS: Final = 50.0
BY_PART: Final = 95.0  # of forms that share the rest, letter by letter
_LATIN: Final = re.compile(
    r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’.]*(?:[ \-][A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’.]*)*"
)
_KATAKANA: Final = "([ァ-ヺー・]+)"
_KATAKANA_ONLY: Final = re.compile(rf"[ァ-ヺー]+(?:[{SEPARATORS}][ァ-ヺー]+)*")


class CrossScript(NamedTuple):
    """How sure it is that katakana write the Latin letters of another form.

    Attributes:
        score: 0-100.
        whole: Whether both forms are wholly of one script: no spellings of one word.
        common: Whether the katakana are a common word: Save, セーブ.
    """

    score: float
    whole: bool
    common: bool


def cross_script(left: str, right: str) -> CrossScript | None:
    """Return how sure it is that one form writes the other's Latin letters in katakana.

    None where neither does.

    >>> cross_script("スペースX", "スペースエックス")
    CrossScript(score=95.0, whole=False, common=False)
    >>> cross_script("Gerrard", "ジェラード").whole
    True
    >>> cross_script("サーバー", "サーバ")
    """
    ours, theirs = normalize("NFKC", left), normalize("NFKC", right)
    if _LATIN.search(theirs) and not _LATIN.search(ours):
        ours, theirs = theirs, ours
    if not _LATIN.search(ours) or _LATIN.search(theirs):
        return None
    if _LATIN.fullmatch(ours):
        if not _KATAKANA_ONLY.fullmatch(theirs):
            return None
        score = _score(ours, theirs)
        common = ours.islower() or common_word(theirs)
        return CrossScript(score, True, common) if score >= ASKS else None
    return _by_part(ours, theirs)


def common_word(katakana: str) -> bool:
    """Tell whether the dictionary holds katakana for common words, no names.

    >>> common_word("セーブ"), common_word("ジェラード")
    (True, False)
    """
    return all(
        not token.oov and "固有名詞" not in token.pos
        for token in tokeniser().tokens(katakana)
    )


def _by_part(latin_mix: str, katakana: str) -> CrossScript | None:
    words = _LATIN.findall(latin_mix)
    rest = _LATIN.split(latin_mix)
    pattern = _KATAKANA.join(re.escape(re.sub(r"[\s・]", "", part)) for part in rest)
    match = re.fullmatch(pattern, re.sub(r"[\s・]", "", katakana))
    if match is None:
        return None
    scores = [
        _score(word, spoken) for word, spoken in zip(words, match.groups(), strict=True)
    ]
    return CrossScript(BY_PART, False, False) if min(scores) >= JOINS else None


@lru_cache(maxsize=65_536)
def _score(latin: str, katakana: str) -> float:
    """Return the chance, 0-100, that katakana write Latin letters or spell them out."""
    if spells_out(katakana, latin):
        return BY_PART
    words, parts = re.split(r"[ \-]+", latin), re.split(f"[{SEPARATORS}]+", katakana)
    if len(words) != len(parts):
        if len(parts) > 1:
            return 0.0
        latin = "".join(words)  # ビッグテック is the whole of Big Tech
    return rank_spellings(katakana, [latin])[0][1]
