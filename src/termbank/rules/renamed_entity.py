"""TB212 renamed-entity: a former name of a place, person or organisation.

Why: since a day that the glossary knows, the name is another one (キエフ is キーウ since
31 March 2022). A text from before that day may keep the old name.

Glossary:
    キーウ < キエフ [renamed, since 2022-03-31]

Bad:
    キエフで会談した。
Good:
    キーウで会談した。

A text gives its day in its front matter (``date: 2021-05-01``); ``--as-of`` gives one to
all texts. Longer names that keep the old form (キエフ大公国) are listed as exceptions.

Fix: safe in free-standing names, unsafe inside longer ones.
"""

from __future__ import annotations

from termbank.checking.engine.passage import use

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.checking.engine.passage import Passage
    from termbank.types import Finding

_HEAD = 2048  # bytes in which front matter is looked for


class RenamedEntity:
    """Report former names in texts that are not older than the change."""

    code = "TB212"
    name = "renamed-entity"

    def check(self, passage: Passage) -> Iterator[Finding]:
        """Yield one finding for each former name."""
        renamed = [hit for hit in passage.hits if hit.target.relation == "renamed"]
        if not renamed:
            return
        written = passage.options.as_of or date_of(passage.content)
        for hit in renamed:
            target = hit.target
            if target.status != "deprecated" or (written and written < target.since):
                continue
            since = f" ({target.since}〜)" if target.since else ""
            yield passage.finding(
                self.code,
                hit,
                use(target.form, target.better) + since,
                safe=not hit.inside,
            )


def date_of(content: bytes) -> str:
    r"""Return the ISO date in the front matter of a text, or the empty string.

    >>> date_of(b"---\ntitle: x\ndate: 2021-05-01\n---\n")
    '2021-05-01'
    """
    if not content.startswith((b"---", b"+++")):
        return ""
    for line in content[:_HEAD].splitlines()[1:]:
        if line.startswith((b"---", b"+++")):
            break
        key, _, value = line.replace(b"=", b":", 1).partition(b":")
        if key.strip().lower() == b"date":
            return value.strip().strip(b"\"'")[:10].decode(errors="replace")
    return ""


RULE = RenamedEntity()
