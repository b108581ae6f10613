"""A finite regular expression as the plain forms that it stands for.

Look-around becomes exceptions: a form with what must not stand beside it is a longer form
that is left alone. Word boundaries are dropped, because the check knows where words end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from .regex_syntax import Group, Letters, Look, Repeat, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .regex_syntax import Node

MOST: Final = 2_000  # forms of one expression; beyond that it is run as it is
_SPACES: Final = frozenset(" \u3000")
_REFERENCE: Final = re.compile(r"\$(\d)")
_HIDDEN: Final = "\ue000"  # stands for a letter that an edge must not be
_LONGEST_REPEAT: Final = 3
AHEAD, BEHIND = -1, -2  # numbers of what look-around takes into the form


class EndlessExpressionError(ValueError):
    """The expression stands for no finite list of forms; the argument says why."""


class Expanded(NamedTuple):
    """One form of an expression.

    Attributes:
        form: What is found.
        groups: Text of each captured group.
        excepted: Longer forms that hold it and are left alone.
    """

    form: str
    groups: dict[int, str]
    excepted: tuple[str, ...]


class _Partial(NamedTuple):
    text: str
    groups: dict[int, str]
    # (place in text, ahead, strings that must not stand there)
    bans: tuple[tuple[int, bool, tuple[str, ...]], ...]


def expand(pattern: str) -> list[Expanded]:
    r"""Return the forms of a pattern, in the order in which it tries them.

    Args:
        pattern: JavaScript, without slashes.

    Raises:
        EndlessExpressionError: It stands for no finite list.
        UnreadableExpressionError: It cannot be read.

    >>> [(one.form, one.excepted) for one in expand("サーバ(?!ー)|鯖")]
    [('サーバ', ('サーバー',)), ('鯖', ())]
    >>> [one.form for one in expand("つく([らりる])")]
    ['つくら', 'つくり', 'つくる']
    """
    tree = parse(pattern)
    expansions = []
    for partial in _of_node(tree):
        expansion = _settle(partial)
        if expansion is not None:
            expansions.append(expansion)
        if len(expansions) > MOST:
            raise EndlessExpressionError(f"> {MOST}")
    return list(
        {(each.form, tuple(each.groups.items())): each for each in expansions}.values()
    )


def replace(expected: str, groups: dict[int, str]) -> str:
    """Return an expected text with ``$1`` and the like filled in, looked-at text kept.

    >>> replace("作$1", {1: "る"})
    '作る'
    """
    replacement = _REFERENCE.sub(lambda match: groups.get(int(match[1]), ""), expected)
    return groups.get(BEHIND, "") + replacement + groups.get(AHEAD, "")


def _of_node(node: Node) -> Iterator[_Partial]:
    if isinstance(node, Group):
        for branch in node.branches:
            for partial in _of_sequence(branch):
                groups = partial.groups
                if node.number:
                    groups = {**groups, node.number: partial.text}
                yield partial._replace(groups=groups)
    elif isinstance(node, Look):
        yield from _of_look(node)
    elif isinstance(node, Repeat):
        yield from _of_repeat(node)
    elif isinstance(node, Letters):
        yield from _of_letters(node)
    elif node.sign in ("b", "B"):
        yield _Partial("", {}, ())
    else:
        raise EndlessExpressionError(node.sign)  # a line's beginning or end


def _of_letters(node: Letters) -> Iterator[_Partial]:
    if not node.negated:
        for char in sorted(node.chars):
            if char == "\n":
                raise EndlessExpressionError("\\n")
            yield _Partial(char, {}, ())
        return
    if len(node.chars) > 64:
        raise EndlessExpressionError("[^…]")
    yield _Partial(_HIDDEN, {}, ((0, True, tuple(sorted(node.chars))),))


def _of_repeat(node: Repeat) -> Iterator[_Partial]:
    most = node.most
    if node.endless:
        blank = isinstance(node.item, Letters) and node.item.chars <= _SPACES
        if not blank or node.item.negated:  # type: ignore[union-attr]  # Letters
            raise EndlessExpressionError("*")
        most = max(node.least, 1)  # words stand one space apart
    if most > _LONGEST_REPEAT:
        raise EndlessExpressionError(f"{{{most}}}")
    for count in range(most, node.least - 1, -1):
        yield from _of_sequence((node.item,) * count)


def _of_look(node: Look) -> Iterator[_Partial]:
    texts = [
        partial.text.replace(_HIDDEN, "")
        for branch in node.branches
        for partial in _of_sequence(branch)
    ]
    if node.negative:
        strings = tuple(text for text in texts if text)
        yield _Partial("", {}, ((0, node.ahead, strings),))
        return
    # What has to stand there is taken into the form, and stays in the replacement.
    for text in texts:
        yield _Partial(text, {AHEAD if node.ahead else BEHIND: text}, ())


def _of_sequence(items: Sequence[Node]) -> Iterator[_Partial]:
    if not items:
        yield _Partial("", {}, ())
        return
    rest = list(_of_sequence(items[1:]))
    for first in _of_node(items[0]):
        length = len(first.text)
        for partial in rest:
            bans = tuple(
                (place + length, ahead, strings)
                for place, ahead, strings in partial.bans
            )
            yield _Partial(
                first.text + partial.text,
                {**first.groups, **partial.groups},
                first.bans + bans,
            )


def _settle(partial: _Partial) -> Expanded | None:
    """Return the form of a path, or None where its own look-around rules it out."""
    text = partial.text
    inner = text.strip(_HIDDEN)
    if _HIDDEN in inner or not inner:
        raise EndlessExpressionError("[^…]")
    shift = len(text) - len(text.lstrip(_HIDDEN))
    exceptions: list[str] = []
    for place, ahead, strings in partial.bans:
        hidden = text[place : place + 1] == _HIDDEN
        at = max(place - shift, 0)
        for string in strings:
            if hidden:
                exceptions.append(inner + string if place >= shift else string + inner)
                continue
            verdict = _against(inner, at, ahead, string)
            if verdict is None:
                return None
            exceptions += [verdict] if verdict else []
    groups = {
        number: value.replace(_HIDDEN, "") for number, value in partial.groups.items()
    }
    return Expanded(inner, groups, tuple(dict.fromkeys(exceptions)))


def _against(text: str, at: int, ahead: bool, string: str) -> str | None:
    """Return the longer form that a ban excepts; empty for none, None if it always holds."""
    if ahead:
        rest = text[at:]
        if rest.startswith(string):
            return None
        return text[:at] + string if string.startswith(rest) else ""
    before = text[:at]
    if before.endswith(string):
        return None
    return string + text[at:] if string.endswith(before) else ""
