"""Large jobs: engines side by side, deaths survived, what a day adds, memory at its peak."""

from __future__ import annotations

import gzip
import itertools
import json
import os
import random
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Sequence

DOCUMENT = 5_000  # bytes, about a newspaper's article of the longer sort
SYLLABLES = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモラリルレロ"
)


class Measure(NamedTuple):
    """What a job took.

    Attributes:
        wall: Seconds on the clock; other work on the machine counts in.
        cpu: Seconds of all processors, of all its processes.
        peak: Megabytes of all its processes together (PSS, sampled).
    """

    wall: float
    cpu: float
    peak: float


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--megabytes", type=float, default=20, help="of real text")
    parser.add_argument("--names", type=int, default=0, help="generated names as well")
    parser.add_argument("--kills", type=int, default=10, help="of workers, of the job")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", help="of: engines, size, kills, day, nodes, names")


def run(args: Namespace) -> int:
    shared = Path(args.data or "../shared/data")
    only = (args.only or "engines,size,kills,day,nodes,names").split(",")
    figures: dict[str, Any] = {}
    with TemporaryDirectory(prefix="termbank-scale-") as name:
        folder = Path(name)
        texts = real_texts(shared, int(args.megabytes * 1e6))
        source = write_lines(folder / "real.jsonl", texts)
        if "engines" in only:
            figures |= engines(folder, source, args.workers)
        if "size" in only:
            figures |= exponent(folder, texts)
        if "kills" in only:
            figures |= kills(folder, source, args.workers, args.kills)
        if "day" in only:
            figures |= day(folder, texts)
        if "nodes" in only and has_ray():
            figures |= two_nodes(folder)
        if "names" in only and args.names:
            figures |= many_names(folder, args.names)
    for key, figure in figures.items():
        print(f"{key:32} {figure}")
    if args.json:
        Path(args.json).write_text(json.dumps(figures, indent=1), "utf-8")
    return 0


def real_texts(shared: Path, size: int) -> list[str]:
    """Return documents of three sorts of real text, in turn, ``size`` bytes in all."""
    import polars as pl

    segments = pl.read_parquet(shared / "memory/segments.parquet")["ja"]
    prose = pl.read_parquet(shared / "memory/filler_900k.parquet").to_series(0)
    with gzip.open(shared / "check/corpus_ja.txt.gz", "rt", encoding="utf-8") as file:
        manuals = file.read().split("\n")
    sorts = [documents(lines) for lines in (segments, prose, manuals)]
    texts, total = [], 0
    for text in itertools.chain.from_iterable(itertools.zip_longest(*sorts)):
        if text and total < size:
            texts.append(text)
            total += len(text.encode())
    return texts


