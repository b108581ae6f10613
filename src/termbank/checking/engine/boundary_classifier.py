"""Whether a hit is the word itself, a part of a compound, or a chance substring.

First by scripts alone, which settles nearly all hits; only a hit whose neighbours could
belong to the same word asks the dictionary.
"""

from __future__ import annotations

from .hit_kinds import CHANCE, COMPOUND, FREE, UNSURE
from .loanword_boundaries import derived, inside
from .script_runs import DIGIT, HIRAGANA, KANJI, KATAKANA, LATIN, OTHER, script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .word_context import Word, Words

# No word begins with these, so a katakana hit before one is cut short.
NEVER_FIRST = frozenset("ーァィゥェォッャュョヮヵヶンｰｧｨｩｪｫｯｬｭｮﾝﾞﾟ゙゚ーヽヾ々ゝゞ")
# Particles that no okurigana begins with: a noun before them ends there.
_PARTICLES = frozenset("をのはへ")
_CONTEXT = 14  # code points on either side: longer than nearly every Japanese word
_LONG_OTHER = 4  # kanji and kana: longer forms do not stand anywhere by chance
_SHORT = 2  # a variant of one or two characters needs the dictionary next to kana
_CLOSING = frozenset(")]}`」』）］】〉》”")
_EMPHASIS = frozenset("*_'\">|")
_NOUNS = ("名詞", "代名詞", "接頭辞")
_SUFFIX = "接尾辞"
_COUNTER = ("助数詞", "助数詞可能")


def standing(text: str, start: int, end: int, better: str, words: Words) -> str:
    """Return how ``text[start:end]`` stands: free, compound, unsure or chance.

    Args:
        text: The line of the hit, or enough of it.
        start: First code point of the hit.
        end: One past the last.
        better: What would stand there instead; empty where unknown.
        words: The dictionary, asked only where scripts do not decide.

    Returns:
        ``free``; ``compound`` for a part of a compound, certain enough for a safe fix;
        ``unsure`` for a part that no dictionary confirms; the empty string for a
        chance substring, which nobody should hear of.
    """
    before = text[start - 1] if start else ""
    after = text[end : end + 1]
    left, right = script(before), script(after)
    head, tail = script(text[start]), script(text[end - 1])
    length = end - start
    if (
        left == OTHER
        and right == OTHER
        and LATIN not in (head, tail)
        and (length > 1 or head != KANJI)
    ):
        return FREE
    if after in NEVER_FIRST and right == tail:
        return CHANCE
    if LATIN in (head, tail) and _inside_latin(text, start, end, left, right):
        return CHANCE
    if length == 1 and head == KANJI:
        return _single_kanji(text, start, left, right, better, words)
    affixed = head == KANJI and length > 1 and script(text[start + 1]) == HIRAGANA
    if (
        not (affixed and left != OTHER)
        and _open_left(left, head, length)
        and _open_right(right, tail, after, length)
    ):
        return FREE
    return _by_dictionary(text, start, end, better, words)


def _inside_latin(text: str, start: int, end: int, left: str, right: str) -> bool:
    if script(text[start]) == LATIN and (
        left in (LATIN, DIGIT) or text[start - 1 : start] in ("_", "@")
    ):
        return True
    if script(text[end - 1]) != LATIN or right not in (LATIN, DIGIT):
        return script(text[end - 1]) == LATIN and text[end : end + 1] == "_"
    plural = text[end] == "s" and script(text[end + 1 : end + 2]) not in (LATIN, DIGIT)
    return not (plural and end - start > 3)


def _open_left(left: str, head: str, length: int) -> bool:
    """Answer whether scripts alone let a word begin here."""
    if left == OTHER:
        return True
    if head in (KATAKANA, LATIN):
        return left != head
    if head == KANJI:
        return left in (KATAKANA, LATIN) or (left == HIRAGANA and length > _SHORT)
    if head == HIRAGANA:
        return False
    return left != head


def _open_right(right: str, tail: str, after: str, length: int) -> bool:
    """Answer whether scripts alone let a word end here."""
    if right == OTHER:
        return True
    if tail in (KATAKANA, LATIN):
        return right != tail
    if tail == KANJI:
        if right == HIRAGANA:
            return after in _PARTICLES or length > _SHORT
        return right != KANJI
    if tail == HIRAGANA:
        return right not in (HIRAGANA, KANJI)
    return right != tail


def _single_kanji(
    text: str, start: int, left: str, right: str, better: str, words: Words
) -> str:
    # ロシア側, 新システム: one kanji beside another word is an affix with a reading of
    # its own, so only a kanji that is a word by itself counts.
    if left in (KATAKANA, LATIN, DIGIT) or right in (KATAKANA, LATIN):
        return CHANCE
    if KANJI in (left, right):
        return _beside_kanji(text, start, better, words)
    if left == OTHER and _closes(text[:start]):
        return CHANCE
    context, at = _context(text, start, start + 1)
    here = _word_at(words.of(context), at)
    if here is None or (here.start, here.end) != (at, at + 1):
        return CHANCE
    kind = here.part_of_speech[0]
    if left == HIRAGANA and kind in _NOUNS:
        previous = _word_at(words.of(context), at - 1)
        return CHANCE if previous is not None and _carries(previous) else FREE
    return CHANCE if kind == _SUFFIX and left != OTHER else FREE


