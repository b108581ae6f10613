"""Our NamedTuple beside the original: the same values by a cheaper way."""

import inspect
import pickle
import typing

import pytest

from termbank.records import NamedTuple
from termbank.types import Span


class Ours(NamedTuple):
    """A pair."""

    left: int
    right: str = "ー"

    @property
    def both(self):
        """Left and right in one text."""
        return f"{self.left}{self.right}"


class Original(typing.NamedTuple):
    """A pair."""

    left: int
    right: str = "ー"


def test_values_behave_like_the_original():
    ours, original = Ours(1), Original(1)
    assert ours == original == (1, "ー")
    assert hash(ours) == hash(original)
    assert repr(ours) == repr(original).replace("Original", "Ours")
    assert ours._asdict() == original._asdict()
    assert ours._replace(right="ヴ") == original._replace(right="ヴ")
    assert Ours._make([2, "ア"]) == Original._make([2, "ア"])
    assert Ours._fields == Original._fields
    assert Ours(right="ア", left=3) == Original(right="ア", left=3)
    assert inspect.signature(Ours) == inspect.signature(Original)
    assert ours.both == "1ー"
    assert Ours.__doc__ == "A pair."


def test_values_survive_pickling_and_patterns():
    kept = pickle.dumps(Span(1, 2))
    assert pickle.loads(kept) == Span(1, 2)  # noqa: S301  # our own bytes
    match Ours(1, "ア"):
        case Ours(left, right=right):
            assert (left, right) == (1, "ア")


@pytest.mark.parametrize(
    "call",
    [
        Ours,
        lambda: Ours(1, "ア", 2),
        lambda: Ours(1, left=2),
        lambda: Ours(1, middle=2),
    ],
)
def test_wrong_calls_are_refused(call):
    with pytest.raises(TypeError):
        call()


def test_values_never_change():
    with pytest.raises(AttributeError):
        Ours(1).left = 2
    with pytest.raises(AttributeError):
        Ours(1).other = 2
    with pytest.raises(ValueError, match="middle"):
        Ours(1)._replace(middle=2)
