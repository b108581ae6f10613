"""Files of many documents, and files at addresses: what is read, what is refused."""

import gzip
import io
import json
import tarfile
import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import termbank
from termbank.errors import InputError, PluginError
from termbank.sources import collection, read, record_files

TEXTS = ["キーウで会談した。", "停戦案に応じた。", "NATOの会合。"]


def texts_of(path, **how) -> list[str]:
    return read(path, **how)["text"].to_list()


def write_lines(path: Path, rows: list[object]) -> Path:
    text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    packed = gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode()
    path.write_bytes(packed)
    return path


def write_zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def write_tar(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz" if path.suffix == ".gz" else "w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


MEMBERS = {f"2024/{n}.txt": text.encode() for n, text in enumerate(TEXTS)}
ROWS = [{"text": text, "date": f"2024-0{n + 1}-02"} for n, text in enumerate(TEXTS)]


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.jsonl.gz"])
def test_lines_of_json_are_documents(tmp_path, name):
    path = write_lines(tmp_path / name, [*ROWS, "文字列だけの行。"])
    frame = read(path)
    assert frame["text"].to_list() == [*TEXTS, "文字列だけの行。"]
    assert frame["published"].to_list()[:2] == [date(2024, 1, 2), date(2024, 2, 2)]
    assert frame["uri"][1] == f"{path}#2"


@pytest.mark.parametrize("column", ["text", "body", "本文", "whatever"])
def test_rows_of_parquet_are_documents(tmp_path, column):
    path = tmp_path / "a.parquet"
    table = {column: TEXTS, "published": [date(2020, 1, n + 1) for n in range(3)]}
    pl.DataFrame(table).write_parquet(path)
    frame = read(path)
    assert frame["text"].to_list() == TEXTS
    assert frame["published"][2] == date(2020, 1, 3)


def test_the_language_a_file_names_is_taken(tmp_path):
    rows = [{"text": "2025", "lang": "ja"}, {"text": "キーウ", "lang": ""}]
    assert read(write_lines(tmp_path / "a.jsonl", rows))["lang"].to_list() == ["ja"] * 2


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz"])
def test_documents_of_an_archive_are_read_and_nothing_else(tmp_path, name):
    others = {
        "../up.txt": "上の文書。".encode(),
        ".hidden.txt": "隠れた文書。".encode(),
        "__MACOSX/2024/0.txt": b"resource",
        "picture.png": b"\x89PNG",
    }
    write = write_zip if name.endswith("zip") else write_tar
    path = write(tmp_path / name, {**MEMBERS, **others})
    frame = read(path)
    assert frame["text"].to_list() == TEXTS
    assert frame["uri"][0] == f"{path}/2024/0.txt"
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_a_file_of_many_documents_in_a_folder_is_read_when_it_is_named(tmp_path):
    (tmp_path / "a.txt").write_text(TEXTS[0], "utf-8")
    path = write_lines(tmp_path / "b.jsonl", ROWS)
    assert texts_of(tmp_path) == TEXTS[:1]
    assert texts_of([tmp_path, path]) == TEXTS


def test_a_shard_reads_its_own_records(tmp_path, monkeypatch):
    path = write_lines(tmp_path / "a.jsonl", ROWS)
    parsed = []
    monkeypatch.setattr(
        record_files.json,
        "loads",
        lambda line: parsed.append(line) or json.JSONDecoder().decode(line.decode()),
    )
    rows = list(collection.numbered(path, holds=lambda unit, record: record == 1))
    assert [(place, row.text) for place, row in rows] == [((0, 1), TEXTS[1])]
    assert len(parsed) == 1


def test_a_broken_member_is_skipped_or_named(tmp_path):
    path = write_zip(tmp_path / "a.zip", {**MEMBERS, "2024/b.docx": b"no archive"})
    with pytest.raises(InputError, match=r"b\.docx"):
        read(path)
    skipped = []
    rows = list(collection.stream(path, skipped=skipped))
    assert [row.text for row in rows] == TEXTS
    assert [skip.path.name for skip in skipped] == ["b.docx"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", b"PK\x03\x04 broken"),
        ("a.tar", b"no archive at all"),
        ("a.tar.gz", gzip.compress(b"x" * 100)[:-9]),
        ("a.jsonl.gz", gzip.compress(b'{"text": "x"}\n' * 99)[:-9]),
        ("a.jsonl", b'{"text": "\n'),
        ("a.jsonl", b"[1, 2]\n"),
        ("a.jsonl", b'{"number": 1}\n'),
        ("a.jsonl", b'{"title": "\xe3\x81\x82", "note": "\xe3\x81\x84"}\n'),
        ("a.parquet", b"PAR1 broken PAR1"),
    ],
)
def test_what_is_broken_is_named_in_one_error(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as raised:
        read(path)
    assert name in str(raised.value)
    assert "\n" not in str(raised.value)


def test_archives_without_documents_and_tables_without_text_are_refused(tmp_path):
    with pytest.raises(InputError):
        read(write_zip(tmp_path / "a.zip", {"a.png": b"x"}))
    with pytest.raises(InputError):
        read(write_tar(tmp_path / "a.tar", {"a.png": b"x"}))
    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "a.parquet")
    with pytest.raises(InputError, match="text"):
        read(tmp_path / "a.parquet")


