"""TB205 middle-dot: the joints of one name written in several ways (中黒, space, none).

Needs no glossary: the way that the text uses most is proposed. Runs only when selected.

Why: ルーク・コフィ and ルークコフィ are one name for people, two for a search.

Bad:
    ルーク・コフィ氏が来た。ルーク・コフィ氏は語った。ルークコフィ氏は帰った。
Good:
    ルーク・コフィ氏が来た。ルーク・コフィ氏は帰った。

Fix: unsafe. The commoner way replaces the rarer one.

日本語:
    一つの名前の区切り方 (中黒、空白、なし) が混在している。
    用語集は要らない。その文章で最も多い区切り方を提案する。選択したときだけ働く。
    理由: 「ルーク・コフィ」と「ルークコフィ」は、人には同じ名前でも、検索では別の語になる。
    修正: 要確認。少ない区切り方を多い区切り方に置き換える。
"""

from __future__ import annotations

from termbank.checking.inconsistent_words import MIDDLE_DOT
from termbank.checking.majority import mixed_within

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.checking.text_collection import Collection
    from termbank.types import Finding


class MiddleDot:
    """The joints of one name written in several ways (中黒, space, none)."""

    code = "TB205"
    name = "middle-dot"

    def check_files(self, passages: Collection) -> Iterator[Finding]:
        """Yield a warning for each minority spelling."""
        return mixed_within(passages, self.code, (MIDDLE_DOT,))


RULE = MiddleDot()
