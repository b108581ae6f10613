"""Findings of the bilingual rules, before their place in the file is known."""

from __future__ import annotations

import re

from termbank.text.normalise import norm
from termbank.types import Finding, Fix, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .renderings import Pair, Rendered, Standing

_ENDS = re.compile(r"[\s。．.!?！？:：]+$")
_SPACES = re.compile(r"\s+")


def note(
    code: str,
    one: Rendered,
    there: Standing | None,
    message: str,
    *,
    better: str = "",
    severity: str = "error",
) -> Finding:
    """Return a finding about a term and what stands for it.

    Args:
        code: Of the rule.
        one: The term.
        there: Its place in the target; None for the whole target.
        message: The sentence.
        better: What should stand there.
        severity: error or warning.

    The finding's ``line`` is the number of the pair until the file is read again.
    """
    span = Span(there.start, there.end) if there else Span(0, len(one.pair.target))
    fix = Fix(span, better, safe=False) if better and there else None
    return Finding(
        code,
        span,
        message,
        fix,
        one.pair.path,
        one.pair.number,
        1,
        severity,
        one.concepts[0],
    )


def place_note(
    code: str,
    pair: Pair,
    place: tuple[int, int] | None,
    message: str,
    *,
    better: str = "",
    severity: str = "error",
) -> Finding:
    """Return a finding about characters of a target; None for the whole target."""
    span = Span(*(place or (0, len(pair.target))))
    fix = Fix(span, better, safe=False) if better and place else None
    return Finding(code, span, message, fix, pair.path, pair.number, 1, severity)


def pair_note(code: str, pair: Pair, message: str) -> Finding:
    """Return advice about a whole segment."""
    span = Span(0, len(pair.target))
    return Finding(code, span, message, None, pair.path, pair.number, 1, "advice")


def squeeze(text: str) -> str:
    """Return what of a text matters when two are compared.

    >>> squeeze("ＯＫ  です。")
    'ok です'
    """
    return _ENDS.sub("", _SPACES.sub(" ", norm(text))).strip()
