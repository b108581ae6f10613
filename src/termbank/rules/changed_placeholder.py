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

日本語:
    プレースホルダー、タグ、改行、数が原文と違う。
    理由: ``%1$s`` が訳文から抜けるとプログラムは正しく動かず、変わってしまった数に読者は気付けない。変数、タグ、先頭と末尾の改行は一つずつ比べ、数は読者と同じように数える (10,000 と 1万、October と 10月、15時と 3:00 p.m. は等しい。12 までの数は、語で表してもよい)。
    修正: 要確認。一つの変数が別の変数に変わっているときは、原文の変数に戻す。
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

_GAP = re.compile(r"(?<=\{)\s+(?=\})")
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
_WORD_IN_BRACKETS = re.compile(r"<[A-Za-z][\w-]*>")
_TRANSLATED_WORD = re.compile("[<＜][^<>＜＞\n]*[\u3040-\u9fff][^<>＜＞\n]*[>＞]")
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
                counts = _count(placeholders(pair.source), names)
                forms.setdefault(pair.message, []).append(counts)
        for pair in pairs:
            ours, theirs = placeholders(pair.source), placeholders(pair.target)
            if any(_is_choice(mark) for mark in (*ours, *theirs)):
                continue  # languages have other plural forms
            others = forms.get(pair.message, ())
            if not _TIME.search(pair.source):
                yield from self._variables(pair, ours, theirs, others, names)
            if not pair.aligned:  # sentences cut out of a page cut its markup, too
                yield from self._tags(pair, ours, theirs)
                yield from self._line_ends(pair)
            yield from self._numbers(pair)

    def _variables(
        self,
        pair: Pair,
        source_marks: Sequence[Placeholder],
        target_marks: Sequence[Placeholder],
        others: Sequence[Counter[str]],
        names: frozenset[str],
    ) -> Iterator[Finding]:
        need, have = _count(source_marks, names), _count(target_marks, names)
        if need == have or have in others:
            return
        absent, extra = need - have, have - need
        mine = [mark for mark in source_marks if _key(mark, names)]
        theirs = [mark for mark in target_marks if _key(mark, names)]
        if absent and len(mine) == len(theirs) == 1:
            yield self._exchange(pair, mine[0], theirs[0])
            return
        # %sMB: what letters follow is read otherwise, but it stands there.
        lost = [mark for mark in absent if pair.target.count(mark) < need[mark]]
        more = [mark for mark in extra if pair.source.count(mark) < have[mark]]
        if lost:
            examples = " ".join(lost[:_SHOWN])
            message = say(f"訳文に {examples} がない", f"the target lacks {examples}")
            yield place_note(self.code, pair, None, message)
        elif more:
            examples = " ".join(more[:_SHOWN])
            place = next((mark for mark in theirs if _key(mark, names) in more), None)
            message = say(f"原文にない {examples}", f"{examples} is not in the source")
            yield place_note(self.code, pair, place and place[:2], message)

    def _tags(
        self,
        pair: Pair,
        source_marks: Sequence[Placeholder],
        target_marks: Sequence[Placeholder],
    ) -> Iterator[Finding]:
        need, have = _tags_of(source_marks), _tags_of(target_marks)
        inline = [tag for tag in need - have if not _FORMATTING.fullmatch(tag)]
        open_tags = _without_partner(have) - _without_partner(need)
        lost = inline or sorted(open_tags)
        if lost and not _are_translated(lost, pair):
            examples = " ".join(lost[:_SHOWN])
            message = say(
                f"訳文のタグ {examples} が足りない",
                f"the target lacks a tag beside {examples}",
            )
            yield place_note(self.code, pair, None, message)

    def _exchange(self, pair: Pair, right: Placeholder, wrong: Placeholder) -> Finding:
        message = say(
            f"「{wrong.text}」は原文では「{right.text}」",
            f"the source has {right.text}, not {wrong.text}",
        )
        better = right.text if right.kind == wrong.kind else ""
        return place_note(self.code, pair, wrong[:2], message, better=better)

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
            examples = " ".join(absent[:_SHOWN])
            message = say(
                f"訳文に数 {examples} がない", f"the target lacks the number {examples}"
            )
            yield place_note(self.code, pair, None, message, severity="warning")


def _are_translated(lost: Sequence[str], pair: Pair) -> bool:
    """Answer whether words in angle brackets are no tags: <command> rendered <コマンド>."""
    word_count = len(_TRANSLATED_WORD.findall(pair.target))
    return all(
        _WORD_IN_BRACKETS.fullmatch(tag) and f"</{tag[1:]}" not in pair.source
        for tag in lost
    ) and word_count >= len(lost)


def _bracketed_variables(pairs: Sequence[Pair]) -> frozenset[str]:
    """Return the words in brackets that targets keep: [player], but not [more]."""
    return frozenset(
        mark.text
        for pair in pairs
        if "[" in pair.target
        for mark in placeholders(pair.target)
        if mark.text[0] == "[" and mark.text in pair.source
    )


def _count(marks: Sequence[Placeholder], names: frozenset[str]) -> Counter[str]:
    return Counter(key for mark in marks if (key := _key(mark, names)))


def _key(mark: Placeholder, names: frozenset[str]) -> str:
    """Return what of a variable has to stay; empty for what a translator may change."""
    if mark.kind != "variable" or (mark.text[0] == "[" and mark.text not in names):
        return ""
    head, dollar, tail = mark.text.partition("$")
    is_numbered = mark.text[:1] == "%" and dollar and head[1:].isdigit()
    # { } shows brackets and names nothing, however wide.
    return f"%{tail}" if is_numbered else _GAP.sub("", mark.text)


def _tags_of(marks: Sequence[Placeholder]) -> Counter[str]:
    names: Counter[str] = Counter()
    for mark in marks:
        parts = mark.text.strip("<>[]{}").split()
        if mark.kind == "tag" and parts and mark.text[0] in "<{[":
            names[mark.text[0] + parts[0].rstrip("/") + mark.text[-1]] += 1
    return names


def _without_partner(tags: Counter[str]) -> set[str]:
    """Return the opening tags that close less or more often than they open."""
    begin_tags = {tag for tag in tags if tag[1:2] != "/"}
    end_tags = {tag[0] + tag[2:] for tag in tags if tag[1:2] == "/"}
    return {
        tag
        for tag in begin_tags | end_tags
        if (f"{tag[0]}/{tag[1:]}" in tags and tags[tag] != tags[f"{tag[0]}/{tag[1:]}"])
        or (tag in end_tags and tag not in begin_tags)
        or (tag in begin_tags - end_tags and not _SINGLE.fullmatch(tag))
    }


def _is_choice(mark: Placeholder) -> bool:
    return mark.kind == "variable" and (
        mark.text.count("{") != mark.text.count("}") or "," in mark.text
    )


RULE = ChangedPlaceholder()
