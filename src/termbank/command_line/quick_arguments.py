"""Plain command lines read without argparse.

Importing argparse (with re, enum and gettext behind it) takes 0.7 of the interpreter's
whole start, which ``lookup`` and ``check`` would pay on every save. A command declares
its arguments once, to whichever parser it is handed; this one records them and reads a
line that is plainly right. Whatever else stands there (help, a mistake, an abbreviated
flag, an unusual declaration) is left to argparse, so that its answers are argparse's
own; a law holds the two together.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

_KNOWN = {"action", "choices", "default", "help", "metavar", "nargs", "type", "dest"}


class Values:
    """What was read, one attribute an argument, as ``argparse.Namespace`` has them."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.__dict__.update(values)

    def __getattr__(self, name: str) -> Any:
        # Reached only for an argument that nobody declared.
        raise AttributeError(name)

    def __repr__(self) -> str:
        return f"Values({self.__dict__!r})"


class Recorder:
    """Takes declarations as ``ArgumentParser.add_argument`` does."""

    def __init__(self) -> None:
        self._flags: dict[str, tuple[str, dict[str, Any]]] = {}
        self._places: list[tuple[str, dict[str, Any]]] = []
        self._defaults: dict[str, Any] = {}
        self._plain = True

    def add_argument(self, *names: str, **how: Any) -> None:
        """Record one argument."""
        action = how.get("action", "store")
        if not _KNOWN.issuperset(how) or action not in (
            "store",
            "store_true",
            "append",
        ):
            self._plain = False
            return
        if not names[0].startswith("-"):
            self._places.append((names[0], how))
            return
        if how.get("nargs"):
            self._plain = False
        long = next((name for name in names if name.startswith("--")), names[0])
        dest = how.get("dest") or long.lstrip("-").replace("-", "_")
        self._defaults[dest] = how.get(
            "default", False if action == "store_true" else None
        )
        for name in names:
            self._flags[name] = (dest, how)

    def __getattr__(self, name: str) -> Any:
        # Groups and the like are argparse's business.
        self._plain = False
        return lambda *_words, **_how: self

    def read(self, words: Sequence[str]) -> Values | None:
        """Return the values of a plain line, or None to ask argparse.

        Plain is: each flag spelled out, its value the next word, and at most one kind
        of positional argument, ``nargs="+"`` or ``"*"``, all in one run.
        """
        if not self._plain or len(self._places) > 1:
            return None
        values = dict(self._defaults)
        run: list[str] = []
        run_is_over = False
        at = 0
        while at < len(words):
            word = words[at]
            at += 1
            if word[:1] != "-" or word == "-":
                # argparse takes positional arguments in one run only.
                if run_is_over:
                    return None
                run.append(word)
                continue
            run_is_over = bool(run)
            if word not in self._flags:
                return None
            dest, how = self._flags[word]
            if how.get("action") == "store_true":
                values[dest] = True
                continue
            if at == len(words) or words[at][:1] == "-":
                return None
            value = _value(words[at], how)
            at += 1
            if value is None:
                return None
            if how.get("action") == "append":
                values[dest] = [*(values[dest] or []), value]
            else:
                values[dest] = value
        return self._place(values, run)

    def _place(self, values: dict[str, Any], run: list[str]) -> Values | None:
        if not self._places:
            return None if run else Values(values)
        dest, how = self._places[0]
        if not run or how.get("nargs") not in ("+", "*"):
            return None
        read = [_value(word, how) for word in run]
        if None in read:
            return None
        values[dest] = read
        return Values(values)


def _value(word: str, how: dict[str, Any]) -> Any:
    """Return the word as its type, or None where argparse would complain."""
    try:
        value = how["type"](word) if "type" in how else word
    except (TypeError, ValueError):
        return None
    return None if "choices" in how and value not in how["choices"] else value
