"""Formats: reading TBX and TMX beside translate-toolkit, and a file larger than memory.

translate-toolkit is GPL and a peer only: it runs in an interpreter of its own, named by
``--peer``. Both sides extract everything they can from files made on the spot.
"""

from __future__ import annotations

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

_KANA = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモラリルレロー"
)
_KANJI = "合意停戦安全保障交渉外交首脳会談提案領土"
_REPORT = (
    "import resource,time;u=resource.getrusage(resource.RUSAGE_SELF);"
    "print(u.ru_utime+u.ru_stime,u.ru_maxrss/1024,n)"
)
_OURS = {
    "tbx": "import gc,sys;gc.disable();from termbank.formats.tbx.reader import Tbx;"
    "n=sum(len(c.terms) for c in Tbx(sys.argv[1]).concepts());",
    "tmx": "import gc,sys;gc.disable();from termbank.formats.tmx import segments;"
    "n=sum(1 for s in segments(sys.argv[1]));",
}
_PEER = (
    "import sys;from translate.storage import {0} as m;"
    "s=m.{0}file.parsefile(sys.argv[1]);"
    "n=sum(1 for u in s.units if (u.source,u.target,u.getid(),u.getnotes()));"
)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--peer", help="python with translate-toolkit installed")
    parser.add_argument("--concepts", type=int, default=100_000)
    parser.add_argument("--units", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--large", type=float, default=0.0, help="GB of TMX to convert")


def run(args: Namespace) -> int:
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        files = {"tbx": _tbx(folder, args.concepts), "tmx": _tmx(folder, args.units)}
        for kind, path in files.items():
            ours = _measured(sys.executable, _OURS[kind], path, args.runs)
            peer = _measured(args.peer, _PEER.format(kind), path, args.runs)
            figures[kind] = {"ours": ours, "peer": peer}
            print(
                f"{kind}: {_row('termbank', ours)}; {_row('translate-toolkit', peer)}"
            )
            if ours and peer:
                cpu, memory = ours[0] / peer[0], ours[1] / peer[1]
                print(f"{kind}: CPU ratio {cpu:.2f}, memory ratio {memory:.3f}")
        if args.large:
            figures["large"] = _large(folder, args.large, files["tmx"])
    if args.json:
        Path(args.json).write_text(json.dumps(figures), encoding="utf-8")
    return 0


def _row(name: str, measured: tuple[float, float] | None) -> str:
    if measured is None:
        return f"{name} not installed"
    return f"{name} {measured[0]:.2f} s CPU, {measured[1]:.0f} MB"


def _measured(
    python: str | None, code: str, path: str, runs: int
) -> tuple[float, float] | None:
    if not python:
        return None
    found = []
    for _ in range(runs):
        words = [python, "-c", code + _REPORT, path]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode:
            return None
        seconds, memory, _count = done.stdout.split()
        found.append((float(seconds), float(memory)))
    times, sizes = zip(*found, strict=True)
    return statistics.median(times), statistics.median(sizes)


def _large(folder: str, size: float, seed: str) -> dict[str, float]:
    path = os.path.join(folder, "large.tmx")
    text = Path(seed).read_bytes()
    start, end = text.index(b"<tu "), text.rindex(b"</body>")
    with open(path, "wb") as file:
        file.write(text[:start])
        while file.tell() < size * (1 << 30):
            file.write(text[start:end])
        file.write(text[end:])
    words = [sys.executable, "-m", "termbank", "convert", path, path + ".csv"]
    subprocess.run(words, check=True, capture_output=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures = {"gb": os.path.getsize(path) / (1 << 30), "mb": used.ru_maxrss / 1024}
    print(f"{figures['gb']:.1f} GB of TMX to CSV: peak {figures['mb']:.0f} MB")
    return figures


def _japanese(length: int) -> str:
    return "".join(random.choice(_KANA + _KANJI) for _ in range(length))


def _english(words: int) -> str:
    letters = "abcdefghijklmnoprstuvw"
    return " ".join(
        "".join(random.choices(letters, k=random.randint(2, 9))) for _ in range(words)
    )


def _tbx(folder: str, count: int) -> str:
    random.seed(5)
    path = os.path.join(folder, "made.tbx")
    with open(path, "w", encoding="utf-8") as file:
        file.write(
            '<martif type="TBX" xml:lang="en"><martifHeader><fileDesc><sourceDesc>'
        )
        file.write("<p>x</p></sourceDesc></fileDesc></martifHeader><text><body>\n")
        for number in range(count):
            file.write(_entry(number))
        file.write("</body></text></martif>\n")
    return path


def _entry(number: int) -> str:
    return f"""<termEntry id="c{number}">
  <descrip type="subjectField">diplomacy</descrip>
  <langSet xml:lang="ja">
    <tig><term>{_japanese(6)}</term><termNote type="partOfSpeech">noun</termNote>
    <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
    <tig><term>{_japanese(7)}</term>
    <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
  </langSet>
  <langSet xml:lang="en">
    <tig><term>{_english(2)}</term><termNote type="partOfSpeech">noun</termNote>
    <note>{_english(5)}</note></tig>
  </langSet>
</termEntry>
"""


def _tmx(folder: str, count: int) -> str:
    random.seed(6)
    path = os.path.join(folder, "made.tmx")
    with open(path, "w", encoding="utf-8") as file:
        file.write(
            '<tmx version="1.4"><header creationtool="x" creationtoolversion="1" '
        )
        file.write('segtype="sentence" o-tmf="x" adminlang="en" srclang="ja" ')
        file.write('datatype="plaintext"/><body>\n')
        for number in range(count):
            source, target = _japanese(random.randint(10, 40)), _english(9)
            file.write(
                f'<tu tuid="{number}" creationdate="20240101T000000Z" creationid="me">\n'
                f'  <prop type="project">p{number % 7}</prop>\n'
                f'  <tuv xml:lang="ja">\n    <seg>{source}</seg>\n  </tuv>\n'
                f'  <tuv xml:lang="en">\n    <seg>{target}</seg>\n  </tuv>\n</tu>\n'
            )
        file.write("</body></tmx>\n")
    return path
