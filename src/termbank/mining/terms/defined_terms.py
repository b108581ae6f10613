"""Terms that a text defines itself: 以下「本規約」という, 「会員」とは."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from termbank.mining.names.name_patterns import rows_of

from .term_phrases import Spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termbank.mining.names.name_rules import Name
    from termbank.mining.tokens.token_table import Sheet

_QUOTED: Final = r"[「『“\"]([^「」『』“”\"（）()\n、。]{1,30})[」』”\"]"
_DEFINITION: Final = re.compile(
    rf"以下[、，,]?\s*[^「『“\"\n。]{{0,20}}{_QUOTED}\s*(?:と|)(?:いう|いい|呼|よ|称|総称|略|[)）])"
    rf"|{_QUOTED}\s*とは"
)


def defined_terms(texts: Sequence[str], sheet: Sheet) -> Spans:
    """Return all places of the terms that a text defines, as they are defined.

    In a contract 本サービス is one term though 本 opens none elsewhere, and 甲 is a party.
    A place inside a longer word of the text (甲 in 甲乙) is none.

    Args:
        texts: Texts of the sheet.
        sheet: Their words.
    """
    bounds = np.searchsorted(sheet.texts, np.arange(len(texts) + 1)).tolist()
    rows: list[Name] = []
    for number, text in enumerate(texts):
        if "以下" not in text and "とは" not in text:
            continue
        forms = {
            match.group(match.lastindex or 0) for match in _DEFINITION.finditer(text)
        }
        spans = [
            match.span()
            for form in sorted(forms)
            for match in re.finditer(re.escape(form), text)
        ]
        rows += rows_of(sheet, bounds[number], bounds[number + 1], spans)
    pairs = np.array(sorted(set(rows)), np.int64).reshape(-1, 2)
    return Spans(pairs[:, 0], pairs[:, 1])
