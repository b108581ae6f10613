"""What the public functions take: a wrong argument is named, with what would be right.

Each function returns nothing and raises :class:`~termbank.errors.InputError`. Nothing
heavy is imported: look-up and check go through here.
"""

from __future__ import annotations

import os

from .errors import InputError
from .messages import say

TYPE_CHECKING = False

_SHOWN = 60  # characters of a value that an error repeats
# What people write for a language: countries, and names.
_NO_LANGUAGES = {"jp": "ja", "jpn": "ja", "japanese": "ja", "日本語": "ja", "eng": "en"}
_NO_LANGUAGES |= {"english": "en", "英語": "en", "us": "en", "gb": "en", "cn": "zh"}
_NO_LANGUAGES |= {"kr": "ko", "ua": "uk", "chinese": "zh", "korean": "ko"}


def require_text(name: str, value: object) -> None:
    """Refuse what is no text.

    >>> require_text("query", "停戦")
    """
    if not isinstance(value, str):
        raise _refusal(name, value, say("文字列 (str)", "a text (str)"))


def require_number(name: str, value: object) -> None:
    """Refuse what is no number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _refusal(name, value, say("数 (int か float)", "a number (int or float)"))


def require_count(name: str, value: object) -> None:
    """Refuse what is no whole number."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise _refusal(name, value, say("整数 (int)", "a whole number (int)"))


def require_language(name: str, value: object, *, optional: bool = True) -> None:
    """Refuse what is no language tag: another type, a country, a name, free text."""
    if value is None and optional:
        return
    example = say("言語タグ (ja、en、en-US …)", "a language tag (ja, en, en-US …)")
    if not isinstance(value, str):
        raise _refusal(name, value, example)
    right = _NO_LANGUAGES.get(value.casefold())
    if right:
        raise _refusal(
            name, value, say(f"言語タグ {right!r}", f"language tag {right!r}")
        )
    parts = value.replace("_", "-").split("-")
    is_tag_like = all(
        part.isascii() and part.isalnum() and len(part) < 9 for part in parts
    )
    if not is_tag_like or not parts[0].isalpha() or len(value) > _SHOWN:
        raise _refusal(name, value, example)


def require_path(name: str, value: object) -> None:
    """Refuse what names no file or folder."""
    if not isinstance(value, str | os.PathLike):
        expected = say("パス (str か Path)", "a path (str or Path)")
        raise _refusal(name, value, expected)


def require_texts(
    name: str, value: object, *, empty: bool = False, example: str = ""
) -> None:
    """Refuse what is no list or other collection of texts; one text is none.

    Args:
        name: Of the argument.
        value: What was given; iterators are looked at by whoever reads them.
        empty: Whether None may stand among the texts.
        example: What would be right, if more is to be said.
    """
    right = example or say("文字列の並び (list など)", "several texts (a list …)")
    if isinstance(value, str | bytes | dict) or not hasattr(value, "__iter__"):
        raise _refusal(name, value, right)
    if isinstance(value, list | tuple):
        for number, text in enumerate(value):
            if not isinstance(text, str) and not (empty and text is None):
                raise _refusal(f"{name}[{number}]", text, right)


def require_glossary(value: object, *, name: str = "glossary") -> None:
    """Refuse what is no glossary, path of one, ``builtin`` or list of these."""
    if isinstance(value, list | tuple):
        for number, item in enumerate(value):
            require_glossary(item, name=f"{name}[{number}]")
        return
    if value is None or isinstance(value, str | os.PathLike):
        return
    ours = type(value).__module__.partition(".")[0] == "termbank"
    if not ours and not (hasattr(value, "concepts") and hasattr(value, "terms")):
        expected = say(
            'Glossary、用語集のパス、"builtin"、None',
            'a Glossary, the path of one, "builtin" or None',
        )
        raise _refusal(name, value, expected)


def refuse_other_frames(name: str, value: object, expected: str) -> None:
    """Refuse a frame of pandas or another library: it would be read as its column names."""
    module = type(value).__module__.partition(".")[0]
    if module in ("pandas", "pyarrow", "modin", "dask") and hasattr(value, "columns"):
        raise _refusal(
            name, value, expected + say("。pl.from_pandas(…)", "; pl.from_pandas(…)")
        )


def _refusal(name: str, value: object, expected: str) -> InputError:
    one_line = " ".join(repr(value).split())
    one_line = one_line if len(one_line) <= _SHOWN else one_line[: _SHOWN - 1] + "…"
    return InputError(name, f"{type(value).__name__} {one_line}", expected)
