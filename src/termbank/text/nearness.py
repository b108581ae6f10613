"""How near two spellings are, 0-100: what a reader takes for one word scores high.

A weighted edit distance. What Japanese spellings of one name differ in (ー, small kana,
・, ヴ, voicing) costs little, as do the letters between which English transliterations
waver (y/i, w/v, ss/s); any other change costs a whole step or more, and a digit two.
The weights are chosen so that with the usual cut-off of 75 a word of four letters with
one letter replaced (メーター, メーカー) does not come through, and one of five with a
letter too many or too few does. ``termbank.compare`` judges pairs better, with a learned
model; this judge has to start in no time.
"""

from __future__ import annotations

from unicodedata import normalize

from .kana import APOSTROPHES, HYPHENS, katakana, loose_key
from .kana import SEPARATORS as BETWEEN_NAMES
from .normalise import norm

SEPARATORS = frozenset(BETWEEN_NAMES + HYPHENS + APOSTROPHES + ".,")
NEAREST = 99.0  # what is not the form itself never scores 100

# Costs of a character that only one spelling has; 1 is a whole step.
_SEPARATOR = 0.1
_LONG = 0.25  # ー, and ー for a vowel (イ in シルスキイ)
_SMALL = 0.4  # small kana and ッ
_SAME_VOWEL = 0.35  # イ after キー
_NO = 0.5  # 捕虜の交換, 捕虜交換
_SAME_LETTER = 0.3  # ss for s
_MUTE = 0.5  # h
_KANA_GAP, _OTHER_GAP = 1.05, 1.2
# Costs of one character for another.
_SIZE, _VOICE = 0.25, 0.5  # ィ for イ; ガ for カ
_ROW, _KANA, _KANJI, _LETTER = 1.05, 1.2, 1.5, 1.3
_DIGIT = 2.0  # F16 is no F15, whatever its length
_TURNED = 1.0
_ROWS = (
    ("", "アイウエオ", 0),
    ("", "ァィゥェォ", 1),
    ("k", "カキクケコ", 0),
    ("k", "ガギグゲゴ", 2),
    ("s", "サシスセソ", 0),
    ("s", "ザジズゼゾ", 2),
    ("t", "タチツテト", 0),
    ("t", "ダヂヅデド", 2),
    ("n", "ナニヌネノ", 0),
    ("h", "ハヒフヘホ", 0),
    ("h", "バビブベボ", 2),
    ("h", "パピプペポ", 3),
    ("m", "マミムメモ", 0),
    ("y", "ヤ ユ ヨ", 0),
    ("y", "ャ ュ ョ", 1),
    ("r", "ラリルレロ", 0),
    ("w", "ワヰ ヱヲ", 0),
    ("w", "ヮ    ", 1),
    ("v", "  ヴ  ", 2),
)
KANA_PARTS = {
    kana: (row, at, kind)
    for row, five, kind in _ROWS
    for at, kana in enumerate(five)
    if kana != " "
}
_PAIRS = {
    frozenset(pair): cost
    for pairs, cost in (
        ("ジヂ ズヅ", 0.1),
        ("テチ デジ デヂ ツト ドズ ウブ ワバ アヤ", 0.5),
        # Written one for the other because they sound alike: 安全の保障.
        ("証障 及求 求究 及究 精清 象照 照称 象称 常状 制製 補保", 0.5),
        ("yi ij yj vw ck kq cq ae", 0.3),
        ("bv sz cs ou ei ao fv tz gj gh", 0.6),
    )
    for pair in pairs.split()
}
_VU = (("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴェ", "ベ"), ("ヴォ", "ボ"), ("ヴ", "ブ"))
_FOLDED = str.maketrans("yjwcqz", "iivkks", "h'’.,")


def spelling(form: str) -> str:
    """Return a form as :func:`similarity` wants it.

    NFKC and case folded, hiragana as katakana, ヴ as バ行, letters without accents.

    >>> spelling("ぜれんすきー"), spelling("Ｄušan")
    ('ゼレンスキー', 'dusan')
    """
    text = katakana(norm(form))
    if any("\u00c0" <= char <= "\u024f" for char in text):
        bare = "".join(
            char for char in normalize("NFD", text) if not "\u0300" <= char <= "\u036f"
        )
        text = normalize("NFC", bare)
    if "ヴ" in text:
        for long, short in _VU:
            text = text.replace(long, short)
    return text


def fold_spelling(text: str) -> str:
    """Return a :func:`spelling` without all that costs little; ``""`` is possible.

    >>> fold_spelling("シルスキーイ"), fold_spelling("zelenskyy")
    ('シルスキイ', 'selenski')
    """
    key = loose_key(text).translate(_FOLDED)
    return "".join(
        char for char, last in zip(key, " " + key, strict=False) if char != last
    )


