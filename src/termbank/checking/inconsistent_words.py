"""Words of a text that are written in more than one way, without any glossary.

Words come from the dictionary; two surfaces are spellings of one word where the
dictionary gives them one normal form, or where it does not know one of them and both
meet under the loose key of katakana. The commoner spelling is proposed.
"""

from __future__ import annotations

from termbank.checking.engine.script_runs import (
    HIRAGANA,
    KANJI,
    KATAKANA,
    OTHER,
    script,
)
from termbank.checking.engine.word_place import Place
from termbank.records import NamedTuple
from termbank.text.kana import SEPARATORS, loose_key

from .engine.grammatical_use import grammatical_use

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termbank.checking.engine.passage import Passage
    from termbank.checking.engine.word_context import Word, Words

LONG_VOWEL, CONSONANT, MIDDLE_DOT, KANA, OTHER_WAY = (
    "長音",
    "ヴ・ティ",
    "中黒",
    "送り仮名",
    "",
)
_LEAST = 3  # letters of a katakana word: shorter keys meet by chance
_PIECE = 400  # code points given to the dictionary at once
_CONTENT = ("名詞", "動詞", "形容詞", "形状詞", "副詞", "連体詞", "接続詞")
_FOREIGN = (
    ("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴェ", "ベ"), ("ヴォ", "ボ"), ("ヴ", "ブ"),
    ("ティ", "チ"), ("ディ", "ジ"), ("トゥ", "ツ"), ("ドゥ", "ズ"), ("ファ", "ハ"),
    ("フィ", "ヒ"), ("フェ", "ヘ"), ("フォ", "ホ"), ("ウィ", "ウイ"), ("ウェ", "ウエ"),
    ("ウォ", "ウオ"), ("クァ", "カ"), ("シェ", "セ"), ("ジェ", "ゼ"), ("チェ", "チエ"),
)  # fmt: skip


class Group(NamedTuple):
    """Spellings of one word.

    Attributes:
        better: The commonest, of equals the first in the texts.
        others: The other spellings.
        key: What all of them share.
    """

    better: str
    others: tuple[str, ...]
    key: str


def words_of(passage: Passage) -> Iterator[Place]:
    """Yield the words of the prose that may have other spellings, in order."""
    words = passage.judge.words
    text = passage.prose
    for offset, piece in _pieces(text):
        yield from _katakana(piece, offset, words)
        previous: Word | None = None
        for word in words.of(piece):
            place = _content_word(word, previous, piece, offset)
            previous = word
            if place is not None:
                yield place


def _content_word(
    word: Word, previous: Word | None, piece: str, offset: int
) -> Place | None:
    surface = piece[word.start : word.end]
    scripts = set(map(script, surface))
    content = word.part_of_speech[0] in _CONTENT and not word.unknown
    written = KANJI in scripts | set(map(script, word.normalised))
    if not content or not written or OTHER in scripts:
        return None  # 名前（キー） is an entry of the dictionary, too
    use = grammatical_use(word, previous, piece)
    key = f"{word.part_of_speech[0]} {word.normalised} {use}".rstrip()
    return Place(
        offset + word.start,
        offset + word.end,
        surface,
        key,
        True,
        word.normalised,
        word.reading,
    )


def _katakana(piece: str, offset: int, words: Words) -> Iterator[Place]:
    """Yield the katakana words, joined by middle dots or spaces as they stand."""
    at = 0
    while at < len(piece):
        if script(piece[at]) != KATAKANA:
            at += 1
            continue
        end = at
        while end < len(piece) and (
            script(piece[end]) == KATAKANA
            or (
                piece[end] in SEPARATORS
                and script(piece[end + 1 : end + 2]) == KATAKANA
            )
        ):
            end += 1
        run = piece[at:end]
        if any(char in SEPARATORS for char in run):
            yield _place(run, offset + at, words, "name ")
        else:
            yield from _parts(run, offset + at, words)
        at = end


