"""Translation memory: speed, recall, size and durability beside its peers."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

REAL = "memory/segments.parquet"
FILLER = "memory/filler_900k.parquet"
PEER_QUERIES = 60  # of the slow peers; medians settle long before
TMDB_QUERIES = 5
BATCH = 500_000


def add_arguments(parser):
    parser.add_argument(
        "--size", type=int, default=0, help="segments (0: all real ones)"
    )
    parser.add_argument("--queries", help="file with one query a line")
    parser.add_argument("--count", type=int, default=500, help="held-out queries")
    parser.add_argument("--folder", help="where the memory is built and kept")
    parser.add_argument("--peers", default="scan,fts5,tantivy,tmdb")
    parser.add_argument(
        "--tmdb", help="python of an environment with translate-toolkit<3.14"
    )
    parser.add_argument(
        "--kills", type=int, default=0, help="kill -9 this many writers"
    )
    parser.add_argument(
        "--readers", type=int, default=0, help="readers beside a writer"
    )
    parser.add_argument(
        "--no-recall", action="store_true", help="skip the exact answers"
    )


def run(args):
    data = Path(args.data or os.environ.get("TERMBANK_SHARED", "../shared") + "/data")
    scratch = tempfile.TemporaryDirectory()
    folder = Path(args.folder or scratch.name) / "tm"
    figures = {}
    frames, queries = corpus(data, args)
    figures |= build(folder, frames)
    sources = sources_of(folder)
    figures |= ours(folder, queries, sources, recall=not args.no_recall)
    for peer in filter(None, args.peers.split(",")):
        figures |= PEERS[peer](sources, queries, args)
    if "termbank p50 ms" in figures and "rapidfuzz scan p50 ms" in figures:
        ratio = figures["rapidfuzz scan p50 ms"] / figures["termbank p50 ms"]
        figures["times faster than the scan"] = ratio
    if args.kills:
        figures |= killed(args.kills)
    if args.readers:
        figures |= beside_a_writer(folder, queries, args.readers)
    for name, value in figures.items():
        print(
            f"{name:40} {value:,.4g}"
            if isinstance(value, float)
            else f"{name:40} {value}"
        )
    if args.json:
        Path(args.json).write_text(json.dumps(figures, indent=1, ensure_ascii=False))
    scratch.cleanup()
    return 0


def corpus(data, args):
    """Return frames of segments without the queries, and the queries."""
    real = pl.read_parquet(data / REAL)
    if args.queries:
        queries = Path(args.queries).read_text(encoding="utf-8").splitlines()
    else:
        queries = real.sample(args.count, seed=7, shuffle=True)["ja"].to_list()
    kept = real.filter(~pl.col("ja").is_in(queries))
    frames = [kept.select(source="ja", target="en", origin="source")]
    size = args.size or kept.height
    frames[0] = frames[0].head(size)
    missing = size - frames[0].height
    if missing > 0:
        filler = pl.read_parquet(data / FILLER)["ja"].head(missing).to_list()
        frames.append(segments(filler))
        missing -= len(filler)
        chosen = random.Random(13)
        while missing > 0:
            part = [edited(chosen, filler) for _ in range(min(missing, BATCH))]
            frames.append(segments(part))
            missing -= len(part)
    return frames, queries


def segments(sources):
    return pl.DataFrame({"source": sources, "target": sources}).with_columns(
        origin=pl.lit("filler")
    )


def edited(chosen, texts):
    """Return a sentence with a stretch of another in its middle."""
    one, other = chosen.choice(texts), chosen.choice(texts)
    at, width = chosen.randrange(len(one)), chosen.randrange(1, 9)
    start = chosen.randrange(len(other))
    return one[:at] + other[start : start + width] + one[at + chosen.randrange(9) :]


def build(folder, frames):
    from termbank.memory import Memory

    if (folder / "memory.sqlite").exists():
        return {}
    wall, work = time.perf_counter(), time.process_time()
    with Memory.open(folder) as memory:
        added = sum(memory.add(frame) for frame in frames)
        seconds, busy = time.perf_counter() - wall, time.process_time() - work
        size = memory.stats()
    return {
        "segments": size.segments,
        "build segments/s": added / seconds,
        "build segments/s of processor time": added / busy,
        "index bytes a segment": size.index_bytes / size.segments,
        "store bytes a segment": size.store_bytes / size.segments,
    }


def sources_of(folder):
    connection = sqlite3.connect(folder / "memory.sqlite")
    return [row[0] for row in connection.execute("SELECT source FROM segments")]


SEARCHER = """
import json, sys, time
from termbank.memory import Memory
folder, at_least = sys.argv[1], float(sys.argv[2])
queries = json.load(sys.stdin)
with Memory.open(folder, read_only=True) as memory:
    for query in queries[:50]:
        memory.search(query, at_least=at_least)
    found, times = [], []
    busy = time.process_time()
    for query in queries:
        start = time.perf_counter()
        matches = memory.search(query, at_least=at_least)
        times.append(1000 * (time.perf_counter() - start))
        found.append([(match.source, match.score) for match in matches])
    busy = time.process_time() - busy
