"""Entries that a translated table lacks, put in beside what stands beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .entries import StringEntry, ValueWriter, ascii_escaped, writes_ascii_only

if TYPE_CHECKING:
    from collections.abc import Callable

    from .table_sides import Side


class AbsentEntries:
    """Writers for entries of a source that its translation does not have.

    An entry is written as the source writes it, with the new text as its value, after
    the nearest entry before it that both files have, else before the one after it.
    """

    def __init__(self, source: Side, target: Side) -> None:
        self._source, self._target = source, target
        places = {(e.parent, e.key): e for e in target.entries if e.block}
        self._before: dict[int, StringEntry] = {}
        self._after: dict[int, StringEntry] = {}
        for order, anchors in ((1, self._before), (-1, self._after)):
            last: dict[tuple[str, ...], StringEntry] = {}
            for entry in source.entries[::order]:
                there = places.get((entry.parent, entry.key))
                if there is not None:
                    last[entry.parent] = there
                elif entry.parent in last:
                    anchors[id(entry)] = last[entry.parent]
        text = target.text
        self._newline = "\r\n" if "\r\n" in text[:4096] else "\n"
        self._ascii = writes_ascii_only(text)

    def writer(self, entry: StringEntry) -> ValueWriter | None:
        """Return what writes an entry; None where it has no place."""
        write_entry = self._written(entry)
        if write_entry is None:
            return None
        before = self._before.get(id(entry))
        if before is not None and before.block:
            lead = self._gap(before)
            end = before.block[1]
            joint = f"{before.joint}{lead}"
            return ValueWriter(end, end, lambda text: joint + write_entry(text))
        after = self._after.get(id(entry))
        if after is not None and after.block:
            gap = f"{after.joint}{self._gap(after)}"
            begin = after.block[0]
            return ValueWriter(begin, begin, lambda text: write_entry(text) + gap)
        return None

    def _written(self, entry: StringEntry) -> Callable[[str], str] | None:
        """Return what writes a text as the value of an entry of the source."""
        if entry.block is None or entry.writer is None:
            return None
        begin, end = entry.block
        document, writer = self._source.text, entry.writer
        if not begin <= writer.start <= writer.end <= end:
            return None
        head, tail = document[begin : writer.start], document[writer.end : end]

        def write(text: str) -> str:
            value = writer.written(text)
            value = ascii_escaped(value) if self._ascii else value
            whole = f"{head}{value}{tail}".replace("\r\n", "\n")
            return whole.replace("\n", self._newline)

        return write

    def _gap(self, beside: StringEntry) -> str:
        """Return the white space before an entry, of at most one line break."""
        text, (begin, _) = self._target.text, beside.block or (0, 0)
        start = begin
        while start and text[start - 1] in " \t\r\n":
            start -= 1
        gap = text[start:begin]
        indent = gap[gap.rfind("\n") + 1 :]
        one_line = "\n" not in gap and start and not text[:start].endswith("\ufeff")
        return gap if one_line else self._newline + indent
