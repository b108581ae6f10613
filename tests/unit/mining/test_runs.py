"""A collection mined in chunks: one answer from every engine, shard and order of work."""

import json
import os
import shutil
import stat
import subprocess
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import termbank
from termbank.errors import ConfigError, InputError
from termbank.mining import join_shards
from termbank.mining.miner import Miner
from termbank.mining.names.document_consistency import merge_evidence, names_of
from termbank.mining.runs import collection_run, kernels, names_by_key, targets
from termbank.mining.runs.ordered_output import exact_batches

# Each text says something that another needs: a name here is bare there.
TEXTS = [
    "ユーリ・ウシャコフ氏が語った。停戦案を示した。",
    "ウシャコフの談話。停戦案の一覧",
    "グラム上院議員が来た。",
    "グラムの単位。重さは5グラム。",
    "ゼレンスキー大統領はキーウで会談した。",
    "キーウの停戦案。「まあいいじゃないですか」",
    "パズ・ザラテ氏。NATO（北大西洋条約機構）の会合。",
    "ザラテの声明。\n# 見出し\n\nFastAPI と Node.js を使う。`code`",
    "The talks were held in Kyiv.",
]


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    """Chunks of about two texts, so that a few texts are many chunks."""
    monkeypatch.setattr(collection_run, "CHUNK_SIZE", 30)
    # The dictionary stays open from test to test.
    monkeypatch.setattr(collection_run, "forget_miners", lambda: None)


