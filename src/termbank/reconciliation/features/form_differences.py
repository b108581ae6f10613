"""What stands against what in two forms: figures, letters, kanji, additions."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Final, NamedTuple
from unicodedata import normalize

from rapidfuzz.distance import Levenshtein

from termbank.text.kana import APOSTROPHES, HYPHENS, JOINTS
from termbank.text.old_kanji import usual_shapes

_DIGIT: Final = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "壱": 1,
    "弐": 2,
    "参": 3,
    "廿": 20,
}
_UNIT: Final = {"十": 10, "百": 100, "千": 1000}
_MYRIAD: Final = {"万": 10**4, "億": 10**8, "兆": 10**12}
_ROMAN: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_SEPARATOR: Final = re.compile(rf"[{JOINTS}{APOSTROPHES}\s‑_.,/&{HYPHENS}]+")
_TOKEN: Final = re.compile(
    r"(?P<mixed>\d[\d,]*(?:\.\d+)?[百千万億兆][\d,百千万億兆]*)|(?P<arabic>\d[\d,]*)|(?P<roman>(?<![A-Za-z])[IVX]{2,}(?![A-Za-z]))"
    r"|(?P<latin>[A-Za-zÀ-ɏ]+[+#]*)"
    # 四半 is a word, no figure: 第一四半期 is not the 14th.
    r"|(?P<kanji>(?:(?!四半)[〇零一二三四五六七八九十百千万億兆壱弐参廿])+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_COUNTED: Final = re.compile(r"(?=.)(\d*(?:\.\d+)?)([百千万億兆]?)")
# What figures count: behind other kanji they are a part of a word (五輪, 三井, 四国).
_COUNTERS: Final = frozenset(
    "人名回度日月年時分秒個箇件点本枚円歳才台代位番号階章節条項巻冊頁期次週泊等級段種類社校店戸軒"
    "隻機頭匹羽足着杯票倍割目丁区組班部課色文字語行列桁面辺角拍軸系型式者軍国世周戦打球輪車審"
    "親極層重連両頭席曲編幕話株票室棟口通便発弾丸品膳泊晩夜昼朝季畳坪升合斤貫尺寸里町反畝石"
)
_NO_COUNTERS: Final = frozenset("輪国")  # 五輪, 四国: names sooner than counts
_AFTER_COUNTERS: Final = frozenset(
    "目間分半建立以程余前後位制級戦連型版台代期次番線倍割毎"
)
_KANJI: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_KANA: Final = re.compile("[ぁ-ゖァ-ヺ]")
_FIGURE: Final = "#"  # opens a token that is a figure; ~ one in kanji
_KANJI_FIGURE: Final = "~"


class Difference(NamedTuple):
    """Where two forms part, once widths, separators and old kanji are brought together.

    Attributes:
        figures: A figure stands against another (第1/第二), or one has an Arabic or Roman
            figure more.
        letters: Latin letters stand against others.
        kanji: (left, right) kanji that stand against other kanji.
        added: Stretches with kanji, letters or figures that one form has alone.
        phrase: One form has kana more at its beginning or end, two and more.
        equal: Nothing parts them but the shape of figures (第一, 第1).
        worded: A figure in kanji that counts nothing stands against one that is no
            kanji: 五輪, 5輪; 二階堂, 2階堂.
    """

    figures: bool
    letters: bool
    kanji: tuple[tuple[str, str], ...]
    added: tuple[str, ...]
    phrase: bool
    equal: bool
    worded: bool


def difference(left: str, right: str) -> Difference:
    """Return where two forms part.

    >>> difference("第1四半期", "第二四半期").figures
    True
    >>> difference("第1四半期", "第一四半期").equal
    True
    >>> difference("財務相", "財務省").kanji, difference("大統領", "副大統領").added
    ((('相', '省'),), ('副',))
    >>> difference("取り扱い", "取扱い")
    Difference(figures=False, letters=False, kanji=(), added=(), phrase=False, equal=False, worded=False)
    """
    ours, theirs = _tokens(left), _tokens(right)
    figures = letters = False
    kanji, extras = [], []
    for our_part, other in _part(ours, theirs):
        if _figures(our_part) != _figures(other):
            if _figures(our_part) and _figures(other):
                figures = True
            elif any(token[0] == _FIGURE for token in (*our_part, *other)):
                figures = (
                    figures
                    or not (our_part and other)
                    or _letters_only(our_part, other)
                )
            elif not (our_part and other):
                figures = figures or _counts_on(ours, our_part or other)
        if _latin(our_part) and _latin(other):
            letters = True
        here, there = _kanji_of(our_part), _kanji_of(other)
        if here and there and here != there:
            kanji.append((here, there))
        elif not our_part or not other:
            alone = "".join(our_part or other)
            if here or there or _latin(our_part or other):
                extras.append(alone)
    alike = _alike(ours, theirs)
    figure_in_words = alike and _is_worded(ours, theirs)
    return Difference(
        figures,
        letters,
        tuple(kanji),
        tuple(extras),
        _longer_phrase(ours, theirs),
        alike and not figure_in_words,
        figure_in_words,
    )


def _is_worded(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Tell whether a figure of another shape in the other form counts nothing."""
    return any(
        our_part != other and not _counts(ours, place)
        for place, (our_part, other) in enumerate(zip(ours, theirs, strict=True))
    )


