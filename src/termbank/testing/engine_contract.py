"""What every engine of the point ``termbank.engines`` keeps."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, ClassVar

from termbank.engines.kernel import Kernel
from termbank.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from termbank.engines.kernel import Engine

_MOST_AHEAD = 64  # parts taken before the first result is asked for a second time


class EngineContract:
    """Tests of one engine; subclass it and set ``make``.

    Attributes:
        make: Takes the number of workers and an address or None; returns the engine.
    """

    make: ClassVar[Callable[[int | None, str | None], Engine]]

    def test_an_engine_keeps_its_promises(self) -> None:
        """All promises over one engine: starting one may take seconds."""
        engine = type(self).make(2, None)
        try:
            _results_come_in_the_order_of_the_parts(engine)
            _no_parts_give_no_results(engine)
            _shared_arguments_follow_the_part(engine)
            _parts_are_taken_as_the_work_goes_on(engine)
            _frames_come_back_as_they_went(engine)
            _the_error_of_a_kernel_is_raised(engine)
            _an_engine_works_on_after_an_error(engine)
        finally:
            engine.close()

    def test_closing_an_engine_without_work_is_nothing(self) -> None:
        """An engine may be closed before it was asked for anything, and twice."""
        engine = type(self).make(1, None)
        engine.close()
        engine.close()


def _results_come_in_the_order_of_the_parts(engine: Engine) -> None:
    assert list(engine.map(Kernel("operator:neg"), range(40))) == [
        -number for number in range(40)
    ]


def _no_parts_give_no_results(engine: Engine) -> None:
    assert list(engine.map(Kernel("operator:neg"), [])) == []


def _shared_arguments_follow_the_part(engine: Engine) -> None:
    assert list(engine.map(Kernel("operator:sub", (1,)), [5, 7])) == [4, 6]


def _parts_are_taken_as_the_work_goes_on(engine: Engine) -> None:
    numbers: Iterator[int] = itertools.count()
    results = engine.map(Kernel("operator:pos"), numbers)
    assert list(itertools.islice(results, 3)) == [0, 1, 2]
    assert next(numbers) < _MOST_AHEAD


def _frames_come_back_as_they_went(engine: Engine) -> None:
    import polars as pl

    frame = pl.DataFrame({"form": ["停戦", "𠮷野家", None], "times": [1, 2, 3]})
    (back,) = engine.map(Kernel("copy:copy"), [frame])
    assert frame.equals(back)


def _the_error_of_a_kernel_is_raised(engine: Engine) -> None:
    fault: Any = None
    try:
        list(engine.map(Kernel("termbank.testing.engine_contract:refuse"), ["停戦"]))
    except ConfigError as raised:
        fault = raised
    assert fault is not None, "the kernel's own error must be raised"
    assert (fault.place, fault.found, fault.expected) == ("a part", "停戦", "none")


def _an_engine_works_on_after_an_error(engine: Engine) -> None:
    assert list(engine.map(Kernel("operator:neg"), [3])) == [-3]


def refuse(part: str) -> None:
    """Raise an error that names the part."""
    raise ConfigError("a part", part, "none")
