"""The day on which a text was written, as the text or its file name tells it."""

from __future__ import annotations

from termbank.text.lazy_patterns import LazyPattern

_HEAD = 2048  # bytes in which front matter or a dateline is looked for
_DATELINES = 4  # lines at the top of a text that may hold nothing but its date
_DIGITS = range(5, 13)  # from 1 May 2019 to a date with hours and minutes
_DIGITS_IN_NAME = 8
_IN_NAME = LazyPattern(r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_LABEL = r"(?:公開日?|更新日?|日付|掲載日?|発表日?|Date|Published|Updated)?\s*[:：]?\s*"
_JAPANESE = LazyPattern(
    _LABEL + r"(\d{4})年(\d{1,2})月(\d{1,2})日"
    r"(?:\s*[（(][月火水木金土日][）)])?(?:\s*\d{1,2}[:時]\d{2}分?)?"
    r"(?:\s*(?:公開|更新|掲載|配信|発表|付))?"
)
_NUMERIC = LazyPattern(_LABEL + r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_ENGLISH = LazyPattern(
    _LABEL + r"(?:(?P<d1>\d{1,2}) )?(?P<month>" + "|".join(_MONTHS) + r")"
    r"(?: (?P<d2>\d{1,2}),)? (?P<year>\d{4})"
)


def date_of(content: bytes, path: str = "") -> str:
    r"""Return the ISO date of a text, or the empty string.

    Front matter comes first (``date: 2021-05-01``), then a line at the top that holds
    nothing but a date, then a date in the file name (``2021-05-01-talks.txt``).

    Args:
        content: UTF-8.
        path: Of the file; empty for none.

    >>> date_of(b"---\ntitle: x\ndate: 2021-05-01\n---\n")
    '2021-05-01'
    >>> date_of("見出し\n2019年3月1日\n本文".encode()), date_of(b"", "a/20190301.txt")
    ('2019-03-01', '2019-03-01')
    """
    head = content[:_HEAD].decode("utf-8", "replace").splitlines()
    return _front_matter(head) or _dateline(head) or _in_name(path)


def _front_matter(head: list[str]) -> str:
    if not head or not head[0].startswith(("---", "+++")):
        return ""
    for line in head[1:]:
        if line.startswith(("---", "+++")):
            break
        key, _, value = line.replace("=", ":", 1).partition(":")
        if key.strip().lower() == "date":
            return value.strip().strip("\"'")[:10]
    return ""


def _dateline(head: list[str]) -> str:
    for line in head[:_DATELINES]:
        text = line.strip()
        if sum(map(str.isdigit, text)) not in _DIGITS:
            continue
        for pattern in (_JAPANESE, _NUMERIC):
            if match := pattern.fullmatch(text):
                return _iso(*map(int, match.groups()))
        if (match := _ENGLISH.fullmatch(text)) and (match["d1"] or match["d2"]):
            month = _MONTHS.index(match["month"]) + 1
            return _iso(int(match["year"]), month, int(match["d1"] or match["d2"]))
    return ""


def _in_name(path: str) -> str:
    name = path.replace("\\", "/").rpartition("/")[2]
    if sum(map(str.isdigit, name)) < _DIGITS_IN_NAME:
        return ""
    match = _IN_NAME.search(name)
    return _iso(*map(int, match.groups())) if match else ""


def _iso(year: int, month: int, day: int) -> str:
    possible = 1 <= month <= 12 and 1 <= day <= 31
    return f"{year:04}-{month:02}-{day:02}" if possible else ""
