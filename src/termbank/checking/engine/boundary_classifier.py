"""Whether a hit is the word itself, a part of a compound, or a chance substring.

First by scripts alone, which settles nearly all hits; only a hit whose neighbours could
belong to the same word asks the dictionary.
"""

from __future__ import annotations

import re

from .context_window import context_of, word_at
from .hit_kinds import CHANCE, COMPOUND, DOUBTFUL, FREE, UNSURE
from .homographs import continues_figure, reading, same_word
from .loanword_boundaries import inside, is_derived
from .script_runs import DIGIT, HIRAGANA, KANJI, KATAKANA, LATIN, OTHER, script
from .single_kanji import PLURALS, single_kanji

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .word_context import Word, Words

# No word begins with these, so a katakana hit before one is cut short.
NEVER_FIRST = frozenset("ーァィゥェォッャュョヮヵヶンｰｧｨｩｪｫｯｬｭｮﾝﾞﾟ゙゚ーヽヾ々ゝゞ")
# Particles that no okurigana begins with: a noun before them ends there.
_PARTICLES = frozenset("をのはへ")
_GLOSS = re.compile(r"[」』]? ?[（(]([A-Za-z][A-Za-z0-9 .-]{1,30})[)）]")
_ENGLISH_BEFORE = re.compile(r"(?<![A-Za-z])[A-Za-z][a-z']+ \Z")
_ENGLISH_AFTER = re.compile(r"s? [a-z]{2,}\b")
_IDENTIFIER_BEFORE = re.compile(r"[A-Za-z0-9._@/-]+\Z")
_IDENTIFIER_AFTER = re.compile(r"[A-Za-z0-9._@/-]+")
_LONG_OTHER = 4  # kanji and kana: longer forms do not stand anywhere by chance
_SHORT = 2  # a variant of one or two characters needs the dictionary next to kana
_DERIVING = frozenset("性化的者感型用式系度力論学")  # any noun takes them: あいまい性
_TITLES = frozenset("さ氏君くち様先")  # the first letters of さん, くん, ちゃん, 先生 …
_SUFFIX = "接尾辞"
_COUNTER = ("助数詞", "助数詞可能")


def standing(
    text: str, start: int, end: int, better: str, words: Words, kind: str = ""
) -> str:
    """Return how ``text[start:end]`` stands: free, doubtful, compound, unsure or chance.

    Args:
        text: The line of the hit, or enough of it.
        start: First code point of the hit.
        end: One past the last.
        better: What would stand there instead; empty where unknown.
        words: The dictionary, asked only where scripts do not decide.
        kind: Of the concept: person, place, term …

    Returns:
        ``free``; ``doubtful`` for a word that may be another of the same spelling;
        ``compound`` for a part of a compound, certain enough for a safe fix;
        ``unsure`` for a part that no dictionary confirms; the empty string for a
        chance substring, which nobody should hear of.
    """
    before = text[start - 1] if start else ""
    after = text[end : end + 1]
    left, right = script(before), script(after)
    head, tail = script(text[start]), script(text[end - 1])
    length = end - start
    if DIGIT in (head, tail) and continues_figure(text, start, end):
        return CHANCE
    lone_kanji = length == 1 and head == KANJI
    if (
        left == OTHER
        and right == OTHER
        and LATIN not in (head, tail)
        and not lone_kanji
    ):
        return _by_gloss(text, start, end, better, words)
    cut_short = after in NEVER_FIRST and right == tail
    foreign = LATIN in (head, tail) and _is_foreign(text, start, end, better)
    if cut_short or foreign or _inside_latin(text, start, end, left, right):
        return CHANCE
    if lone_kanji:
        how = single_kanji(text, start, better, words)
        return _by_reading(text, start, end, better, words, kind, how)
    has_okurigana = head == KANJI and length > 1 and script(text[start + 1]) == HIRAGANA
    if (
        not (has_okurigana and left != OTHER)
        and _open_left(left, head, length)
        and _open_right(right, tail, after, length)
        and not _needs_reading(text, start, end, kind)
    ):
        return FREE
    how = _by_dictionary(text, start, end, better, words)
    return _by_reading(text, start, end, better, words, kind, how)


