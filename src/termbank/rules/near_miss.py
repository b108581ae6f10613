"""TB103 near-miss: a katakana word one slip away from a term, and known to nobody.

Why: シルスキイ for シルスキーイ, ライプラリ for ライブラリ: readers stumble, and a search
misses. A word that the dictionary knows (メーター beside メーカー) is never reported. Runs
only when selected.

Glossary:
    ライブラリ
    シルスキーイ

Bad:
    ライプラリを読み込む。
    シルスキイ総司令官が語った。
    ライブラりを読み込む。
Good:
    ライブラリを読み込む。
    シルスキーイ総司令官が語った。

A slip at the first or last letter is let be: there other words differ (コルーチン,
イテレート); so is a word that the text uses three times.

Fix: unsafe. The term replaces the word.

日本語:
    用語と一か所だけ違う片仮名の語で、辞書にもない。
    理由: シルスキーイに対するシルスキイ、ライブラリに対するライプラリのような書き誤りは、読者をつまずかせ、検索にもかからない。辞書にある語 (メーカーに対するメーター) は指摘しない。選択したときだけ働く。
    語頭と語末の一文字だけの違いは、別の語 (コルーチン、イテレート) であることが多いので指摘しない。同じ文章に三回以上現れる語も指摘しない。
    修正: 要確認。用語に置き換える。
"""

from __future__ import annotations

import re

from termbank.messages import say
from termbank.types import Fix, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termbank.checking.engine.compiled_rules import Book
    from termbank.checking.engine.passage import Passage
    from termbank.types import Finding

_OFTEN = 3  # times in one text: nobody slips so regularly
_TO_KATAKANA = 0x60  # from a hiragana letter to its katakana
_LONGEST = 64  # letters of a word that a slip is looked for in; no name is longer
_WORD = re.compile("[ァ-ヺー]{4,}")
# One letter in hiragana at the end (コントローら); 「サーバらしい」 goes on.
_MIXED = re.compile(
    "([ァ-ヺー]{3,})([ら-ろむぬあ-おくけこちつほひふほ])(?=[をにがはでとのへも、。」）)\\s]|$)"
)


class _Terms:
    """Right katakana forms, found again from a word with one letter wrong.

    A word and a term one slip apart share a form with one letter left out (the
    symmetric deletion of SymSpell), except where the slip exchanges neighbours.
    """

    def __init__(self, right: Iterable[str], wrong: Iterable[str]) -> None:
        self.terms = frozenset(right)
        self.right = self.terms | frozenset(wrong)
        self._by_part: dict[str, list[str]] = {}
        for form in sorted(self.terms):
            if len(form) <= _LONGEST and _WORD.fullmatch(form):
                for part in {form, *_shorter(form)}:
                    self._by_part.setdefault(part, []).append(form)

    def near(self, word: str) -> str:
        """Return the one term a slip away; empty where there is none, or several."""
        candidates = {
            form
            for part in (word, *_shorter(word))
            for form in self._by_part.get(part, ())
            if _one_slip(word, form)
        }
        return candidates.pop() if len(candidates) == 1 else ""


def _shorter(form: str) -> list[str]:
    return [form[:at] + form[at + 1 :] for at in range(len(form))]


def _one_slip(left: str, right: str) -> bool:
    """Answer whether one inner letter was changed, left out, added or exchanged."""
    if left[0] != right[0] or left[-1] != right[-1]:
        return False
    if len(left) == len(right):
        wrong = [at for at in range(len(left)) if left[at] != right[at]]
        if len(wrong) == 2:
            first, last = wrong
            return last == first + 1 and left[first:][:2] == right[first:][1::-1]
        return len(wrong) == 1
    longer, shorter = sorted((left, right), key=len, reverse=True)
    return len(longer) == len(shorter) + 1 and shorter in _shorter(longer)


def _terms(book: Book) -> _Terms:
    terms: _Terms | None = book.memory.get("TB103")
    if terms is None:
        rest = book.rest
        terms = _Terms(rest.shields, (target.form for target in rest.targets))
        book.memory["TB103"] = terms
    return terms


class NearMiss:
    """A katakana word one slip away from a term, and known to nobody."""

    code = "TB103"
    name = "near-miss"

    def check(self, passage: Passage) -> Iterator[Finding]:
        """Yield a warning for each unknown word beside a term."""
        terms = _terms(passage.book)
        words = passage.judge.words
        prose = passage.prose
        for start, end, better in _slips(prose, terms):
            word = prose[start:end]
            if prose.count(word) < _OFTEN and not words.made_of_known(word):
                message = say(
                    f"「{word}」は「{better}」の誤りか", f"did you mean {better}?"
                )
                fix = Fix(Span(start, end), better, safe=False)
                yield passage.note(self.code, start, end, message, fix=fix)


def _slips(prose: str, terms: _Terms) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, term) of each word a slip away from a term."""
    for match in _WORD.finditer(prose):
        word = match[0]
        is_new = len(word) <= _LONGEST and word not in terms.right
        if is_new and (better := terms.near(word)):
            yield *match.span(), better
    for match in _MIXED.finditer(prose):
        if len(match[0]) > _LONGEST or match[1] in terms.right:
            continue
        word = match[1] + chr(ord(match[2]) + _TO_KATAKANA)
        if better := word if word in terms.terms else terms.near(word):
            yield *match.span(), better


RULE = NearMiss()
