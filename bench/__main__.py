"""``python -m bench NAME``: print one table, ours beside the peers."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from importlib import import_module

SUBJECTS = (
    "all",
    "start",
    "mine",
    "reconcile",
    "formats",
    "check",
    "memory",
    "equivalents",
    "review",
    "serve",
    "scores",
    "strings",
    "store",
    "planted",
    "fuzz",
    "scale",
)


def main() -> int:
    """Run the benchmark named first on the command line."""
    parser = ArgumentParser(prog="python -m bench")
    parser.add_argument("subject", choices=SUBJECTS)
    name = parser.parse_args(sys.argv[1:2]).subject
    subject = import_module(f"bench.{name}")
    inner = ArgumentParser(prog=f"python -m bench {name}", description=subject.__doc__)
    inner.add_argument("--data", help="folder of the evaluation data")
    inner.add_argument("--json", help="write the figures here")
    subject.add_arguments(inner)
    code: int = subject.run(inner.parse_args(sys.argv[2:]))
    return code


sys.exit(main())
