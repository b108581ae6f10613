"""Whether a text is written in Japanese."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

# Kana, the signs of iteration and length, kanji with Extension A; half-width kana.
_JAPANESE = re.compile("[々ぁ-ゖゝ-ヿ㐀-鿿ｦ-ﾝ]")


def has_japanese(text: str) -> bool:
    """Return whether a text holds kana or kanji.

    >>> has_japanese("NATO加盟"), has_japanese("β version")
    (True, False)
    """
    return _JAPANESE.search(text) is not None


def mostly_japanese(texts: Iterable[str]) -> bool:
    """Return whether more than half of some texts hold kana or kanji.

    >>> mostly_japanese(["ファイル", "NATO", "保存する"])
    True
    """
    marks = [has_japanese(text) for text in texts]
    return 2 * sum(marks) > len(marks)
