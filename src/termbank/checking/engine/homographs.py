"""Whether the words around a hit give it another reading than the rule means.

A rule names a spelling, not a word: 及び is a conjunction in a list and a verb in
隣国にも及びます; いいわけ is a noun, and the end of 走ればいい before わけ. The dictionary
analyses the form alone, the preferred form alone, and the hit in its context; where the
analyses disagree, the hit is another word.
"""

from __future__ import annotations

from termbank.records import NamedTuple

from .hit_kinds import CHANCE, DOUBTFUL, FREE
from .script_runs import DIGIT, HIRAGANA, KANJI, LATIN, script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .word_context import Word, Words

_FIGURE_JOINTS = frozenset("-‐‑–—−－.．,，:：/／_")
# Subsidiary verbs (補助動詞) are written in kana after て, their main verbs in kanji.
_SUBSIDIARY = frozenset("置見行来下頂戴貰呉上仕居欲遣良")
_ASKING = frozenset("下頂戴")  # subsidiary after a bare stem or noun, too: お待ち下さい
_SAYING = frozenset("言云謂")
_ABSENT = "無"
_TE = ("て", "で")
# Forms of verbs that have become adverbs and conjunctions, as these written in kana.
_ADVERBIAL_TE = frozenset(
    ("したがって", "よって", "かえって", "あわせて", "つづいて", "おって", "かねて", "きわめて",
     "いたって", "しいて", "あらためて", "もって", "つれて", "かけて")
)  # fmt: skip
_QUOTING = ("と", "って")
# Nouns of position (位置名詞): a phrase that ends in one is literal before a case particle.
_POSITIONS = frozenset("上中下前後内外横側奥間先")
# Formal nouns (形式名詞) are written in kana after what modifies them, else in kanji.
_FORMAL = frozenset("事物所時為訳方上下中内頃程筈故儘毎元際様通先処位")
_MODIFIERS = ("動詞", "形容詞", "助動詞", "連体詞", "形状詞")
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


class Reading(NamedTuple):
    """A hit among the words of its context.

    Attributes:
        context: The text that was analysed.
        at: First code point of the hit.
        stop: One past the last.
        covering: Words that overlap the hit.
        previous: The word before them; None at the beginning.
        following: The word after them; None at the end.
    """

    context: str
    at: int
    stop: int
    covering: Sequence[Word]
    previous: Word | None
    following: Word | None

    @property
    def form(self) -> str:
        """The hit as written."""
        return self.context[self.at : self.stop]

    def surface(self, word: Word | None) -> str:
        """Return a word as written; empty for None."""
        return self.context[word.start : word.end] if word else ""


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


def reading_of(context: str, at: int, stop: int, words: Words) -> Reading:
    """Return the words of a context with the hit ``context[at:stop]`` among them."""
    found = words.of(context)
    covering = [word for word in found if word.start < stop and at < word.end]
    first = found.index(covering[0])
    last = first + len(covering)
    return Reading(
        context,
        at,
        stop,
        covering,
        found[first - 1] if first else None,
        found[last] if last < len(found) else None,
    )


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
        return _lowest((_as_subsidiary(hit, better), _as_saying(hit, better)))
    checks = (
        _as_figure(hit),
        _as_name(hit, kind),
        _as_class(hit, better, words),
        _as_ending(hit, better),
        _as_position(hit, better),
        _as_formal_noun(hit, better),
        _as_subsidiary(hit, better),
        _as_saying(hit, better),
        _as_absence(hit, better),
    )
    return _lowest(checks)


def _lowest(verdicts: Iterable[str]) -> str:
    found = tuple(verdicts)
    if CHANCE in found:
        return CHANCE
    return DOUBTFUL if DOUBTFUL in found else FREE


def _as_figure(hit: Reading) -> str:
    """Judge 1から in 手順1から, where the figure is a name, and 0から in 0から2まで."""
    if script(hit.form[0]) != DIGIT:
        return FREE
    named = hit.previous is not None and hit.previous.part_of_speech[0] == "名詞"
    ranged = script(hit.surface(hit.following)[:1]) == DIGIT
    return DOUBTFUL if named or ranged else FREE


def _as_ending(hit: Reading, better: str) -> str:
    """Judge つけた before a noun, a verb in the past, where つけ足 is meant: つけた(す)."""
    last = hit.covering[-1]
    ends = last.part_of_speech[0] in ("助動詞", "助詞") and len(hit.covering) > 1
    return CHANCE if ends and better and script(better[-1]) == KANJI else FREE


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
    alone = _known(hit.form, words)
    here, preferred = hit.covering[0], _known(better, words)
    if len(hit.covering) > 1:
        # いい|わけ where いいわけ is a word, but 位置|づけ beside 位置|付け
        seam = alone is not None and not _interchangeable(hit, better, words)
        return CHANCE if seam or _is_governed_verb(hit, better) else FREE
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


def _is_governed_verb(hit: Reading, better: str) -> bool:
    """Answer whether a verb with its object stands there: 方針に従って, no conjunction."""
    if hit.previous is None or better not in _ADVERBIAL_TE:
        return False
    verb = hit.covering[0].part_of_speech[0] == "動詞"
    joined = len(hit.covering) == 2 and hit.surface(hit.covering[1]) in _TE
    return verb and joined and hit.previous.part_of_speech[1] == _CASE