def _by_gloss(text: str, start: int, end: int, better: str, words: Words) -> str:
    """Judge a form between signs: another sense where a gloss or its kana says so."""
    gloss = _GLOSS.match(text, end)
    if gloss and script(better[:1]) == LATIN and not _same_letters(gloss[1], better):
        return DOUBTFUL  # フラッシュ (flush) where Flash is preferred
    form = text[start:end]
    if script(better[:1]) == KANJI and all(script(char) == HIRAGANA for char in form):
        return _by_reading(text, start, end, better, words, "", FREE)
    return FREE


def _same_letters(gloss: str, better: str) -> bool:
    """Answer whether a gloss in letters is the preferred form or its initials."""
    letters = [word[:1] for word in re.findall("[A-Za-z]+", better)]
    bare = re.sub("[^a-z0-9]", "", gloss.lower())
    same = bare.rstrip("s") == re.sub("[^a-z0-9]", "", better.lower()).rstrip("s")
    return same or bare == "".join(letters).lower()


def _needs_reading(text: str, start: int, end: int, kind: str) -> bool:
    """Answer whether only the dictionary tells which word or name stands there."""
    if script(text[start]) == DIGIT:
        return True  # 0から in 0から5まで
    if script(text[start]) == HIRAGANA and script(text[end - 1]) == KANJI:
        return True  # その上, a conjunction or a place
    if {script(char) for char in text[start:end]} != {KANJI}:
        return False
    return kind == "person" or text[end : end + 1] in _TITLES


def _by_reading(
    text: str, start: int, end: int, better: str, words: Words, kind: str, how: str
) -> str:
    """Lower a verdict where the words around the hit allow another reading."""
    if how == CHANCE or {script(char) for char in text[start:end]} <= {KATAKANA, LATIN}:
        return how
    context, at = context_of(text, start, end)
    by_words = reading(context, at, at + end - start, better, words, kind)
    if by_words == FREE or how == UNSURE:
        return how if by_words != CHANCE else CHANCE
    if by_words == DOUBTFUL:
        return DOUBTFUL if how == FREE else UNSURE
    return CHANCE


def _inside_latin(text: str, start: int, end: int, left: str, right: str) -> bool:
    if script(text[start]) == LATIN and (
        left in (LATIN, DIGIT) or text[start - 1 : start] in ("_", "@")
    ):
        return True
    if script(text[end - 1]) != LATIN or right not in (LATIN, DIGIT):
        return script(text[end - 1]) == LATIN and text[end : end + 1] == "_"
    plural = text[end] == "s" and script(text[end + 1 : end + 2]) not in (LATIN, DIGIT)
    return not (plural and end - start > 3)


def _is_foreign(text: str, start: int, end: int, better: str) -> bool:
    """Answer whether letters stand in an identifier or an English phrase."""
    if _inside_identifier(text, start, end, better):
        return True
    if not better or script(better[0]) == LATIN:
        return False
    # data for blog posts: words in letters on both sides
    return bool(
        _ENGLISH_BEFORE.search(text[:start]) and _ENGLISH_AFTER.match(text, end)
    )


def _inside_identifier(text: str, start: int, end: int, better: str) -> bool:
    """Answer whether a hit is a part of a slug or path: android-push-icon, a/b-cache."""
    if text[start - 1 : start] == "/" == text[end : end + 1]:
        return text[start:end].islower()
    head = _IDENTIFIER_BEFORE.search(text[:start])
    tail = _IDENTIFIER_AFTER.match(text, end)
    token = (head[0] if head else "") + text[start:end] + (tail[0] if tail else "")
    if token == text[start:end] or token.lower() != token:
        return False
    joints = token.count("-") + token.count("_")
    same_letters = better.lower() == text[start:end].lower()
    return joints > (0 if same_letters else 1) or (
        "/" in token and (joints > 0 or token.count("/") > 1)
    )


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


