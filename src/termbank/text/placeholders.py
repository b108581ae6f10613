r"""What of a message no translator translates: variables, tags, escapes, entities, code.

Mining, search, checks and cleaning call this one mask, so that all agree on what is
prose. Offsets are code points of the untouched text.
"""

from __future__ import annotations

import re

from termbank.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = (
    "address",  # https://…, mail@…, C:\folder
    "code",  # `x`, ``x``, :meth:`x`
    "comment",  # <!-- … -->
    "tag",  # <b>, </0>, [b], {/color}
    "entity",  # &nbsp;, &#39;
    "escape",  # \n, \u3042, %%
    "percent",  # %E3%81%82
    "accelerator",  # (&F)
    "variable",  # %s, {name}, $name, [player], {n, plural, …}
)


class Placeholder(NamedTuple):
    """A stretch that stays as it is when its sentence is translated.

    Attributes:
        start: First code point.
        end: One past the last.
        text: As written.
        kind: One of :data:`KINDS`.
    """

    start: int
    end: int
    text: str
    kind: str


ADDRESS = (
    r"(?:https?|ftp|file)://[!-;=?-~]+"
    r"|\bwww\.[!-;=?-~]+"
    r"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}"
    r"(?:\.[A-Za-z0-9-]{1,63})+"
    r"|(?<![A-Za-z])[A-Za-z]:\\[!#-)+-;=?-~]{1,500}"
)
TAG = (
    r"</?[A-Za-z][^<>]*>|<![A-Za-z\[][^<>]*>|<\?[^<>]*>|</?\d{1,4}/?>"
    r"|<\d{1,4}\}|\{\d{1,4}>"  # memoQ: {1> … <1}
    # BBCode, Ren'Py: a name and a value, or a closing tag.
    r"|\[/?(?:b|i|u|s|url|img|code|quote|list|size|color|center|font)(?:=[^\[\]\n]{1,200})?\]"
    r"|\[/[A-Za-z]\w{0,40}\]|\{/[A-Za-z]\w{0,40}\}|\{/?\d{1,4}/\}|\{/\d{1,4}\}"
    # {b} may be a variable; with a value, or with a name that nothing else has, it is none.
    r"|\{(?:nw|fast|cps|rb|rt|vspace|(?:b|i|u|s|w|p|a|k|cps|color|size|font|alpha|image"
    r"|space|vspace)=[^{}\n]{1,200})\}"
)
ENTITY = r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
VARIABLE = (
    # %{name}, %<name>s and %(name)s; %1$s, %-5.2f, %@, %L1, %n; not the space of "5% a".
    r"%\d{1,2}\$[sdufx]|%\{[^{}\s]{1,60}\}|%\([^()\n]{1,60}\)[-#0+]*\d*(?:\.\d+)?[A-Za-z]"
    r"|%(?:\d{1,2}\$)?[-#0+']*\d*(?:\.(?:\d+|\*))?(?:hh|h|ll|l|q|j|z|t|L)?"
    r"[@diouxXeEfFgGcCrsSanpm](?![A-Za-z])"
    r"|%[A-Za-z_][A-Za-z0-9_.]{2,40}%|%L?\d{1,2}(?![\d%])|(?<!\d)%[-_^0#]?[A-Za-z](?![A-Za-z])"
    r"|#\{[^{}\n]{1,100}\}|\$\{[^{}\n]{1,100}\}|\$t\([^()\n]{1,100}\)"
    r"|\{\{[^{}\n]{1,100}\}\}|\$[A-Za-z_]\w*\$?"
    # {0}, {name!r:>10}, {count, number}, {$name}, {}: no blank but after a comma.
    r"|\{[ ]?[-$@!#:]?(?:[A-Za-z_][\w.\-]*|\d{1,4})?(?:\[[^\[\]{}\n]{1,40}\])?"
    r"(?:[:!,][^{}\n]{0,100})?[ ]?\}"
    # [player], [points:+d], [PLAYER_NAME]; [Enter] is the name of a key. No [text](link).
    r"|\[(?:[a-z_][\w.]*|[A-Z][A-Z0-9_]{2,})(?:[!:][^\[\]\n]{1,20})?\](?![(\[:])"
    # Laravel and Drupal: :name and @name, where a word may begin.
    r"|(?<![^\s「『（(\"'、。])[:@][a-z_][a-z0-9_]*(?![A-Za-z0-9_:]|://)"
)
ESCAPE = (
    r"%%|\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}"
    r"|[A-Za-z]{1,3}\[\w{0,10}\]|[abfnrtv0\"'\\/&{}<>$%#.!|^])"
)
_PERCENT = r"(?:%[0-9A-Fa-f]{2}){2,}|%[89A-Fa-f][0-9A-Fa-f](?![A-Za-z])"
_ACCELERATOR = r"[(（][&_][A-Za-z0-9][)）]|(?<![\w&])&(?=[A-Za-z])"
_CODE = (
    r"(?<!`)``(?!`)[^`\n]{1,300}(?<!`)``(?!`)"
    r"|:[a-z][a-z:+-]{0,30}:`[^`\n]{1,200}`"
    r"|(?<![`\w])`(?![`\s_])[^`\n]{1,200}`(?![`_])"
)
_COMMENT = r"<!--[^>]{0,2000}?(?:-->|\Z)"
# Earlier kinds win where two begin at one place.
_PATTERNS = {
    "address": ADDRESS,
    "comment": _COMMENT,
    "code": _CODE,
    "tag": TAG,
    "entity": ENTITY,
    "percent": _PERCENT,
    "variable": VARIABLE,
    "escape": ESCAPE,
    "accelerator": _ACCELERATOR,
}
_pattern_cache: list[re.Pattern[str]] = []
# One of these stands in every placeholder: most sentences are settled by a look at them.
_HINT = re.compile(r"[<{\[%$&\\`@]|:[a-z]|://|www\.|[(（]_")
# {count, plural, one {# file} other {# files}}: the branches are prose.
_CHOICE = re.compile(
    r"\{\s*[\w.$]{1,60}\s*,\s*(?:plural|select|selectordinal)\s*,(?:\s*offset:\d+)?"
)
_BRANCH = re.compile(r"\s*(?:=\d{1,9}|[A-Za-z_][\w-]{0,60})\s*\{")
_COUNT = re.compile(r"#")
_LONGEST_BRANCH = 2000  # code points, so that what is never closed costs little
_DEEPEST = (
    8  # choices inside choices; the syntax knows no bound, a hostile file neither
)


