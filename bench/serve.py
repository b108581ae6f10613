"""Service: requests a second by kind, errors, p99; and kill -9 under load.

The load comes from a process of its own over keep-alive connections with bounded
requests in flight. The service's own CPU time a request is told beside the rate, because
the rate of a busy machine says little.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

TEXT = (
    "ゼレンスキー大統領はキーウで停戦案について米国のルビオ国務長官と会談した。両者は捕虜の交換と"
    "安全の保証について話し合い、来週ジュネーブで協議を続けることで合意した。ウクライナ側は領土の"
    "一体性を求め、ロシア側は中立を求めている。欧州連合の外相も協議に加わる見通しだ。"
)
WORDS = (
    "キエフ",
    "ゼレンスキー",
    "停戦",
    "Kyiv",
    "捕虜",
    "NATO",
    "ルビオ",
    "合意",
    "Zelenskyy",
)
TARGETS = {"lookup": 2_000, "terms_in": 600, "memory_search": 150}


def add_arguments(parser):
    parser.add_argument("--count", type=int, default=10_000, help="requests of a kind")
    parser.add_argument("--flight", type=int, default=8, help="requests at once")
    parser.add_argument(
        "--memory", help="folder of a memory; without it, none is searched"
    )
    parser.add_argument("--queries", help="texts for the memory, one a line")
    parser.add_argument("--glossary", help="glossary folder; default: an empty project")
    parser.add_argument(
        "--kinds", default="lookup,terms_in,memory_search,check,lookup_near"
    )
    parser.add_argument(
        "--kills", type=int, default=0, help="kill -9 this many servers"
    )


def run(args):
    scratch = tempfile.TemporaryDirectory()
    figures = {}
    if args.kills:
        figures = killed(Path(scratch.name), args.kills)
    else:
        server = Server(Path(scratch.name), args.glossary, args.memory)
        for kind in args.kinds.split(","):
            if kind != "memory_search" or args.memory:
                figures |= measured(server, kind, args)
        figures["resident MB"] = server.resident()
        server.stop()
    for name, value in figures.items():
        print(
            f"{name:40} {value:,.4g}"
            if isinstance(value, float)
            else f"{name:40} {value}"
        )
    if args.json:
        Path(args.json).write_text(json.dumps(figures, indent=1))
    scratch.cleanup()
    return 0


class Server:
    """``termbank serve`` as a process, with a token of its own."""

    def __init__(self, home, glossary=None, memory=None):
        from termbank.operations.project import Project
        from termbank.operations.team.access_file import access_file
        from termbank.operations.team.access_tokens import AccessTokens

        folder = home / "glossary"
        project = Project(glossary or folder)
        if not project.exists():
            project = Project.begin(home)
        tokens = AccessTokens(access_file(project))
        _, self.secret = tokens.issue("bench", "terminologist", datetime.now(UTC))
        tokens.close()
        command = [
            sys.executable,
            "-m",
            "termbank",
            "serve",
            "--port",
            "0",
            "--rate",
            "0",
        ]
        command += ["--glossary", str(project.folder), "--log", str(home / "log.jsonl")]
        command += ["--memory", memory] if memory else []
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()
        self.port = int(self.address.rstrip("/").rpartition(":")[2])

    def cpu(self):
        """Seconds of CPU that the process has used."""
        fields = (
            Path(f"/proc/{self.process.pid}/stat")
            .read_text()
            .rpartition(")")[2]
            .split()
        )
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident(self):
        """Megabytes that the process holds."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        (line,) = (each for each in lines if each.startswith("VmRSS"))
        return int(line.split()[1]) // 1024

    def stop(self):
        """End it as a service manager does."""
        self.process.terminate()
        self.process.wait(60)
        assert self.process.returncode == 0


def bodies(kind, args):
    """Yield paths and bodies without end."""
    dice = random.Random(22)
    texts = [(TEXT * 4)[at : at + 400] for at in range(0, 200, 7)]
    queries = texts
    if args.queries:
        queries = Path(args.queries).read_text("utf-8").splitlines()
    while True:
        if kind == "lookup":
            yield "/v1/lookup", {"query": dice.choice(WORDS), "to": "en"}
        elif kind == "lookup_near":
            yield (
                "/v1/lookup",
                {"query": dice.choice(("シルスキイ", "ゼレンスキイ", "zerensuki"))},
            )
        elif kind == "terms_in":
            yield "/v1/terms_in", {"text": dice.choice(texts)}
        elif kind == "memory_search":
            yield "/v1/memory/search", {"text": dice.choice(queries)}
        elif kind == "check":
            yield (
                "/v1/check",
                {"source": TEXT[:60], "target": "Zelensky met Rubio in Kiev."},
            )


