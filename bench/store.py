"""A team's store on PostgreSQL: search in a machine's copy, clients at once, a kill."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "unit" / "stores"))

from postgres_server import Server, reason_for_none

from .memory import REAL, best, recalled

CONCEPTS = 20  # that all clients write, so that they meet


def add_arguments(parser):
    parser.add_argument("--count", type=int, default=400, help="held-out queries")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--parts", default="memory,trigram,clients,push")


def run(args):
    reason = reason_for_none()
    if reason:
        sys.exit(reason)
    data = Path(args.data or os.environ.get("TERMBANK_SHARED", "../shared") + "/data")
    figures = {}
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["TERMBANK_CACHE"] = scratch + "/cache"
        server = Server("shared_buffers=256MB")
        try:
            for part in args.parts.split(","):
                figures |= PARTS[part](server, data, Path(scratch), args)
        finally:
            server.stop()
    for name, value in figures.items():
        print(f"{name:58} {value:>12,.3f}")
    if args.json:
        Path(args.json).write_text(json.dumps(figures, indent=1), "utf-8")
    return 0


def memory(server, data, scratch, args):
    """Compare a memory in a folder with one that follows a store, in turns."""
    from termbank import Memory
    from termbank.stores import open_store

    rows = pl.read_parquet(data / REAL)
    held, queries = _queries(rows, args.count)
    figures = {}
    address = server.empty()
    open_store(address, create=True)
    local, team = Memory.open(scratch / "tm"), Memory.open(address)
    for name, memory_ in (("local", local), ("team", team)):
        start = time.perf_counter()
        memory_.add(held, lang="ja", to="en")
        figures[f"{name}: stored and indexed, s"] = time.perf_counter() - start
    os.environ["TERMBANK_CACHE"] = str(scratch / "second")
    start = time.perf_counter()
    with Memory.open(address) as second:
        assert second.stats().segments == local.stats().segments
    figures["a new machine copies and indexes all, s"] = time.perf_counter() - start
    sources = held["source"].to_list()
    exact = [best(query, sources) for query in queries]
    times = {"local": [], "team": []}
    answers = {"local": [], "team": []}
    for query in queries:
        for name, memory_ in (("local", local), ("team", team)):
            start = time.perf_counter()
            found = memory_.search(query, at_least=50)
            times[name].append(1000 * (time.perf_counter() - start))
            answers[name].append([(m.source, m.score) for m in found])
    for name, taken in times.items():
        figures[f"{name}: recall@5 ≥ 50"] = recalled(queries, exact, answers[name], 50)
        figures[f"{name}: p50 ms"] = statistics.median(taken)
        figures[f"{name}: p99 ms"] = sorted(taken)[int(0.99 * len(queries))]
    same = sum(a == b for a, b in zip(answers["local"], answers["team"], strict=True))
    figures["queries with the same answers"] = same / len(queries)
    figures["team / local, sum of times"] = sum(times["team"]) / sum(times["local"])
    local.close()
    team.close()
    return figures


def trigram(server, data, _scratch, args):
    """Let PostgreSQL's own trigram index answer the same queries."""
    import psycopg

    rows = pl.read_parquet(data / REAL)
    held, queries = _queries(rows, args.count)
    with psycopg.connect(server.address(), autocommit=True) as admin:
        admin.execute("DROP DATABASE IF EXISTS trigram")
        admin.execute(
            "CREATE DATABASE trigram TEMPLATE template0 LC_COLLATE 'C.UTF-8'"
            " LC_CTYPE 'C.UTF-8'"
        )
    sources = held["source"].to_list()
    figures = {}
    with psycopg.connect(server.address("trigram"), autocommit=True) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        connection.execute("CREATE TABLE t (source text)")
        with connection.cursor() as cursor, cursor.copy("COPY t FROM STDIN") as copy:
            for source in sources:
                copy.write_row((source,))
        connection.execute(
            "CREATE INDEX ON t USING gist (source gist_trgm_ops(siglen=64))"
        )
        connection.execute("ANALYZE t")
        short = sorted((q for q in queries if len(q) <= 12), key=len)
        for name, some in (("all", queries), ("≤ 12 characters", short)):
            times, answers = [], []
            for query in some:
                start = time.perf_counter()
                found = connection.execute(
                    "SELECT source FROM t ORDER BY source <-> %s LIMIT 5", (query,)
                ).fetchall()
                times.append(1000 * (time.perf_counter() - start))
                answers.append([(row[0], 0) for row in found])
            exact = [best(query, sources) for query in some]
            figures[f"pg_trgm, {name}: queries"] = len(some)
            for cut in (70, 50):
                figures[f"pg_trgm, {name}: recall@5 ≥ {cut}"] = recalled(
                    some, exact, answers, cut
                )
            figures[f"pg_trgm, {name}: p50 ms"] = statistics.median(times)
    return figures


