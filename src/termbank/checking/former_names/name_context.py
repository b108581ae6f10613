"""A former name with the text around it."""

from __future__ import annotations

from termbank.checking.engine.script_runs import KANJI, KATAKANA, script
from termbank.records import NamedTuple
from termbank.text.lazy_patterns import LazyPattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from termbank.checking.engine.compiled_rules import Target

PERSON = "person"  # the spelling is the name of a person there
AROUND = 60  # code points looked at on either side for a mention of the old name
_BESIDE = 20  # code points that tell the language of the text
_SENTENCE_END = LazyPattern(r"[。！？]|[.!?](?=\s|$)")


class Context(NamedTuple):
    """A former name in its text.

    Attributes:
        before: Text before the name, of the same paragraph.
        after: Text after it, of the same paragraph.
        target: What the glossary says about the name.
        is_known: Answers whether a spelling is a form of the glossary.
        newest_change: Latest day of which the glossary knows a change, ISO: texts
            are taken to be no older.
    """

    before: str
    after: str
    target: Target
    is_known: Callable[[str], bool]
    newest_change: str

    @property
    def in_letters(self) -> bool:
        """True for a name in letters."""
        return script(self.target.form[-1]) not in (KANJI, KATAKANA)

    @property
    def in_japanese(self) -> bool:
        """True where Japanese stands beside the name, whatever its own letters."""
        beside = self.before[-_BESIDE:] + self.after[:_BESIDE]
        return not self.in_letters or any("\u3040" < char < "\ufb00" for char in beside)

    @property
    def sentence(self) -> str:
        """The sentence around the name, without the name."""
        head = _SENTENCE_END.split(self.before)[-1]
        return head + " " + _SENTENCE_END.split(self.after, maxsplit=1)[0]


def words(text: str) -> frozenset[str]:
    """Return a set of words written with spaces and line ends between them."""
    return frozenset(text.split())
