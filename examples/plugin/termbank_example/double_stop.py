"""EX101 double-stop: two full stops beside each other.

Why: a sentence ends once.

Bad:
    停戦で合意した。。
Good:
    停戦で合意した。

Fix: safe. One full stop stays.
"""

import re

from termbank.messages import say
from termbank.types import Fix, Span


class DoubleStop:
    """Two full stops beside each other."""

    code = "EX101"
    name = "double-stop"
    reads = "text"

    def check(self, passage):
        """Yield a warning for each run of full stops."""
        for found in re.finditer("。{2,}", passage.prose):
            message = say("句点が続いています", "full stops in a row")
            fix = Fix(Span(*found.span()), "。")
            yield passage.note(self.code, *found.span(), message, fix=fix)


RULE = DoubleStop()
