"""How a language tag (BCP 47) is written, and what is wrong with one."""

from __future__ import annotations

import re

from termbank.messages import say

# BCP 47 syntax without the grandfathered tags, which nobody uses in a glossary.
_BCP47 = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?|x(?:-[a-z0-9]{1,8})+",
    re.IGNORECASE,
)
LONGEST = 64  # characters; RFC 5646 asks for 35, names of languages are longer
_NO_TAG = re.compile('[\x00-\x1f\x7f-\x9f\u2028\u2029<>&"\\\\;!?%=|{}\\[\\]`]')
# What people write for a tag; jp is a country, not a language.
_MISTAKEN = {
    "jp": "ja",
    "jpn": "ja",
    "japanese": "ja",
    "日本語": "ja",
    "eng": "en",
    "english": "en",
    "英語": "en",
    "german": "de",
    "french": "fr",
    "chinese": "zh",
    "korean": "ko",
    "spanish": "es",
    "italian": "it",
    "russian": "ru",
    "ukrainian": "uk",
    "portuguese": "pt",
}


def language_fault(tag: str) -> str:
    """Return what is wrong with a language tag, empty where nothing is.

    >>> bool(language_fault("ja-JP")), bool(language_fault("ja_JP"))
    (False, True)
    """
    if not tag:
        return say("言語の指定がありません", "no language")
    if tag.casefold() in _MISTAKEN:
        return say(
            "言語タグではなく国名や言語名", "a country or a name, not a language tag"
        )
    if "_" in tag:
        return say("下線 _ があります", "an underscore")
    if _BCP47.fullmatch(tag):
        return ""
    return say("BCP 47 のタグではありません", "not a BCP 47 tag")


def is_impossible(tag: str) -> bool:
    """Return whether a text can stand for no language, whatever one takes for a tag.

    Names (Chinese (Simplified)), countries (jp) and POSIX locales (sr@latin) are
    mistakes that can be understood; an over-long tag, one with control characters or
    with markup is none.

    >>> is_impossible("Japanese"), is_impossible("*all*"), is_impossible("x" * 80)
    (False, False, True)
    """
    return len(tag) > LONGEST or _NO_TAG.search(tag) is not None


def canonical_language(tag: str) -> str:
    """Return the tag in the letter case of BCP 47, common mistakes mended.

    A tag that cannot be mended is returned as it is; no tag is ``und``.

    >>> canonical_language("EN-us"), canonical_language("ja_JP"), canonical_language("jp")
    ('en-US', 'ja-JP', 'ja')
    """
    tag = tag.strip()
    if not tag:
        return "und"
    usual_tag = _MISTAKEN.get(tag.casefold()) or tag.replace("_", "-")
    if not _BCP47.fullmatch(usual_tag):
        return tag
    first, *rest = usual_tag.split("-")
    return "-".join([first.lower(), *map(_subtag, rest)])


def _subtag(part: str) -> str:
    if len(part) == 2 and part.isalpha():
        return part.upper()
    return part.title() if len(part) == 4 and part.isalpha() else part.lower()
