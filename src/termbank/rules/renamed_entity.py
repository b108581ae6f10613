"""TB212 renamed-entity: a former name of a place, person or organisation.

Why: since a day that the glossary knows, the name is another one (キエフ is キーウ since
31 March 2022). A text from before that day may keep the old name.

Glossary:
    キーウ < キエフ [renamed, since 2022-03-31]

Bad:
    キエフで会談した。
    キエフ市内で会談した。
Good:
    キーウで会談した。
    ユーリ・キエフ氏が来た。
    キーウ(旧称キエフ)に着いた。
    1943年のキエフを描いた。

A text gives its day in its front matter (``date: 2021-05-01``), in a dateline at its top
or in its file name; ``--as-of`` gives one to all texts. Silent where the words around
show something else: a person of that name (before 氏 or 首相, after a given name), a longer
proper name that keeps the old form (公国, 作戦, Battle of), a mention of the old name
itself (旧, formerly), an older year in the sentence. Longer names can also be listed as
exceptions (``except: キエフ大公国``); ``except: 「…」`` leaves every quotation.

Fix: safe where the name stands free; unsafe, with a warning, inside longer names, where
the sentence tells of an earlier year, and where the note names another sense (``別義: 姓``).

日本語:
    地名、人名、組織名が、改称前の名前で書かれている。
    理由: 用語集に記録された日から、名前が変わっている (キエフは 2022 年 3 月 31 日からキーウ)。それより前の文章なら、古い名前のままでよい。
    文章の日付は、フロントマター (``date: 2021-05-01``)、冒頭の日付、ファイル名から読み取る。``--as-of`` を付けると、すべての文章の日付とする。前後の語から別のものと分かるときは指摘しない。同名の人 (氏や首相の前、名のあと)、古い形を残す固有名詞 (公国、作戦、Battle of)、旧称そのものへの言及 (旧、formerly)、それより前の年が書かれた文などである。長い名前は例外として登録することもできる (``except: キエフ大公国``)。``except: 「…」`` とすると、引用文はすべてそのまま残す。
    修正: 独立して使われた名前は安全。長い名前の中、以前の年についての文、注記に別の意味 (``別義: 姓``) がある名前では要確認。
"""

from __future__ import annotations

from termbank.checking.engine.hit_kinds import CHANCE, FREE
from termbank.checking.engine.passage import use
from termbank.checking.former_names.name_context import PERSON, Context
from termbank.checking.former_names.name_use import is_place, name_use

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.checking.engine.occurrences import Occurrence
    from termbank.checking.engine.passage import Passage
    from termbank.types import Finding

_AROUND = 300  # code points of the paragraph on either side of a name


class RenamedEntity:
    """Report former names in texts that are not older than the change."""

    code = "TB212"
    name = "renamed-entity"

    def check(self, passage: Passage) -> Iterator[Finding]:
        """Yield one finding for each former name."""
        former_names = [
            hit
            for hit in passage.hits
            if hit.target.relation == "renamed" and hit.target.status == "deprecated"
        ]
        if not former_names:
            return
        for hit, use_there in _uses(passage, former_names):
            target = hit.target
            if not use_there:
                continue
            since = f" ({target.since}〜)" if target.since else ""
            sure = use_there == FREE
            yield passage.finding(
                self.code,
                hit,
                use(target.form, target.better) + since,
                severity="error" if sure else "warning",
                safe=sure and not hit.inside,
            )


def _uses(passage: Passage, hits: list[Occurrence]) -> Iterator[tuple[Occurrence, str]]:
    """Yield each hit with what its name stands for; nothing where it is another's."""
    all_forms = passage.book.memory.get("forms")
    if all_forms is None:
        rest = passage.book.rest
        all_forms = {*rest.shields, *(target.form for target in rest.targets)}
        newest = max((target.since or "" for target in rest.targets), default="")
        passage.book.memory.update(forms=all_forms, newest_change=newest)
    newest = passage.book.memory["newest_change"]
    contexts = [_context(passage.text, hit, all_forms, newest) for hit in hits]
    uses = [name_use(context) for context in contexts]
    persons = {
        hit.target.form
        for hit, use_there in zip(hits, uses, strict=True)
        if use_there == PERSON
    }
    for hit, context, use_there in zip(hits, contexts, uses, strict=True):
        same_person = hit.target.form in persons and not is_place(context)
        yield hit, CHANCE if use_there == PERSON or same_person else use_there


def _context(text: str, hit: Occurrence, known: set[str], newest: str) -> Context:
    begin = text.rfind("\n", 0, hit.span.start) + 1
    end = text.find("\n", hit.span.end)
    before = text[max(begin, hit.span.start - _AROUND) : hit.span.start]
    after = text[hit.span.end : len(text) if end < 0 else end][:_AROUND]
    return Context(before, after, hit.target, known.__contains__, newest)


RULE = RenamedEntity()
