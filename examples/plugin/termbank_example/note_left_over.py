"""EX301 note-left-over: a translation with a translator's reminder in it.

Why: TODO is for us, not for readers.

Pairs, bad:
    保存する | Save TODO
Pairs, good:
    保存する | Save
"""

from termbank.checking.bilingual.bilingual_findings import pair_note
from termbank.messages import say


class NoteLeftOver:
    """A translation with a translator's reminder in it."""

    code = "EX301"
    name = "note-left-over"
    reads = "pairs"

    def check_pairs(self, pairs):
        """Yield a warning for each pair."""
        for pair in pairs:
            if "TODO" in pair.target:
                message = say("訳文に TODO が残っています", "TODO is left over")
                yield pair_note(self.code, pair, message)


RULE = NoteLeftOver()
