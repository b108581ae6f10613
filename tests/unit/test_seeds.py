"""The register of source documents agrees with the originals, and says where not."""

from pathlib import Path

import pytest

from termbank import cli, errors, seeds

ROOT = Path(__file__).parents[2]
TEXT = "プーチン大統領はキーウを訪れていない。\n"


@pytest.fixture
def registered(tmp_path):
    import polars as pl

    source, folder = tmp_path / "originals", tmp_path / "seeds"
    source.mkdir()
    folder.mkdir()
    (source / "a.txt").write_text(TEXT, encoding="utf-8")
    doc_id = seeds._seed("a.txt", TEXT.encode(), TEXT).doc_id
    found = pl.DataFrame(
        {
            "doc_id": [doc_id, doc_id],
            "start": [8, 0],
            "end": [11, 4],
            "surface": ["キーウ", "プーチン"],
            "reading": ["キーウ", None],
            "kind": ["place", "person"],
        }
    )
    assert seeds.register(source, folder, found) == 1
    return source, folder


def test_what_was_registered_verifies(registered, capsys):
    source, folder = registered
    assert [row.surface for row in seeds.recorded_mentions(folder)] == [
        "プーチン",
        "キーウ",
    ]
    assert seeds.verify(folder, source) == []
    assert cli.main(["seeds", "verify", str(folder), "--seeds", str(source)]) == 0
    assert "2" in capsys.readouterr().out


def test_a_changed_original_is_named_with_its_place(registered, capsys):
    source, folder = registered
    (source / "a.txt").write_text("昨日、" + TEXT, encoding="utf-8")
    faults = seeds.verify(folder, source)
    assert {fault.found.split()[0] for fault in faults} >= {"sha256", "bytes"}
    assert any("'プーチン'" in fault.expected for fault in faults)
    assert cli.main(["seeds", "verify", str(folder), "--seeds", str(source)]) == 1
    (source / "a.txt").unlink()
    assert "no file" in seeds.verify(folder, source)[0].found


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"doc,start\n", 1),
        (b"doc_id,start,end,surface,reading,kind\na,1,2\n", 2),
        (b"doc_id,start,end,surface,reading,kind\na,one,2,x,,term\n", 2),
        (b'doc_id,start,end,surface,reading,kind\na,1,2,"x,,term\n', 2),
        (b"doc_id,start,end,surface,reading,kind\na,1,2,\x82\xa0,,term\n", 2),
    ],
)
def test_a_broken_register_gives_file_and_line(registered, content, line):
    source, folder = registered
    (folder / seeds.MENTIONS).write_bytes(content)
    with pytest.raises(errors.FormatError) as caught:
        seeds.verify(folder, source)
    assert caught.value.line == line
    assert cli.main(["seeds", "verify", str(folder), "--seeds", str(source)]) == 2


def test_no_originals_is_a_usage_error(registered, tmp_path):
    with pytest.raises(errors.ConfigError):
        seeds.originals(str(tmp_path / "none"))


def test_the_shipped_register_fits_the_frames():
    frame = seeds.mentions(ROOT / "seeds")
    assert frame.height > 500
    assert set(frame["doc_id"]) == {
        row.doc_id for row in seeds.manifest(ROOT / "seeds")
    }


def test_the_real_source_documents_verify(shared):
    assert seeds.verify(ROOT / "seeds", shared / "seeds") == []
