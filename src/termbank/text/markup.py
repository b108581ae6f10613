r"""Where a marked-up text holds no prose: code, addresses, tags, placeholders.

Ranges are found in the bytes: every mark of these formats is ASCII, so UTF-8 needs no
decoding, and nothing moves. The patterns are made for hostile files: what is opened
and never closed runs to the end of the text, or a bound keeps the search short.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_Range = tuple[int, int]

_ADDRESS = (
    rb"(?:https?|ftp|file)://[!-;=?-~]+"
    rb"|\bwww\.[!-;=?-~]+"
    rb"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+"
)
_TAG = rb"</?[A-Za-z][^<>]*>|<![A-Za-z\[][^<>]*>|<\?[^<>]*>"
_COMMENT = rb"<!--(?s:.*?)(?:-->|\Z)"
_ENTITY = rb"&(?:#\d+|#[xX][0-9A-Fa-f]+|[A-Za-z]+\d*);"
_FRONT_MATTER = (
    rb"\A(?:---[ \t]*\r?\n(?s:.*?)\n---|\+\+\+[ \t]*\r?\n(?s:.*?)\n\+\+\+)[ \t]*$"
)

_PATTERNS: dict[str, tuple[bytes, ...]] = {
    "markdown": (
        _FRONT_MATTER,
        rb"^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n(?s:.*?)(?:^[ \t>]*(?P=fence)[`~]*[ \t]*\r?$|\Z)",
        _COMMENT,
        rb"(?<!`)(?P<ticks>`+)(?!`)(?s:(?:(?!\n[ \t]*\r?\n).)*?)(?<!`)(?P=ticks)(?!`)",
        rb"\$\$[^$]{0,5000}\$\$",
        rb"(?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?=[\s)])|(?<=\])\[[^\]\n]*\]",
        rb"^[ ]{0,3}\[[^\]\n]+\]:[^\n]*",
        rb"\{[#.%:][^{}\n]*\}",
        rb"\{\{[^{}\n]*\}\}",
        rb"<(?:script|style|pre|code)\b(?s:.*?)(?:</(?:script|style|pre|code)\s*>|\Z)",
        _TAG,
        _ADDRESS,
        _ENTITY,
    ),
    "html": (
        _COMMENT,
        rb"(?i:<(?P<raw>script|style|pre|code|kbd|samp|var|textarea)\b(?s:.*?)(?:</(?P=raw)\s*>|\Z))",
        _TAG,
        _ADDRESS,
        _ENTITY,
    ),
    "rst": (
        rb"^(?P<dir>[ \t]*)\.\. (?:code-block|code|sourcecode|literalinclude|highlight|math|"
        rb"productionlist|doctest|testcode|raw|image|index|toctree|include|_[^:\n]*|\[[^\]\n]*\])"
        rb"[^\n]*(?:\n(?:(?P=dir)[ \t]+[^\n]*|[ \t]*\r?)(?=\n|\Z))*",
        rb"(?<=::)[ \t]*\r?\n(?:[ \t]*\r?\n)+(?P<lit>[ \t]+)[^\n]*(?:\n(?:(?P=lit)[^\n]*|[ \t]*\r?)(?=\n|\Z))*",
        rb"``[^`\n]*(?:\n[^`\n]+)?``",
        rb":(?:code|mod|class|func|meth|attr|data|const|exc|file|option|keyword|program|samp|"
        rb"envvar|c:[a-z]+|py:[a-z]+|math|dfn|token|opcode|mimetype):`[^`\n]*`",
        rb":[a-z:+-]+:(?=`)",
        rb"(?<=[^\s`])[ ]?<[^<>`\n]*>(?=`)",
        rb"^[ \t]*>>>[^\n]*|^[ \t]*\.\.\.[ \t][^\n]*",
        rb"\|[A-Za-z][A-Za-z0-9_ -]*\|",
        _ADDRESS,
    ),
    "latex": (
        rb"(?<!\\)%[^\n]*",
        rb"\\begin\{(?P<env>verbatim|lstlisting|minted|equation|align|tikzpicture)\*?\}"
        rb"(?s:.*?)(?:\\end\{(?P=env)\*?\}|\Z)",
        rb"\\(?:verb|lstinline)\*?(?P<bar>[^A-Za-z0-9\s])[^\n]{0,500}?(?P=bar)",
        rb"\\(?:label|ref|eqref|pageref|cite[a-z]*|url|href|input|include|includegraphics|"
        rb"bibliography|usepackage|documentclass|begin|end)\*?(?:\[[^\]\n]*\])*\{[^{}\n]*\}",
        rb"\$\$[^$]{0,5000}\$\$|(?<!\\)\$[^$\n]*\$",
        rb"\\[A-Za-z@]+\*?",
    ),
    "plain": (_ADDRESS,),
}
# Of these formats only what the first group of the pattern holds is prose.
_PROSE: dict[str, bytes] = {
    "hash": rb"(?:\"\"\"((?s:.*?))(?:\"\"\"|\Z)|'''((?s:.*?))(?:'''|\Z)"
    rb"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|(\#[^\n]*))",
    "slashes": rb"(?:/\*((?s:.*?))(?:\*/|\Z)|//([^\n]*)"
    rb"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)",
    "po": rb"^msgstr(?:\[\d+\])?[ \t]+(\"(?:\\.|[^\"\\\n])*\"(?:\s*\n\"(?:\\.|[^\"\\\n])*\")*)",
    "xliff": rb"<target\b[^<>]*>((?s:.*?))(?:</target>|\Z)|<seg>((?s:.*?))(?:</seg>|\Z)",
}
FORMATS = (*_PATTERNS, *_PROSE)
# Names of languages that people say instead.
ALIASES = {
    "text": "plain",
    "md": "markdown",
    "restructuredtext": "rst",
    "tex": "latex",
    "python": "hash",
    "shell": "hash",
    "ruby": "hash",
    "yaml": "hash",
    "toml": "hash",
    "javascript": "slashes",
    "typescript": "slashes",
    "java": "slashes",
    "c": "slashes",
    "go": "slashes",
    "rust": "slashes",
    "tmx": "xliff",
}
# Of these the prose is messages with placeholders; of the others only addresses go.
_MESSAGES = ("po", "xliff")
_compiled: dict[str, re.Pattern[bytes]] = {}


def resolved(format: str) -> str:  # noqa: A002
    """Return the name of a markup without aliases: ``hash`` for ``python``.

    Raises:
        ConfigError: An unknown name.
    """
    name = ALIASES.get(format, format)
    if name not in FORMATS:
        from termbank.errors import ConfigError

        raise ConfigError("format", format, " | ".join((*FORMATS, *ALIASES)))
    return name


def masked_ranges(content: bytes, format: str) -> list[_Range]:  # noqa: A002
    """Return the byte ranges that hold no prose, sorted, not overlapping.

    Args:
        content: The text as UTF-8.
        format: One of :data:`FORMATS` or :data:`ALIASES`.

    Raises:
        ConfigError: An unknown format.

    >>> masked_ranges(b"a `b` c", "markdown")
    [(2, 5)]
    """
    name = resolved(format)
    if name in _PROSE:
        return _merged(_outside(content, name))
    return _merged(found.span() for found in _pattern(name).finditer(content))


def blanked(text: str, format: str) -> str:  # noqa: A002
    """Return the text with all that is no prose turned into spaces, offsets unmoved.

    >>> blanked("`サーバ` と [図](a/サーバ.png)", "markdown")
    '      と [図]          )'
    """
    content = text.encode("utf-8", "replace")
    ranges = masked_ranges(content, format)
    if not ranges:
        return text
    parts, last, at = [], 0, 0
    for start, end in ranges:
        begin = at + len(content[last:start].decode())
        masked = content[start:end].decode()
        parts.append(text[at:begin])
        parts.append("".join("\n" if char == "\n" else " " for char in masked))
        at, last = begin + len(masked), end
    parts.append(text[at:])
    return "".join(parts)


def _pattern(name: str) -> re.Pattern[bytes]:
    found = _compiled.get(name)
    if found is None:
        found = _compiled[name] = re.compile(b"|".join(_PATTERNS[name]), re.MULTILINE)
    return found


def _outside(content: bytes, name: str) -> Iterator[_Range]:
    """Yield what lies between the prose, and the marks inside the prose."""
    if name not in _compiled:
        _compiled[name] = re.compile(_PROSE[name], re.MULTILINE)
    done = 0
    inner = _placeholder_ranges if name in _MESSAGES else _address_ranges
    for found in _compiled[name].finditer(content):
        group = found.lastindex
        if not group:
            continue
        start, end = found.span(group)
        yield done, start
        yield from inner(content, start, end)
        if name == "po":
            yield from _seams(content, start, end)
        done = end
    yield done, len(content)


def _address_ranges(content: bytes, start: int, end: int) -> Iterator[_Range]:
    return (found.span() for found in _pattern("plain").finditer(content, start, end))


def _placeholder_ranges(content: bytes, start: int, end: int) -> Iterator[_Range]:
    from .placeholders import placeholders

    text = content[start:end].decode("utf-8", "replace")
    at, place = 0, start
    for found in placeholders(text):
        begin = place + len(text[at : found.start].encode())
        at, place = found.end, begin + len(found.text.encode())
        yield begin, place


def _seams(content: bytes, start: int, end: int) -> Iterator[_Range]:
    """Yield the quotes, line ends and escapes of a PO string."""
    for found in re.compile(rb'"\s*"|"|\\.').finditer(content, start, end):
        yield found.span()


def _merged(ranges: Iterable[_Range]) -> list[_Range]:
    merged: list[_Range] = []
    for start, end in sorted(ranges):
        if start == end:
            continue
        if merged and start <= merged[-1][1]:
            if end > merged[-1][1]:
                merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged
