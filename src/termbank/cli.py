"""The command line: one parser, the exit codes, the one place that prints errors.

Exit 0 clean, 1 findings, 2 wrong usage, settings or input, 3 a fault of ours.
"""

from __future__ import annotations

import os
import sys

from . import __version__
from .errors import TermbankError
from .messages import MESSAGES_VARIABLE, say
from .quick_arguments import Recorder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
    from collections.abc import Sequence

    from .quick_arguments import Values

# name: (what it does in Japanese, in English); its module is termbank.commands.<name>
COMMANDS = {
    "build": ("原稿から用語集を作る", "mine, reconcile and write a glossary"),
    "mine": ("名前と用語を抜き出す", "list names and terms of documents"),
    "kwic": (
        "語の使われ方を前後の文とともに見る",
        "show every place of a form in context",
    ),
    "reconcile": ("表記ゆれをまとめる", "join variant spellings"),
    "variants": ("表記ゆれを探す", "list words spelled in several ways"),
    "lookup": ("用語を引く", "look a term up"),
    "scan": ("文章の中の用語を探す", "find all terms in a text"),
    "check": ("表記の統一を調べる", "check files against a glossary"),
    "rule": ("検査規則の説明を読む", "show the page of a rule"),
    "config": ("有効な設定を見る", "show the settings that hold here"),
    "lsp": ("エディター用サーバーを動かす", "serve editors: diagnostics, fixes, hover"),
    "export": ("用語集を書き出す", "write a glossary in another format"),
    "enrich": ("英語の訳語を提案する", "propose English for concepts without it"),
    "seeds": ("登録した原稿を確かめる", "verify the registered source documents"),
    "convert": ("形式を変換する", "convert a file into another format"),
    "inspect": ("ファイルの中身を調べる", "say what a file holds"),
    "validate": (
        "形式の規則に合うか調べる",
        "check a file against the rules of its format",
    ),
    "memory": ("翻訳メモリを使う", "search, fill and keep a translation memory"),
    "doctor": ("環境を調べる", "say what is installed and what is missing"),
}

EXIT_OK, EXIT_FINDINGS, EXIT_USAGE, EXIT_FAULT = 0, 1, 2, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(words)
    except TermbankError as error:
        print(f"termbank: {error}", file=sys.stderr)
        return EXIT_USAGE
    except BrokenPipeError:
        # The reader went away (termbank … | head): nothing to mend, nothing to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK
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
        print(f"termbank: {sentence}: {fault!r}; {hint}", file=sys.stderr)
        return EXIT_FAULT


def _run(words: list[str]) -> int:
    name = next((word for word in words if word in COMMANDS), None)
    if name is None:
        parser = _parser(name)
        parser.parse_args(words)
        parser.print_help(sys.stderr)
        return EXIT_USAGE
    at = words.index(name)
    if at:
        _choose_messages(_parser(name).parse_args([*words[:at], name]).messages)
    args = arguments(name, words[at + 1 :])
    _choose_messages(args.messages)
    code: int = _command(name).run(args)
    sys.stdout.flush()
    return code


def _choose_messages(language: str | None) -> None:
    # The environment carries the choice to worker processes too.
    if language:
        os.environ[MESSAGES_VARIABLE] = language


def arguments(name: str, words: list[str]) -> Namespace | Values:
    """Return the arguments of a command line; a wrong one ends in argparse's words."""
    recorder = Recorder()
    _declare(name, recorder)
    return recorder.read(words) or parser_of(name).parse_args(words)


def _declare(name: str, parser: ArgumentParser | Recorder) -> None:
    parser.add_argument("--messages", choices=("ja", "en"), help="ja | en")
    _command(name).add_arguments(parser)


def parser_of(name: str) -> ArgumentParser:
    """Return the parser of one command."""
    from argparse import ArgumentParser

    parser = ArgumentParser(
        prog=f"termbank {name}",
        description=say(*COMMANDS[name]),
        formatter_class=_formatter,
    )
    _declare(name, parser)
    return parser


def _command(name: str):  # type: ignore[no-untyped-def]  # a module, by its protocol
    from importlib import import_module

    return import_module(f".commands.{name.replace('-', '_')}", __package__)


def _parser(name: str | None) -> ArgumentParser:
    from argparse import ArgumentParser

    rows = "\n".join(f"  {key:<10} {say(*both)}" for key, both in COMMANDS.items())
    parser = ArgumentParser(
        prog="termbank",
        usage="termbank [--messages ja|en] COMMAND …",
        epilog=f"{say('コマンド', 'commands')}:\n{rows}",
        formatter_class=_formatter,
    )
    parser.add_argument(
        "--version", action="version", version=f"termbank {__version__}"
    )
    parser.add_argument("--messages", choices=("ja", "en"), help="ja | en")
    parser.add_argument(
        "command", nargs="?" if name is None else None, metavar="COMMAND"
    )
    return parser


def _formatter(prog: str) -> RawDescriptionHelpFormatter:
    # A width given spares argparse the import of shutil, and so of bz2 and lzma, which
    # it makes for every argument declared: a fifth of the interpreter's start.
    from argparse import RawDescriptionHelpFormatter

    try:
        columns = int(os.environ.get("COLUMNS") or os.get_terminal_size().columns)
    except (OSError, ValueError):
        columns = 80
    return RawDescriptionHelpFormatter(prog, width=columns - 2)


if __name__ == "__main__":
    sys.exit(main())
