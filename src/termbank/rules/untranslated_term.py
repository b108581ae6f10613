"""TB303 untranslated-term: the source word was left in the target.

Why: キーウ in an English sentence was overlooked.

Glossary:
    キーウ
    en: Kyiv

Pairs, bad:
    キーウで会談した。 | They met in キーウ.
Pairs, good:
    キーウで会談した。 | They met in Kyiv.

A Latin word in a Latin name of several words (Analysis Support System), and one that is
the whole label of a button (「Support」), stay as they are; so does one that the segment
has as code, too (``type``).

Fix: unsafe. The preferred rendering replaces it.

日本語:
    訳文に、原文の語がそのまま残っている。
    理由: 英語の文の中の「キーウ」は、訳し忘れである。
    いくつもの英単語からなる名前の一部 (Analysis Support System) と、ボタンの表示全体である語 (「Support」) は、そのままでよい。同じ文でコードとしても使われている語 (``type``) も同じ。
    修正: 要確認。推奨する訳語に置き換える。
"""

from __future__ import annotations

import re

from termbank.checking.bilingual.bilingual_findings import note
from termbank.checking.bilingual.renderings import Standing
from termbank.checking.bilingual.search_normalisation import is_bounded
from termbank.checking.bilingual.unrendered_text import rendered_text
from termbank.messages import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termbank.checking.bilingual.renderings import Rendered
    from termbank.types import Finding


def _foreign(word: str, lang: str) -> bool:
    """Answer whether a word cannot be of the target language by its script."""
    return not word.isascii() if lang == "en" else len(word) > 3 and word.isascii()


_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .&+#'’/:_-]*")
_OPENING = ":「『“\"'‘[［【<＜`*"


def in_latin_name(text: str, start: int, end: int) -> bool:
    """Answer whether a Latin word in Japanese is part of a name or a whole label."""
    if not text[start:end].isascii():
        return False
    for run in _NAME.finditer(text):
        if run.start() <= start and end <= run.end():
            if _NAME_WORD.search(run[0].replace(text[start:end], " ", 1)):
                return True
            before = text[run.start() - 1 : run.start()] if run.start() else ""
            return bool(before) and before in _OPENING
    return False


def _place_left(word: str, target: str, source: str) -> tuple[int, int]:
    """Return where a term stands in a target as in its source; (-1, -1) for nowhere.

    A Latin term may stand in the plural, and one of several words with a capital, where
    the source has it so: terminals, Visiting hours. One word with a capital may be a
    name: Windows.
    """
    forms = [word]
    if word.isascii():
        capital = word[:1].upper() + word[1:]
        forms += [capital] if " " in word else []
        forms = [form + ending for form in forms for ending in ("es", "s", "")]
    for form in forms:
        at = target.find(form)
        as_in_source = at >= 0 and (form == word or form in source)
        if as_in_source and is_bounded(target, at, at + len(form)):
            return at, at + len(form)
    return -1, -1


def _in_code(rendering: Rendered, text: str, at: int) -> bool:
    """Answer whether a Latin word stands in a line without Japanese: code, or a copy."""
    begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line = text[begin : end if end >= 0 else len(text)]
    return rendering.pair.target_lang == "ja" and not any(
        "\u3041" <= char <= "\u9fff" for char in line
    )


def _is_identifier(rendering: Rendered) -> bool:
    """Answer whether the segment has the word as code, too: type_, ``type``."""
    word = rendering.term.casefold()
    for raw in (rendering.pair.source, rendering.pair.target):
        code = raw.casefold().count(word) - rendered_text(raw).casefold().count(word)
        if code > 0:
            return True
    return False


_NAME_WORD = re.compile(r"[A-Za-z0-9]")


class UntranslatedTerm:
    """The source word was left in the target."""

    code = "TB303"
    name = "untranslated-term"

    def check_renderings(self, rendered: Sequence[Rendered]) -> Iterator[Finding]:
        """Yield an error for each term that stands in the target as in the source."""
        for rendering in rendered:
            word = rendering.term
            if rendering.right or word in rendering.expected or not rendering.expected:
                continue
            if not _foreign(word, rendering.pair.target_lang):
                continue
            text = rendered_text(rendering.pair.target)
            at, end = _place_left(word, text, rendering.pair.source)
            if at < 0 or in_latin_name(text, at, end):
                continue
            if text.startswith(('="', "='", "=“"), at + len(word)):
                continue  # the name of an attribute: search="walk.all"
            if word.isascii() and (
                _in_code(rendering, text, at) or _is_identifier(rendering)
            ):
                continue
            there = Standing(at, end, text[at:end], word, "", ())
            better = rendering.expected[0]
            message = say(
                f"「{word}」が未訳です。訳語: {better}",
                f"translate {word}: {better}",
            )
            yield note(self.code, rendering, there, message, better=better)


RULE = UntranslatedTerm()
