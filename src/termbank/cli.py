"""The command line: one parser, the exit codes, the one place that prints errors.

Exit 0 clean, 1 findings, 2 wrong usage, settings or input, 3 a fault of ours.
"""

from __future__ import annotations

import os
import sys

from termbank.isolation.child_processes import leave_out_working_folder

from .command_line.command_table import COMMANDS, ROOMS
from .command_line.quick_arguments import Recorder
from .errors import TermbankError
from .messages import MESSAGES_VARIABLE, of_system, say, without_passwords
from .terminal import SafeStream, visible_line
from .version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence
    from typing import NoReturn

    from .command_line.argument_parser import Parser
    from .command_line.quick_arguments import Values

EXIT_OK, EXIT_FINDINGS, EXIT_USAGE, EXIT_FAULT = 0, 1, 2, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if argv is None:
        leave_out_working_folder()
        _open_closed_streams()
    streams = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = SafeStream(sys.stdout), SafeStream(sys.stderr)
    try:
        return _guard(words)
    finally:
        sys.stdout, sys.stderr = streams


def _guard(words: list[str]) -> int:
    """Run one command; whatever goes wrong is one line and an exit code."""
    try:
        try:
            return _run(words)
        finally:  # help, too, may meet a full disk
            sys.stdout.flush()
    except TermbankError as error:
        _complain(str(error))
        return EXIT_USAGE
    except BrokenPipeError:
        # The reader went away (termbank … | head): nothing to mend, nothing to say.
        _give_up_output()
        return EXIT_OK
    except OSError as fault:
        if os.environ.get("TERMBANK_TRACEBACK"):
            raise
        output = say("標準出力", "standard output")
        _complain(f"{fault.filename or output}: {of_system(fault)}")
        _give_up_output()
        return EXIT_USAGE
    except KeyboardInterrupt:
        return 130
    except Exception as fault:
        if os.environ.get("TERMBANK_TRACEBACK"):
            raise
        sentence = say("termbank 側の不具合です", "a fault of termbank's own")
        hint = say(
            "TERMBANK_TRACEBACK=1 を付けて再実行し、報告してください",
            "run again with TERMBANK_TRACEBACK=1 and report it",
        )
        _complain(f"{sentence}: {fault!r}; {hint}")
        return EXIT_FAULT


def _complain(sentence: str) -> None:
    # A library's reason that is quoted may hold line ends, and so may a file name.
    line = visible_line(without_passwords(" ".join(sentence.splitlines())))
    try:
        print(f"termbank: {line}", file=sys.stderr, flush=True)
    except OSError:  # standard error is full as well
        return


def _open_closed_streams() -> None:
    """Give closed standard streams to the null device.

    Else the next file that is opened gets the number of a closed stream, and what a
    library prints goes into it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for name, number in (("stdout", 1), ("stderr", 2)):
        if getattr(sys, name) is None:
            # Not closed here: it stands for the stream as long as the program runs.
            stream = open(number, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)


def _give_up_output() -> None:
    """Let what is still buffered vanish, so that the interpreter ends in silence."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # a stream without a number, as in tests
        return


def _run(words: list[str]) -> int:
    _choose_messages(_messages_of(words))
    name = next((word for word in words if word in COMMANDS), None)
    at = words.index(name) if name else len(words)
    if at:
        _read_before_the_command(words[: at + 1])
    if name is None:
        _parser().print_help(sys.stderr)
        return EXIT_USAGE
    args = arguments(name, words[at + 1 :])
    _choose_messages(args.messages)
    code: int = _command(name).run(args)
    return code


def _messages_of(words: list[str]) -> str | None:
    # Read ahead of all else, so that a mistake too is said in the language asked for.
    for word, after in zip(words, (*words[1:], ""), strict=False):
        flag, _, value = word.partition("=")
        if flag == "--messages" and (value or after) in ("ja", "en"):
            return value or after
    return None


def _read_before_the_command(words: list[str]) -> None:
    parser = _parser()
    read, rest = parser.parse_known_args(words)
    if read.command is not None and read.command not in COMMANDS:
        _refuse_command(read.command)
    if rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")


def _refuse_command(name: str) -> NoReturn:
    from difflib import get_close_matches

    japanese, english = f"コマンド {name} はありません", f"no such command: {name}"
    near = get_close_matches(name, COMMANDS, 1)
    if near:
        japanese += f"。もしかして: {near[0]}"
        english += f"; did you mean {near[0]}?"
    message = say(
        f"{japanese}。一覧: termbank --help", f"{english}; termbank --help lists them"
    )
    print(f"termbank: {message}", file=sys.stderr)
    sys.exit(EXIT_USAGE)


def _choose_messages(language: str | None) -> None:
    # The environment carries the choice to worker processes too.
    if language:
        os.environ[MESSAGES_VARIABLE] = language


def arguments(name: str, words: list[str]) -> Namespace | Values:
    """Return the arguments of a command line; a wrong one ends the program with 2."""
    recorder = Recorder()
    _declare(name, recorder)
    return recorder.read(words) or parser_of(name).parse_args(words)


def _declare(name: str, parser: ArgumentParser | Recorder) -> None:
    parser.add_argument(
        "--messages",
        choices=("ja", "en"),
        help=say("メッセージの言語", "language of messages"),
    )
    _command(name).add_arguments(parser)


def parser_of(name: str) -> Parser:
    """Return the parser of one command."""
    from .command_line.argument_parser import Parser

    parser = Parser(prog=f"termbank {name}", description=say(*COMMANDS[name]))
    _declare(name, parser)
    return parser


def _command(name: str):  # type: ignore[no-untyped-def]  # a module, by its protocol
    from importlib import import_module

    module = f"{ROOMS.get(name, '')}{name.replace('-', '_')}"
    return import_module(f".commands.{module}", __package__)


def _parser() -> Parser:
    from .command_line.argument_parser import Parser

    rows = "\n".join(f"  {key:<10} {say(*both)}" for key, both in COMMANDS.items())
    parser = Parser(
        prog="termbank",
        usage="termbank [--messages ja|en] COMMAND …",
        epilog=f"{say('コマンド', 'commands')}:\n{rows}",
    )
    parser.add_argument(
        "--version", action="version", version=f"termbank {__version__}"
    )
    parser.add_argument(
        "--messages",
        choices=("ja", "en"),
        help=say("メッセージの言語", "language of messages"),
    )
    parser.add_argument("command", nargs="?", metavar="COMMAND")
    return parser


if __name__ == "__main__":
    sys.exit(main())
