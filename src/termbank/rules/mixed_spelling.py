"""TB201 mixed-spelling: several spellings of one word in one text.

Needs no glossary: the spelling that all checked texts together use most is proposed. Runs only when
selected.

Why: whoever searches for one spelling misses the other.

Bad:
    サーバーを止め、サーバーを直し、サーバを起動する。
Good:
    サーバーを止め、サーバーを直し、サーバーを起動する。
    ビルを出てビールを飲む。

Fix: unsafe. The commoner spelling replaces the rarer one.

日本語:
    一つの文章の中で、同じ語がいくつもの表記で書かれている。
    用語集は要らない。検査した文章全体で最も多い表記を提案する。選択したときだけ働く。
    理由: 一つの表記で検索すると、ほかの表記が見つからない。
    修正: 要確認。少ない表記を多い表記に置き換える。
"""

from __future__ import annotations

from termbank.checking.inconsistent_words import LONG_VOWEL, OTHER_WAY
from termbank.checking.majority import mixed_within

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.checking.text_collection import Collection
    from termbank.types import Finding


class MixedSpelling:
    """Several spellings of one word in one text."""

    code = "TB201"
    name = "mixed-spelling"

    def check_files(self, passages: Collection) -> Iterator[Finding]:
        """Yield a warning for each minority spelling."""
        return mixed_within(passages, self.code, (LONG_VOWEL, OTHER_WAY))


RULE = MixedSpelling()
