"""TB202 mixed-across-files: a text that spells a word otherwise than most other texts.

Needs no glossary: the spelling that all checked files together use most is proposed.
Words that are mixed within one file are left to TB201 and its relatives. Runs only when
selected.

Why: readers meet the files as one work.

The examples show files beside each other, parted by ``||``.

Bad:
    サーバーを止める。 || サーバーを起動する。 || サーバを選ぶ。
Good:
    サーバーを止める。 || サーバーを起動する。 || サーバーを選ぶ。

Fix: unsafe. The commoner spelling replaces the rarer one.

日本語:
    ある文章だけが、ほかの多くの文章と違う表記を使っている。
    用語集は要らない。検査したファイル全体で最も多い表記を提案する。一つのファイルの中での混在は TB201 などが指摘する。選択したときだけ働く。
    理由: 読者はすべてのファイルを一つの作品として読む。
    例の ``||`` は、ファイルの境目を表す。
    修正: 要確認。少ない表記を多い表記に置き換える。
"""

from __future__ import annotations

from termbank.checking.majority import mixed_across

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.checking.text_collection import Collection
    from termbank.types import Finding


class MixedAcrossFiles:
    """A text that spells a word otherwise than most other texts."""

    code = "TB202"
    name = "mixed-across-files"

    def check_files(self, passages: Collection) -> Iterator[Finding]:
        """Yield a warning for each word that the other files spell another way."""
        return mixed_across(passages, self.code)


RULE = MixedAcrossFiles()