def _queries(rows, count):
    """Hold queries out, as ``python -m bench memory`` does."""
    queries = rows.sample(count, seed=7, shuffle=True)["ja"].to_list()
    held = rows.filter(~pl.col("ja").is_in(queries))
    return held.select(source="ja", target="en", origin="source"), queries


def clients(server, _data, _scratch, args):
    """Let clients write and read for a while, the server killed in the middle."""
    from termbank.stores import open_store
    from termbank.stores.protocol import CONCEPT, Note, Write

    address = server.empty()
    store = open_store(address, create=True)
    store.write(
        [Write(CONCEPT, f"c{n}", 0, _counter(f"c{n}", 0)) for n in range(CONCEPTS)],
        Note("bench"),
    )
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    workers = [
        context.Process(target=_client, args=(address, number, args.seconds, answers))
        for number in range(args.clients)
    ]
    for worker in workers:
        worker.start()
    time.sleep(args.seconds / 2)
    server.kill()
    down = time.perf_counter()
    server.start()
    down = time.perf_counter() - down
    done = [answers.get(timeout=300) for _ in workers]
    for worker in workers:
        worker.join(60)
    stored = sum(int(entry.tables["concepts"][0][2]) for entry in store.entries()[1])
    with store.segments() as (_, found):
        segments = {segment.row[0] for segment in found}
    again = sum(one["again"] for one in done)
    acknowledged = sum(one["written"] for one in done) + again
    wanted = {name for one in done for name in one["segments"]}
    return {
        "clients": args.clients,
        "seconds": args.seconds,
        "updates acknowledged": acknowledged,
        "updates in the store": stored,
        "of these, found there after the connection was lost": again,
        "conflicts met and repeated": sum(one["conflicts"] for one in done),
        "lost updates": acknowledged - stored,
        "segments acknowledged": len(wanted),
        "segments acknowledged and lost": len(wanted - segments),
        "errors": sum(len(one["errors"]) for one in done),
        "server away, s": down,
    }


def _client(address, number, seconds, answers):
    from termbank.errors import ConflictError, StoreError
    from termbank.stores import open_store
    from termbank.stores.protocol import CONCEPT, SEGMENT_COLUMNS, Note, Write

    store, note = open_store(address), Note(f"client {number}")
    chance = random.Random(number)
    report = {"written": 0, "conflicts": 0, "again": 0, "errors": [], "segments": []}
    end = time.monotonic() + seconds
    turn = 0
    while time.monotonic() < end:
        turn += 1
        key = f"c{chance.randrange(CONCEPTS)}"
        try:
            (entry,) = (e for e in store.entries()[1] if e.key == key)
            value = int(entry.tables["concepts"][0][2])
            name = f"{number:02d}-{turn:06d}"
            write = Write(CONCEPT, key, entry.version, _counter(key, value + 1, name))
            # 0: written before the connection was lost, found when written again.
            report["written" if store.write([write], note) else "again"] += 1
            row = {"segment_id": name, "source": f"文 {name}", "target": f"text {name}"}
            cells = tuple(row.get(column) for column in SEGMENT_COLUMNS)
            store.add_segments([cells], note)
            report["segments"].append(name)
        except ConflictError:
            report["conflicts"] += 1
        except StoreError as fault:
            report["errors"].append(str(fault))
    answers.put(report)


def _counter(key, value, name=""):
    return {"concepts": ((key, "term", str(value), "preferred", "", name),)}


def push(server, _data, scratch, _args):
    """Push the shipped glossary, pull it elsewhere, look a term up in the copy."""
    from datetime import UTC, datetime

    from termbank import lookup
    from termbank.glossary import Glossary
    from termbank.operations.project import Project
    from termbank.operations.row_changes import Author
    from termbank.operations.team.push_and_pull import pull
    from termbank.operations.team.push_and_pull import push as push_files
    from termbank.stores import open_store

    os.environ["TERMBANK_CACHE"] = str(scratch / "third")
    address = server.empty()
    store = open_store(address, create=True)
    Glossary.shipped().write(scratch / "glossary")
    by = Author("bench", datetime(2026, 12, 1, tzinfo=UTC))
    figures = {}
    for name, act in (
        ("push of the shipped glossary, s", lambda: push_files(
            Project(scratch / "glossary"), store, by)),
        ("pull into an empty folder, s", lambda: pull(
            Project(scratch / "pulled"), store, by)),
        ("first look-up on a machine, s", lambda: lookup("停戦", glossary=address)),
        ("next look-up, s", lambda: lookup("停戦", glossary=address)),
    ):  # fmt: skip
        start = time.perf_counter()
        act()
        figures[name] = time.perf_counter() - start
    return figures


PARTS = {"memory": memory, "trigram": trigram, "clients": clients, "push": push}
