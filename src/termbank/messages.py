"""The language of what termbank says to people: Japanese, English, or both.

``--lang`` never means this: it is always the language of the content.
"""

from __future__ import annotations

import os

MESSAGES_VARIABLE = "TERMBANK_MESSAGES"

_REFUSALS = (
    (FileNotFoundError, "ファイルまたはフォルダーが見つかりません"),
    (PermissionError, "アクセス権がありません"),
    (IsADirectoryError, "フォルダーです"),
    (NotADirectoryError, "フォルダーではありません"),
    (FileExistsError, "すでにあります"),
)


def language() -> str:
    """Return ``ja``, ``en`` or ``both``.

    The variable TERMBANK_MESSAGES decides (``--messages`` sets it), else the locale
    (LC_ALL, LC_MESSAGES, LANG); a locale that is neither Japanese nor English, such as
    C, gives both.
    """
    chosen = os.environ.get(MESSAGES_VARIABLE, "")
    if chosen in ("ja", "en", "both"):
        return chosen
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        locale = os.environ.get(variable, "")
        if locale:
            return locale[:2] if locale[:3] in ("ja_", "en_", "ja", "en") else "both"
    return "both"


def say(japanese: str, english: str) -> str:
    """Return the sentence in the reader's language: Japanese with English after.

    What is the same in both is said once.
    """
    return _in(language(), japanese, english)


def say_each(table: dict[str, tuple[str, str]]) -> dict[str, str]:
    """Return every sentence of a table; the language is looked up once."""
    lang = language()
    return {name: _in(lang, *both) for name, both in table.items()}


def _in(lang: str, japanese: str, english: str) -> str:
    if lang == "ja" or japanese == english:
        return japanese
    return english if lang == "en" else f"{japanese} ({english})"


def at_most(limit: object) -> str:
    """Return the sentence for a limit that was passed."""
    return say(f"{limit} まで", f"at most {limit}")


def word(sentence: str, patterns: tuple[tuple[str, str], ...]) -> str:
    r"""Return a sentence as the first pattern that fits words it; empty where none does.

    Args:
        sentence: In English.
        patterns: Regular expressions, and the Japanese with their groups as ``\1``.
    """
    import re

    for pattern, japanese in patterns:
        match = re.fullmatch(pattern, sentence)
        if match:
            return match.expand(japanese)
    return ""


def of_system(fault: OSError) -> str:
    """Return what the system refused, the common cases in Japanese too."""
    english = fault.strerror or str(fault)
    for kind, japanese in _REFUSALS:
        if isinstance(fault, kind):
            return say(japanese, english)
    return f"{say('システムのエラー', 'the system says')}: {english}"


def without_passwords(text: str) -> str:
    """Return a message with the passwords of addresses in it hidden.

    >>> without_passwords("no file postgresql://aiko:hunter2@terms.example/terms")
    'no file postgresql://aiko:***@terms.example/terms'
    """
    if ":/" not in text and "password" not in text:
        return text
    import re

    text = re.sub(r"(:/{1,2}[^/\s:@]*):\S*@", r"\1:***@", text)
    return re.sub(r"(password\s*=\s*)[^\s&]+", r"\1***", text)
