"""What other tools call our statuses, term types, parts of speech and languages."""

from __future__ import annotations

import re
from typing import Final

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
