"""A katakana hit that is no word of its own in its run: part of a loanword, or chance.

The dictionary has taken a longer run for one word, known or not. What decides is what is
left of that word on both sides of the hit.
"""

from __future__ import annotations

from .hit_kinds import CHANCE, COMPOUND, UNSURE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .word_context import Word, Words

# Lengths chosen on the katakana words of JMdict that hold another one (22,000 words) and
# on the hits of bench/check.py: from these on, chance was rare.
_LONG = 6  # whatever is beside it
_CERTAIN = 5  # with words of the dictionary beside it
_SHORT = 2  # too short to be trusted inside an unknown word
_REST = 4  # letters of an unknown word beside it: a name, or a word not yet listed
# Elements that join other nouns freely, so that dictionaries list but few results.
_PREFIXES = frozenset(
    ("サブ", "スーパー", "マルチ", "ミニ", "マイクロ", "メタ", "ハイパー", "メガ", "ノン",
     "セミ", "アンチ", "ウルトラ", "マクロ", "ゼロ", "ネオ", "ポスト")
)  # fmt: skip
_ENDINGS = frozenset(("レス", "ラン", "ログ"))
_RARELY_FIRST = frozenset("ルヌヲヂヅ")  # サーバルキャット is no サーバ
# バッファ and バッファリング, モニタ and モニタリング: -er cut short before -ing.
_DERIVED = ("リング", "ラブル")
_BEFORE_DERIVED = frozenset("アァカガサザタダナハバパファマヤャラワヴ")


def is_derived(form: str, after: str) -> bool:
    """Answer whether a form goes on into another word of the same stem.

    >>> is_derived("バッファ", "リング"), is_derived("サーバ", "ルーム")
    (True, False)
    """
    return after.startswith(_DERIVED) and form[-1:] in _BEFORE_DERIVED


def inside(run: str, at: int, stop: int, better: str, words: Words) -> str:
    """Return how ``run[at:stop]`` stands in a run of katakana that is cut elsewhere.

    Args:
        run: Katakana only.
        at: First letter of the hit.
        stop: One past the last.
        better: What would stand there instead.
        words: The dictionary.
    """
    word = next(
        (
            word_here
            for word_here in words.of(run)
            if word_here.start <= at < word_here.end
        ),
        None,
    )
    if word is None or stop > word.end:
        return CHANCE
    before, after = run[word.start : at], run[stop : word.end]
    if word.unknown:
        return _in_unknown(run[at:stop], before, after, better, words)
    return _in_known(word, stop - at, before, after, better, words)


def _in_known(
    word: Word, length: int, before: str, after: str, better: str, words: Words
) -> str:
    """Judge a hit in a dictionary word that has no parts of its own."""
    if not after and before in _PREFIXES and word.part_of_speech[1] != "固有名詞":
        return COMPOUND
    if not all(words.made_of_known(side) for side in (before, after) if side):
        return CHANCE
    # プロセッサ in a word whose normal form has プロセッサー is the same morpheme; a long
    # one at the end follows a prefix. In front of an end such as リング it is another
    # word (エンジニアリング).
    same = word.normalised == before + better + after and length >= _CERTAIN - 1
    return COMPOUND if same or (length >= _LONG and not after) else CHANCE


def _in_unknown(form: str, before: str, after: str, better: str, words: Words) -> str:
    """Judge a hit in a run that no dictionary has."""
    if _grows(form, before, after, words):
        return CHANCE
    sides = [side for side in (before, after) if side]
    strange = [side for side in sides if not words.made_of_known(side)]
    if strange:
        is_safe = _beside_strange(form, before, after, strange, words)
        return UNSURE if is_safe else CHANCE
    longer = (before + form, form + after) if len(sides) == 2 else ()
    if any(words.knows(part) for part in longer):
        return CHANCE
    if len(form) <= _SHORT:
        ends_compound = not after and len(before) >= _REST and words.knows(before)
        return UNSURE if ends_compound and words.knows(form) else CHANCE
    has_prefix = before in _PREFIXES and not after
    if len(form) >= _CERTAIN or has_prefix or words.knows(before + better + after):
        return COMPOUND
    # Three letters beside two are a word cut wrong as often as not (グロサリー), and so is
    # what two letters stand before: バリ and データー in バリデーター.
    plain = len(form) > 3 or min(map(len, sides)) > _SHORT or after in _ENDINGS
    return UNSURE if plain and (not before or len(before) > _SHORT) else CHANCE


def _beside_strange(
    form: str, before: str, after: str, strange: list[str], words: Words
) -> bool:
    """Answer whether a hit may be a word although what is beside it is none."""
    if before in strange and len(form) <= _SHORT + 1:
        return False  # ends are alike (-タンス, -リズム), beginnings are not
    if after in strange and after[0] in _RARELY_FIRST:
        return False
    if len(form) >= _LONG:
        return all(len(side) >= _SHORT for side in strange)
    alone = not before or not after
    long = all(len(side) >= _REST for side in strange)
    return alone and long and len(form) > _SHORT and words.knows(form)


def _grows(form: str, before: str, after: str, words: Words) -> bool:
    """Answer whether a letter or two more make another word: ファイ in ファイル."""
    return any(
        (len(before) > count and words.knows(before[-count:] + form))
        or (len(after) > count and words.knows(form + after[:count]))
        for count in range(1, _SHORT + 1)
    )
