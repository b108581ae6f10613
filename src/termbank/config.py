"""Settings of a project: the nearest ``termbank.toml`` or ``[tool.termbank]``.

A flag beats the file, the file beats the default. The parsed file is kept in the cache,
because importing ``tomllib`` costs more than the interpreter's whole start.
"""

from __future__ import annotations

import os

from . import cache
from .errors import ConfigError
from .messages import say
from .records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

FILE_NAME = "termbank.toml"
PROJECT_FILE = "pyproject.toml"
BUILT_IN = "builtin"  # stands for the shipped glossary in a list of glossaries
QUOTATIONS = ("check", "warn")
LONG_VOWELS = ("keep", "drop")
SPACINGS = ("none", "space")
# A glossary of the user's own, before those of the settings; may be a team's store.
GLOSSARY_VARIABLE = "TERMBANK_GLOSSARY"
_LAYOUT = "settings-1"
_HEAD_OF_TABLE = b"tool.termbank"


class CheckSettings(NamedTuple):
    """What ``[check]`` of the settings holds.

    Attributes:
        select: Codes or beginnings of codes to run; empty for the default set.
        ignore: Codes or beginnings of codes left out, after ``select``.
        exclude: Globs of paths that are never checked.
        per_file_ignores: (glob, codes) pairs.
        baseline: File of known findings, absolute; empty for none.
        quotations: ``check``, or ``warn``: text in 「…」, 『…』 and block quotes gives
            warnings without a fix.
        long_vowel: ``keep`` or ``drop`` the final 長音 (TB203); empty for no policy.
        spacing: ``none`` or ``space`` between Japanese and Latin (TB213); empty for what
            a text does most.
        exceptions: (variant, longer forms that shield it) pairs.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    baseline: str = ""
    quotations: str = "check"
    long_vowel: str = ""
    spacing: str = ""
    exceptions: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Settings(NamedTuple):
    """What a project has settled.

    Attributes:
        path: The file read; empty where there is none.
        glossaries: Absolute paths, an earlier one wins; ``builtin`` is the shipped one.
        dictionary: small, core or full; empty for the best installed.
        profile: How the preferred form is chosen (``reconcile``).
        check: Settings of ``termbank check``.
    """

    path: str = ""
    glossaries: tuple[str, ...] = ()
    dictionary: str = ""
    profile: str = "majority"
    check: CheckSettings = CheckSettings()


def settings(start: str | None = None) -> Settings:
    """Return the settings that hold for a folder.

    Args:
        start: Folder, or a file in it; the working folder where absent. The search
            climbs from there to the root of the file system.

    Raises:
        ConfigError: An unknown key (the closest known key is named), a value of the
            wrong type, or a file that is not TOML.

    >>> settings("/").profile
    'majority'
    """
    folder = os.path.abspath(start or os.getcwd())
    while True:
        for name in (FILE_NAME, PROJECT_FILE):
            table = _table_of(os.path.join(folder, name))
            if table is not None:
                return _settings_from(table, os.path.join(folder, name))
        above = os.path.dirname(folder)
        if above == folder:
            return Settings()
        folder = above


def glossaries_in_use(known: Settings) -> tuple[str, ...]:
    """Return what ``$TERMBANK_GLOSSARY`` names, if anything, then the settings' own."""
    own = os.environ.get(GLOSSARY_VARIABLE)
    return (own, *known.glossaries) if own else known.glossaries


def _table_of(path: str) -> dict[str, Any] | None:
    """Return our table of a TOML file, or None where the file has none."""
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError:
        return None
    own = os.path.basename(path) == FILE_NAME
    if os.path.islink(path):
        from termbank.isolation.project_root import leads_out, out_of_repository

        if leads_out(path):
            if own:
                raise ConfigError(path, *out_of_repository())
            return None
    if not own and _HEAD_OF_TABLE not in content.replace(b" ", b""):
        return None
    key = cache.signature([path])
    table: dict[str, Any] | None = cache.load(_LAYOUT, key)
    if table is None:
        table = _parse(path, content)
        if not own:
            table = table.get("tool", {}).get("termbank")
        if table is not None:
            cache.store(_LAYOUT, key, table)
    return table


