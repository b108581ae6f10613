"""TB207 width: half-width katakana, full-width letters and digits, compatibility characters.

Runs only when selected.

Why: ｻｰﾊﾞ is not found by a search for サーバ, and ㈱ is not found by one for 株式会社.

Bad:
    ｻｰﾊﾞｰを止める。
    ＮＡＴＯの会議。
Good:
    サーバーを止める。
    NATOの会議。

Fix: safe for katakana, letters and digits; unsafe for the rest. Unicode form NFKC
replaces the characters.

日本語:
    半角片仮名、全角英数字、互換文字が使われている。
    選択したときだけ働く。
    理由: 「サーバ」で検索しても「ｻｰﾊﾞ」は見つからず、「株式会社」で検索しても「㈱」は見つからない。
    修正: 片仮名、英字、数字は安全。ほかは要確認。Unicode の正規化形式 NFKC に置き換える。
"""

from __future__ import annotations

import re
from unicodedata import normalize

from termbank.messages import say
from termbank.types import Fix, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.checking.engine.passage import Passage
    from termbank.types import Finding

# Half-width katakana; full-width letters and digits; squared and enclosed characters.
_RUN = re.compile(
    "[\\uff66-\\uff9f]+|[\\uff10-\\uff19\\uff21-\\uff3a\\uff41-\\uff5a]+"
    "|[\\u2100-\\u214f\\u2160-\\u217f\\u3220-\\u3247\\u3280-\\u33ff]"
)
_PLAIN = re.compile("[\\uff10-\\uff9f]+")


class Width:
    """Half-width katakana, full-width letters and digits, compatibility characters."""

    code = "TB207"
    name = "width"

    def check(self, passage: Passage) -> Iterator[Finding]:
        """Yield a warning for each run of such characters."""
        for match in _RUN.finditer(passage.prose):
            start, end = match.span()
            better = normalize("NFKC", match[0])
            if better == match[0]:
                continue
            safe = bool(_PLAIN.fullmatch(match[0]))
            message = say(f"「{match[0]}」は「{better}」", f"use {better}")
            fix = Fix(Span(start, end), better, safe)
            yield passage.note(self.code, start, end, message, fix=fix)


RULE = Width()
