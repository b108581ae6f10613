"""Whether one kanji, the shortest form of a rule, is a word where it stands."""

from __future__ import annotations

from .context_window import context_of, word_at
from .hit_kinds import CHANCE, COMPOUND, FREE
from .homographs import same_word
from .script_runs import DIGIT, HIRAGANA, KANJI, KATAKANA, LATIN, OTHER, script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .word_context import Word, Words

# Endings of a pronoun or a title that leave it what it is.
PLURALS = frozenset(
    ("たち", "達", "ら", "等", "ども", "共", "がた", "方", "さん", "さま", "様", "くん",
     "君", "ちゃん", "氏")
)  # fmt: skip
_CLOSING = frozenset(")]}`」』）］】〉》”")
_EMPHASIS = frozenset("*_'\">|")
_NOUNS = ("名詞", "代名詞", "接頭辞")
_SUFFIX = "接尾辞"


def single_kanji(text: str, start: int, better: str, words: Words) -> str:
    """Return how the kanji ``text[start]`` stands: free, compound or chance.

    ロシア側, 新システム: one kanji beside another word is an affix with a reading of its
    own, so only a kanji that is a word by itself counts.

    Args:
        text: The line of the hit, or enough of it.
        start: Its code point.
        better: What would stand there instead; empty where unknown.
        words: The dictionary.
    """
    left = script(text[start - 1]) if start else OTHER
    right = script(text[start + 1 : start + 2])
    if left in (KATAKANA, LATIN, DIGIT) or right in (KATAKANA, LATIN):
        return CHANCE
    if KANJI in (left, right):
        return _beside_kanji(text, start, better, words)
    if left == OTHER and _closes(text[:start]):
        return CHANCE
    context, at = context_of(text, start, start + 1)
    here = word_at(words.of(context), at)
    if here is None:
        return CHANCE
    if (here.start, here.end) != (at, at + 1):
        return _judge_inflection(context, at, here, better, words)
    return _free_noun(context, at, here, left, words)


def _judge_inflection(
    context: str, at: int, here: Word, better: str, words: Words
) -> str:
    """Judge 頂 in 頂いた, the stem of a verb, and 私 in 私たち."""
    if here.start != at:
        return CHANCE
    if context[at + 1 : here.end] in PLURALS:
        return COMPOUND
    stem = here.part_of_speech[0] in ("動詞", "形容詞")
    return (
        COMPOUND if stem and same_word(context, at, at + 1, better, words) else CHANCE
    )


def _free_noun(context: str, at: int, here: Word, left: str, words: Words) -> str:
    kind = here.part_of_speech[0]
    if left == HIRAGANA and kind in _NOUNS:
        previous = word_at(words.of(context), at - 1)
        return CHANCE if previous is not None and _carries(previous) else FREE
    return CHANCE if kind == _SUFFIX and left != OTHER else FREE


def _closes(before: str) -> bool:
    """Answer whether ``name`` 側 stands there: an affix to what a mark has closed."""
    bare = before.rstrip(" ")
    if bare[-1:] in _CLOSING:
        return True
    last = bare[-1:]
    has_space = len(bare) < len(before)
    return has_space and (last in _EMPHASIS or script(last) in (KATAKANA, LATIN, DIGIT))


def _carries(previous: Word) -> bool:
    """Answer whether a noun right after this word belongs to it: こちら側, 呼び出し側."""
    pos = previous.part_of_speech
    return pos[0] in _NOUNS or (pos[0] == "動詞" and pos[5].startswith("連用形"))


def _beside_kanji(text: str, start: int, better: str, words: Words) -> str:
    """Judge 迄 in 駅迄, a particle, and 龍 in 龍神, one character for another (竜神)."""
    context, at = context_of(text, start, start + 1)
    here = word_at(words.of(context), at)
    if here is None:
        return CHANCE
    if here.start == at and context[at + 1 : here.end] in PLURALS:
        return COMPOUND  # 私達
    if here.part_of_speech[0] == "助詞" and here.end - here.start == 1:
        return FREE
    if len(better) != 1 or script(better) != KANJI:
        return CHANCE
    surface = context[here.start : here.end]
    cut = at - here.start
    other = surface[:cut] + better + surface[cut + 1 :]
    return COMPOUND if here.normalised == other or words.knows(other) else CHANCE
