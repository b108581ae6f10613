"""Whether the words around a hit give it another reading than the rule means.

A rule names a spelling, not a word: 及び is a conjunction in a list and a verb in
隣国にも及びます; いいわけ is a noun, and the end of 走ればいい before わけ. The dictionary
analyses the form alone, the preferred form alone, and the hit in its context; where the
analyses disagree, the hit is another word.
"""

from __future__ import annotations

from .hit_kinds import CHANCE, DOUBTFUL, FREE
from .hit_reading import reading_of, to_kana
from .kana_usage import (
    as_absence,
    as_formal_noun,
    as_position,
    as_saying,
    as_subsidiary,
)
from .script_runs import DIGIT, KANJI, LATIN, script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .hit_reading import Reading
    from .word_context import Word, Words

_FIGURE_JOINTS = frozenset("-‐‑–—−－.．,，:：/／_")
_TE = ("て", "で")
# Forms of verbs that have become adverbs and conjunctions, as these written in kana.
_ADVERBIAL_TE = frozenset(
    ("したがって", "よって", "かえって", "あわせて", "つづいて", "おって", "かねて", "きわめて",
     "いたって", "しいて", "あらためて", "もって", "つれて", "かけて")
)  # fmt: skip
_ADNOMINAL, _CASE = "連体詞", "格助詞"
_PERSON, _PLACE = "人名", "地名"
_HONORIFIC = ("さん", "氏", "君", "くん", "ちゃん", "様", "さま", "先生")
_PLACE_ENDINGS = frozenset("市県府都道区町村郡島駅港川山線州国")
_CLASSES = {
    "名詞": "noun",
    "代名詞": "noun",
    "形状詞": "noun",
    "接尾辞": "noun",
    "接頭辞": "noun",
    "副詞": "adverb",
    "接続詞": "adverb",
    "感動詞": "adverb",
    "連体詞": "adnominal",
    "動詞": "verb",
    "形容詞": "adjective",
    "助動詞": "particle",
    "助詞": "particle",
}


def continues_figure(text: str, start: int, end: int) -> bool:
    """Answer whether a form cuts a figure: 1から in 図14-1から, 0 in 2.0.

    >>> continues_figure("図14-1から読む", 4, 7), continues_figure("1から作る", 0, 3)
    (True, False)
    """
    before, after = text[:start], text[end:]
    if script(text[start]) == DIGIT and before[-1:] in _FIGURE_JOINTS and before:
        return script(before[-2:-1]) in (DIGIT, LATIN)
    if script(text[end - 1]) == DIGIT and after[:1] in _FIGURE_JOINTS and after:
        return script(after[1:2]) == DIGIT
    return False


def same_word(context: str, at: int, stop: int, better: str, words: Words) -> bool:
    """Answer whether the words that a hit cuts stay the same with the preferred form.

    気づ in 気づけば, 気をつ in 気をつけて, 出来る beside できる: the same number of words
    with the same ends, read alike, of one part of speech.

    Args:
        context: Text without a gap around the hit.
        at: First code point of the hit in it.
        stop: One past the last.
        better: What would stand there instead.
        words: The dictionary.
    """
    if not better:
        return False
    hit = reading_of(context, at, stop, words)
    here = hit.covering
    other_stop = at + len(better)
    after = context[:at] + better + context[stop:]
    other = reading_of(after, at, other_stop, words).covering
    if len(here) != len(other) or any(word.unknown for word in (*here, *other)):
        return False
    if stop < here[-1].end and here[-1].part_of_speech[0] in ("助詞", "助動詞"):
        return False  # 今だ in 今だけ
    if (
        here[0].start != other[0].start
        or here[-1].end - stop != other[-1].end - other_stop
    ):
        return False
    return all(
        left.normalised == right.normalised
        or (
            left.reading == right.reading
            and left.part_of_speech[0] == right.part_of_speech[0]
        )
        for left, right in zip(here, other, strict=True)
    )


