"""All texts of one run, with what the rules over many texts work out together."""

from __future__ import annotations

from .inconsistent_words import groups, words_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .engine.passage import Passage
    from .engine.word_place import Place
    from .inconsistent_words import Group


class Collection(list["Passage"]):
    """The texts of one run in the order of their paths."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: tuple[int, list[Group]] = (-1, [])

    @property
    def groups(self) -> list[Group]:
        """Words with several spellings in all texts; the commonest one is the better."""
        if self._groups[0] != len(self):
            together = [place for passage in self for place in places_of(passage)]
            self._groups = (len(self), groups(together))
        return self._groups[1]


def places_of(passage: Passage) -> list[Place]:
    """Return the words of a text, worked out once for all rules."""
    if passage.words is None:
        passage.words = list(words_of(passage))
    return passage.words