def write_texts(folder: Path, texts: list[str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"{number:03}.md").write_text(text, "utf-8")
    return folder


@pytest.fixture
def sources(tmp_path):
    return write_texts(tmp_path / "sources", TEXTS)


@pytest.fixture
def answer(sources, tmp_path):
    target = tmp_path / "answer.parquet"
    termbank.mine(sources, to=target)
    return target.read_bytes()


def test_a_run_gives_the_rows_of_mining_in_memory(sources, tmp_path):
    lazy = termbank.mine(sources, to=tmp_path / "m.parquet")
    assert lazy.collect().equals(termbank.mine(sources))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m.parquet", "sources"]
    assert "ウシャコフ" in lazy.filter(pl.col("kind") == "person").collect()["surface"]


@pytest.mark.parametrize("workers", [1, 2])
def test_workers_change_no_byte(sources, answer, tmp_path, workers):
    target = tmp_path / "m.parquet"
    termbank.mine(sources, to=target, engine="processes", workers=workers)
    assert target.read_bytes() == answer


def test_ray_changes_no_byte(sources, answer, tmp_path):
    pytest.importorskip("ray", reason="needs the extra: pip install .[ray]")
    target = tmp_path / "m.parquet"
    termbank.mine(sources, to=target, engine="ray", workers=2)
    assert target.read_bytes() == answer


@pytest.mark.parametrize("count", [1, 3, 7])
def test_shards_joined_are_the_whole(sources, answer, tmp_path, count):
    folders = [tmp_path / f"shard-{number}" for number in range(count)]
    for number, folder in enumerate(folders, 1):
        termbank.mine(sources, shard=f"{number}/{count}", checkpoint=folder)
    target = tmp_path / "m.parquet"
    join_shards(folders[::-1], to=target)
    assert target.read_bytes() == answer


def test_the_same_text_in_two_shards_is_there_once(tmp_path):
    sources = write_texts(
        tmp_path / "sources", [TEXTS[0], TEXTS[4], TEXTS[2], TEXTS[0]]
    )
    termbank.mine(sources, to=tmp_path / "whole.parquet")
    folders = [tmp_path / "1", tmp_path / "2"]
    for number, folder in enumerate(folders, 1):
        termbank.mine(sources, shard=f"{number}/2", checkpoint=folder)
    joined = join_shards(folders, to=tmp_path / "m.parquet").collect()
    assert (tmp_path / "m.parquet").read_bytes() == (
        tmp_path / "whole.parquet"
    ).read_bytes()
    assert joined.select("doc_id", "start", "end").is_unique().all()


def test_a_limit_of_memory_changes_no_byte(sources, answer, tmp_path, monkeypatch):
    monkeypatch.setattr(names_by_key, "_ROW", 1 << 26)
    monkeypatch.setattr(names_by_key, "_TOGETHER", 2)
    termbank.mine(sources, to=tmp_path / "m.parquet", memory="64MB")
    assert (tmp_path / "m.parquet").read_bytes() == answer


class StoppedError(Exception):
    pass


@pytest.fixture
def calls(monkeypatch):
    """Counts the chunks mined; ``calls.stop_after`` ends the run like a kill."""
    mine = kernels.mine_chunk

    class Calls(list):
        stop_after = 10**9

    calls = Calls()

    def counted(documents, settings):
        if len(calls) >= calls.stop_after:
            raise StoppedError
        calls.append(documents.height)
        return mine(documents, settings)

    monkeypatch.setattr(kernels, "mine_chunk", counted)
    return calls


def test_a_run_that_was_stopped_goes_on_without_repeating(
    sources, answer, tmp_path, calls
):
    folder, target = tmp_path / "run", tmp_path / "m.parquet"
    calls.stop_after = 2
    with pytest.raises(StoppedError):
        termbank.mine(sources, to=target, checkpoint=folder)
    assert not target.exists()
    calls.stop_after = 10**9
    termbank.mine(sources, to=target, checkpoint=folder, resume=True)
    assert target.read_bytes() == answer
    assert sum(calls) == len(TEXTS) - 1  # the English text is passed over


def test_a_chunk_whose_file_is_cut_is_mined_again(sources, answer, tmp_path, calls):
    folder, target = tmp_path / "run", tmp_path / "m.parquet"
    termbank.mine(sources, to=target, checkpoint=folder)
    before = len(calls)
    broken = sorted((folder / "chunks").glob("*.mentions.parquet"))[0]
    broken.write_bytes(broken.read_bytes()[:-20])
    termbank.mine(sources, to=target, checkpoint=folder, resume=True)
    assert target.read_bytes() == answer
    assert len(calls) == before + 1


def test_other_settings_share_no_chunk(sources, tmp_path, calls):
    folder = tmp_path / "run"
    termbank.mine(sources, to=tmp_path / "1.parquet", checkpoint=folder)
    termbank.mine(
        sources,
        to=tmp_path / "2.parquet",
        checkpoint=folder,
        resume=True,
        names="rules",
    )
    assert sum(calls) == 2 * (len(TEXTS) - 1)
    termbank.mine(sources, to=tmp_path / "3.parquet", names="rules")
    assert (tmp_path / "2.parquet").read_bytes() == (
        tmp_path / "3.parquet"
    ).read_bytes()


def test_a_new_document_is_mined_alone_and_the_answer_is_that_of_all(
    sources, tmp_path, calls
):
    folder, target = tmp_path / "run", tmp_path / "m.parquet"
    termbank.mine(sources, to=target, checkpoint=folder)
    calls.clear()
    # Before all others: it changes what is known of ザラテ in the middle.
    (sources / "000-new.md").write_text("ザラテ大臣は欠席した。停戦案", "utf-8")
    (sources / "003.md").unlink()
    (sources / "004.md").write_text("停戦案はキーウで示された。", "utf-8")
    termbank.mine(sources, to=target, checkpoint=folder, resume=True)
    assert sum(calls) == 2
    termbank.mine(sources, to=tmp_path / "fresh.parquet")
    assert target.read_bytes() == (tmp_path / "fresh.parquet").read_bytes()


@given(st.lists(st.lists(st.sampled_from(range(len(TEXTS))), max_size=6), max_size=4))
@settings(max_examples=12, deadline=None)
def test_a_collection_that_changes_has_the_answer_of_a_run_from_scratch(
    tmp_path_factory, stages
):
    tmp_path = tmp_path_factory.mktemp("grown")
    for stage in stages:
        if not stage:
            continue
        frame = termbank.documents([TEXTS[number] for number in stage])
        rows = termbank.mine(frame, checkpoint=tmp_path / "run", resume=True)
        assert rows.equals(termbank.mine(frame))


LINES = [
    *TEXTS,
    "表示言語は中文",
    "（国内）出力",
    "」の一覧",
    "Web Server Gateway Interface と web server。`Pascal` の型を関数に渡す。",
    "Pascal の値を引数に渡し、Web の関数と型を使う。API の引数。",
    "Python の関数。Vue のテンプレート。Error の型と引数。",
]


@given(st.lists(st.sampled_from(LINES), min_size=2, max_size=6, unique=True))
@settings(max_examples=25, deadline=None)
def test_what_a_text_yields_does_not_depend_on_its_neighbours(lines):
    frame = termbank.documents(lines, lang="ja")
    together = kernels.mine_documents(frame, kernels.Settings())
    alone = [
        kernels.mine_documents(frame[row : row + 1], kernels.Settings())
        for row in range(frame.height)
    ]
    assert together.equals(pl.concat(alone))


def test_a_folder_with_a_run_is_not_taken_for_another_one(sources, tmp_path):
    folder = tmp_path / "run"
    termbank.mine(sources, checkpoint=folder)
    with pytest.raises(InputError, match="--resume"):
        termbank.mine(sources, checkpoint=folder)


def test_a_folder_of_somebody_elses_is_left_alone(sources, tmp_path):
    with pytest.raises(InputError, match=r"000\.md"):
        termbank.mine(sources, checkpoint=sources)
    assert len(list(sources.iterdir())) == len(TEXTS)


def shards(sources, tmp_path, *names, **how):
    folders = []
    for name in names:
        folders.append(tmp_path / f"{name}-{len(folders)}".replace("/", "of"))
        termbank.mine(sources, shard=name, checkpoint=folders[-1], **how)
    return folders


def test_shards_that_do_not_belong_together_are_refused(sources, tmp_path):
    one, two = shards(sources, tmp_path, "1/3", "2/3")
    target = tmp_path / "m.parquet"
    with pytest.raises(InputError, match="3/3"):
        join_shards([one, two], to=target)
    with pytest.raises(InputError, match="1/3"):
        join_shards([one, one, two], to=target)
    (other,) = shards(sources, tmp_path / "b", "3/3", names="rules")
    with pytest.raises(InputError):
        join_shards([one, two, other], to=target)
    (sources / "zzz.md").write_text("停戦", "utf-8")
    (other,) = shards(sources, tmp_path / "c", "3/3")
    with pytest.raises(InputError):
        join_shards([one, two, other], to=target)
    with pytest.raises(InputError, match="nowhere"):
        join_shards([tmp_path / "nowhere"], to=target)
    assert not target.exists()


def test_a_shard_that_was_stopped_is_not_joined(sources, tmp_path):
    (one,) = shards(sources, tmp_path, "1/1")
    run = json.loads((one / "run.json").read_text("utf-8"))
    del run["complete"]
    (one / "run.json").write_text(json.dumps(run), "utf-8")
    with pytest.raises(InputError, match="--resume"):
        join_shards([one], to=tmp_path / "m.parquet")


@pytest.mark.parametrize(
    "wrong",
    [
        {"shard": "0/3", "checkpoint": "run"},
        {"shard": "4/3", "checkpoint": "run"},
        {"shard": "third", "checkpoint": "run"},
        {"shard": "1/3"},
        {"shard": "1/3", "checkpoint": "run", "to": "m.parquet"},
        {"resume": True},
        {"partition_by": "year"},
        {"partition_by": "colour", "to": "m"},
        {"memory": "little"},
        {"memory": "1MB"},
    ],
)
def test_settings_that_do_not_fit_are_refused(tmp_path, monkeypatch, wrong):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError):
        termbank.mine(termbank.documents(["停戦"]), **wrong)
    assert not list(tmp_path.iterdir())