def measured(server, kind, args):
    requests = [
        made for made, _ in zip(bodies(kind, args), range(args.count), strict=False)
    ]
    asyncio.run(load(server, requests[:200], args.flight))
    before, began = server.cpu(), time.perf_counter()
    times, errors = asyncio.run(load(server, requests, args.flight))
    seconds, cpu = time.perf_counter() - began, server.cpu() - before
    times.sort()
    return {
        f"{kind} a second": round(len(times) / seconds),
        f"{kind} CPU ms of the service": round(cpu / len(times) * 1000, 3),
        f"{kind} a second of its CPU": round(len(times) / cpu) if cpu else 0,
        f"{kind} p50 ms": round(times[len(times) // 2] * 1000, 2),
        f"{kind} p99 ms": round(times[len(times) * 99 // 100] * 1000, 2),
        f"{kind} errors": errors,
        **({f"{kind} target": TARGETS[kind]} if kind in TARGETS else {}),
    }


async def load(server, requests, flight):
    """Send all requests, some at once; return the seconds of each, and the errors."""
    waiting, times, errors = iter(requests), [], 0
    head = (
        f"Host: 127.0.0.1:{server.port}\r\nAuthorization: Bearer {server.secret}\r\n"
        "Content-Type: application/json\r\n"
    )

    async def client():
        nonlocal errors
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        for path, value in waiting:
            body = json.dumps(value, ensure_ascii=False).encode()
            began = time.perf_counter()
            asked = f"POST {path} HTTP/1.1\r\n{head}Content-Length: {len(body)}\r\n\r\n"
            writer.write(asked.encode() + body)
            answer = await reader.readuntil(b"\r\n\r\n")
            length = int(answer.lower().split(b"content-length: ")[1].split(b"\r")[0])
            await reader.readexactly(length)
            times.append(time.perf_counter() - began)
            errors += not answer.startswith(b"HTTP/1.1 200")
        writer.close()

    await asyncio.gather(*(client() for _ in range(flight)))
    return times, errors


def killed(home, count):
    """Kill a server under load again and again; count acknowledged edits that are gone."""
    from termbank.memory import Memory
    from termbank.operations.project import Project

    dice, proposed, added = random.Random(9), [], []
    for turn in range(count):
        server = Server(home, memory=str(home / "tm"))
        threads = [
            threading.Thread(target=edits, args=(server, turn, number, proposed, added))
            for number in range(4)
        ]
        for thread in threads:
            thread.start()
        time.sleep(dice.uniform(0.3, 1.2))
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()
        for thread in threads:
            thread.join()
    last = Server(home, memory=str(home / "tm"))  # it writes what was left
    edits(last, count, 0, proposed, added, 1)
    last.stop()
    forms = {key[2] for key in Project(home / "glossary").rows().tables["terms"]}
    with Memory.open(home / "tm") as memory:
        sources = {row.source for row in memory.rows()}
    return {
        "kills": count,
        "acknowledged proposals": len(proposed),
        "of them lost": len({*proposed} - forms),
        "acknowledged pairs": len(added),
        "pairs lost": len({*added} - sources),
    }


def edits(server, turn, number, proposed, added, most=1_000_000):
    for at in range(most):
        term = f"用語{turn}の{number}の{at}"
        rendering = f"term {turn} {number} {at}"
        pair = {"source": f"{term}を見た。", "target": rendering}
        try:
            if post(server, "/v1/propose", {"term": term, "rendering": rendering}):
                proposed.append(term)
            if post(server, "/v1/memory/add", {"pairs": [pair]}):
                added.append(pair["source"])
        except OSError:
            return


def post(server, path, value):
    request = urllib.request.Request(  # noqa: S310  # loopback
        server.address.rstrip("/") + path,
        json.dumps(value).encode(),
        {
            "Authorization": f"Bearer {server.secret}",
            "Content-Type": "application/json",
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return answer.status == 200
    except urllib.error.HTTPError:
        return False
