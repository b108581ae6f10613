r"""TB309 changed-placeholder: placeholders, tags, line ends or numbers differ from the source.

Why: a program that fills in ``%1$s`` fails where the target lost it, and a number that
changed is an error no reader can see. Variables, tags and the line ends at both ends of a
message are compared one by one, numbers as readers count them (10,000 and 1万, October
and 10月, 15時 and 3:00 p.m. are equal; a number up to twelve may be left to a word).

Pairs, bad:
    %1$s を %2$s に移動 | Move %1$s
    <b>保存</b>する | <b>Save
    最大 250 件 | Up to 520 items
Pairs, good:
    %1$s を %2$s に移動 | Move %2$s from %1$s
    10月に1万人 | 10,000 people in October
    残り %d 件 | %d left

Fix: unsafe. Where one variable was changed into another, the source's own replaces it.
"""

from __future__ import annotations

import re
from collections import Counter

from termbank.checking.bilingual.bilingual_findings import place_note
from termbank.messages import say
from termbank.text.placeholders import placeholders

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termbank.checking.bilingual.renderings import Pair
    from termbank.text.placeholders import Placeholder
    from termbank.types import Finding

_DIGIT = re.compile(r"\d")
_SHOWN = 3  # placeholders named in one message
# Tags that translators add, drop and move with good reason.
_FORMATTING = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|dd|del|div|dl|dt|em|h[1-6]|hr|i|img|ins|kbd|li|ol|p|pre|q"
    r"|s|samp|small|span|strong|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul|var)>",
    re.IGNORECASE,
)
_SINGLE = re.compile(
    r"<(?:br|hr|img|input|p|li|td|tr|dd|dt|x|g|ph|bx|ex|it)>", re.IGNORECASE
)
# Formats of dates: languages order their parts in ways of their own.
_TIME = re.compile(
    r"%[-#]?[YmBbHIpAajMy](?![A-Za-z]).{0,8}%[-#]?[YmdBbHIMSpAay](?![A-Za-z])"
)


class ChangedPlaceholder:
    """Placeholders, tags, line ends or numbers differ from the source."""

    code = "TB309"
    name = "changed-placeholder"

    def check_pairs(self, pairs: Sequence[Pair]) -> Iterator[Finding]:
        """Yield an error for each pair whose placeholders differ, a warning for numbers."""
        forms: dict[str, list[Counter[str]]] = {}
        names = _bracketed_variables(pairs)
        for pair in pairs:
            if pair.message:
                counted = _count(placeholders(pair.source), names)
                forms.setdefault(pair.message, []).append(counted)
        for pair in pairs:
            wanted, found = placeholders(pair.source), placeholders(pair.target)
            if any(_is_choice(one) for one in (*wanted, *found)):
                continue  # languages have other plural forms
            others = forms.get(pair.message, ())
            if not _TIME.search(pair.source):
                yield from self._variables(pair, wanted, found, others, names)
            if not pair.aligned:  # sentences cut out of a page cut its markup, too
                yield from self._tags(pair, wanted, found)
                yield from self._line_ends(pair)
            yield from self._numbers(pair)

    def _variables(
        self,
        pair: Pair,
        wanted: Sequence[Placeholder],
        found: Sequence[Placeholder],
        others: Sequence[Counter[str]],
        names: frozenset[str],
    ) -> Iterator[Finding]:
        need, have = _count(wanted, names), _count(found, names)
        if need == have or have in others:
            return
        absent, extra = need - have, have - need
        mine = [one for one in wanted if _key(one, names)]
        theirs = [one for one in found if _key(one, names)]
        if absent and len(mine) == len(theirs) == 1:
            yield self._exchanged(pair, mine[0], theirs[0])
            return
        # %sMB: what letters follow is read otherwise, but it stands there.
        lost = [one for one in absent if pair.target.count(one) < need[one]]
        added = [one for one in extra if pair.source.count(one) < have[one]]
        if lost:
            shown = " ".join(lost[:_SHOWN])
            message = say(f"訳文に {shown} がない", f"the target lacks {shown}")
            yield place_note(self.code, pair, None, message)
        elif added:
            shown = " ".join(added[:_SHOWN])
            place = next((one for one in theirs if _key(one, names) in added), None)
            message = say(f"原文にない {shown}", f"{shown} is not in the source")
            yield place_note(self.code, pair, place and place[:2], message)

    def _tags(
        self, pair: Pair, wanted: Sequence[Placeholder], found: Sequence[Placeholder]
    ) -> Iterator[Finding]:
        need, have = _tags_of(wanted), _tags_of(found)
        inline = [tag for tag in need - have if not _FORMATTING.fullmatch(tag)]
        open_tags = _unbalanced(have) - _unbalanced(need)
        lost = inline or sorted(open_tags)
        if lost:
            shown = " ".join(lost[:_SHOWN])
            message = say(
                f"訳文のタグ {shown} が足りない",
                f"the target lacks a tag beside {shown}",
            )
            yield place_note(self.code, pair, None, message)

    def _exchanged(
        self, pair: Pair, wanted: Placeholder, found: Placeholder
    ) -> Finding:
        message = say(
            f"「{found.text}」は原文では「{wanted.text}」",
            f"the source has {wanted.text}, not {found.text}",
        )
        better = wanted.text if wanted.kind == found.kind else ""
        return place_note(self.code, pair, found[:2], message, better=better)

    def _line_ends(self, pair: Pair) -> Iterator[Finding]:
        source, target = pair.source, pair.target
        ends = source.endswith("\n") != target.endswith("\n")
        if ends or source.startswith("\n") != target.startswith("\n"):
            message = say(
                "原文と訳文で、初めか終わりの改行が違う",
                "a line end at the beginning or the end differs from the source",
            )
            yield place_note(self.code, pair, None, message)

    def _numbers(self, pair: Pair) -> Iterator[Finding]:
        if not _DIGIT.search(pair.source):
            return
        from termbank.text.number_agreement import missing_numbers

        if pair.source_lang == "ja":
            absent, _ = missing_numbers(pair.source, pair.target)
        else:
            _, absent = missing_numbers(pair.target, pair.source)
        if absent:
            shown = " ".join(absent[:_SHOWN])
            message = say(
                f"訳文に数 {shown} がない", f"the target lacks the number {shown}"
            )
            yield place_note(self.code, pair, None, message, severity="warning")


