"""The preferred form of a group, by profile.

| profile | rule | source |
| --- | --- | --- |
| majority | more mentions, then more documents, then kokuji | |
| kokuji | a final long vowel is written ー | 内閣告示第二号「外来語の表記」(1991) |
| jis | final ー dropped from words of three morae and more | JIS Z 8301:2008, annex G |
| jtf | final ー kept, long compounds parted by ・ or a space | JTF日本語標準スタイルガイド 3.0 |
| authority:A,B | the form whose source (`terms.csv`) stands first in the list | the project |

Decisions (`prefer`) stand above every profile.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.errors import ConfigError
from termbank.text.kana import SEPARATORS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

LOOKS_FIRST: Final = ("kokuji", "jis", "jtf")  # at the form, before the counts
PROFILES: Final = ("majority", "kokuji", "jis", "jtf", "authority")
JIS_DROPS_FROM: Final = 3  # morae, JIS Z 8301 annex G: サーバ, but キー
JTF_PARTS_FROM: Final = (
    12  # kana in one run: longer compounds are hard to read unparted
)
_SMALL: Final = frozenset("ァィゥェォャュョヮ")
_KANA_RUN: Final = re.compile(r"[ァ-ヺー]+")
_PARTED: Final = re.compile(f"[{SEPARATORS}]")


class Choice(NamedTuple):
    """One form of a group, with what profiles look at."""

    form: str
    mentions: int
    documents: int
    full: bool = False
    source: str = ""


def parse_profile(profile: str) -> tuple[str, tuple[str, ...]]:
    """Return the name of a profile and, for ``authority:A,B``, its sources in order.

    Raises:
        ConfigError: No such profile, or sources behind another one than authority.

    >>> parse_profile("authority:外務省,共同通信")
    ('authority', ('外務省', '共同通信'))
    """
    name, _, source_list = profile.partition(":")
    if name not in PROFILES or (source_list and name != "authority"):
        raise ConfigError("profile", profile, ", ".join((*PROFILES, "authority:A,B")))
    return name, tuple(
        source.strip() for source in source_list.split(",") if source.strip()
    )


def choose_preferred(choices: Sequence[Choice], *, profile: str) -> Choice:
    """Return the form that the profile prefers; ties go to the lower form.

    A full name stands before a surname alone or an abbreviation (``full``), whatever
    the profile.

    Raises:
        ConfigError: No such profile.

    >>> server = [Choice("サーバ", 1, 1), Choice("サーバー", 163, 4)]
    >>> choose_preferred(server, profile="majority").form, choose_preferred(server, profile="jis").form
    ('サーバー', 'サーバ')
    """
    name, sources = parse_profile(profile)
    rank = _RANKS.get(name, _kokuji)

    def order(choice: Choice) -> tuple[object, ...]:
        authority = (
            sources.index(choice.source) if choice.source in sources else len(sources)
        )
        counts = (-choice.mentions, -choice.documents)
        ranks = (
            (rank(choice.form), counts)
            if name in LOOKS_FIRST
            else (counts, rank(choice.form))
        )
        return (not choice.full, authority, *ranks, choice.form)

    return min(choices, key=order)


def ranks(forms: Iterable[str], profile: str) -> list[int]:
    """Return what the profile sees in each form alone, the lower the better.

    >>> ranks(["サーバー", "サーバ"], "kokuji")
    [-3, -1]
    """
    rank = _RANKS.get(parse_profile(profile)[0], _kokuji)
    return [rank(form) for form in forms]


def morae(word: str) -> int:
    """Return the morae of a word in kana: small kana share one with the kana before.

    >>> morae("サーバー"), morae("シャツ")
    (4, 2)
    """
    return sum(char not in _SMALL for char in word)


def _kokuji(form: str) -> int:
    words: list[str] = _KANA_RUN.findall(form)
    return -sum(word.endswith("ー") for word in words) - form.count("ー")


def _jis(form: str) -> int:
    long_words = [word for word in _KANA_RUN.findall(form) if word.endswith("ー")]
    long = sum(morae(word) > JIS_DROPS_FROM for word in long_words)
    return long - (len(long_words) - long)


def _jtf(form: str) -> int:
    runs = [len(run) for run in _KANA_RUN.findall(_PARTED.sub(" ", form))]
    without_break = sum(run >= JTF_PARTS_FROM for run in runs)
    needless = bool(_PARTED.search(form)) and sum(runs) < JTF_PARTS_FROM
    return 100 * (without_break + needless) + _kokuji(form)


_RANKS: Final[dict[str, Callable[[str], int]]] = {"jis": _jis, "jtf": _jtf}