def _closes(before: str) -> bool:
    """Answer whether ``name`` 側 stands there: an affix to what a mark has closed."""
    bare = before.rstrip(" ")
    if bare[-1:] in _CLOSING:
        return True
    last = bare[-1:]
    spaced = len(bare) < len(before)
    return spaced and (last in _EMPHASIS or script(last) in (KATAKANA, LATIN, DIGIT))


def _carries(previous: Word) -> bool:
    """Answer whether a noun right after this word belongs to it: こちら側, 呼び出し側."""
    pos = previous.part_of_speech
    return pos[0] in _NOUNS or (pos[0] == "動詞" and pos[5].startswith("連用形"))


def _beside_kanji(text: str, start: int, better: str, words: Words) -> str:
    """Judge 迄 in 駅迄, a particle, and 龍 in 龍神, one character for another (竜神)."""
    context, at = _context(text, start, start + 1)
    here = _word_at(words.of(context), at)
    if here is None:
        return CHANCE
    if here.part_of_speech[0] == "助詞" and here.end - here.start == 1:
        return FREE
    if len(better) != 1 or script(better) != KANJI:
        return CHANCE
    surface = context[here.start : here.end]
    cut = at - here.start
    other = surface[:cut] + better + surface[cut + 1 :]
    return COMPOUND if here.normalised == other or words.knows(other) else CHANCE


def _by_dictionary(text: str, start: int, end: int, better: str, words: Words) -> str:
    context, at = _context(text, start, end)
    stop = at + end - start
    if derived(context[at:stop], context[stop:]):
        return CHANCE
    found = words.of(context)
    first, last = _word_at(found, at), _word_at(found, stop - 1)
    if first is None or last is None:
        return CHANCE
    if first.start == at and _hangs(first, text[start - 1] if start else ""):
        return CHANCE
    starts = {word.start for word in found} | {cut for w in found for cut in w.cuts}
    one_side = at == first.start or stop <= first.end
    if (
        at in starts
        and stop in starts
        and one_side
        and (stop == last.end or at >= last.start)
    ):
        whole = at == first.start and stop == last.end
        # こと in ことごとく: hiragana words are too short to trust a part.
        if not whole and all(script(char) == HIRAGANA for char in text[start:end]):
            return CHANCE
        return FREE if whole and not _touches(text, start, end) else COMPOUND
    return _against_dictionary(context, at, stop, better, words)


def _against_dictionary(
    context: str, at: int, stop: int, better: str, words: Words
) -> str:
    """Judge a hit that the dictionary cuts elsewhere: a long one may still be right."""
    if all(script(char) == KATAKANA for char in context[at:stop]):
        return inside(context, at, stop, better, words)
    if stop - at > 1 and _same_word(context, at, stop, better, words):
        return COMPOUND
    if script(context[at]) == HIRAGANA or script(context[stop - 1]) == HIRAGANA:
        return CHANCE
    return UNSURE if stop - at > _LONG_OTHER else CHANCE


def _same_word(context: str, at: int, stop: int, better: str, words: Words) -> bool:
    """Answer whether 出来る stays the same word of the dictionary as できる."""
    word = _word_at(words.of(context), at)
    if word is None or stop > word.end or word.unknown or not better:
        return False
    other = words.of(context[word.start : at] + better + context[stop : word.end])
    return len(other) == 1 and other[0].normalised == word.normalised


def _context(text: str, start: int, end: int) -> tuple[str, int]:
    """Return what the dictionary is shown, and where the hit begins in it.

    A hit in katakana is judged by its katakana run alone, which repeats often and is
    remembered; any other needs the words around it.
    """
    if all(script(char) == KATAKANA for char in text[start:end]):
        begin, stop = _run(text, start, end)
        return text[begin:stop], start - begin
    begin, stop = start, end
    while begin > 0 and start - begin < _CONTEXT and _in_context(text, begin):
        begin -= 1
    while stop < len(text) and stop - end < _CONTEXT and script(text[stop]) != OTHER:
        stop += 1
    return text[begin:stop], start - begin


def _in_context(text: str, begin: int) -> bool:
    """Answer whether the context goes on to the left; a space after a digit is none."""
    before = text[begin - 1]
    return script(before) != OTHER or (before == " " and text[begin - 2].isdigit())


def _run(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and script(text[start - 1]) == KATAKANA:
        start -= 1
    while end < len(text) and script(text[end]) == KATAKANA:
        end += 1
    return start, end


def _word_at(words: list[Word], at: int) -> Word | None:
    for word in words:
        if word.start <= at < word.end:
            return word
    return None


def _hangs(word: Word, before: str) -> bool:
    """Answer whether a word hangs on the one before: 2行の連結, ファイル名の拡張子."""
    pos = word.part_of_speech
    if before.isdigit():
        return pos[2] in _COUNTER or pos[0] == _SUFFIX
    alone = word.end - word.start == 1
    return alone and pos[0] == _SUFFIX and script(before) != OTHER


def _touches(text: str, start: int, end: int) -> bool:
    left, right = text[start - 1 : start] if start else "", text[end : end + 1]
    return script(left) in _joining(text[start]) or script(right) in _joining(
        text[end - 1]
    )


def _joining(char: str) -> str:
    own = script(char)
    return own if own in (KANJI, KATAKANA) else ""
