"""Every error termbank raises on purpose, as one tree.

::

    TermbankError
    ├── ConfigError       settings, flags or environment
    ├── InputError        a file or folder somebody gave us
    │   ├── FormatError   it breaks the rules of its own format
    │   └── SchemaError   a frame lacks what its schema asks for
    ├── GlossaryError     an edit the glossary cannot take
    ├── StoreError        the files of a translation memory, or a shared store
    │   └── ConflictError somebody else changed the same concepts meanwhile
    ├── PluginError       a format, rule, tokeniser or engine that is not there
    └── EngineError       a worker failed

Attributes hold data; ``str(error)`` makes the sentence, in the reader's language.
"""

from __future__ import annotations

from .messages import language, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class TermbankError(Exception):
    """Root of all errors that termbank raises on purpose."""


class ConfigError(TermbankError):
    """Settings, a flag or the environment ask for what cannot be.

    Attributes:
        place: File, flag or variable.
        found: What stands there.
        expected: What would be right.
    """

    def __init__(self, place: str, found: str, expected: str) -> None:
        super().__init__(place, found, expected)
        self.place, self.found, self.expected = place, found, expected

    def __str__(self) -> str:
        return _sentence(self.place, self.found, self.expected)


class InputError(TermbankError):
    """A file or folder cannot be read as what it should be.

    Attributes:
        path: File or folder.
        found: What is there.
        expected: What would have been right.
    """

    def __init__(self, path: str, found: str, expected: str) -> None:
        super().__init__(path, found, expected)
        self.path, self.found, self.expected = str(path), found, expected

    def __str__(self) -> str:
        return _sentence(self.path, self.found, self.expected)


class FormatError(InputError):
    """A file breaks the rules of its own format.

    Attributes:
        line: Line of the fault, from 1.
        column: Column of the fault, from 1; 0 where unknown.
    """

    def __init__(
        self, path: str, line: int, found: str, expected: str, column: int = 0
    ) -> None:
        super().__init__(path, found, expected)
        self.args = (str(path), line, found, expected, column)
        self.line, self.column = line, column

    def __str__(self) -> str:
        column = f":{self.column}" if self.column else ""
        return _sentence(f"{self.path}:{self.line}{column}", self.found, self.expected)


class SchemaError(InputError):
    """A frame does not follow its schema.

    Attributes:
        faults: Every fault, one sentence each.
    """

    def __init__(self, path: str, faults: tuple[str, ...]) -> None:
        expected = say(
            "docs/reference/frames.md のとおりの表", "see docs/reference/frames.md"
        )
        super().__init__(path, "; ".join(faults), expected)
        self.args = (path, faults)
        self.faults = faults


class GlossaryError(TermbankError):
    """An edit that the glossary cannot take.

    Attributes:
        form: The form or concept concerned.
        found: What stands in the way.
        expected: What would be right.
    """

    def __init__(self, form: str, found: str, expected: str) -> None:
        super().__init__(form, found, expected)
        self.form, self.found, self.expected = form, found, expected

    def __str__(self) -> str:
        return _sentence(self.form, self.found, self.expected)


class StoreError(TermbankError):
    """The files of a translation memory, or a shared store, cannot be used.

    Attributes:
        path: Folder or file of the memory; address of the store, without a password.
        found: What is there.
        expected: What would be right.
    """

    def __init__(self, path: str, found: str, expected: str) -> None:
        super().__init__(path, found, expected)
        self.path, self.found, self.expected = str(path), found, expected

    def __str__(self) -> str:
        return _sentence(self.path, self.found, self.expected)


class ConflictError(StoreError):
    """What was to be written was changed by somebody else since it was read.

    Nothing was written.

    Attributes:
        conflicts: Each with both versions (:class:`termbank.stores.protocol.Conflict`).
    """

    def __init__(self, path: str, conflicts: tuple[Any, ...]) -> None:
        keys = ", ".join(str(conflict.write.key) for conflict in conflicts[:3])
        more = f" … ({len(conflicts)})" if len(conflicts) > 3 else ""
        super().__init__(
            path,
            say(
                f"ほかの人が変えた項目: {keys}{more}",
                f"changed by somebody else: {keys}{more}",
            ),
            say("最新の版を読んでからやり直す", "the latest version read first"),
        )
        self.args = (path, conflicts)
        self.conflicts = conflicts


class PluginError(TermbankError):
    """A named format, rule, tokeniser or engine is not there.

    Attributes:
        point: Extension point, for example tokeniser.
        name: What was asked for.
        known: Names that would have been found, or how to install it.
    """

    def __init__(self, point: str, name: str, known: str) -> None:
        super().__init__(point, name, known)
        self.point, self.name, self.known = point, name, known

    def __str__(self) -> str:
        return _sentence(self.point, self.name, self.known)


class EngineError(TermbankError):
    """A worker process failed."""


def sentence(found: str, expected: str) -> str:
    """Return what is there and what would be right as one sentence.

    Both are said in the reader's language already, so neither is said twice.
    """
    lang = language()
    if lang == "ja":
        return f"{found}。正しくは: {expected}"
    if lang == "en":
        return f"found {found}; expected {expected}"
    return f"{found}; 正しくは (expected): {expected}"


def _sentence(place: str, found: str, expected: str) -> str:
    return f"{place}: {sentence(found, expected)}"