# ru_maxrss would count the parent before exec.
status = open("/proc/self/status").read()
peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
json.dump([found, times, 1000 * busy / len(queries), peak], sys.stdout)
"""


def ours(folder, queries, sources, *, recall):
    """Search in a process of its own, so that its memory is its own."""
    figures = {}
    answers = {at_least: searched(folder, queries, at_least) for at_least in (70, 50)}
    for at_least, (_, times, busy, peak) in answers.items():
        name = "termbank" if at_least == 70 else "termbank ≥ 50"
        figures |= quantiles(name, times)
        figures[f"{name} processor ms"] = busy
        figures[f"{name} peak MB"] = peak
    figures["search_many segments/s"] = many(folder, queries)
    if recall:
        exact = [best(query, sources) for query in queries]
        for at_least, (found, *_) in answers.items():
            figures[f"recall@5 ≥ {at_least}"] = recalled(
                queries, exact, found, at_least
            )
        lower = sum(
            score < 100 * Levenshtein.normalized_similarity(query, source) - 1e-9
            for found, *_ in answers.values()
            for query, matches in zip(queries, found, strict=True)
            for source, score in matches
        )
        figures["scores below the similarity"] = lower
    return figures


def searched(folder, queries, at_least):
    command = [sys.executable, "-c", SEARCHER, str(folder), str(at_least)]
    done = subprocess.run(
        command, input=json.dumps(queries).encode(), stdout=subprocess.PIPE, check=True
    )
    return json.loads(done.stdout)


def many(folder, queries):
    from termbank.memory import Memory

    every = queries * max(1, 3000 // len(queries))
    with Memory.open(folder, read_only=True) as memory:
        memory.search_many(every)  # starts the workers
        start = time.perf_counter()
        memory.search_many(every)
        return len(every) / (time.perf_counter() - start)


def best(query, sources):
    found = process.extract(
        query,
        sources,
        scorer=Levenshtein.normalized_similarity,
        limit=5,
        score_cutoff=0.3,
    )
    return [score for _, score, _ in found]


def recalled(queries, exact, found, at_least):
    """Count as ../shared/README.md says."""
    hits = wanted = 0
    for query, scores, matches in zip(queries, exact, found, strict=True):
        kept = [score for score in scores if 100 * score >= at_least]
        if not kept:
            continue
        ratios = [Levenshtein.normalized_similarity(query, one) for one, _ in matches]
        hits += min(len(kept), sum(one >= kept[-1] - 1e-9 for one in ratios))
        wanted += len(kept)
    return hits / wanted if wanted else 1.0


def quantiles(name, times):
    times = sorted(times)
    last = times[min(len(times) - 1, int(0.99 * len(times)))]
    return {f"{name} p50 ms": statistics.median(times), f"{name} p99 ms": last}


def timed(name, search, queries):
    times = []
    for query in queries:
        start = time.perf_counter()
        search(query)
        times.append(1000 * (time.perf_counter() - start))
    return quantiles(name, times)


def scan(sources, queries, _):
    def search(query):
        process.extract(
            query,
            sources,
            scorer=Levenshtein.normalized_similarity,
            limit=5,
            score_cutoff=0.7,
        )

    return timed("rapidfuzz scan", search, queries[:PEER_QUERIES])


def fts5(sources, queries, _):
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(s, tokenize='trigram')")
    except sqlite3.OperationalError:
        return {"fts5": "not installed"}
    connection.executemany("INSERT INTO t VALUES (?)", ((one,) for one in sources))

    def search(query):
        pieces = {query[at : at + 3].replace('"', '""') for at in range(len(query) - 2)}
        words = " OR ".join(f'"{piece}"' for piece in sorted(pieces) if piece.strip())
        if words:
            sql = "SELECT s FROM t WHERE t MATCH ? ORDER BY rank LIMIT 200"
            rescored(query, [row[0] for row in connection.execute(sql, (words,))])

    return timed("FTS5 trigram", search, queries[:PEER_QUERIES])


def rescored(query, texts):
    process.extract(query, texts, scorer=Levenshtein.normalized_similarity, limit=5)


def tantivy(sources, queries, _):
    try:
        import tantivy
    except ImportError:
        return {"tantivy": "not installed"}
    with tempfile.TemporaryDirectory() as folder:
        schema = tantivy.SchemaBuilder()
        schema.add_text_field(
            "s", stored=True, tokenizer_name="grams", index_option="freq"
        )
        index = tantivy.Index(schema.build(), path=folder)
        grams = tantivy.TextAnalyzerBuilder(
            tantivy.Tokenizer.ngram(2, 2, False)
        ).build()
        index.register_tokenizer("grams", grams)
        start = time.perf_counter()
        writer = index.writer(200_000_000, 1)
        for one in sources:
            writer.add_document(tantivy.Document(s=one))
        writer.commit()
        writer.wait_merging_threads()
        speed = len(sources) / (time.perf_counter() - start)
        size = sum(file.stat().st_size for file in Path(folder).rglob("*"))
        index.reload()
        searcher = index.searcher()

        def search(query):
            pieces = {query[at : at + 2] for at in range(len(query) - 1)}
            terms = [
                (
                    tantivy.Occur.Should,
                    tantivy.Query.term_query(index.schema, "s", one, "freq"),
                )
                for one in sorted(pieces)
            ]
            hits = searcher.search(tantivy.Query.boolean_query(terms), 200).hits
            rescored(query, [searcher.doc(place)["s"][0] for _, place in hits])

        figures = timed("tantivy", search, queries[: 3 * PEER_QUERIES])
    figures["tantivy build segments/s"] = speed
    figures["tantivy bytes a segment, texts stored"] = size / len(sources)
    return figures


TMDB = """
import json, sys, time
from translate.storage import tmdb
sources, queries, path = json.load(sys.stdin)
store = tmdb.TMDB(path, max_candidates=5, min_similarity=70)
store.add_list(({"source": s, "target": s, "context": ""} for s in sources), "ja", "en")
times = []
for query in queries:
    start = time.perf_counter()
    store.translate_unit(query, "ja", "en")
    times.append(1000 * (time.perf_counter() - start))
