"""A job against a memory: which targets are open, and the best match for each.

Leverage and pretranslation ask here, so that what the one counts the other fills.
"""

from __future__ import annotations

from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.formats.model.bilingual_units import OPEN, BilingualUnit
from termbank.memory.search.match_scoring import Circumstances

from .bilingual_files import in_context

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termbank.types import Match

    from .translation_memory import Memory

# Fields of a segment that have another side; the rest stays when a pair is turned round.
_SIDES: Final = {
    "source": "target",
    "target": "source",
    "source_lang": "target_lang",
    "target_lang": "source_lang",
}
_UNTURNED: Final = ("previous", "next", "segment_id")


class Target(NamedTuple):
    """One target of a job and the units that it translates.

    Attributes:
        units: One; in PO the singular and the plural of a language without plurals.
        state: open, review, translated or protected.
    """

    units: tuple[BilingualUnit, ...]
    state: str

    @property
    def fillable(self) -> bool:
        """Whether a text can be written without losing the codes of the source."""
        unit = self.units[0]
        return unit.fillable and unit.writer is not None


def targets_of_units(units: Iterable[BilingualUnit]) -> list[Target]:
    """Return the targets of a file in their order, given its units."""
    groups: dict[tuple[int, str], list[BilingualUnit]] = {}
    for unit in in_context(units):
        owner = id(unit.writer) if unit.writer is not None else -unit.number
        groups.setdefault((owner, unit.part), []).append(unit)
    return [Target(tuple(units), units[0].state) for units in groups.values()]


def is_open(target: Target) -> bool:
    """Return whether a target waits for a translation and has a text to translate."""
    return target.state == OPEN and any(u.segment.source.strip() for u in target.units)


def best_match(
    memories: Sequence[Memory], target: Target, *, at_least: float, contexts: bool
) -> Match | None:
    """Return the best match for a target, None where none reaches ``at_least``.

    Args:
        memories: What :func:`both_directions` gives; of equal matches the first counts.
        target: Of the job.
        at_least: Lowest score.
        contexts: Whether the format tells contexts apart, so that a match from another
            one is fuzzy.
    """
    best: Match | None = None
    for unit in target.units:
        segment = unit.segment
        if not segment.source.strip():
            continue
        around = Circumstances(
            previous=segment.previous,
            next=segment.next,
            context=unit.context if contexts else None,
        )
        for memory in memories:
            for match in memory.search(
                segment.source,
                limit=1,
                at_least=at_least,
                lang=segment.source_lang,
                to=segment.target_lang,
                around=around,
            ):
                if match.target and (best is None or match.score > best.score):
                    best = match
    return best


@contextmanager
def both_directions(
    memory: Memory, targets: Iterable[Target]
) -> Iterator[tuple[Memory, ...]]:
    """Give the memory, and its pairs turned round where the job needs them.

    A pair that was stored from Japanese to English answers a job from English to
    Japanese, too; the turned pairs live in a folder that vanishes.
    """
    langs = next(((_langs(target)) for target in targets if is_open(target)), ("", ""))
    if not _has_reverse(memory, *langs):
        yield (memory,)
        return
    import polars as pl

    with TemporaryDirectory(prefix="termbank-") as folder:
        pairs = memory.export().rename(_SIDES).drop(*_UNTURNED)
        fitting = [
            pl.col(column).str.to_lowercase().str.starts_with(_primary(lang))
            for column, lang in zip(("source_lang", "target_lang"), langs, strict=True)
        ]
        with type(memory).open(folder) as reverse:
            reverse.add(pairs.filter(*fitting))
            yield memory, reverse


def _langs(target: Target) -> tuple[str, str]:
    segment = target.units[0].segment
    return segment.source_lang or "", segment.target_lang or ""


def _has_reverse(memory: Memory, source: str, target: str) -> bool:
    reverse = (_primary(target), _primary(source))
    return all(reverse) and any(
        (_primary(first), _primary(second)) == reverse
        for first, second, _ in memory.stats().languages
    )


def _primary(lang: str) -> str:
    return lang.replace("_", "-").partition("-")[0].casefold()
