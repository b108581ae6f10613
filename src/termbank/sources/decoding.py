"""The encoding of a Japanese text file, told from its bytes."""

from __future__ import annotations

import codecs
from typing import Final

from termbank.errors import InputError
from termbank.messages import say

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY: Final = ("cp932", "euc_jp")
# Of the characters beyond ASCII in real Japanese text, nearly all are kana, kanji or
# Japanese punctuation; of other bytes read as Japanese by mistake, far fewer.
_LEAST_JAPANESE: Final = 0.8
_CONTROLS: Final = frozenset(map(chr, [*range(9), 14, *range(16, 27), 28, 29, 30, 31]))


def decode_text(content: bytes, place: str) -> str:
    """Return the text of a file; a byte order mark is left out, line ends stay.

    UTF-8 is tried first, then UTF-16 without a mark, then the legacy encodings, of
    which the one that gives the more plausible Japanese wins.

    Args:
        content: All bytes of the file.
        place: File, for the error.

    Raises:
        InputError: Binary content, or no encoding fits.

    >>> decode_text("停戦案".encode("cp932"), "a.txt"), decode_text("停戦案".encode("euc_jp"), "b")
    ('停戦案', '停戦案')
    """
    text = _text(content)
    if text is None or any(char in _CONTROLS for char in text[:100_000]):
        expected = say(
            "UTF-8・UTF-16・Shift_JIS・EUC-JP・ISO-2022-JP のテキスト",
            "UTF-8, UTF-16, Shift_JIS, EUC-JP or ISO-2022-JP text",
        )
        raise InputError(place, _find_encoding(content), expected)
    return text


def _text(content: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content, encoding)
    if b"\x1b$" in content and (text := _strict(content, "iso2022_jp_2")) is not None:
        return text
    if b"\x00" in content:
        return _best(content, ("utf-16-le", "utf-16-be"))
    text = _strict(content, "utf-8")
    return _best(content, _LEGACY) if text is None else text


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _best(content: bytes, encodings: tuple[str, ...]) -> str | None:
    texts = [text for code in encodings if (text := _strict(content, code)) is not None]
    best = max(texts, key=_plausibility, default=None)
    if best is None or _plausibility(best) < _LEAST_JAPANESE:
        return None
    return best


def _plausibility(text: str) -> float:
    """Return the share of Japanese characters among those beyond ASCII, 0-1.

    Half-width katakana count half: EUC-JP read as Shift_JIS turns into them. Kanji
    count a little less than kana, which no running text lacks.
    """
    points = [0.0, 0.0]
    for char in text[:100_000]:
        code = ord(char)
        if 0x20 <= code < 0x7F or char in "\t\n\r\f":
            continue
        points[1] += 1
        if 0x3000 <= code < 0x3100:
            points[0] += 1
        elif 0x4E00 <= code < 0xA000 or 0xFF01 <= code < 0xFF5F:
            points[0] += 0.95
        elif 0xFF61 <= code < 0xFFA0:
            points[0] += 0.5
        elif 0x2000 <= code < 0x2700 or 0xA0 < code < 0x460:
            points[0] += 0.85
    return points[0] / points[1] if points[1] else 1.0


def _find_encoding(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        return say("PDF ファイル", "a PDF file")
    if content.startswith(b"PK\x03\x04"):
        return say("ZIP アーカイブ", "a zip archive")
    if b"\x00" in content[:4096]:
        return say("バイナリーデータ", "binary content")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as fault:
        return say(
            f"先頭から {fault.start} バイトのところに文字でないバイト",
            f"bytes that are not text at offset {fault.start}",
        )
    return say("制御文字", "control characters")
