"""``termbank completion SHELL``: commands, options and forms completed by the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termbank.command_line.command_table import COMMANDS, ROOMS
from termbank.messages import say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

# Commands whose arguments are forms of the project's glossary.
FORM_COMMANDS: Final = (
    *("add", "edit", "approve", "reject", "merge", "split", "prefer", "retire"),
    "lookup",
)
_MOST: Final = 200  # forms offered; a longer beginning tells them apart
_SCRIPTS: Final = {
    "bash": """\
_termbank() {
  local IFS=$'\\n'
  COMPREPLY=($(termbank completion candidates -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _termbank termbank
""",
    "zsh": """\
#compdef termbank
_termbank() {
  local -a found
  found=(${(f)"$(termbank completion candidates -- ${words[2,CURRENT]} 2>/dev/null)"})
  (( $#found )) && compadd -U -- $found || _files
}
compdef _termbank termbank
""",
    "fish": """\
function __termbank_candidates
  termbank completion candidates -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null
end
complete -c termbank -a '(__termbank_candidates)'
""",
}


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    shell_help = say(
        "シェル名。設定ファイルで eval '$(termbank completion bash)' とする",
        "the shell; in its start file: eval '$(termbank completion bash)'",
    )
    choices = (*_SCRIPTS, "candidates")
    parser.add_argument("shell", choices=choices, metavar="SHELL", help=shell_help)
    words_help = say(
        "補完の内部で使う: 入力中の語", "used by the scripts: words typed so far"
    )
    parser.add_argument("words", nargs="*", metavar="WORD", help=words_help)


def run(args: Namespace) -> int:
    """Print the script, or what the last word may become; return 0."""
    if args.shell != "candidates":
        print(_SCRIPTS[args.shell], end="")
        return 0
    for word in candidates(args.words):
        print(word)
    return 0


def candidates(words: list[str]) -> Iterator[str]:
    """Yield what the last word of a command line may become.

    Args:
        words: Words after ``termbank``; the last one is being typed and may be empty.
    """
    *before, beginning = words or [""]
    command = next((word for word in before if word in COMMANDS), None)
    if command is None:
        yield from (name for name in COMMANDS if name.startswith(beginning))
    elif beginning.startswith("-"):
        yield from (name for name in _options(command) if name.startswith(beginning))
    elif command in FORM_COMMANDS:
        yield from _forms(beginning)


def _options(command: str) -> list[str]:
    from importlib import import_module

    from termbank.command_line.argument_parser import Parser

    parser = Parser(prog="termbank")
    module = f"termbank.commands.{ROOMS.get(command, '')}{command.replace('-', '_')}"
    import_module(module).add_arguments(parser)
    names = (
        name for action in parser._actions for name in action.option_strings
    )  # argparse has no other way
    return sorted({*names, "--messages"})


def _forms(beginning: str) -> Iterator[str]:
    from itertools import islice

    from termbank.config import BUILT_IN, settings
    from termbank.errors import TermbankError
    from termbank.glossary.light_rows import read_rows
    from termbank.text.normalise import norm

    key = norm(beginning)
    for place in settings().glossaries:
        if place == BUILT_IN:
            continue
        try:
            rows = read_rows(place)
        except TermbankError:
            continue  # a shell that completes is no place for errors
        forms = (row.form for row in rows if norm(row.form).startswith(key))
        yield from islice(dict.fromkeys(forms), _MOST)
        return