def _parts(run: str, offset: int, words: Words) -> Iterator[Place]:
    words_here = words.of(run)
    if len(run) >= _LEAST:
        yield _place(run, offset, words, "name ")
    if len(words_here) > 1 or words_here[0].cuts != (len(run),):
        for start, end in _cuts(words_here):
            if end - start >= _LEAST:
                yield _place(run[start:end], offset + start, words, "")
    elif len(run) >= _LEAST:
        yield _place(run, offset, words, "")


def _cuts(words_here: list[Word]) -> Iterator[tuple[int, int]]:
    start = 0
    for word in words_here:
        for cut in word.cuts:
            yield start, cut
            start = cut


def _place(surface: str, start: int, words: Words, kind: str) -> Place:
    words_here = words.of(surface)
    is_one_word = len(words_here) == 1 and not words_here[0].unknown
    normal = words_here[0].normalised if is_one_word else surface
    key = f"{kind}{loose_key(surface)}"
    return Place(start, start + len(surface), surface, key, is_one_word, normal)


def groups(places: Iterable[Place]) -> list[Group]:
    """Return the words with several spellings, ordered by the better one."""
    by_key: dict[str, dict[str, list[int]]] = {}
    facts: dict[str, Place] = {}
    for order, place in enumerate(places):
        facts.setdefault(place.surface, place)
        usage = by_key.setdefault(place.key, {}).setdefault(place.surface, [0, order])
        usage[0] += 1
    by_spelling: dict[tuple[str, ...], Group] = {}
    for key, surfaces in by_key.items():
        if len(surfaces) < 2:
            continue
        by_use = sorted(
            surfaces,
            key=lambda spelling: (-surfaces[spelling][0], surfaces[spelling][1]),
        )
        better = by_use[0]
        most = surfaces[better][0]
        others = tuple(
            spelling
            for spelling in by_use[1:]
            if _one_word(facts[better], facts[spelling])
            # Of kanji and kana used equally often neither is a slip.
            and not (surfaces[spelling][0] == most and way_of(better, spelling) == KANA)
        )
        if others:
            by_spelling.setdefault((better, *others), Group(better, others, key))
    return sorted(by_spelling.values())


def _one_word(left: Place, right: Place) -> bool:
    if left.known and right.known:
        if left.normal != right.normal:
            return False
        # 良い and いい share a normal form, but are not read alike.
        alike = left.reading == right.reading
        return alike and _is_related(left.surface, right.surface)
    # Of an unknown word only longer spellings are trusted to mean the same.
    return min(len(left.surface), len(right.surface)) > _LEAST


def _is_related(left: str, right: str) -> bool:
    """Answer whether two surfaces of one normal form differ in spelling alone."""
    if {script(char) for char in left + right} <= {KATAKANA, OTHER}:
        return True
    differs_in_ending = left[-1:] != right[-1:] and HIRAGANA in (
        script(left[-1]),
        script(right[-1]),
    )
    kanji = [[c for c in form if script(c) == KANJI] for form in (left, right)]
    if kanji[0] and kanji[1]:
        return kanji[0] == kanji[1] and not differs_in_ending
    return not differs_in_ending


def way_of(left: str, right: str) -> str:
    """Return in what two spellings differ.

    >>> way_of("サーバー", "サーバ"), way_of("バイオリン", "ヴァイオリン")
    ('長音', 'ヴ・ティ')
    >>> way_of("ルーク・コフィ", "ルークコフィ"), way_of("取り扱い", "取扱い")
    ('中黒', '送り仮名')
    """
    joints = str.maketrans("", "", SEPARATORS)
    if left.translate(joints) == right.translate(joints):
        return MIDDLE_DOT
    if left.replace("ー", "") == right.replace("ー", ""):
        return LONG_VOWEL
    if _plain(left) == _plain(right):
        return CONSONANT
    if KANJI in map(script, left + right):
        return KANA
    return OTHER_WAY


def _plain(form: str) -> str:
    for foreign, plain in _FOREIGN:
        form = form.replace(foreign, plain)
    return form.replace("ー", "")


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield the text in pieces between line ends and full stops."""
    start = 0
    for at, char in enumerate(text):
        if char in "\n。" or at - start >= _PIECE:
            if at > start:
                yield start, text[start:at]
            start = at if at - start >= _PIECE else at + 1
    if start < len(text):
        yield start, text[start:]