def reading(
    context: str, at: int, stop: int, better: str, words: Words, kind: str = ""
) -> str:
    """Return how far the words around a hit confirm the reading that a rule means.

    Args:
        context: Text without a gap around the hit.
        at: First code point of the hit in it.
        stop: One past the last.
        better: What would stand there instead; empty where unknown.
        words: The dictionary.
        kind: Of the concept: person, place, term …

    Returns:
        ``free`` where nothing speaks against it, ``doubtful`` where another reading is
        as likely, the empty string where the hit is another word.
    """
    hit = reading_of(context, at, stop, words)
    if hit.covering[0].start != at or hit.covering[-1].end != stop:
        if _ends_known_word(hit, words):
            return CHANCE
        return _lowest((as_subsidiary(hit, better), as_saying(hit, better)))
    checks = (
        _as_figure(hit),
        _as_name(hit, kind),
        _as_class(hit, better, words),
        _as_ending(hit, better),
        _as_sound(hit, better, words),
        as_position(hit, better),
        as_formal_noun(hit, better),
        as_subsidiary(hit, better),
        as_saying(hit, better),
        as_absence(hit, better),
    )
    return _lowest(checks)


def _lowest(verdicts: Iterable[str]) -> str:
    all_verdicts = tuple(verdicts)
    if CHANCE in all_verdicts:
        return CHANCE
    return DOUBTFUL if DOUBTFUL in all_verdicts else FREE


def _as_figure(hit: Reading) -> str:
    """Judge 1から in 手順1から, where the figure is a name, and 0から in 0から2まで."""
    if script(hit.form[0]) != DIGIT:
        return FREE
    is_name = hit.previous is not None and hit.previous.part_of_speech[0] == "名詞"
    is_range = script(hit.surface(hit.following)[:1]) == DIGIT
    return DOUBTFUL if is_name or is_range else FREE


def _as_ending(hit: Reading, better: str) -> str:
    """Judge つけた before a noun, a verb in the past, where つけ足 is meant: つけた(す)."""
    last = hit.covering[-1]
    ends = last.part_of_speech[0] in ("助動詞", "助詞") and len(hit.covering) > 1
    return CHANCE if ends and better and script(better[-1]) == KANJI else FREE


def _as_sound(hit: Reading, better: str, words: Words) -> str:
    """Judge 何時 in 今何時ですか, which the dictionary reads otherwise than いつ."""
    alone = _single_word(hit.form, words)
    if alone is None or len(hit.covering) > 1 or not to_kana(hit.form, better):
        return FREE
    reads_as_better = alone.reading == _katakana(better)
    return (
        DOUBTFUL
        if reads_as_better and hit.covering[0].reading != alone.reading
        else FREE
    )


def _katakana(form: str) -> str:
    return "".join(
        chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char for char in form
    )


def _ends_known_word(hit: Reading, words: Words) -> bool:
    """Answer whether a form, a word by itself, ends a longer word without parts.

    当たり in 目の当たり: the longer word is a set phrase with a spelling of its own.
    """
    word = hit.covering[0]
    inside = len(hit.covering) == 1 and not word.unknown and hit.at > word.start
    if not inside or hit.at in word.cuts or hit.stop != word.end:
        return False
    if len(hit.form) == 1:
        return False  # 恐龍: one character for another, judged by itself
    return words.knows(hit.form)


def _word_class(word: Word) -> str:
    pos = word.part_of_speech
    if pos[1] == "固有名詞" and pos[2] in (_PERSON, _PLACE):
        return pos[2]
    return _CLASSES.get(pos[0], "")


def _agree(left: Word, right: Word) -> str:
    """Return free, doubtful or chance for two analyses of one spelling."""
    mine, other = _word_class(left), _word_class(right)
    if mine == other or not mine or not other:
        return FREE
    if {mine, other} <= {"noun", "adverb"}:
        adverbial = "副詞可能" in left.part_of_speech + right.part_of_speech
        conjunction = "接続詞" in (left.part_of_speech[0], right.part_of_speech[0])
        return DOUBTFUL if conjunction or not adverbial else FREE
    if {mine, other} <= {"noun", _PERSON, _PLACE}:
        return DOUBTFUL  # the dictionary tags many nouns as names, and names as nouns
    return CHANCE