def _counts(tokens: tuple[str, ...], place: int) -> bool:
    """Tell whether the figure at a place counts: 第一, 三カ国, 二人目; not 二階堂."""
    behind, beyond = (*tokens, "", "")[place + 1 : place + 3]
    if (place and tokens[place - 1] == "第") or not _KANJI.fullmatch(behind):
        return True
    is_counter = behind in _COUNTERS - _NO_COUNTERS
    return is_counter and (not _KANJI.fullmatch(beyond) or beyond in _AFTER_COUNTERS)


def _longer_phrase(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Tell whether one row of tokens is the other and two kana or more, ー aside."""
    short, long = sorted((ours, theirs), key=len)
    if long[: len(short)] == short:
        rest = long[len(short) :]
    elif long[len(long) - len(short) :] == short:
        rest = long[: len(long) - len(short)]
    else:
        return False
    kana = [token for token in rest if _KANA.fullmatch(token)]
    return len(kana) > 1 and len(kana) + rest.count("ー") == len(rest)


def _alike(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Tell whether the tokens are the same but for the shape of figures."""
    return len(ours) == len(theirs) and all(
        our_part == other
        or (_is_figure(our_part) and _is_figure(other) and our_part[1:] == other[1:])
        for our_part, other in zip(ours, theirs, strict=True)
    )


def _part(
    ours: tuple[str, ...], theirs: tuple[str, ...]
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the stretches in which two rows of tokens differ."""
    stretches: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    ends = (-1, -1)
    for step in Levenshtein.opcodes(ours, theirs):
        if step.tag == "equal":
            continue
        piece = (
            ours[step.src_start : step.src_end],
            theirs[step.dest_start : step.dest_end],
        )
        if ends == (step.src_start, step.dest_start):  # one stretch, in two steps
            before = stretches.pop()
            piece = before[0] + piece[0], before[1] + piece[1]
        stretches.append(piece)
        ends = (step.src_end, step.dest_end)
    return stretches


@lru_cache(maxsize=65_536)
def _tokens(form: str) -> tuple[str, ...]:
    """Return figures as one token each, Latin words as one, all else by character."""
    text = _repeat(usual_shapes(normalize("NFKC", form)))
    tokens = []
    for match in _TOKEN.finditer(text):
        run = match.group()
        if match.lastgroup == "mixed":
            tokens.append(f"{_FIGURE}{_in_myriads(run)}")
        elif match.lastgroup == "arabic":
            tokens += [_FIGURE + part for part in _arabic(run)]
        elif match.lastgroup == "roman":
            tokens.append(f"{_FIGURE}{_roman(run)}")
        elif match.lastgroup == "kanji":
            tokens.append(f"{_KANJI_FIGURE}{_in_kanji(run)}")
        elif match.lastgroup == "latin":
            tokens.append(run.casefold())
        elif not _SEPARATOR.fullmatch(run):
            tokens.append(run)
    return tuple(tokens)


def _repeat(text: str) -> str:
    """Return the text with 々 as the kanji it repeats."""
    return re.sub("(.)々", r"\1\1", text)


def _arabic(run: str) -> list[str]:
    whole = re.sub(r",(?=\d{3}(?!\d))", "", run)
    return [part.lstrip("0") or "0" for part in whole.split(",") if part]


def _in_myriads(run: str) -> int | str:
    """Return the number of Arabic figures with kanji units: 1万, 2.5億, 1万2000."""
    total = part = Fraction(0)
    for figures, unit in _COUNTED.findall(run.replace(",", "")):
        value = Fraction(figures or 1)
        if unit in _MYRIAD:
            total += (part + value if figures else part or 1) * _MYRIAD[unit]
            part = Fraction(0)
        else:
            part += value * _UNIT.get(unit, 1)
    whole = total + part
    return int(whole) if whole.denominator == 1 else str(whole)


def _roman(run: str) -> int:
    values = [_ROMAN[char] for char in run]
    later = [*values[1:], 0]
    return sum(
        -value if value < after else value
        for value, after in zip(values, later, strict=True)
    )


def _in_kanji(run: str) -> int:
    """Return the number that a run of kanji figures writes: 二千二十四, 二〇二四."""
    if not any(char in _UNIT or char in _MYRIAD for char in run):
        return int("".join(str(_DIGIT[char]) for char in run))
    total = part = digits = 0
    for char in run:
        if char in _MYRIAD:
            total += (part + digits or 1) * _MYRIAD[char]
            part = digits = 0
        elif char in _UNIT:
            part += (digits or 1) * _UNIT[char]
            digits = 0
        else:
            digits = digits * 10 + _DIGIT[char]
    return total + part + digits


def _figures(tokens: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(token[1:] for token in tokens if _is_figure(token))


def _is_figure(token: str) -> bool:
    return len(token) > 1 and token[0] in (_FIGURE, _KANJI_FIGURE)


def _letters_only(ours: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether a figure stands against letters (PAC3, PACX), not a reading (1人)."""
    return _latin(ours) or _latin(other)


def _counts_on(tokens: tuple[str, ...], alone: tuple[str, ...]) -> bool:
    """Tell whether figures in kanji that one form has alone stand behind 第."""
    return any(_is_figure(token) for token in alone) and "第" in tokens


def _kanji_of(tokens: tuple[str, ...]) -> str:
    """Return the kanji among the tokens, figures in kanji among them."""
    return "".join(
        token
        for token in tokens
        if _KANJI.fullmatch(token) or (_is_figure(token) and token[0] == _KANJI_FIGURE)
    )


def _latin(tokens: tuple[str, ...]) -> bool:
    return any(token[0].isalpha() and token[0] < "\u0250" for token in tokens)
