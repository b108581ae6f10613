"""One search worker: texts in on standard input, matches out on standard output."""

from __future__ import annotations

import sys

from termbank.memory.translation_memory import Memory

from .worker_pool import receive, send


def main() -> None:
    """Serve until standard input ends."""
    out, sys.stdout = sys.stdout, sys.stderr
    with Memory.open(sys.argv[1], read_only=True) as memory:
        while (request := receive(sys.stdin.buffer)) is not None:
            texts, limit, at_least, lang = request
            answers = [
                [
                    tuple(match)
                    for match in memory.search(
                        text, limit=limit, at_least=at_least, lang=lang
                    )
                ]
                for text in texts
            ]
            send(out.buffer, answers)


if __name__ == "__main__":
    main()