def placeholders(text: str) -> list[Placeholder]:
    r"""Return what is not translated, in order, not overlapping.

    Of an ICU plural or select the frame is a placeholder and the branches are prose.

    >>> [(one.text, one.kind) for one in placeholders(r"<b>{name}</b>に%1$sを共有\n")]
    [('<b>', 'tag'), ('{name}', 'variable'), ('</b>', 'tag'), ('%1$s', 'variable'), ('\\n', 'escape')]
    >>> [one.text for one in placeholders("{n, plural, one {# file} other {# files}}")]
    ['{n, plural, one {', '#', '} other {', '#', '}}']
    >>> placeholders("5% a year, R&D, [Enter] & 3 < 5 > 2")
    []
    """
    if _HINT.search(text) is None:
        return []
    return list(_scan(text, 0, len(text), _DEEPEST))


def masked_placeholders(text: str) -> str:
    """Return the text with every placeholder as blanks, no offset moved.

    >>> masked_placeholders("{name}を&nbsp;開く")
    '      を      開く'
    """
    marks = placeholders(text)
    if not marks:
        return text
    pieces, at = [], 0
    for mark in marks:
        blank = "".join("\n" if char == "\n" else " " for char in mark.text)
        pieces += [text[at : mark.start], blank]
        at = mark.end
    return "".join([*pieces, text[at:]])


def without_placeholders(text: str) -> str:
    """Return the text with every placeholder taken out.

    >>> without_placeholders("<b>停戦</b>")
    '停戦'
    """
    marks = placeholders(text)
    pieces, at = [], 0
    for mark in marks:
        pieces.append(text[at : mark.start])
        at = mark.end
    return "".join([*pieces, text[at:]]) if marks else text


def _scan(text: str, start: int, stop: int, depth: int) -> Iterator[Placeholder]:
    at = start
    while at < stop:
        choice = _CHOICE.search(text, at, stop) if depth and "{" in text else None
        border = choice.start() if choice else stop
        for match in _pattern().finditer(text, at, border):
            yield Placeholder(*match.span(), match[0], match.lastgroup or "")
        if choice is None:
            return
        at = border
        for mark in _choice(text, choice, stop, depth):
            yield mark
            at = mark.end
        if at == border:  # a brace that nothing closes
            yield Placeholder(*choice.span(), choice[0], "variable")
            at = choice.end()


def _pattern() -> re.Pattern[str]:
    if not _pattern_cache:  # most commands never need it, and it is dear to compile
        groups = (f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS.items())
        _pattern_cache.append(re.compile("|".join(groups)))
    return _pattern_cache[0]


def _choice(
    text: str, choice: re.Match[str], stop: int, depth: int
) -> list[Placeholder]:
    """Return the frame of a plural or select; nothing where it is broken."""
    frame_marks: list[Placeholder] = []
    frame, at = choice.start(), choice.end()
    while branch := _BRANCH.match(text, at, stop):
        frame_marks.append(_variable(text, frame, branch.end()))
        end = _closing(text, branch.end(), min(stop, branch.end() + _LONGEST_BRANCH))
        if end < 0:
            return []
        inside = list(_scan(text, branch.end(), end, depth - 1))
        counts = [
            _variable(text, *count_match.span())
            for count_match in _COUNT.finditer(text, branch.end(), end)
            if not any(
                other.start <= count_match.start() < other.end for other in inside
            )
        ]
        frame_marks += sorted([*inside, *counts])
        frame, at = end, end + 1
    last = re.compile(r"\s*\}").match(text, at, stop)
    if last is None or not frame_marks:
        return []
    return [*frame_marks, _variable(text, frame, last.end())]


def _variable(text: str, start: int, end: int) -> Placeholder:
    return Placeholder(start, end, text[start:end], "variable")


def _closing(text: str, at: int, stop: int) -> int:
    """Return where the brace before ``at`` closes, -1 where it does not."""
    depth = 1
    for brace in re.compile(r"[{}]").finditer(text, at, stop):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.start()
    return -1
