"""argparse that says a mistake in one line, in the reader's language.

Loaded only for help and for mistakes: plain lines are read by ``quick_arguments``.
"""

from __future__ import annotations

import os
import re
from argparse import ArgumentParser, RawDescriptionHelpFormatter

from termbank.messages import say, without_passwords, word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Action
    from typing import Any, NoReturn

# argparse's sentences as Python 3.11 to 3.14 word them. Groups are what it quotes from
# the line or the declaration, and stay as they are.
_SENTENCES = (
    (r"the following arguments are required: (.+)", r"引数が足りません: \1"),
    (r"one of the arguments (.+) is required", r"どれか一つが必要です: \1"),
    (r"unrecognized arguments: (.+)", r"知らない引数です: \1"),
    (r"expected one argument", r"値が一つ必要です"),
    (r"expected at most one argument", r"値は一つまでです"),
    (r"expected at least one argument", r"値が一つ以上必要です"),
    (r"expected (\d+) arguments?", r"値が \1 個必要です"),
    (r"not allowed with argument (.+)", r"\1 と同時には使えません"),
    (
        r"ambiguous option: (.+) could match (.+)",
        r"一つに決まらないオプションです: \1 (候補: \2)",
    ),
    (r"ignored explicit argument (.+)", r"値を取りません: \1"),
    (
        r"invalid choice: (.+), maybe you meant (.+)\? \(choose from (.+)\)",
        r"選べない値です: \1。もしかして: \2 (選べる値: \3)",
    ),
    (
        r"invalid choice: (.+) \(choose from (.+)\)",
        r"選べない値です: \1 (選べる値: \2)",
    ),
    (r"invalid int value: (.+)", r"整数ではありません: \1"),
    (r"invalid float value: (.+)", r"数ではありません: \1"),
    (r"invalid (\w+) value: (.+)", r"\1 の値ではありません: \2"),
    (r"unknown parser (.+) \(choices: (.+)\)", r"選べない値です: \1 (選べる値: \2)"),
    (r"can't open (.+): (.+)", r"開けません: \1: \2"),
)


class Parser(ArgumentParser):
    """An ``ArgumentParser`` with Japanese headings and mistakes of one line."""

    def __init__(self, **how: Any) -> None:
        super().__init__(**{**how, "formatter_class": Formatter, "add_help": False})
        self._positionals.title = say("引数", "positional arguments")
        self._optionals.title = say("オプション", "options")
        self.add_argument(
            "-h",
            "--help",
            action="help",
            help=say("この説明を表示する", "show this help message and exit"),
        )

    def add_argument(self, *names: Any, **how: Any) -> Action:
        """Declare an argument; ``--format`` means the same in every command."""
        if "--format" in names:
            how.setdefault("help", say("出力の形式", "how the result is printed"))
        return super().add_argument(*names, **how)

    def error(self, message: str) -> NoReturn:
        """Print what is wrong with the line and where its help is; exit with 2."""
        english = without_passwords(" ".join(message.split()))
        help_command = f"{self.prog} --help"
        message = say(
            f"{_japanese(english)}。使い方: {help_command}",
            f"{english}; {help_command}",
        )
        self.exit(2, f"{self.prog}: {message}\n")


class Formatter(RawDescriptionHelpFormatter):
    """Help of the terminal's width."""

    def __init__(self, prog: str) -> None:
        # A width given spares argparse the import of shutil, and so of bz2 and lzma,
        # which it makes for every argument declared: a fifth of the interpreter's start.
        try:
            columns = int(os.environ.get("COLUMNS") or os.get_terminal_size().columns)
        except (OSError, ValueError):
            columns = 80
        super().__init__(prog, width=columns - 2)


def _japanese(english: str) -> str:
    """Return argparse's sentence in Japanese.

    >>> _japanese("argument --limit: invalid int value: 'x'")
    "--limit: 整数ではありません: 'x'"
    >>> _japanese("something new")
    '引数の誤り: something new'
    """
    place, rest = "", english
    match = re.fullmatch(r"argument (.+?): (.+)", english)
    if match:
        place, rest = f"{match[1]}: ", match[2]
    return place + (word(rest, _SENTENCES) or f"引数の誤り: {rest}")