json.dump(times, sys.stdout)
"""


def tmdb(sources, queries, args):
    if not args.tmdb:
        return {"translate-toolkit tmdb": "not installed (--tmdb PYTHON)"}
    with tempfile.TemporaryDirectory() as folder:
        given = json.dumps([sources, queries[:TMDB_QUERIES], f"{folder}/tm.db"])
        done = subprocess.run(
            [args.tmdb, "-c", TMDB],
            input=given.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    if done.returncode:
        return {"translate-toolkit tmdb": "failed (needs translate-toolkit<3.14)"}
    return quantiles("translate-toolkit tmdb", json.loads(done.stdout))


PEERS = {"scan": scan, "fts5": fts5, "tantivy": tantivy, "tmdb": tmdb}

WRITER = """
import sys
import polars as pl
from termbank.memory import Memory, index
index.TAIL_ROWS = int(sys.argv[3])
memory, number = Memory.open(sys.argv[1]), int(sys.argv[2])
while True:
    rows = [f"{number}番目の交渉で{at}人の捕虜が帰った。" for at in range(50)]
    memory.add(pl.DataFrame({"source": rows, "target": rows}))
    print(number, flush=True)
    number += 1
"""


def killed(count):
    """Kill writers at random moments; count acknowledged batches that are gone."""
    from termbank.memory import Memory

    chosen = random.Random(17)
    folder = Path(tempfile.mkdtemp())
    said = lost = 0
    for _ in range(count):
        command = [sys.executable, "-c", WRITER, str(folder), str(said), "200"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            for _ in range(chosen.randint(1, 20)):
                said = int(writer.stdout.readline()) + 1
            time.sleep(chosen.random() / 50)
            writer.kill()
            rest = writer.stdout.read().split()
        said = int(rest[-1]) + 1 if rest else said
        with Memory.open(folder) as memory:
            stored = memory.stats().segments
            lost += stored < 50 * said or stored % 50 != 0
            query = f"{said - 1}番目の交渉で7人の捕虜が帰った。"
            lost += memory.search(query, limit=1)[0].score != 100
            said = stored // 50
    shutil.rmtree(folder)
    return {
        f"losses after {count} kills": lost,
        "segments written meanwhile": 50 * said,
    }


def beside_a_writer(folder, queries, readers):
    """Search in several processes, first idle, then beside a writer that never rests."""

    def round_of():
        command = [sys.executable, "-c", SEARCHER, str(folder), "70"]
        every = json.dumps(queries[:200]).encode()
        running = [
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            for _ in range(readers)
        ]
        for one in running:
            one.stdin.write(every)
            one.stdin.close()
        times = [ms for one in running for ms in json.loads(one.stdout.read())[1]]
        errors = sum(one.wait() != 0 for one in running)
        return quantiles("", times)[" p99 ms"], errors

    idle, _ = round_of()
    command = [sys.executable, "-c", WRITER, str(folder), "0", "4096"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as writer:
        busy, errors = round_of()
        writer.kill()
    return {
        f"{readers} readers p99 ms, idle": idle,
        f"{readers} readers p99 ms, one writer": busy,
        "reader errors": errors,
    }
