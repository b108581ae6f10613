r"""TB309 changed-placeholder: placeholders, tags, line ends or numbers differ from the source.

Why: a program that fills in ``%1$s`` fails where the target lost it, and a number that
changed is an error no reader can see. Variables, tags and the line ends at both ends of a
message are compared one by one, numbers of two digits and more as readers count them
(10,000 and 1万, October and 10月 are equal).

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

from collections import Counter

from termbank.checking.bilingual.bilingual_findings import place_note
from termbank.checking.bilingual.numbers import numbers_of
from termbank.messages import say
from termbank.text.placeholders import placeholders

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termbank.checking.bilingual.renderings import Pair
    from termbank.text.placeholders import Placeholder
    from termbank.types import Finding

_SHOWN = 3  # placeholders named in one message


class ChangedPlaceholder:
    """Placeholders, tags, line ends or numbers differ from the source."""

    code = "TB309"
    name = "changed-placeholder"

    def check_pairs(self, pairs: Sequence[Pair]) -> Iterator[Finding]:
        """Yield an error for each pair whose placeholders differ, a warning for numbers."""
        forms: dict[str, list[Counter[str]]] = {}
        for pair in pairs:
            if pair.message:
                forms.setdefault(pair.message, []).append(_keys(pair.source))
        for pair in pairs:
            wanted, found = placeholders(pair.source), placeholders(pair.target)
            if any(_is_choice(one) for one in (*wanted, *found)):
                continue  # languages have other plural forms
            others = forms.get(pair.message, ())
            yield from self._variables(pair, wanted, found, others)
            yield from self._line_ends(pair)
            yield from self._numbers(pair)

    def _variables(
        self,
        pair: Pair,
        wanted: Sequence[Placeholder],
        found: Sequence[Placeholder],
        others: Sequence[Counter[str]],
    ) -> Iterator[Finding]:
        need, have = _counted(wanted), _counted(found)
        if need == have or have in others:
            return
        absent, extra = need - have, have - need
        if absent and len(need) == len(have) == 1 and sum(have.values()) == 1:
            yield self._exchanged(pair, wanted[0], found[0])
            return
        lost, added = list(absent.elements()), list(extra.elements())
        if lost:
            shown = " ".join(lost[:_SHOWN])
            message = say(f"訳文に {shown} がない", f"the target lacks {shown}")
            yield place_note(self.code, pair, None, message)
        elif added:
            shown = " ".join(added[:_SHOWN])
            place = next((one for one in found if _key(one) in extra), None)
            message = say(f"原文にない {shown}", f"{shown} is not in the source")
            yield place_note(self.code, pair, place and place[:2], message)

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
        absent = numbers_of(pair.source, pair.source_lang).missing_in(
            numbers_of(pair.target, pair.target_lang)
        )
        if absent:
            shown = " ".join(absent[:_SHOWN])
            message = say(
                f"訳文に数 {shown} がない", f"the target lacks the number {shown}"
            )
            yield place_note(self.code, pair, None, message, severity="warning")


def _keys(text: str) -> Counter[str]:
    return _counted(placeholders(text))


def _counted(found: Sequence[Placeholder]) -> Counter[str]:
    return Counter(key for one in found if (key := _key(one)))


def _key(one: Placeholder) -> str:
    """Return what of a placeholder has to stay; empty where a translator may drop it."""
    if one.kind == "variable":
        text = one.text
        head, dollar, tail = text.partition("$")
        numbered = text[:1] == "%" and dollar and head[1:].isdigit()
        return f"%{tail}" if numbered else text
    if one.kind == "tag":
        name = one.text.strip("<>[]{}").split()[0] if one.text.strip("<>[]{}/ ") else ""
        return one.text[0] + name.rstrip("/") + one.text[-1] if name else one.text
    return ""


def _is_choice(one: Placeholder) -> bool:
    return one.kind == "variable" and (
        one.text.count("{") != one.text.count("}") or "," in one.text
    )


RULE = ChangedPlaceholder()