def pairs(text: str) -> set[str]:
    """Return the neighbouring characters of a spelling, folded, its edges marked.

    Spellings with few pairs in common are not near.

    >>> len(pairs("キーウ"))
    3
    """
    key = f"\x02{fold_spelling(text) or text}\x03"
    return {key[at : at + 2] for at in range(len(key) - 1)}


def similarity(left: str, right: str, *, at_least: float = 0.0) -> float:
    """Return how near two spellings are: 100 × (1 - distance / letters of the longer).

    Args:
        left: A :func:`spelling`.
        right: Another.
        at_least: Where the answer would be lower, 0 is given early.

    >>> similarity(spelling("シルスキ"), spelling("シルスキーイ")) > 85
    True
    >>> similarity(spelling("メーター"), spelling("メーカー")) < 75
    True
    """
    letters = max(_letters(left), _letters(right))
    if not letters:
        return 0.0
    limit = letters * (100.0 - at_least) / 100.0
    distance = _distance(left, right, limit)
    return max(0.0, 100.0 * (1.0 - distance / letters)) if distance <= limit else 0.0


def _letters(text: str) -> int:
    return len(text) - sum(text.count(char) for char in SEPARATORS.intersection(text))


def _distance(left: str, right: str, limit: float) -> float:
    """Return the weighted optimal string alignment distance; inf beyond ``limit``."""
    gaps_left = [_gap(char, last) for char, last in zip(left, " " + left, strict=False)]
    gaps_right = [
        _gap(char, last) for char, last in zip(right, " " + right, strict=False)
    ]
    row = [0.0]
    for gap in gaps_right:
        row.append(row[-1] + gap)
    before = row
    for at, char in enumerate(left):
        older, before = before, row
        row = [before[0] + gaps_left[at]]
        for to, other in enumerate(right):
            best = before[to] if char == other else before[to] + _swap(char, other)
            gone, come = before[to + 1] + gaps_left[at], row[to] + gaps_right[to]
            if gone < best:  # noqa: PLR1730  # min() takes twice the time here
                best = gone
            if come < best:  # noqa: PLR1730
                best = come
            is_swap = at and to and char == right[to - 1] and other == left[at - 1]
            if is_swap and older[to - 1] + _TURNED < best:
                best = older[to - 1] + _TURNED
            row.append(best)
        if min(row) > limit and min(before) > limit:
            return float("inf")
    return row[-1]


def _gap(char: str, last: str) -> float:
    """Return the cost of a character that stands in one spelling only."""
    if char in SEPARATORS:
        return _SEPARATOR
    if char == "ー":
        return _LONG
    kana = KANA_PARTS.get(char)
    if kana is None:
        return _gap_of_letter(char, last)
    row, vowel, kind = kana
    previous = KANA_PARTS.get(last)
    if not row and (last == "ー" or (previous and previous[1] == vowel)):
        return _SAME_VOWEL
    if kind == 1 or char == "ッ":
        return _SMALL
    # The particle の; katakana because spellings are.
    return _NO if char == "ノ" and not previous else _KANA_GAP


def _gap_of_letter(char: str, last: str) -> float:
    if char.isdigit():
        return _DIGIT
    if char == last or (char in "iyj" and last in "iyj"):
        return _SAME_LETTER
    return _MUTE if char == "h" else _OTHER_GAP


def _swap(char: str, other: str) -> float:
    """Return the cost of one character for another."""
    if char in SEPARATORS and other in SEPARATORS:
        return _SEPARATOR / 2
    left, right = KANA_PARTS.get(char), KANA_PARTS.get(other)
    if left and right:
        pair = _PAIRS.get(frozenset((char, other)))
        return _swap_of_kana(left, right) if pair is None else pair
    if "ー" in (char, other):
        vowel = left or right
        return _LONG if vowel and not vowel[0] else _KANA
    if char.isdigit() or other.isdigit():
        return _DIGIT
    if char < "\u0250" and other < "\u0250":
        return _PAIRS.get(frozenset((char, other)), _LETTER)
    return _PAIRS.get(frozenset((char, other)), _KANJI)


def _swap_of_kana(left: tuple[str, int, int], right: tuple[str, int, int]) -> float:
    same_row, same_vowel = left[0] == right[0], left[1] == right[1]
    if same_row and same_vowel:
        return _SIZE if {left[2], right[2]} <= {0, 1} else _VOICE
    return _ROW if same_row and left[0] else _KANA
