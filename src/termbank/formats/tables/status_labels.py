"""What other tools call our statuses, term types, parts of speech and languages."""

from __future__ import annotations

import re
from typing import Final

from termbank.messages import say

# Labels are compared without case, spaces, hyphens and underscores. TBX and TermWeb
# names first, then UTX, XTM, MultiTerm, memoQ and plain words in both languages.
_STATUS_LABELS: Final = {
    "preferred": "preferredterm-admn-sts preferredterm preferred approved valid confirmed final validated 推奨 優先 承認 承認済み 承認済 確定 確定済み 確定済 "
    "採用 採用済み 正 正式 使用 使用可 使用する",
    "admitted": "admittedterm-admn-sts admittedterm admitted allowed acceptable accepted 可 "
    "standardizedterm legalterm regulatedterm 許容 許可",
    "deprecated": "deprecatedterm-admn-sts deprecatedterm deprecated supersededterm-admn-sts "
    "supersededterm superseded notrecommended obsolete nonstandard discouraged retired 非推奨 廃止 旧 旧表記 使わない",
    "forbidden": "forbidden rejected prohibited donotuse blacklisted banned declined notallowed nottobeused unapproved 禁止 使用禁止 "
    "禁止語 使用不可 不可 却下 不採用 使用しない 否",
    "proposed": "proposed proposedterm draft provisional new candidate notapproved "
    "pending suggested notreviewed inreview underreview unconfirmed tentative 候補 提案 仮 "
    "未承認 未確定 検討中 審査中 確認中 保留 要確認 案",
}
_SEPARATORS: Final = re.compile(r"[\s_-]+")


def _key(label: str) -> str:
    return _SEPARATORS.sub("", label).casefold()


STATUS_OF: Final = {
    _key(label): status
    for status, labels in _STATUS_LABELS.items()
    for label in labels.split()
}

TERM_TYPE_OF: Final = {
    _key(name): name
    for name in (
        "full form",
        "acronym",
        "abbreviation",
        "short form",
        "variant",
        "phrase",
    )
} | {
    _key(label): name
    for label, name in (
        ("initialism", "acronym"),
        ("abbreviatedForm", "abbreviation"),
        ("phraseologicalUnit", "phrase"),
        ("spelling variant", "variant"),
    )
}

POS_OF: Final = {
    _key(label): name
    for name, labels in (
        ("noun", "noun n 名詞 propernoun 固有名詞 commonnoun sahen サ変名詞"),
        ("verb", "verb v 動詞"),
        ("adjective", "adjective adj a 形容詞 形容動詞"),
        ("adverb", "adverb adv 副詞"),
        ("other", "other その他"),
    )
    for label in labels.split()
}


def status_of(label: str) -> str:
    """Return the status that a label of another tool means.

    A label nobody knows is ``proposed``: never ``preferred``, so that no unknown word
    makes a form the one to use.

    >>> status_of("notRecommended"), status_of("verboten")
    ('deprecated', 'proposed')
    """
    return STATUS_OF.get(_key(label), "proposed")


def is_status(label: str) -> bool:
    """Say whether the label is one we know.

    >>> is_status("preferredTerm-admn-sts"), is_status("verboten")
    (True, False)
    """
    return _key(label) in STATUS_OF


def term_type_of(label: str) -> str:
    """Return the term type a label means, empty where unknown.

    >>> term_type_of("fullForm"), term_type_of("synonym")
    ('full form', '')
    """
    return TERM_TYPE_OF.get(_key(label), "")


def pos_of(label: str) -> str:
    """Return noun, verb, adjective, adverb or other, empty where unknown.

    >>> pos_of("adj"), pos_of("固有名詞"), pos_of("Nomen")
    ('adjective', 'noun', '')
    """
    return POS_OF.get(_key(label), "")


# BCP 47 syntax without the grandfathered tags, which nobody uses in a glossary.
_BCP47: Final = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?|x(?:-[a-z0-9]{1,8})+",
    re.IGNORECASE,
)
# What people write for a tag; jp is a country, not a language.
_MISTAKEN: Final = {
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
        return say("言語がありません", "no language")
    if tag.casefold() in _MISTAKEN:
        return say(
            "言語タグではなく国名や言語名", "a country or a name, not a language tag"
        )
    if "_" in tag:
        return say("下線 _ があります", "an underscore")
    if _BCP47.fullmatch(tag):
        return ""
    return say("BCP 47 のタグではありません", "not a BCP 47 tag")


def canonical_language(tag: str) -> str:
    """Return the tag in the letter case of BCP 47, common mistakes mended.

    A tag that cannot be mended is returned as it is; no tag is ``und``.

    >>> canonical_language("EN-us"), canonical_language("ja_JP"), canonical_language("jp")
    ('en-US', 'ja-JP', 'ja')
    """
    tag = tag.strip()
    if not tag:
        return "und"
    mended = _MISTAKEN.get(tag.casefold()) or tag.replace("_", "-")
    if not _BCP47.fullmatch(mended):
        return tag
    first, *rest = mended.split("-")
    return "-".join([first.lower(), *map(_subtag, rest)])


def _subtag(part: str) -> str:
    if len(part) == 2 and part.isalpha():
        return part.upper()
    return part.title() if len(part) == 4 and part.isalpha() else part.lower()


def answers(tag: str, wanted: str) -> bool:
    """Say whether a tag is the language wanted or a region of it.

    >>> answers("en-US", "en"), answers("en", "en-US"), answers("EN-us", "en-US")
    (True, False, True)
    """
    tag, wanted = tag.casefold(), wanted.casefold()
    return tag == wanted or tag.startswith(wanted + "-")
