"""What an import understood: pairs by direction, and what was left out for which reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.errors import InputError
from termbank.formats.model.loss_reasons import said
from termbank.messages import say

if TYPE_CHECKING:
    from typing import Any


class ImportReport:
    """Counts of one file.

    Attributes:
        languages: Number of pairs taken for each (source language, target language).
        left_out: Number of pairs for each reason, in English.
        warnings: What a person should know of the file, in the reader's language.
    """

    def __init__(self) -> None:
        self.languages: dict[tuple[str, str], int] = {}
        self.left_out: dict[str, int] = {}
        self.warnings: list[str] = []
        self._others: dict[str, None] = {}

    @property
    def pairs(self) -> int:
        """Number of pairs taken."""
        return sum(self.languages.values())

    def leave_out(self, reason: str, count: int = 1) -> None:
        """Count pairs that are not taken."""
        if count:
            self.left_out[reason] = self.left_out.get(reason, 0) + count

    def count(
        self, source: str, target: str, count: int, wanted: tuple[str, str]
    ) -> bool:
        """Count pairs of a direction; return whether they are in the languages wanted."""
        sides = {_primary(source), _primary(target)}
        if sides == {_primary(lang) for lang in wanted}:
            key = (source, target)
            self.languages[key] = self.languages.get(key, 0) + count
            return True
        self._others.update(dict.fromkeys((source, target)))
        self.leave_out(f"other languages: {source} → {target}", count)
        return False

    def refuse_nothing(self, path: str, wanted: tuple[str, str]) -> None:
        """Raise where no pair was taken.

        Raises:
            InputError: With the languages that the file holds, or why nothing came in.
        """
        if self.languages:
            return
        first, second = wanted
        expected = say(
            f"{first} と {second} の対訳。ほかの言語なら --lang と --to",
            f"pairs in {first} and {second}; for others --lang and --to",
        )
        if self._others:
            langs = ", ".join(self._others)
            problem = say(
                f"{first}/{second} の対訳がありません。ファイルの言語: {langs}",
                f"no {first}/{second} pair: the file holds {langs}",
            )
        else:
            problem = say("訳文のある対訳がありません", "no translated pair")
            reasons = "; ".join(self.lines())
            problem += f" ({reasons})" if reasons else ""
        raise InputError(path, problem, expected)

    def lines(self) -> list[str]:
        """Return what was left out, one line a reason."""
        return [f"{said(reason)}: {count}" for reason, count in self.left_out.items()]

    def sentence(self) -> str:
        """Return directions and counts in one line."""
        parts = ", ".join(
            f"{source} → {target} {count}"
            for (source, target), count in self.languages.items()
        )
        if self.left_out:
            left = "; ".join(self.lines())
            parts += say(f"。除外: {left}", f"; left out: {left}")
        return parts

    def as_dict(self) -> dict[str, Any]:
        """Return the report as ``--format json`` prints it."""
        return {
            "languages": [
                {"source": source, "target": target, "pairs": count}
                for (source, target), count in self.languages.items()
            ],
            "left_out": self.left_out,
            "warnings": self.warnings,
        }


def _primary(lang: str) -> str:
    return lang.replace("_", "-").partition("-")[0].casefold()
