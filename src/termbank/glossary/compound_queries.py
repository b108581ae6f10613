"""A query put together from several names: a title with its name, letters of countries.

ゼレンスキー大統領 is a person and an office, 日米韓 are three countries, Putin's envoy a
person and a term. The whole query has to be made of names of the glossary and of words
that only join them; anything else leads nowhere.
"""

from __future__ import annotations

import re

from termbank.text.kana import SEPARATORS
from termbank.text.personal_titles import ENGLISH_TITLES, HONORIFIC
from termbank.text.word_forms import bare_words

from .search_keys import search_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    Places: TypeAlias = Sequence[tuple[int, int, int]]
    # Cost of the best way to a place, and the names on that way.
    Way: TypeAlias = tuple[float, tuple[str, ...]]

# Single kanji (and ロ, ソ) by which newspapers call countries, and the name each is short
# for. Letters that are everyday words beside others (土, 西, 比) are left out.
COUNTRY_LETTERS = {
    "日": "日本",
    "米": "米国",
    "英": "英国",
    "仏": "フランス",
    "独": "ドイツ",
    "伊": "イタリア",
    "中": "中国",
    "韓": "韓国",
    "朝": "北朝鮮",
    "台": "台湾",
    "印": "インド",
    "豪": "オーストラリア",
    "加": "カナダ",
    "ソ": "ソ連",
    "露": "ロシア",
    "ロ": "ロシア",
    "欧": "欧州",
    "宇": "ウクライナ",
    "烏": "ウクライナ",
}
_JOINTS = re.compile(
    rf"[のとや、,/／{SEPARATORS}]+|対|反|親|駐|在|訪|元|前|新|旧|現|両|間|次期|初代|第\d+[代次]|"
    r"[東西南北中]部|首都|州都|近郊|沖|市内?(?![一-龥])|(?:政府|当局|側|軍|紙|誌|社|国民|系|製|産)(?![一-龥])"
)
_JOINTS_EN = frozenset(
    ["the", "a", "an", "of", "and", "for", "in", "to", "on", "with", "vs", "versus"]
)
_LONGEST = 40  # code points of a query; longer ones are sentences
_FEWEST = 2  # code points that a name in a Japanese query must have
# Costs: few long names are the best reading, a title that is an entry before one that
# is not.
_NAME, _LETTER, _HONORIFIC, _JOINT = 1.0, 1.1, 1.2, 0.3


def compound(query: str, exact: Mapping[str, Places]) -> list[str]:
    """Return the keys of the names that a Japanese query is put together from, in order.

    Args:
        query: As typed.
        exact: Names by their normalised form.

    Returns:
        Keys of ``exact``; empty where anything of the query remains.
    """
    text = search_key(query.strip())
    if not text or len(text) > _LONGEST:
        return []
    best: list[Way | None] = [(0.0, ())] + [None] * len(text)
    for start in range(len(text)):
        way = best[start]
        if way is None:
            continue
        for end, cost, key in _steps(text, start, exact):
            total = (way[0] + cost, way[1] + ((key,) if key else ()))
            best_so_far = best[end]
            if best_so_far is None or total[0] < best_so_far[0]:
                best[end] = total
    way_to_end = best[-1]
    return list(dict.fromkeys(way_to_end[1])) if way_to_end and way_to_end[1] else []


def without_title(query: str, exact: Mapping[str, Places]) -> tuple[str, str]:
    """Return a query's beginning and the title at its end, a form of the glossary or not.

    The beginning is a name that the glossary may know by another spelling: シルスキイ in
    シルスキイ総司令官. Both are empty where there is no title, or nothing before it.

    Args:
        query: As typed.
        exact: Names by their normalised form.
    """
    text = search_key(query.strip())
    if match := _NAME_AND_KANJI.fullmatch(text):
        return match[1], match[2]
    for start in range(1, len(text)):
        title = text[start:]
        is_title = title in exact and _is_cut(text, start, len(text))
        if (len(title) > 1 and is_title) or HONORIFIC.fullmatch(title):
            return text[:start], title
    return "", ""