def test_what_unpacks_to_a_flood_is_refused(tmp_path, monkeypatch):
    bomb = write_zip(tmp_path / "a.zip", {"a.txt": b"\0" * (20 << 20)})
    with pytest.raises(InputError, match="20971520"):
        read(bomb)
    monkeypatch.setattr(record_files, "_LONGEST", 1000)
    with pytest.raises(InputError, match="1000"):
        read(write_tar(tmp_path / "a.tar", {"a.txt": b"a" * 2000}))
    with pytest.raises(InputError, match="1000"):
        read(write_lines(tmp_path / "a.jsonl.gz", [{"text": "a" * 2000}]))


def test_links_of_an_archive_are_passed_over(tmp_path):
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        link = tarfile.TarInfo("passwd.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        info = tarfile.TarInfo("a.txt")
        info.size = len(TEXTS[0].encode())
        archive.addfile(info, io.BytesIO(TEXTS[0].encode()))
    assert texts_of(path) == TEXTS[:1]


def test_every_kind_of_file_gives_the_same_mentions(tmp_path):
    whole = termbank.mine(termbank.documents(TEXTS))
    pl.DataFrame({"text": TEXTS}).write_parquet(tmp_path / "a.parquet")
    paths = [
        tmp_path / "a.parquet",
        write_lines(tmp_path / "a.jsonl", ROWS),
        write_zip(tmp_path / "a.zip", MEMBERS),
        write_tar(tmp_path / "a.tar.gz", MEMBERS),
    ]
    for path in paths:
        assert termbank.mine(path).equals(whole), path.name


@pytest.fixture
def store():
    fsspec = pytest.importorskip("fsspec", reason="needs: pip install .[remote]")
    memory = fsspec.filesystem("memory")
    memory.pipe({f"/archive/{name}": body for name, body in MEMBERS.items()})
    lines = "".join(json.dumps(row) + "\n" for row in ROWS)
    memory.pipe("/archive/rows.jsonl", lines.encode())
    table = io.BytesIO()
    pl.DataFrame({"text": TEXTS}).write_parquet(table)
    memory.pipe("/archive/rows.parquet", table.getvalue())
    yield "memory://archive"
    memory.rm("/archive", recursive=True)


@pytest.mark.parametrize(
    "place", ["", "/2024", "/2024/*.txt", "/rows.jsonl", "/*.parquet"]
)
def test_addresses_name_files_folders_and_globs(store, place):
    assert sorted(texts_of(f"{store}{place}")) == sorted(TEXTS)


def test_a_local_address_is_the_file(tmp_path):
    pytest.importorskip("fsspec", reason="needs: pip install .[remote]")
    path = write_zip(tmp_path / "a.zip", MEMBERS)
    assert texts_of(f"file://{path}") == TEXTS


def test_addresses_that_lead_nowhere_are_named(store):
    with pytest.raises(InputError, match="nowhere"):
        read(f"{store}/nowhere.txt")
    with pytest.raises((InputError, PluginError), match="unheard"):
        read("unheard://place/a.txt")
    with pytest.raises(InputError, match="zip"):
        read("zip://a.txt::file:///a.zip")


def test_shards_of_an_address_are_the_whole(store, tmp_path):
    termbank.mine(store, to=tmp_path / "whole.parquet")
    for number in (1, 2):
        folder = tmp_path / str(number)
        termbank.mine(store, shard=f"{number}/2", checkpoint=folder)
    folders = [tmp_path / "1", tmp_path / "2"]
    termbank.mining.join_shards(folders, to=tmp_path / "m.parquet")
    whole = (tmp_path / "whole.parquet").read_bytes()
    assert (tmp_path / "m.parquet").read_bytes() == whole