def _known(form: str, words: Words) -> Word | None:
    """Return the one dictionary word that a form is by itself, if it is one."""
    found = words.of(form) if form else []
    return found[0] if len(found) == 1 and not found[0].unknown else None


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
    named = last.part_of_speech[2] == _PERSON and title.startswith(_HONORIFIC)
    return CHANCE if named and kind in ("", "term") else FREE


def _to_kana(form: str, better: str) -> bool:
    return KANJI in map(script, form) and KANJI not in map(script, better)


def _pair(hit: Reading, better: str, kanji: frozenset[str]) -> str:
    """Return ``kana`` or ``kanji``, what a rule turns one of these verbs into."""
    if not better:
        return ""
    begin = max(hit.covering[-1].start, hit.at)
    last = hit.context[begin : hit.stop]
    rest = hit.context[hit.at : begin]
    other = better.removeprefix(rest)
    # おいて and 置いて differ in their head alone; おもう and 置く do not.
    if last[:1] in kanji and script(other[:1]) == HIRAGANA:
        return "kana"
    return "kanji" if other[:1] in kanji and script(last[:1]) == HIRAGANA else ""


def _before_last(hit: Reading) -> Word | None:
    return hit.covering[-2] if len(hit.covering) > 1 else hit.previous


def _as_position(hit: Reading, better: str) -> str:
    """Judge その上 before に: a place, not the conjunction そのうえ."""
    first, last = hit.covering[0], hit.covering[-1]
    if len(hit.covering) < 2 or first.part_of_speech[0] != _ADNOMINAL:
        return FREE
    if hit.surface(last) not in _POSITIONS or not _to_kana(hit.form, better):
        return FREE
    following = hit.following.part_of_speech if hit.following else ("", "")
    return CHANCE if following[1] == _CASE else FREE


def _as_formal_noun(hit: Reading, better: str) -> str:
    """Judge 通り in 通りを歩く beside 次の通り, 上 in 机の上 beside 確認した上で."""
    surface = hit.surface(hit.covering[-1])
    if len(hit.covering) > 1 or not _is_formal(hit.covering[-1], surface):
        return FREE
    if not _to_kana(surface, better):
        return FREE
    if hit.previous is None:
        return DOUBTFUL
    before = hit.previous.part_of_speech[0]
    literal = surface in _POSITIONS and (
        before == _ADNOMINAL or hit.surface(hit.previous) == "の"
    )
    modified = before in _MODIFIERS or hit.surface(hit.previous) == "の"
    if modified:
        return DOUBTFUL if literal else FREE
    return DOUBTFUL if before in ("助詞", "補助記号") else FREE


def _is_formal(word: Word, surface: str) -> bool:
    if word.part_of_speech[0] not in ("名詞", "接尾辞") or surface[:1] not in _FORMAL:
        return False
    return not surface[1:] or (len(surface) == 2 and script(surface[1]) == HIRAGANA)


def _as_subsidiary(hit: Reading, better: str) -> str:
    """Judge 置く beside ておく, 下さい beside て下さい."""
    last = hit.covering[-1]
    to = _pair(hit, better, _SUBSIDIARY)
    if not to or last.part_of_speech[0] not in ("動詞", "形容詞"):
        return FREE
    if last.part_of_speech[1] != "非自立可能":
        return FREE
    previous = _before_last(hit)
    kanji = hit.surface(last)[:1] if to == "kana" else better[:1]
    after_te = (
        previous is not None
        and hit.surface(previous) in _TE
        and previous.part_of_speech[1] == "接続助詞"
    )
    asked = (
        previous is not None
        and kanji in _ASKING
        and previous.part_of_speech[0] in ("動詞", "名詞", "接尾辞")
    )
    if to == "kana":
        return FREE if after_te or asked else DOUBTFUL
    return CHANCE if after_te or asked else FREE


def _as_saying(hit: Reading, better: str) -> str:
    """Judge 言う beside という: a noun follows という, a statement 言う."""
    last = hit.covering[-1]
    to = _pair(hit, better, _SAYING)
    if not to or last.part_of_speech[0] != "動詞":
        return FREE
    previous, following = _before_last(hit), hit.following
    if hit.surface(previous) not in _QUOTING:
        return FREE if to == "kanji" else DOUBTFUL
    named = following is not None and (
        following.part_of_speech[0] in ("名詞", "代名詞", "接頭辞")
        or hit.surface(following) == "の"
    )
    if to == "kana":
        return FREE if named else DOUBTFUL
    return CHANCE if named else DOUBTFUL


def _as_absence(hit: Reading, better: str) -> str:
    """Judge ない after で or a verb, which is no 無い."""
    if _pair(hit, better, frozenset(_ABSENT)) != "kanji":
        return FREE
    previous = _before_last(hit)
    if previous is None:
        return FREE
    if previous.part_of_speech[0] in ("助動詞", "動詞", "形容詞"):
        return CHANCE
    return DOUBTFUL if hit.surface(previous) in ("は", "も", "じゃ") else FREE