def _bracketed_variables(pairs: Sequence[Pair]) -> frozenset[str]:
    """Return the words in brackets that targets keep: [player], but not [more]."""
    return frozenset(
        one.text
        for pair in pairs
        if "[" in pair.target
        for one in placeholders(pair.target)
        if one.text[0] == "[" and one.text in pair.source
    )


def _count(found: Sequence[Placeholder], names: frozenset[str]) -> Counter[str]:
    return Counter(key for one in found if (key := _key(one, names)))


def _key(one: Placeholder, names: frozenset[str]) -> str:
    """Return what of a variable has to stay; empty for what a translator may change."""
    if one.kind != "variable" or (one.text[0] == "[" and one.text not in names):
        return ""
    head, dollar, tail = one.text.partition("$")
    numbered = one.text[:1] == "%" and dollar and head[1:].isdigit()
    return f"%{tail}" if numbered else one.text


def _tags_of(found: Sequence[Placeholder]) -> Counter[str]:
    names: Counter[str] = Counter()
    for one in found:
        parts = one.text.strip("<>[]{}").split()
        if one.kind == "tag" and parts and one.text[0] in "<{[":
            names[one.text[0] + parts[0].rstrip("/") + one.text[-1]] += 1
    return names


def _unbalanced(tags: Counter[str]) -> set[str]:
    """Return the opening tags that close less or more often than they open."""
    opened = {tag for tag in tags if tag[1:2] != "/"}
    closed = {tag[0] + tag[2:] for tag in tags if tag[1:2] == "/"}
    return {
        tag
        for tag in opened | closed
        if (f"{tag[0]}/{tag[1:]}" in tags and tags[tag] != tags[f"{tag[0]}/{tag[1:]}"])
        or (tag in closed and tag not in opened)
        or (tag in opened - closed and not _SINGLE.fullmatch(tag))
    }


def _is_choice(one: Placeholder) -> bool:
    return one.kind == "variable" and (
        one.text.count("{") != one.text.count("}") or "," in one.text
    )


RULE = ChangedPlaceholder()
