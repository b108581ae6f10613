"""A wrong file or setting is named in one line, in the language asked for."""

import gzip
import re
import zipfile

import pytest

from termbank.cli import main

JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
SENTENCE = re.compile(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}")
TERMS = "concept_id,lang,form,status\n"
FILES = {
    "empty.txt": b"",
    "binary.txt": b"\x7fELF\0\0\0\1" * 9,
    "broken.docx": b"no archive",
    "latin.txt": b"caf\xe9 \xff\xfe\xfd" * 9,
    "broken.tbx": b"<tbx><text>",
    "other.tbx": b"<html/>",
    "entity.tbx": b'<!DOCTYPE tbx [<!ENTITY a "b">]><tbx>&a;</tbx>',
    "empty.tmx": b"",
    "broken.tmx": b"<tmx><body></tmx>",
    "other.tmx": b"<html/>",
    "other.xml": b"<html/>",
    "broken.po": b'msgid "a\n',
    "charset.po": b'msgid ""\nmsgstr "charset=no-such\\n"\n',
    "broken.jsonl": b"{",
    "shape.jsonl": b"[1]\n",
    "broken.xlsx": b"PK\x03\x04 no archive",
    "old.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "broken.csv": b'source,target\n"a,b\n',
    "twice.csv": b"concept_id,lang,form,form\n1,ja,a,b\n",
    "broken.utx": b"no utx\n",
    "columns.utx": b"#UTX 1.11; ja/en;\n#src\ta\n\xe8\xaa\x9e\tb\n",
    "cut.csv.gz": gzip.compress(b"ja,en\n" * 999)[:20],
    "other.bin": b"?",
    "rules.srx": b"<html/>",
    "old.txt": "キエフで停戦案に合意した。\n".encode(),
    "good.txt": "停戦案に合意した。\n".encode(),
    "pairs.csv": "source,target\n停戦,ceasefire\n1,200円,1200 yen\n".encode(),
    "list/terms.csv": (TERMS + "c1,ja,語,preferred\n").encode(),
    "header/terms.csv": b"concept_id,lang,form,state\n",
    "double/terms.csv": (TERMS + 2 * "0123456789ab,ja,語,preferred\n").encode(),
    "short/terms.csv": (TERMS + "0123456789ab,ja\n").encode(),
    "value/terms.csv": (TERMS + "0123456789ab,ja,語,bogus\n").encode(),
    "none/readme.md": b"",
    "nothing/a.bin": b"",
    "register/manifest.csv": b"a,b\n",
    "originals/a.txt": b"a",
    "baseline.json": b"{}",
    "memory/memory.sqlite": b"no database" * 99,
}
WRONG = [
    "mine nothing.txt",
    "mine no*.txt",
    "mine nothing",
    "mine empty.txt",
    "mine binary.txt",
    "mine latin.txt",
    "mine broken.docx",
    "mine good.txt --workers 0",
    "mine good.txt --explain ネコ",
    "mine good.txt --new",
    "mine good.txt --report no/such/page.html",
    "kwic 停戦 nothing.txt",
    "variants nothing.txt",
    "reconcile good.txt --profile bogus",
    "reconcile good.txt --relations nowhere",
    "reconcile good.txt --glossary nowhere",
    "build good.txt --glossary none",
    "lookup 語 --glossary nowhere",
    "lookup 語 --glossary none",
    "lookup 語 --glossary list",
    "lookup 語 --glossary header",
    "lookup 語 --glossary double",
    "lookup 語 --glossary short",
    "lookup 語 --glossary value",
    "scan nothing.txt",
    "check",
    "check good.txt",
    "check nothing.txt --glossary builtin",
    "check good.txt --glossary builtin --select TB999",
    "check good.txt --glossary builtin --baseline baseline.json",
    "check good.txt --glossary builtin --baseline no.json",
    "check old.txt --glossary builtin --changed-since bogus",
    "check old.txt --glossary builtin --markup bogus",
    "export nowhere --to tbx -o out.tbx",
    "export -o out.bin",
    "export --to google --strict -o out.csv",
    "export -o no/such/out.tbx",
    "convert nothing.tbx out.csv",
    "convert broken.tbx out.csv",
    "convert other.tbx out.csv",
    "convert entity.tbx out.csv",
    "convert rules.srx out.csv",
    "convert broken.po out.tmx",
    "convert twice.csv out.tbx",
    "convert good.txt out.bin",
    "inspect nothing",
    "inspect none",
    "inspect empty.tmx",
    "inspect broken.tmx",
    "inspect other.tmx",
    "inspect other.xml",
    "inspect other.bin",
    "inspect charset.po",
    "inspect broken.jsonl",
    "inspect shape.jsonl",
    "inspect broken.xlsx",
    "inspect old.xlsx",
    "inspect zip.xlsx",
    "inspect broken.csv",
    "inspect broken.utx",
    "inspect columns.utx",
    "inspect cut.csv.gz",
    "seeds verify register --seeds nowhere",
    "seeds verify register --seeds originals",
    "seeds verify none --seeds originals",
    "memory stats -m nowhere",
    "memory stats -m memory",
    "memory stats -m good.txt",
    "memory import nothing.tmx -m tm",
    "memory import pairs.csv -m tm",
    "memory import broken.tmx -m tm",
    "memory align good.txt good.txt --srx nothing.srx",
    "memory align good.txt good.txt --srx rules.srx",
    "enrich nowhere",
]
# What a library or a command line says stays in English behind a Japanese lead.
QUOTED = re.compile(
    r"termbank memory import FILE -m DIR|(壊れた JSON|壊れた ZIP|SQLite の誤り|git の失敗): .+。"
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    with zipfile.ZipFile(tmp_path / "zip.xlsx", "w") as archive:
        archive.writestr("a", "b")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("words", WRONG)
def test_what_is_wrong_is_said_in_one_line_of_each_language(words, folder, capsys):
    lines = {}
    for language in ("ja", "en"):
        assert main(["--messages", language, *words.split()]) == 2
        (lines[language],) = capsys.readouterr().err.splitlines()
    assert JAPANESE.search(lines["ja"])
    assert not SENTENCE.search(QUOTED.sub("", lines["ja"]))
    english = lines["en"]
    for word in words.split():
        english = english.replace(word, "")
    assert not JAPANESE.search(english)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b'<tbx type="TBX-Min" style="dca" xml:lang="en"><foo/></tbx>', "a.tbx"),
        (b"<tmx version='9'><body><tu><tuv><seg>a</seg></tuv></tu></body></tmx>", "a.tmx"),
        (b"source;target\na\n=b;c\n", "a.csv"),
    ],
)  # fmt: skip
def test_findings_of_validate_are_said_in_each_language(
    content, name, tmp_path, capsys, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes(content)
    for language in ("ja", "en"):
        main(["--messages", language, "validate", name])
        lines = capsys.readouterr().out.splitlines()
        assert len(lines) > 1
        for line in lines:
            assert bool(JAPANESE.search(line)) == (language == "ja")
            assert language == "en" or not SENTENCE.search(line)
