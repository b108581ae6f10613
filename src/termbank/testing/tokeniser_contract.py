"""What every tokeniser of the point ``termbank.tokenisers`` keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from termbank.tokenise import Tokeniser

_TEXTS = (
    "",
    "\n",
    "キーウで会談した。",
    "米国とロシア（露）は、2月24日に𠮷野家で 会った。\nNATO、ＥＵ。",
    "が" * 20_000,
    "👩‍👩‍👧 é か\u3099",
)
_FIELDS = 6  # parts of speech in the UniDic manner


class TokeniserContract:
    """Tests of one tokeniser; subclass it and set ``make``.

    Attributes:
        make: Takes a mode (``A`` short, ``C`` long words) and the name of a dictionary
            or None, and returns the tokeniser.
    """

    make: ClassVar[Callable[[str, str | None], Tokeniser]]

    def test_it_names_its_version(self) -> None:
        """Mined rows say by what they were made."""
        version = self._make().version
        assert version
        assert version.isprintable()

    def test_tokens_are_the_untouched_text_at_their_offsets(self) -> None:
        """``surface`` is ``text[start:end]``, in code points, in order, without overlap."""
        for text in _TEXTS:
            read_to = 0
            for token in self._make().tokens(text):
                assert token.surface == text[token.start : token.end], token
                assert token.start >= read_to, token
                assert token.end > token.start, token
                read_to = token.end

    def test_only_blanks_are_left_out(self) -> None:
        """Every character that is no blank or line end stands in a token."""
        for text in _TEXTS:
            covered_places: set[int] = set()
            for token in self._make().tokens(text):
                covered_places.update(range(token.start, token.end))
            left_out = {at for at in range(len(text)) if at not in covered_places}
            assert all(text[at].isspace() for at in left_out), text[:40]

    def test_each_token_is_described(self) -> None:
        """Six parts of speech; texts that are no longer than a word says nothing of."""
        for token in self._make().tokens(_TEXTS[2]):
            assert len(token.pos) == _FIELDS, token
            assert token.normalised, token
            assert token.reading, token

    def test_two_of_one_kind_say_the_same(self) -> None:
        """Nothing depends on what was read before: workers make their own."""
        first, second = self._make(), self._make()
        list(first.tokens(_TEXTS[3]))
        assert list(first.tokens(_TEXTS[2])) == list(second.tokens(_TEXTS[2]))

    def _make(self) -> Tokeniser:
        return type(self).make("C", None)