def _as_class(hit: Reading, better: str, words: Words) -> str:
    """Compare the parts of speech in the context with those of the forms alone."""
    alone = _single_word(hit.form, words)
    here, preferred = hit.covering[0], _single_word(better, words)
    if len(hit.covering) > 1:
        # いい|わけ where いいわけ is a word, but 位置|づけ beside 位置|付け
        seam = alone is not None and not _interchangeable(hit, better, words)
        copula = here.part_of_speech[0] == "助動詞" and _is_content_word(preferred)
        another = seam or copula or _is_governed_verb(hit, better)
        return CHANCE if another else FREE
    if here.unknown:
        return FREE
    by_form = _agree(here, alone) if alone else ""
    by_better = _agree(here, preferred) if preferred else ""
    if preferred and preferred.part_of_speech[0] == "副詞" and _is_noun_there(hit):
        return DOUBTFUL  # 余り in 割り算の余り beside the adverb あまり
    if FREE not in (by_form, by_better):
        both = alone and preferred
        nouns = alone and {_word_class(alone), _word_class(here)} == {"noun", "verb"}
        if nouns and _interchangeable(hit, better, words):
            return FREE  # 構い in 構いません, which alone is a noun
        lower = DOUBTFUL if DOUBTFUL in (by_form, by_better) else CHANCE
        return lower if both else FREE
    # 話 for 話し, a noun, in 話します
    torn = (
        by_better == CHANCE and preferred and not _interchangeable(hit, better, words)
    )
    return CHANCE if torn else FREE


def _is_content_word(word: Word | None) -> bool:
    """Answer whether a preferred form is a verb or noun: 並ば for ならば after 雨."""
    return word is not None and word.part_of_speech[0] in ("動詞", "名詞", "形容詞")


def _is_governed_verb(hit: Reading, better: str) -> bool:
    """Answer whether a verb with its object stands there: 方針に従って, no conjunction."""
    if hit.previous is None or better not in _ADVERBIAL_TE:
        return False
    verb = hit.covering[0].part_of_speech[0] == "動詞"
    has_te = len(hit.covering) == 2 and hit.surface(hit.covering[1]) in _TE
    return verb and has_te and hit.previous.part_of_speech[1] == _CASE


def _single_word(form: str, words: Words) -> Word | None:
    """Return the one dictionary word that a form is by itself, if it is one."""
    words_here = words.of(form) if form else []
    return words_here[0] if len(words_here) == 1 and not words_here[0].unknown else None


def _is_noun_there(hit: Reading) -> bool:
    """Answer whether a word that could be an adverb is used as a noun."""
    if _word_class(hit.covering[0]) != "noun":
        return False
    following = hit.following.part_of_speech[1] if hit.following else ""
    return hit.surface(hit.previous) == "の" or following in (_CASE, "係助詞")


def _interchangeable(hit: Reading, better: str, words: Words) -> bool:
    """Answer whether the preferred form is read as the same word in the same place."""
    if not better:
        return False
    after = hit.context[: hit.at] + better + hit.context[hit.stop :]
    stop = hit.at + len(better)
    other = reading_of(after, hit.at, stop, words).covering
    here = hit.covering
    if other[0].start != hit.at or other[-1].end != stop or len(other) != len(here):
        return False
    alike = all(
        left.reading == right.reading or left.normalised == right.normalised
        for left, right in zip(here, other, strict=True)
    )
    classes = _word_class(here[-1]), _word_class(other[-1])
    # 引揚げ is a noun, 引き揚げ the stem of a verb that serves as one.
    stem = classes == ("noun", "verb") and _is_stem(other[-1])
    return alike and (classes[0] == classes[1] or stem)


def _is_stem(word: Word) -> bool:
    return word.part_of_speech[5].startswith("連用形")


def _as_name(hit: Reading, kind: str) -> str:
    """Judge a person's name where a place is meant, a word where a person is named."""
    last = hit.covering[-1]
    title = hit.surface(hit.following)
    if kind == "person":
        is_place = title[:1] in _PLACE_ENDINGS or hit.context[hit.stop :].startswith(
            ("大学", "空港", "高校")
        )
        return CHANCE if is_place and title else FREE
    is_person = last.part_of_speech[2] == _PERSON and title.startswith(_HONORIFIC)
    return CHANCE if is_person and kind in ("", "term") else FREE
