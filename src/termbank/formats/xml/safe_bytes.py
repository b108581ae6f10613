"""XML documents as bytes of UTF-8: encodings, external DTDs, entities refused.

An external DTD is never read. Its identifier is blanked before any parser sees it,
because a document that names one may otherwise use undeclared entities, which parsers
drop without a word (``A&nbsp;B`` would become ``AB``); blanked, each is an error.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from termbank.errors import FormatError
from termbank.formats.safe_files import bom_of, chunks, python_codec
from termbank.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH: Final = 200  # elements; the deepest real file seen nests 24
ATTRIBUTES: Final = 1000  # of one element; a real one has 20 at most
UNIT_SIZE: Final = 32 << 20  # bytes in UTF-8 of one concept or translation unit
_PROLOG: Final = 1 << 20  # bytes in which a document type declaration has to end

_DECLARED: Final = re.compile(
    rb"""^<\?xml[^>]*?\bencoding\s*=\s*["']([^"'>]{1,64})["']"""
)
_TO_DOCTYPE: Final = re.compile(
    rb"(?:\s++|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL | re.IGNORECASE
)
_EXTERNAL: Final = re.compile(
    rb"""<!DOCTYPE\s+[^\s\[>]+\s+((?:SYSTEM|PUBLIC\s+(?:"[^"]*"|'[^']*'))\s*(?:"[^"]*"|'[^']*')?)"""
)
# Declared one way, written another: without a byte order mark these are read as bytes.
_WIDE: Final = ("utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


def utf8(path: str, source: Iterator[bytes] | None = None) -> Iterator[bytes]:
    """Yield the document in UTF-8, its external DTD blanked out."""
    source = chunks(path) if source is None else source
    head = next(source, b"")
    encoding = encoding_of(path, head)
    if encoding in ("utf-8", "ascii"):
        pieces = _after_bom(head, source)
    else:
        pieces = _transcode(path, encoding, head, source)
    yield from _ending_after_tags(_blank(path, pieces))


def _ending_after_tags(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the same bytes in pieces that end behind a ``>``, or are long.

    A parser that is given a part of a tag reads that part again with each piece that
    follows, which for an attribute of 50 MB takes the square of its length.
    """
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        end = piece.rfind(b">") + 1
        size += len(piece)
        if not end and size < UNIT_SIZE:
            waiting.append(piece)
            continue
        end = end or len(piece)
        yield b"".join([*waiting, piece[:end]])
        waiting = [piece[end:]] if end < len(piece) else []
        size = len(piece) - end
    if waiting:
        yield b"".join(waiting)


def encoding_of(path: str, head: bytes) -> str:
    """Return Python's name of the encoding that the first bytes of XML tell.

    Raises:
        FormatError: An encoding nobody knows, or one that the bytes contradict.
    """
    bom_codec, length = bom_of(head)
    if not bom_codec:
        # XML 1.0, appendix F: the first characters tell the width of a character.
        for wide in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
            if head.startswith("<?xml".encode(wide)):
                return wide
    if bom_codec.startswith(("utf-16", "utf-32")):
        return bom_codec
    declaration = _DECLARED.match(head[length : length + 256])
    label = declaration[1].decode("latin-1") if declaration else "utf-8"
    codec = python_codec(label)
    if codec is None:
        raise FormatError(
            path,
            1,
            say(f"文字コード {label!r}", f"encoding {label!r}"),
            say("対応している文字コード", "an encoding we know"),
        )
    if codec in _WIDE:
        raise FormatError(
            path,
            1,
            say(
                f"1 バイト単位のファイルで文字コード {label!r} が宣言されています",
                f"encoding {label!r} declared in a file of single bytes",
            ),
            say("実際の文字コードの宣言", "the encoding that the bytes have"),
        )
    return codec


def _after_bom(head: bytes, source: Iterator[bytes]) -> Iterator[bytes]:
    yield head.removeprefix(codecs.BOM_UTF8)
    yield from source


def _transcode(
    path: str, encoding: str, head: bytes, source: Iterator[bytes]
) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    lines = 1
    for piece in _pieces(head, source):
        try:
            text = decoder.decode(piece or b"", final=piece is None)
        except UnicodeDecodeError as fault:
            problem = say(
                f"{encoding} ではないバイト列",
                f"a byte sequence that is not {encoding}",
            )
            expected = say(f"{encoding} のテキスト", f"text in {encoding}")
            line = lines + fault.object[: fault.start].count(b"\n")
            raise FormatError(path, line, problem, expected) from None
        lines += text.count("\n")
        yield text.encode("utf-8", "surrogatepass")


def _pieces(head: bytes, source: Iterator[bytes]) -> Iterator[bytes | None]:
    yield head[bom_of(head)[1] :]
    yield from source
    yield None


def _blank(path: str, source: Iterator[bytes]) -> Iterator[bytes]:
    head = b""
    for piece in source:
        head += piece
        start = _TO_DOCTYPE.match(head)
        rest = head[start.end() :] if start else head
        # Enough is read once an element begins or the declaration ends.
        if len(head) > _PROLOG or (
            rest[:1] == b"<" and rest[1:2] not in (b"", b"!", b"?")
        ):
            break
        if rest.startswith(b"<!DOCTYPE") and re.search(rb"[\[>]", rest):
            break
    external_part = _EXTERNAL.match(head, start.end()) if head and start else None
    if external_part:
        blank = re.sub(rb"[^\n]", b" ", external_part[1])
        head = head[: external_part.start(1)] + blank + head[external_part.end(1) :]
    if head and start and head[start.end() :].startswith(b"<!DOCTYPE"):
        head += _refuse_entities(path, head, source)
    yield head
    yield from source


def _refuse_entities(path: str, head: bytes, source: Iterator[bytes]) -> bytes:
    """Read on to the first element and refuse any entity declared before it."""
    parser = expat.ParserCreate("utf-8")
    begun: list[str] = []

    def refuse(name: str, *_: object) -> None:
        line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        raise FormatError(path, line, *entity_declared(name), column)

    parser.EntityDeclHandler = refuse
    parser.SkippedEntityHandler = refuse
    parser.StartElementHandler = lambda name, _: begun.append(name)
    more = b""
    try:
        parser.Parse(head, False)
        while not begun and len(more) <= _PROLOG and (piece := next(source, b"")):
            more += piece
            parser.Parse(piece, False)
    except expat.ExpatError as fault:
        reason = expat.ErrorString(fault.code)
        raise malformed_xml(
            path, reason or "", fault.lineno, fault.offset + 1
        ) from None
    # A parameter entity nobody declared is passed over, and after it others may be.
    subset = re.search(rb"<!DOCTYPE[^\[>]*\[(.*?)\]\s*>", head + more, re.DOTALL)
    used = re.search(rb"%[\w.:-]+;", subset[1]) if subset else None
    if subset and used:
        line = (head + more)[: subset.start(1) + used.start()].count(b"\n") + 1
        name = used[0].decode("latin-1")
        raise FormatError(
            path,
            line,
            say(f"パラメーター実体 {name}", f"parameter entity {name}"),
            say("実体を使わないファイル", "no entities"),
        )
    return more


# expat's reason: the reason in Japanese; what would be right in both languages
_REASONS: Final = {
    "undefined entity": (
        "定義されていない実体",
        ("文字そのものか &#…;", "a character or &#…; in its place"),
    ),
    "no element found": (
        "要素がありません",
        (
            "XML 文書 (空か途中で切れています)",
            "an XML document (the file is empty or cut short)",
        ),
    ),
    "not well-formed (invalid token)": (
        "整形式ではありません",
        (
            "宣言した文字コードで、制御文字のない整形式の XML",
            "well-formed XML in the declared encoding, without control characters",
        ),
    ),
    "unbound prefix": (
        "宣言のない名前空間接頭辞",
        ("接頭辞の宣言 xmlns:…", "a declaration xmlns:… of the prefix"),
    ),
    "mismatched tag": (
        "タグが対応していません",
        ("整形式の XML", "well-formed XML"),
    ),
    "reference to invalid character number": (
        "使えない文字番号の参照",
        ("XML で使える文字", "a character that XML allows"),
    ),
    "XML or text declaration not at start of entity": (
        "XML 宣言が先頭にありません",
        (
            "先頭の文字から始まる XML 宣言",
            "the XML declaration as the very first characters",
        ),
    ),
    "junk after document element": (
        "ルート要素の後に余分なものがあります",
        ("一つのルート要素", "one root element"),
    ),
}


def malformed_xml(path: str, reason: str, line: int, column: int) -> FormatError:
    """Return the error for a fault that expat names, with what would be right."""
    japanese, expected = _REASONS.get(
        reason, (f"XML の誤り: {reason}", ("整形式の XML", "well-formed XML"))
    )
    return FormatError(path, line, say(japanese, reason), say(*expected), column)


def too_deep() -> tuple[str, str]:
    """Return what is said of nesting beyond the limit: found and expected."""
    return (
        say("要素の入れ子が深すぎます", "elements nested too deeply"),
        say(f"{DEPTH} 段まで", f"at most {DEPTH} levels"),
    )


def entity_declared(name: str) -> tuple[str, str]:
    """Return what is said of an entity declaration: found and expected."""
    return (
        say(f"実体の宣言 {name!r}", f"entity declaration {name!r}"),
        say(
            "実体宣言のないファイル (ほかのファイルを読んだりメモリを埋めたりできるため)",
            "no entity declarations (they can read other files or fill the memory)",
        ),
    )