def documents(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines in documents of about ``DOCUMENT`` bytes."""
    group: list[str] = []
    size = 0
    for line in filter(None, lines):
        group.append(line)
        size += len(line.encode())
        if size > DOCUMENT:
            yield "\n".join(group)
            group, size = [], 0


def generated_texts(names: int) -> Iterator[str]:
    """Yield documents in which each of so many names stands once with a title."""
    pick = random.Random(1)
    for first in range(0, names, 60):
        lines = []
        for number in range(first, min(first + 60, names)):
            name = "".join(pick.choices(SYLLABLES, k=5)) + _syllables(number)
            lines.append(f"{name}氏は{number % 30 + 1}日、停戦案について語った。")
        yield "\n".join(lines)


def _syllables(number: int) -> str:
    out = ""
    while number:
        number, digit = divmod(number, len(SYLLABLES))
        out += SYLLABLES[digit]
    return out


def write_lines(path: Path, texts: Sequence[str] | Iterator[str]) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for text in texts:
            file.write(json.dumps({"text": text, "lang": "ja"}, ensure_ascii=False))
            file.write("\n")
    return path


def engines(folder: Path, source: Path, workers: int) -> dict[str, Any]:
    """Return the time of each engine and number of workers, and whether bytes agree."""
    jobs = {
        "serial": ["--engine", "serial"],
        "processes 1": ["--engine", "processes", "--workers", "1"],
        f"processes {workers}": ["--engine", "processes", "--workers", str(workers)],
        "processes 4": ["--engine", "processes", "--workers", "4"],
    }
    if has_ray():
        jobs[f"ray {workers}"] = ["--engine", "ray", "--workers", str(workers)]
    figures: dict[str, Any] = {}
    sums = {}
    for name, words in jobs.items():
        target = folder / f"{name}.parquet"
        figures[f"engine {name}"] = mine(source, target, *words)
        sums[name] = digest(target)
    for count in (1, 3, 7):
        target = folder / f"shards {count}.parquet"
        figures[f"shards {count}"] = shards(folder, source, target, count)
        sums[f"shards {count}"] = digest(target)
    figures["bytes alike"] = f"{len(set(sums.values())) == 1} ({len(sums)} ways)"
    serial, several = figures["engine serial"], figures[f"engine processes {workers}"]
    figures["speed-up, wall"] = round(serial.wall / several.wall, 2)
    figures["overhead, cpu"] = round(several.cpu / serial.cpu, 3)
    return figures


def shards(folder: Path, source: Path, target: Path, count: int) -> Measure:
    """Return the sum of what all shards and their joining took."""
    folders = [folder / f"shard {number} of {count}" for number in range(1, count + 1)]
    took = [
        measured("mine", source, "--shard", f"{n}/{count}", "--checkpoint", place)
        for n, place in enumerate(folders, 1)
    ]
    took.append(measured("join-shards", *folders, "-o", target))
    walls, cpus, peaks = zip(*took, strict=True)
    return Measure(round(sum(walls), 1), round(sum(cpus), 1), max(peaks))


def exponent(folder: Path, texts: Sequence[str]) -> dict[str, Any]:
    """Return by which power of the size the processor time grows, from a tenth on."""
    import math

    sizes = (len(texts) // 10, len(texts))
    took = []
    for count in sizes:
        source = write_lines(folder / f"first {count}.jsonl", texts[:count])
        took.append(mine(source, folder / "size.parquet", "--engine", "serial"))
    # What a start costs is no cost of size.
    start = mine(write_lines(folder / "one.jsonl", texts[:1]), folder / "size.parquet")
    small, large = (measure.cpu - start.cpu for measure in took)
    grown = math.log(large / small) / math.log(sizes[1] / sizes[0])
    return {"exponent": round(grown, 3), "size a tenth": took[0], "size whole": took[1]}


def kills(folder: Path, source: Path, workers: int, times: int) -> dict[str, Any]:
    """Return how a job fares whose workers, or which itself, are killed at random."""
    whole = folder / "undisturbed.parquet"
    words = ("--engine", "processes", "--workers", str(workers))
    calm = mine(source, whole, *words)
    pick = random.Random(7)
    right = digest(whole)
    completed = repeated = 0
    for _ in range(times):
        target = folder / "disturbed.parquet"
        job = start("mine", source, "-o", target, *words)
        time.sleep(pick.uniform(0.2, 0.9) * calm.wall)
        repeated += kill_worker(job)
        completed += job.wait() == 0 and digest(target) == right
        target.unlink(missing_ok=True)
    figures: dict[str, Any] = {
        "worker killed": f"{completed}/{times} complete with the same bytes",
        "worker killed, chunks again": f"at most {repeated}/{times}",
    }
    return figures | job_kills(folder, source, calm, right, times, words)


def job_kills(
    folder: Path,
    source: Path,
    calm: Measure,
    right: str,
    times: int,
    words: tuple[str, ...],
) -> dict[str, Any]:
    """Kill the whole job again and again, each time later, until it completes."""
    pick = random.Random(8)
    place, target = folder / "killed", folder / "killed.parquet"
    chunks = [0]
    for _ in range(times):
        line = ("mine", source, "-o", target, "--checkpoint", place, "--resume", *words)
        job = start(*line)
        time.sleep(pick.uniform(0.1, 0.4) * calm.wall)
        job.kill()
        job.wait()
        chunks.append(len(list(place.glob("chunks/*.json"))))
    last = measured(*line)
    lost = sum(1 for before, after in itertools.pairwise(chunks) if after < before)
    return {
        "job killed": f"{times} times; then complete: {digest(target) == right}",
        "job killed, chunks kept": f"{chunks[1:]}, lost {lost}",
        "job killed, last run": last,
    }


def kill_worker(job: subprocess.Popen[bytes]) -> bool:
    """Kill one worker of a running job; False where there is none."""
    for number in family(job.pid):
        command = Path(f"/proc/{number}/cmdline").read_bytes()
        if b"process_worker" in command:
            os.kill(number, 9)
            return True
    return False


def day(folder: Path, texts: Sequence[str]) -> dict[str, Any]:
    """Return what one part in a hundred, added to a collection, takes."""
    old = len(texts) - max(len(texts) // 100, 1)
    source, place = folder / "day.jsonl", folder / "day"
    line = ("-o", folder / "day.parquet", "--checkpoint", place, "--resume")
    write_lines(source, texts[:old])
    measured("mine", source, *line, "--engine", "serial")
    write_lines(source, texts)
    added = measured("mine", source, *line, "--engine", "serial")
    fresh = mine(source, folder / "fresh.parquet", "--engine", "serial")
    same = digest(folder / "day.parquet") == digest(folder / "fresh.parquet")
    return {
        "day added": added,
        "day from scratch": fresh,
        "day, share of cpu": round(added.cpu / fresh.cpu, 3),
        "day, bytes alike": same,
    }


def many_names(folder: Path, names: int) -> dict[str, Any]:
    """Return what a text with so many distinct names takes, within 1 GB and 256 MB."""
    source = write_lines(folder / "names.jsonl", generated_texts(names))
    figures: dict[str, Any] = {"names, megabytes": source.stat().st_size // 1_000_000}
    place = folder / "names"
    line = ("mine", source, "-o", folder / "names.parquet", "--checkpoint", place)
    how = ("--resume", "--engine", "processes", "--workers", "2")
    for limit in ("1GB", "256MB"):  # the second one only joins and writes
        figures[f"names {limit}"] = measured(*line, *how, "--memory", limit)
        figures[f"names {limit}, sum"] = digest(folder / "names.parquet")
    return figures


def two_nodes(folder: Path) -> dict[str, Any]:
    """Return whether a job completes when one of two nodes of a cluster is cut off."""
    import polars as pl
    import ray
    from ray.cluster_utils import Cluster

    from termbank.engines import Kernel, running_engine
    from termbank.mining.runs.kernels import Settings, parts_of
    from termbank.sources.collection import stream

    parts = list(parts_of(stream(folder / "real.jsonl"), 100_000))
    kernel = Kernel("termbank.mining.runs.kernels:mine_documents", (Settings(),))
    here = {"num_cpus": 1, "node_ip_address": "127.0.0.3", "include_dashboard": False}
    cluster = Cluster(initialize_head=True, head_node_args=here)
    other = cluster.add_node(num_cpus=2, node_ip_address="127.0.0.2")
    ray.init(cluster.address, _node_ip_address="127.0.0.3", log_to_driver=False)
    rows = []
    with running_engine("ray") as engine:
        for number, mentions in enumerate(engine.map(kernel, parts)):
            rows.append(mentions)
            if number == 1:
                cluster.remove_node(other, allow_graceful=False)
    ray.shutdown()
    cluster.shutdown()
    same = pl.concat(rows).equals(pl.concat(map(kernel, parts)))
    return {"one of two nodes cut off": f"completes, same rows: {same}"}


def mine(source: Path, target: Path, *words: str) -> Measure:
    return measured("mine", source, "-o", target, *words)


def measured(*words: object) -> Measure:
    """Run a command of termbank to its end."""
    began = time.perf_counter()
    job = start(*words)
    peak = Peak(job.pid)
    _, status, usage = os.wait4(job.pid, 0)
    wall = time.perf_counter() - began
    job.returncode = os.waitstatus_to_exitcode(status)
    if job.returncode:
        raise SystemExit(f"failed: {' '.join(map(str, words))}")
    cpu = usage.ru_utime + usage.ru_stime
    return Measure(round(wall, 1), round(cpu, 1), peak.end())


def start(*words: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "termbank", *map(str, words)]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


class Peak:
    """Samples the memory of a process and all below it until it ends."""

    def __init__(self, process: int) -> None:
        self._process = process
        self._most = 0
        self._running = True
        self._thread = Thread(target=self._watch, daemon=True)
        self._thread.start()

    def end(self) -> float:
        """Stop sampling; return megabytes."""
        self._running = False
        self._thread.join()
        return round(self._most / 1024, 0)

    def _watch(self) -> None:
        while self._running:
            self._most = max(self._most, sum(map(pss, family(self._process))))
            time.sleep(0.2)


def family(process: int) -> list[int]:
    """Return a process and all below it."""
    children = Path(f"/proc/{process}/task/{process}/children")
    numbers = [process]
    try:
        for task in children.parent.parent.iterdir():
            for word in (task / "children").read_text().split():
                numbers += family(int(word))
    except OSError:
        return numbers
    return numbers


def pss(process: int) -> int:
    """Return kilobytes of a process, its share of what it has in common."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(x.split()[1]) for x in text.split("\n") if x[:4] == "Pss:"), 0)


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()[:12] if path.exists() else "none"


def has_ray() -> bool:
    from importlib.util import find_spec

    return find_spec("ray") is not None