def test_a_data_set_is_parted_by_year_and_holds_the_same_rows(tmp_path):
    sources = tmp_path / "sources"
    sources.mkdir()
    for name, text in zip(["a-2024-01-02", "b-2023-05-06", "c"], TEXTS, strict=False):
        (sources / f"{name}.txt").write_text(text, "utf-8")
    target = tmp_path / "set"
    termbank.mine(sources, to=target, partition_by="year")
    folders = sorted(path.name for path in target.iterdir())
    assert folders == ["year=2023", "year=2024", "year=unknown"]
    rows = pl.read_parquet(target / "*" / "*.parquet", hive_partitioning=False)
    keys = ["doc_id", "start", "end"]
    assert rows.sort(keys).equals(termbank.mine(sources).sort(keys))
    termbank.mine(sources, to=target, partition_by="year")  # replaced
    (target / "year=2023" / "mine.txt").write_text("a note")
    with pytest.raises(InputError, match=r"mine\.txt"):
        termbank.mine(sources, to=target, partition_by="year")


def test_parts_of_a_data_set_do_not_wait_for_ever(tmp_path, monkeypatch, sources):
    monkeypatch.setattr(targets, "_MOST_WAITING", 5)
    lazy = termbank.mine(sources, to=tmp_path / "set", partition_by="source")
    assert len(list((tmp_path / "set").rglob("*.parquet"))) > 1
    assert lazy.collect().equals(termbank.mine(sources))