def _by_dictionary(text: str, start: int, end: int, better: str, words: Words) -> str:
    context, at = context_of(text, start, end)
    stop = at + end - start
    if is_derived(context[at:stop], context[stop:]):
        return CHANCE
    words_here = words.of(context)
    first, last = word_at(words_here, at), word_at(words_here, stop - 1)
    if first is None or last is None:
        return CHANCE
    before = text[start - 1] if start else ""
    if first.start == at and _hangs(first, before):
        # 打つ毎に, after a verb, is ごとに and no suffix
        particle = script(before) == HIRAGANA and _is_kana(better)
        if not particle or text[start:end] == context[first.start : first.end]:
            return CHANCE
    starts = {word.start for word in words_here} | {
        cut for w in words_here for cut in w.cuts
    }
    one_side = at == first.start or stop <= first.end
    if (
        at in starts
        and stop in starts
        and one_side
        and (stop == last.end or at >= last.start)
    ):
        return _within_cuts(text, start, end, better, words)
    return _against_dictionary(context, at, stop, better, words)


def _within_cuts(text: str, start: int, end: int, better: str, words: Words) -> str:
    """Judge a hit that begins and ends where the dictionary cuts."""
    context, at = context_of(text, start, end)
    stop = at + end - start
    words_here = words.of(context)
    first, last = words_here[0], words_here[-1]
    for word in words_here:
        first = word if word.start <= at < word.end else first
        last = word if word.start < stop <= word.end else last
    whole = at == first.start and stop == last.end
    if whole:
        return COMPOUND if _touches(text, start, end) else FREE
    # こと in ことごとく: hiragana words are too short to trust a part.
    if all(script(char) == HIRAGANA for char in text[start:end]):
        plural = at == first.start and context[stop : last.end] in PLURALS
        return COMPOUND if plural else CHANCE
    torn = _only_in_kanji(context, at, stop, first, better, words)
    return CHANCE if torn else COMPOUND


def _long_kana(context: str, at: int, stop: int, better: str, words: Words) -> str:
    """Judge a turn of phrase that begins or ends inside a word: るようになります, することができ."""
    if stop - at <= _LONG_OTHER or not better or better[-1] != context[stop - 1]:
        return CHANCE
    words_here = words.of(context)
    begins = any(word.start == at for word in words_here)
    ends = any(word.end == stop for word in words_here)
    return UNSURE if begins or ends else CHANCE


def _is_kana(form: str) -> bool:
    return {script(char) for char in form} == {HIRAGANA}


def _only_in_kanji(
    context: str, at: int, stop: int, word: Word, better: str, words: Words
) -> bool:
    """Answer whether kana would tear a word that is written in kanji: 出来事, 事柄."""
    if not _is_kana(better):
        return False
    if word.unknown or at != word.start or stop >= word.end:
        return False
    rest = context[stop : word.end]
    if rest[0] in _DERIVING:
        return False
    return (
        script(rest[0]) == KANJI
        and rest not in PLURALS
        and not words.knows(better + rest)
    )


def _against_dictionary(
    context: str, at: int, stop: int, better: str, words: Words
) -> str:
    """Judge a hit that the dictionary cuts elsewhere: a long one may still be right."""
    if all(script(char) == KATAKANA for char in context[at:stop]):
        return inside(context, at, stop, better, words)
    if stop - at > 1 and same_word(context, at, stop, better, words):
        return COMPOUND
    if script(context[at]) == HIRAGANA or script(context[stop - 1]) == HIRAGANA:
        return _long_kana(context, at, stop, better, words)
    return UNSURE if stop - at > _LONG_OTHER else CHANCE


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
