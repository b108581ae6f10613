"""TB209 letter-case: a name in another letter case than the glossary's or the texts' own.

Needs no glossary: without one, the form that all checked texts together use most is
proposed. Judged are Latin words of three letters and more with a capital inside
(JavaScript, GitHub); all capitals and all small letters, as in headings and commands, are
let be, unless the glossary has the word. Runs only when selected.

Why: Javascript and JavaScript look careless side by side, and owners of names care.

Bad:
    JavaScriptを使う。JavaScriptで書く。Javascriptを見る。
Good:
    JavaScriptを使う。javascriptのフォルダー。JAVASCRIPT

Fix: unsafe. The commoner form replaces the rarer one.

日本語:
    名前の大文字と小文字が、用語集やほかの文章と違う。
    用語集は要らない。用語集がなければ、検査した文章全体で最も多い書き方を提案する。調べるのは、途中に大文字のある三文字以上の英字の語 (JavaScript、GitHub)。すべて大文字、すべて小文字の語は、見出しやコマンドにも使うので、用語集にないかぎり指摘しない。選択したときだけ働く。
    理由: Javascript と JavaScript が並ぶと不注意に見え、名前の持ち主も気にする。
    修正: 要確認。少ない書き方を多い書き方に置き換える。
"""

from __future__ import annotations

import re
from collections import Counter

from termbank.messages import say
from termbank.types import Fix, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.checking.engine.passage import Passage
    from termbank.checking.text_collection import Collection
    from termbank.types import Finding

_WORD = re.compile(
    r"(?<![\w.@/#$-])[A-Za-z][A-Za-z0-9]{2,}(?![\w@/=(]|[.-]\w)", re.ASCII
)


class LetterCase:
    """A name in another letter case than the glossary's or the texts' own."""

    code = "TB209"
    name = "letter-case"

    def check_files(self, passages: Collection) -> Iterator[Finding]:
        """Yield a warning for each name in another letter case."""
        counts: dict[str, Counter[str]] = {}
        for passage in passages:
            for word in _WORD.findall(passage.prose):
                counts.setdefault(word.lower(), Counter())[word] += 1
        own = _glossary_forms(passages[0]) if passages else {}
        common = {
            key: form
            for key, forms in counts.items()
            if (form := _majority(forms)) and _has_inner_capital(form, forms)
        }
        for passage in passages:
            yield from self._in_text(passage, own, common)

    def _in_text(
        self, passage: Passage, own: dict[str, str], common: dict[str, str]
    ) -> Iterator[Finding]:
        for match in _WORD.finditer(passage.prose):
            word = match[0]
            form = own.get(word.lower(), "")
            if not form and not word.isupper() and not word.islower():
                form = common.get(word.lower(), "")
            if not form or form == word:
                continue
            message = say(f"「{word}」は「{form}」", f"write {form}")
            span = Span(*match.span())
            fix = Fix(span, form, safe=False)
            yield passage.note(self.code, *span, message, fix=fix)


def _glossary_forms(passage: Passage) -> dict[str, str]:
    """Return the words with a capital of the glossary that it spells in one way only."""
    forms: dict[str, str] = {}
    for form in passage.book.rest.shields:
        if form.isascii() and form.isalnum():
            other = forms.setdefault(form.lower(), form)
            forms[form.lower()] = form if other == form else ""
    return {key: form for key, form in forms.items() if form and not form.islower()}


def _majority(forms: Counter[str]) -> str:
    """Return the commonest form; empty where no one is commoner than the others."""
    by_count = forms.most_common(2)
    if len(by_count) < 2:
        return ""
    return by_count[0][0] if by_count[0][1] > by_count[1][1] else ""


def _has_inner_capital(form: str, forms: Counter[str]) -> bool:
    """Answer whether a name is told by its capitals, or another form misplaces one."""
    own_case = [
        word for word in (form, *forms) if not word.isupper() and not word.islower()
    ]
    return any(word[1:] != word[1:].lower() for word in own_case) and not form.islower()


RULE = LetterCase()
