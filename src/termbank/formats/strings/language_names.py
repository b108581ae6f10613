"""Languages as names of files and folders spell them."""

from __future__ import annotations

import re
from typing import Final

from termbank.text.language_codes import ISO_639_1

# ISO 639-1, and of 639-2 what translators' files bear in their names.
_CODES: Final = ISO_639_1 | {
    "ast",
    "ber",
    "ceb",
    "cho",
    "ckb",
    "fil",
    "haw",
    "in",
    "iw",
    "ji",
    "kab",
    "mai",
    "nds",
    "pap",
    "scn",
    "sco",
    "szl",
    "yue",
    "zgh",
}
_NAMES: Final = {
    **{"jp": "ja", "jpn": "ja", "japanese": "ja", "日本語": "ja", "和文": "ja"},
    **{"eng": "en", "english": "en", "英語": "en", "英文": "en"},
    **{"german": "de", "ger": "de", "deu": "de", "french": "fr", "fre": "fr"},
    **{"fra": "fr", "spanish": "es", "spa": "es", "italian": "it", "ita": "it"},
    **{"russian": "ru", "rus": "ru", "korean": "ko", "kor": "ko", "cn": "zh"},
    **{"chinese": "zh", "chi": "zh", "zho": "zh", "schinese": "zh", "chs": "zh-Hans"},
    **{"tchinese": "zh-Hant", "cht": "zh-Hant", "portuguese": "pt", "por": "pt"},
    **{"brazilian": "pt-BR", "polish": "pl", "turkish": "tr", "vietnamese": "vi"},
    **{"thai": "th", "ukrainian": "uk", "indonesian": "id", "dutch": "nl"},
}
_TAG: Final = re.compile(
    r"([A-Za-z]{2,3})(?:(?:[-_](?:r(?=[A-Z]{2}))?|\+)([A-Za-z]{4}))?"
    r"(?:(?:[-_](?:r(?=[A-Z]{2}))?|\+)([A-Za-z]{2}|\d{3}))?"
)


def language_named(name: str) -> str:
    """Return the language tag that a part of a file name stands for, empty for none.

    >>> [language_named(name) for name in ("ja_jp", "ja-rJP", "Japanese", "values")]
    ['ja-JP', 'ja-JP', 'ja', '']
    """
    tag = _NAMES.get(name.casefold())
    if tag:
        return tag
    match = _TAG.fullmatch(name.removeprefix("b+"))
    if match is None:
        return ""
    primary = match[1].lower()
    primary = {"iw": "he", "in": "id", "ji": "yi", "jp": "ja"}.get(primary, primary)
    if primary not in _CODES:
        return ""
    parts = [primary]
    if match[2]:
        parts.append(match[2].title())
    if match[3]:
        parts.append(match[3].upper())
    return "-".join(parts)
