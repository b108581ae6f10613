"""TB203 long-vowel: a katakana word against the policy for the final 長音.

The settings say which: ``long_vowel = "keep"`` (サーバー, the Cabinet notification of
1991) or ``"drop"`` (サーバ, the custom of JIS Z 8301 up to 2008). Only words that the
dictionary knows in both spellings are judged. Runs only when selected, and says nothing
without a policy.

Settings: long_vowel = keep

Bad:
    プリンタをつなぐ。
Good:
    プリンターをつなぐ。
    メモリアルホールに入る。

Fix: unsafe. The other spelling replaces the found one.

日本語:
    片仮名語の末尾の長音が、方針と違う。
    方針は設定で決める。``long_vowel = "keep"`` は「サーバー」(1991 年の内閣告示)、``"drop"`` は「サーバ」(2008 年までの JIS Z 8301 の慣例)。辞書が両方の表記を知っている語だけを調べる。選択したときだけ働き、方針がなければ何も指摘しない。
    修正: 要確認。もう一方の表記に置き換える。
"""

from __future__ import annotations

from termbank.checking.engine.script_runs import KATAKANA, script
from termbank.checking.text_collection import places_of
from termbank.messages import say
from termbank.types import Fix, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.checking.engine.passage import Passage
    from termbank.checking.engine.word_context import Words
    from termbank.types import Finding

_LEAST = 3  # letters: the customs leave shorter words (キー, バー) alone


class LongVowel:
    """A katakana word against the policy for the final 長音."""

    code = "TB203"
    name = "long-vowel"

    def check(self, passage: Passage) -> Iterator[Finding]:
        """Yield a warning for each word against the policy."""
        policy = passage.options.long_vowel
        if not policy:
            return
        words = passage.judge.words
        covered_to = 0
        for place in places_of(passage):
            surface = place.surface
            if not place.known or len(surface) < _LEAST or place.start < covered_to:
                continue
            if {script(char) for char in surface} != {KATAKANA}:
                continue
            other = _other(surface, policy)
            if other and _one_word(surface, other, words):
                covered_to = place.end
                message = say(
                    f"長音の方針: 「{surface}」は「{other}」", f"policy: {other}"
                )
                fix = Fix(Span(place.start, place.end), other, safe=False)
                yield passage.note(self.code, place.start, place.end, message, fix=fix)


def _other(surface: str, policy: str) -> str:
    """Return the spelling that the policy asks for; empty where it is kept."""
    ends = surface.endswith("ー")
    if policy == "keep":
        return "" if ends else f"{surface}ー"
    return surface[:-1] if ends and len(surface) > _LEAST else ""


def _one_word(surface: str, other: str, words: Words) -> bool:
    mine, theirs = words.of(surface), words.of(other)
    return (
        len(mine) == len(theirs) == 1
        and not theirs[0].unknown
        and mine[0].normalised == theirs[0].normalised
    )


RULE = LongVowel()
