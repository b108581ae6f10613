"""Whether a hit is the word itself, a part of a compound, or a chance substring.

First by scripts alone, which settles nearly all hits; only a hit whose neighbours could
belong to the same word asks the dictionary.
"""

from __future__ import annotations

from .scripts import DIGIT, HIRAGANA, KANJI, KATAKANA, LATIN, OTHER, script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .words import Word, Words

FREE, COMPOUND, UNSURE, CHANCE = "free", "compound", "unsure", ""

# No word begins with these, so a katakana hit before one is cut short.
NEVER_FIRST = frozenset("ーァィゥェォッャュョヮヵヶンｰｧｨｩｪｫｯｬｭｮﾝﾞﾟ゙゚ーヽヾ々ゝゞ")
# Particles that no okurigana begins with: a noun before them ends there.
_PARTICLES = frozenset("をのはへ")
_CONTEXT = 14  # code points on either side: longer than nearly every Japanese word
# Chosen on the hits of shared/data/check: up to these lengths a chance substring of a
# dictionary word is common, from there on none was seen.
_LONG_KATAKANA, _LONG_OTHER = 6, 4
_CERTAIN_KATAKANA = 5  # with words of the dictionary on both sides
_SHORT = 2  # a variant of one or two characters needs the dictionary next to kana
_ENDINGS = ("レス",)  # joins any noun, so that no dictionary lists the result
_NOUNS = ("名詞", "代名詞", "接頭辞")
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
    if left == OTHER and right == OTHER and LATIN not in (head, tail):
        return FREE
    if after in NEVER_FIRST and right == tail:
        return CHANCE
    if LATIN in (head, tail) and _inside_latin(text, start, end, left, right):
        return CHANCE
    if end - start == 1 and head == KANJI:
        return _single_kanji(text, start, left, right, better, words)
    if _open_left(left, head, end - start) and _open_right(
        right, tail, after, end - start
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
        return _glyph_variant(text, start, better, words)
    context, at = _context(text, start, start + 1)
    here = _word_at(words.of(context), at)
    if here is None or (here.start, here.end) != (at, at + 1):
        return CHANCE
    if left != HIRAGANA or here.part_of_speech[0] not in _NOUNS:
        return FREE
    previous = _word_at(words.of(context), at - 1)
    beside_noun = previous is not None and previous.part_of_speech[0] in _NOUNS
    return CHANCE if beside_noun else FREE


def _glyph_variant(text: str, start: int, better: str, words: Words) -> str:
    """Judge 龍 in 龍神: one character for another (竜神) inside a known word."""
    if len(better) != 1 or script(better) != KANJI:
        return CHANCE
    context, at = _context(text, start, start + 1)
    here = _word_at(words.of(context), at)
    if here is None:
        return CHANCE
    surface = context[here.start : here.end]
    cut = at - here.start
    other = surface[:cut] + better + surface[cut + 1 :]
    return COMPOUND if here.normalised == other or words.knows(other) else CHANCE


def _by_dictionary(text: str, start: int, end: int, better: str, words: Words) -> str:
    context, at = _context(text, start, end)
    stop = at + end - start
    found = words.of(context)
    first, last = _word_at(found, at), _word_at(found, stop - 1)
    if first is None or last is None:
        return CHANCE
    if text[start - 1 : start].isdigit() and _counts(first):
        return CHANCE
    starts = {word.start for word in found} | {cut for w in found for cut in w.cuts}
    inside = at == first.start or stop <= first.end
    if (
        at in starts
        and stop in starts
        and inside
        and (stop == last.end or at >= last.start)
    ):
        whole = at == first.start and stop == last.end
        return FREE if whole and not _touches(text, start, end) else COMPOUND
    return _against_dictionary(context, at, stop, better, words)


def _against_dictionary(
    context: str, at: int, stop: int, better: str, words: Words
) -> str:
    """Judge a hit that the dictionary cuts elsewhere: a long one may still be right."""
    katakana = all(script(char) == KATAKANA for char in context[at:stop])
    if not katakana:
        if script(context[at]) == HIRAGANA or script(context[stop - 1]) == HIRAGANA:
            return CHANCE
        return UNSURE if stop - at > _LONG_OTHER else CHANCE
    return _in_katakana(context, at, stop, better, words)


def _in_katakana(context: str, at: int, stop: int, better: str, words: Words) -> str:
    """Judge a katakana hit that is no word of its own in its run."""
    length = stop - at
    found = words.of(context)
    first, last = _word_at(found, at), _word_at(found, stop - 1)
    if first is None or first is not last:
        return CHANCE
    before, after = context[first.start : at], context[stop : first.end]
    sides = [side for side in (before, after) if side]
    if not all(words.made_of_known(side) for side in sides):
        whole = all(len(side) > 1 for side in sides)
        return UNSURE if whole and length >= _LONG_KATAKANA else CHANCE
    replaced = before + better + after
    if not first.unknown:
        # プロセッサ in a word whose normal form has プロセッサー is the same morpheme;
        # a long one at the end follows a prefix (マイクロ, ミニ). In front of an end
        # such as リング it is another word (エンジニアリング).
        same = first.normalised == replaced and length >= _CERTAIN_KATAKANA - 1
        return COMPOUND if same or (length >= _LONG_KATAKANA and not after) else CHANCE
    form = context[at:stop]
    longer = [part for part in (before + form, form + after) if len(sides) == 2]
    if length <= _SHORT or any(words.knows(part) for part in longer):
        return CHANCE
    if length >= _CERTAIN_KATAKANA or words.knows(replaced):
        return COMPOUND
    # Three letters beside two are a word cut wrong as often as not (グロサリー).
    plain = length > 3 or min(map(len, sides)) > _SHORT or after in _ENDINGS
    return UNSURE if plain else CHANCE


def _context(text: str, start: int, end: int) -> tuple[str, int]:
    """Return what the dictionary is shown, and where the hit begins in it.

    A hit in katakana is judged by its katakana run alone, which repeats often and is
    remembered; any other needs the words around it.
    """
    if all(script(char) == KATAKANA for char in text[start:end]):
        begin, stop = _run(text, start, end)
        return text[begin:stop], start - begin
    begin, stop = start, end
    while begin > 0 and start - begin < _CONTEXT and script(text[begin - 1]) != OTHER:
        begin -= 1
    while stop < len(text) and stop - end < _CONTEXT and script(text[stop]) != OTHER:
        stop += 1
    return text[begin:stop], start - begin


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


def _counts(word: Word) -> bool:
    # 2行の連結: after a digit the word begins with its counter.
    return word.part_of_speech[2] in _COUNTER or word.part_of_speech[1] == "接尾辞"


def _touches(text: str, start: int, end: int) -> bool:
    left, right = text[start - 1 : start] if start else "", text[end : end + 1]
    return script(left) in _joining(text[start]) or script(right) in _joining(
        text[end - 1]
    )


def _joining(char: str) -> str:
    own = script(char)
    return own if own in (KANJI, KATAKANA) else ""