def _parse(path: str, content: bytes) -> dict[str, Any]:
    import tomllib

    try:
        table: dict[str, Any] = _storable(tomllib.loads(content.decode("utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        problem = f"{say('TOML の誤り', 'broken TOML')}: {fault}"
        raise ConfigError(path, problem, "TOML 1.0, UTF-8") from fault
    return table


def _storable(value: Any) -> Any:
    # Dates are the one TOML value that marshal refuses.
    if isinstance(value, dict):
        return {key: _storable(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_storable(part) for part in value]
    return value if isinstance(value, (str, int, float, bool)) else str(value)


def _settings_from(table: dict[str, Any], path: str) -> Settings:
    folder = os.path.dirname(path)
    values = _values(table, _TOP, path, folder)
    return Settings(path, **values)


def _values(
    table: dict[str, Any], readers: dict[str, _Reader], place: str, folder: str
) -> dict[str, Any]:
    values = {}
    for name, value in table.items():
        key = name.replace("-", "_")
        if key not in readers:
            problem = say(f"不明な項目 {name}", f"unknown key {name}")
            raise ConfigError(place, problem, _closest(key, readers))
        values[key] = readers[key](value, f"{place}: {name}", folder)
    return values


def _closest(name: str, readers: dict[str, _Reader]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, readers, 1)
    return near[0] if near else ", ".join(sorted(readers))


def _text(value: Any, place: str, _folder: str) -> str:
    if not isinstance(value, str):
        raise ConfigError(place, repr(value), say("文字列", "a string"))
    return value


def _texts(value: Any, place: str, folder: str) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list):
        expected = say("文字列のリスト", "a list of strings")
        raise ConfigError(place, repr(value), expected)
    return tuple(_text(part, place, folder) for part in value)


def _path(value: Any, place: str, folder: str) -> str:
    _refuse_address(_text(value, place, folder), place)
    path = os.path.normpath(os.path.join(folder, _text(value, place, folder)))
    _refuse_outside(path, place, folder)
    return path


def _refuse_address(text: str, place: str) -> None:
    """Raise where settings name a server: whoever checks must not call it unasked."""
    scheme, colon, _ = text.partition("://")
    if colon:
        raise ConfigError(
            place,
            say(f"サーバーの指定 {scheme}://", f"the address of a server, {scheme}://"),
            say(
                f"パス。サーバーは --glossary か {GLOSSARY_VARIABLE} で指定する",
                f"a path; a server is named by --glossary or {GLOSSARY_VARIABLE}",
            ),
        )


def _refuse_outside(path: str, place: str, folder: str) -> None:
    """Raise where the settings of a repository name what lies outside of it."""
    from termbank.isolation.project_root import (
        TRUSTED_VARIABLE,
        is_outside,
        repository_of,
    )

    root = repository_of(os.path.join(folder, FILE_NAME))
    if root and is_outside(path, root):
        raise ConfigError(
            place,
            say(f"リポジトリの外の {path}", f"{path}, outside of the repository"),
            say(
                f"{root} の中。外なら {TRUSTED_VARIABLE} にそのフォルダー",
                f"a path in {root}, or its folder in {TRUSTED_VARIABLE}",
            ),
        )


def _paths(value: Any, place: str, folder: str) -> tuple[str, ...]:
    return tuple(
        path if path == BUILT_IN else _path(path, place, folder)
        for path in _texts(value, place, folder)
    )


def _lists(value: Any, place: str, folder: str) -> tuple[tuple[str, Any], ...]:
    if not isinstance(value, dict):
        expected = say("文字列のリストの表", "a table of lists of strings")
        raise ConfigError(place, repr(value), expected)
    return tuple((key, _texts(part, place, folder)) for key, part in value.items())


def _one_of(*choices: str) -> _Reader:
    def read(value: Any, place: str, _folder: str) -> str:
        if value not in choices:
            raise ConfigError(place, repr(value), " | ".join(choices))
        return str(value)

    return read


def _check_table(value: Any, place: str, folder: str) -> CheckSettings:
    if not isinstance(value, dict):
        raise ConfigError(place, repr(value), say("TOML の表", "a table"))
    return CheckSettings(**_values(value, _CHECK, place, folder))


if TYPE_CHECKING:
    _Reader = Callable[[Any, str, str], Any]

_CHECK: dict[str, _Reader] = {
    "select": _texts,
    "ignore": _texts,
    "exclude": _texts,
    "per_file_ignores": _lists,
    "baseline": _path,
    "quotations": _one_of(*QUOTATIONS),
    "long_vowel": _one_of(*LONG_VOWELS),
    "spacing": _one_of(*SPACINGS),
    "exceptions": _lists,
}
_TOP: dict[str, _Reader] = {
    "glossaries": _paths,
    "dictionary": _text,
    "profile": _text,
    "check": _check_table,
}