def test_forms_of_chunks_tell_what_the_mentions_tell(sources):
    mentions = termbank.mine(sources)
    names = names_of(mentions)
    forms = merge_evidence(
        [pl.read_parquet(kernels.packed(mentions).forms).drop("key")]
    )
    kinds = pl.col("kind") != "term"
    assert forms.filter(kinds).equals(merge_evidence([names]))


def test_rows_are_cut_the_same_however_they_come(sources):
    mentions = termbank.mine(sources)
    pieces = [mentions[at : at + 7] for at in range(0, mentions.height, 7)]
    for tables in (pieces, [mentions], [mentions[:1], mentions[1:]]):
        cut = list(exact_batches(tables, 10))
        assert [table.height for table in cut[:-1]] == [10] * (len(cut) - 1)
        assert pl.concat(cut).equals(mentions)
    assert list(exact_batches([], 10)) == []


def test_a_failed_run_leaves_nothing_behind(tmp_path, sources, calls):
    calls.stop_after = 1
    target = tmp_path / "out" / "m.parquet"
    with pytest.raises(StoppedError):
        termbank.mine(sources, to=target)
    assert not list(target.parent.iterdir())


def test_no_documents_in_japanese_is_an_empty_answer(tmp_path):
    frame = termbank.documents(["Only English."])
    lazy = termbank.mine(frame, to=tmp_path / "m.parquet")
    assert lazy.collect().equals(Miner.empty())
    shutil.rmtree(tmp_path / "run", ignore_errors=True)
    termbank.mine(frame, shard="1/1", checkpoint=tmp_path / "run")
    assert (
        join_shards([tmp_path / "run"], to=tmp_path / "n.parquet").collect().is_empty()
    )


def test_a_link_or_a_device_as_target_stays_one(sources, tmp_path):
    real, link = tmp_path / "real.parquet", tmp_path / "link.parquet"
    real.write_bytes(b"old")
    link.symlink_to(real)
    termbank.mine(sources, to=link)
    assert link.is_symlink()
    assert len(pl.read_parquet(real)) == len(pl.read_parquet(link)) > 0
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        termbank.mine(sources, to=pipe)
        content = reader.stdout.read()
    assert content == real.read_bytes()
    assert stat.S_ISFIFO(pipe.stat().st_mode)
