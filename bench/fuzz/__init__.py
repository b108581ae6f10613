"""Mutated inputs for every reader: only errors that termbank means may come of them.

Each target takes bytes. Seeds are files of termbank's own writers and small hand-made
ones; mutations cut, double, swap and insert, with signs that formats trip over. A case that
takes longer than two seconds is a fault as well. ``--seconds`` bounds a run: some minutes
in a nightly job, a second a target in the tests.
"""

from __future__ import annotations

import json
import signal
import sys
import tempfile
from collections import Counter
from hashlib import sha256
from pathlib import Path
from random import Random
from time import monotonic
from typing import TYPE_CHECKING

from termbank.errors import TermbankError

from .targets import targets

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Sequence

LONGEST_CASE = 2  # seconds
_TOKENS = (
    b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1b$B", b"\r", b"\n", b"\r\n", b'"', b"'",
    b",", b"\t", b";", b"<", b">", b"&", b"&#0;", b"&x;", b"<!--", b"-->", b"<![CDATA[", b"]]>",
    b"<?xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"{", b"}", b"[", b"]", b"[[", b"\\", b"%", b"`",
    b"```", b"$", b"\\begin{verbatim}", b"#", b"//", b"/*", b"*/", b":", b"..", b"=", b"-" * 9,
    b"9" * 30, b"-1", b"1e999", b"null", b"true", "サーバ".encode(), "𠮷㍿\u2028\u202e".encode(),
    b"\xed\xa0\x80", b"a" * 5000, b" " * 3000, b"(" * 300, b"msgid", b"msgstr", b"concept_id",
    b"termbank: ignore[", b"Content-Length: 5\r\n\r\n", b"2022-13-45", b"ja", b"xml:lang",
)  # fmt: skip


class TooLongError(Exception):
    """A case took too long."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--seconds", type=float, default=60, help="of all targets")
    parser.add_argument(
        "--cases", type=int, default=0, help="of all targets; 0: no bound"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the random numbers")
    parser.add_argument("--only", default="", help="targets whose name holds this")
    parser.add_argument("--keep", type=Path, help="folder for inputs that fail")


def run(args: Namespace) -> int:
    with tempfile.TemporaryDirectory() as folder:
        chosen = {
            name: target
            for name, target in targets(Path(folder)).items()
            if args.only in name
        }
        faults, counts = fuzz(
            chosen, args.seconds, args.cases, Random(args.seed), args.keep
        )
    for name, count in counts.items():
        print(f"{name:<24} {count:7}")
    for (name, fault), count in faults.most_common():
        print(f"FAULT {name}: {fault} ({count})")
    print(f"{sum(counts.values())} cases, {len(faults)} kinds of fault")
    if args.json:
        Path(args.json).write_text(
            json.dumps({"cases": sum(counts.values()), "faults": len(faults)})
        )
    return 1 if faults else 0


def fuzz(
    chosen: dict[str, tuple[Callable[[bytes], object], Sequence[bytes]]],
    seconds: float,
    cases: int,
    random: Random,
    keep: Path | None = None,
) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """Return the faults found, and how many cases each target had."""
    faults: Counter[tuple[str, str]] = Counter()
    counts: Counter[str] = Counter()
    share = seconds / len(chosen)
    for name, (target, seeds) in chosen.items():
        until = monotonic() + share
        while monotonic() < until and not (
            cases and counts[name] >= cases / len(chosen)
        ):
            content = mutated(random.choice(seeds), random)
            counts[name] += 1
            fault = fault_of(target, content)
            if fault:
                faults[name, fault] += 1
                if keep:
                    keep.mkdir(parents=True, exist_ok=True)
                    mark = sha256(content).hexdigest()[:12]
                    (keep / f"{name.replace(' ', '-')}-{mark}").write_bytes(content)
    return faults, counts


def fault_of(target: Callable[[bytes], object], content: bytes) -> str:
    """Return what a target did that it must not; empty for nothing."""

    def too_long(*_: object) -> None:
        raise TooLongError(f"longer than {LONGEST_CASE} s")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, LONGEST_CASE)
    try:
        target(content)
    except TermbankError as error:
        str(error)
    except Exception as fault:
        place = sys.exc_info()[2]
        while place and place.tb_next:
            place = place.tb_next
        where = (
            f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}"
            if place
            else ""
        )
        return f"{type(fault).__name__} {where} {str(fault)[:80]}"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return ""


def mutated(content: bytes, random: Random) -> bytes:
    """Return a content with some changes."""
    for _ in range(random.choice((1, 1, 2, 3, 8))):
        at = random.randint(0, len(content))
        stop = at + random.choice((1, 1, 2, 5, 20, 200))
        head, piece, tail = content[:at], content[at:stop], content[stop:]
        changed = (
            b"",
            piece * random.randint(2, 6),
            random.choice(_TOKENS) + piece,
            random.choice(_TOKENS),
            bytes(random.randrange(256) for _ in piece),
        )
        content = random.choice((*(head + new + tail for new in changed), head, tail))
    return content[:200_000]