def _steps(
    text: str, start: int, exact: Mapping[str, Places]
) -> list[tuple[int, float, str]]:
    """Return (end, cost, key) of what may stand at a place; joints have no key."""
    steps = [
        (end, _NAME, text[start:end])
        for end in range(start + _FEWEST, len(text) + 1)
        if text[start:end] in exact and _is_cut(text, start, end)
    ]
    country = COUNTRY_LETTERS.get(text[start], "")
    if country in exact and len(text) > 1 and not _amid_katakana(text, start):
        steps.append((start + 1, _LETTER, country))
    for pattern, cost in ((_JOINTS, _JOINT), (HONORIFIC, _HONORIFIC)):
        match = pattern.match(text, start)
        if match and match[0] not in exact:
            steps.append((match.end(), cost, ""))
    return steps


def _is_cut(text: str, start: int, end: int) -> bool:
    """Answer whether a name may end there: not within katakana or within letters."""
    return not any(
        0 < at < len(text) and pattern.match(text[at - 1 : at + 1])
        for at in (start, end)
        for pattern in (_KATAKANA_PAIR, _LATIN_PAIR)
    )


def _amid_katakana(text: str, at: int) -> bool:
    return text[at] in "ロソ" and bool(
        re.search("[ァ-ヺー]", text[max(at - 1, 0) : at] + text[at + 1 : at + 2])
    )


def begins_a_name(part: str, key: str) -> bool:
    """Answer whether a part is what a person's name begins with: 習, レオ in レオ14世.

    Args:
        part: What stands before a title.
        key: A name.
    """
    if not part or not key.startswith(part) or len(part) == len(key):
        return False
    follower = key[len(part)]
    if _KANJI.fullmatch(key) and len(key) <= _LONGEST_KANJI_NAME:
        return len(part) <= len(key) - 1 and len(part) <= _FEWEST
    behind_is_title = HONORIFIC.fullmatch(key, len(part))
    return bool(follower.isdigit() or follower == "・" or behind_is_title)


# A name in katakana before a title that nobody entered: カラス上級代表.
_NAME_AND_KANJI = re.compile(r"([ァ-ヺー・]{2,})([一-龥]{2,10})")
_KANJI = re.compile("[一-龥々]{2,5}")
_LONGEST_KANJI_NAME = 5
_KATAKANA_PAIR = re.compile("[ァ-ヺー]{2}")
_LATIN_PAIR = re.compile("[a-z0-9]{2}")


def compound_in_letters(query: str, bare: Mapping[str, Places]) -> list[str]:
    """Return the keys of the names that an English query is put together from, in order.

    Args:
        query: As typed.
        bare: Names by :func:`termbank.text.word_forms.bare_words`.
    """
    owner, possessive, _ = query.replace("’", "'").partition("'s ")
    words = bare_words(query).split()
    if not words or len(query) > 2 * _LONGEST:
        return []
    names = _names_in(words, bare)
    # Kharkiv's mayor leads to Kharkiv where the glossary knows no mayor.
    return names or (_names_in(bare_words(owner).split(), bare) if possessive else [])


def _names_in(words: Sequence[str], bare: Mapping[str, Places]) -> list[str]:
    best: list[Way | None] = [(0.0, ())] + [None] * len(words)
    for start, word in enumerate(words):
        way = best[start]
        if way is None:
            continue
        steps = [
            (end, _NAME, " ".join(words[start:end]))
            for end in range(start + 1, len(words) + 1)
            if " ".join(words[start:end]) in bare
        ]
        if word in _JOINTS_EN or word in ENGLISH_TITLES:
            steps.append((start + 1, _JOINT, ""))
        for end, cost, key in steps:
            total = (way[0] + cost, way[1] + ((key,) if key else ()))
            best_so_far = best[end]
            if best_so_far is None or total[0] < best_so_far[0]:
                best[end] = total
    way_to_end = best[-1]
    return list(dict.fromkeys(way_to_end[1])) if way_to_end and way_to_end[1] else []
