"""The blocks of an HTML page."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from .text_block import CODE, Block

if TYPE_CHECKING:
    from collections.abc import Iterator

_SKIPPED: Final = frozenset(("script", "style", "svg", "template", "noscript"))
_CODE: Final = frozenset(("pre", "textarea"))
_CELLS: Final = frozenset(("td", "th"))
# What stands inside a line; every other tag begins a block of its own.
_INLINE: Final = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "rb",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)


def html_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a page in order; scripts, styles and comments are left out."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.flush()
    yield from reader.blocks


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._kind, self._level, self._column = "paragraph", 0, 0
        self._held: list[str] = []
        self._inside = ""  # the element whose text is no prose

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if self._inside:
            return
        if tag in _INLINE:
            if tag in ("code", "kbd", "samp"):
                self._held.append("`")
            return
        self.flush()
        if tag in _SKIPPED or tag in _CODE:
            self._inside = tag
        if tag == "tr":
            self._column = 0
        if tag in _CELLS:
            self._column += 1
        self._kind, self._level = self._block(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside:
            if tag == self._inside:
                self.flush()
                self._inside = ""
            return
        if tag in _INLINE:
            if tag in ("code", "kbd", "samp"):
                self._held.append("`")
            return
        self.flush()
        self._kind, self._level = "paragraph", 0

    def handle_data(self, data: str) -> None:
        if self._inside not in _SKIPPED:
            self._held.append(data)

    def flush(self) -> None:
        """End the block that is being read."""
        text, self._held = "".join(self._held), []
        if self._inside in _CODE:
            self.blocks.append(Block(CODE, 0, text.strip()))
        elif text.strip():
            self.blocks.append(Block(self._kind, self._level, " ".join(text.split())))

    def _block(self, tag: str) -> tuple[str, int]:
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            return "heading", int(tag[1])
        if tag in _CELLS:
            return "cell", self._column
        if tag in ("li", "dt", "dd"):
            return "item", 0
        if tag == "title":
            return "front title", 0
        return ("quote", 0) if tag == "blockquote" else ("paragraph", 0)
