"""What is printed commands no terminal and is well formed in every encoding."""

import json
import os
import subprocess
import sys
from xml.etree import ElementTree

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank import Glossary, Memory
from termbank.command_line.command_table import COMMANDS as COMMAND_TABLE
from termbank.reports import REPORTS
from termbank.terminal import fitting, visible, visible_line

ODD_NAMES = [
    b"plain.md",
    "ひらがな ①.md".encode(),
    b"no-utf8-\xff\xfe.md",
    b"line\nend.md",
    b"escape\x1b[2J.md",
    "turned-\u202e.md".encode(),
    "noncharacter-\ufffe.md".encode(),
    "é😀.md".encode(),
    b"a'\"<&>;.md",
]
ENCODINGS = ["utf-8", "cp932", "euc_jp", "ascii", "latin-1"]
JSONS = ("json", "gitlab", "sarif", "rdjson")
XMLS = ("checkstyle", "junit")
DANGEROUS = ("\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\x7f")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with odd names and contents, a glossary and a memory of odd texts."""
    folder = tmp_path_factory.mktemp("odd")
    Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja").write(
        folder / "glossary"
    )
    Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja").write(folder / "g")
    for name in ODD_NAMES:
        path = os.path.join(os.fsencode(folder), name)
        with open(path, "wb") as file:
            file.write("\x1b]0;題\x07é😀\u202e サーバを使う\x9b。\n".encode())
    with Memory.open(folder / "tm") as memory:
        memory.add(
            pl.DataFrame({"source": ["サーバ\x1b[2J"], "target": ["\u202ex\x9b"]})
        )
    return folder


def ran(place, words, encoding="utf-8"):
    environment = {
        **os.environ, "PYTHONIOENCODING": encoding, "TERMBANK_MESSAGES": "both",
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-P", "-m", "termbank", *words],
        cwd=place, env=environment, capture_output=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("shape", sorted(REPORTS))
def test_every_report_is_well_formed_for_every_name(place, shape, encoding):
    answer = ran(
        place,
        ["check", "--glossary", "glossary", "--format", shape, *ODD_NAMES],
        encoding,
    )
    assert answer.returncode == 1, answer.stderr
    text = answer.stdout.decode(encoding)
    if shape in JSONS:
        found = json.loads(answer.stdout.decode("utf-8"))
        if shape == "json":
            assert {os.fsencode(one["path"]) for one in found} == set(ODD_NAMES)
    elif shape == "jsonl":
        assert len([json.loads(line) for line in answer.stdout.splitlines()]) == 9
    elif shape in XMLS:
        ElementTree.fromstring(answer.stdout)  # noqa: S314  # our own output
    else:
        assert not any(sign in text for sign in DANGEROUS)
        places = [line for line in text.split("\n") if "TB101" in line]
        assert len(places) == len(ODD_NAMES)


def test_paths_of_sarif_lead_to_the_file(place):
    from urllib.parse import unquote_to_bytes

    answer = ran(
        place, ["check", "--glossary", "glossary", "--format", "sarif", *ODD_NAMES]
    )
    results = json.loads(answer.stdout)["runs"][0]["results"]
    places = [one["locations"][0]["physicalLocation"] for one in results]
    uris = {unquote_to_bytes(place["artifactLocation"]["uri"]) for place in places}
    assert uris == set(ODD_NAMES)


COMMANDS = [
    ["check", "--glossary", "glossary", "--statistics", "FILE"],
    ["check", "--glossary", "glossary", "--diff", "FILE"],
    ["scan", "--glossary", "glossary", "FILE"],
    ["scan", "--glossary", "glossary", "--format", "json", "FILE"],
    ["lookup", "--glossary", "glossary", "サーバ"],
    ["lookup", "--glossary", "glossary", "\x1b[2J\u202e"],
    ["lookup", "--glossary", "FILE", "サーバ"],
    ["inspect", "FILE"],
    ["validate", "FILE"],
    ["convert", "FILE", "out.tbx"],
    ["export", "FILE", "-o", "out.tbx"],
    ["mine", "FILE"],
    ["mine", "--format", "csv", "FILE"],
    ["kwic", "サーバ", "FILE"],
    ["variants", "FILE"],
    ["reconcile", "FILE"],
    ["build", "FILE", "-o", "built"],
    ["memory", "search", "-m", "tm", "サーバ\x1b[2J"],
    ["memory", "concordance", "-m", "tm", "サーバ"],
    ["memory", "import", "-m", "tm", "FILE"],
    ["memory", "stats", "-m", "tm"],
    ["memory", "stats", "-m", "FILE"],
    ["config"],
    ["doctor"],
    ["rule", "TB101"],
    ["FILE"],
    ["check", "--FILE"],
    ["seeds", "verify", "FILE"],
    ["init", "FILE"],
    ["init", "new", "--from", "FILE"],
    ["add", "FILE", "--en", "x", "--variant", "\x1b[2J", "--glossary", "g"],
    ["edit", "サーバー", "--to", "FILE", "--glossary", "g"],
    ["approve", "サーバ\x1b[2J", "--glossary", "glossary"],
    ["reject", "FILE", "--glossary", "glossary"],
    ["merge", "サーバー", "FILE", "--glossary", "glossary"],
    ["split", "FILE", "--glossary", "glossary"],
    ["prefer", "FILE", "--glossary", "glossary"],
    ["retire", "FILE", "--glossary", "glossary"],
    ["import", "FILE", "--glossary", "g", "--dry-run"],
    ["undo", "--glossary", "FILE"],
    ["diff", "FILE", "glossary"],
    ["diff", "glossary", "FILE"],
    ["stats", "--glossary", "FILE"],
    ["site", "FILE", "--glossary", "glossary"],
    ["brief", "--glossary", "glossary", "FILE"],
    ["verify", "--glossary", "glossary", "FILE", "FILE"],
    ["enrich", "glossary", "--english", "FILE"],
    ["review", "--glossary", "FILE"],
    ["token", "list", "--glossary", "FILE"],
    ["backup", "FILE", "--glossary", "glossary"],
    ["push", "--store", "sqlite:FILE", "--glossary", "glossary"],
    ["pull", "--store", "FILE", "--glossary", "glossary"],
    ["store", "status", "--store", "FILE"],
    ["join-shards", "FILE"],
    ["completion", "FILE"],
    ["lsp", "--FILE"],
    ["mcp", "--glossary", "FILE", "--FILE"],
    ["serve", "--FILE"],
]


def test_every_command_is_among_them():
    assert {words[0] for words in COMMANDS} >= set(COMMAND_TABLE)


# Commands that start in a few tens of milliseconds: they are tried with every case.
QUICK = ("check", "scan", "lookup", "config", "doctor", "rule", "FILE")
# Every kind of sign in UTF-8, and each encoding once (bench/fuzz takes all with all).
CASES = [("utf-8", ODD_NAMES[at]) for at in (2, 3, 4, 5, 6)]
CASES += zip(ENCODINGS[1:], (ODD_NAMES[at] for at in (7, 2, 4, 6)), strict=True)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_command_fails_or_speaks_to_the_terminal(place, words):
    heavy = words[0] not in QUICK
    for encoding, name in CASES[2:8:3] if heavy else CASES:
        given_words = [os.fsencode(word).replace(b"FILE", name) for word in words]
        answer = ran(place, given_words, encoding)
        assert answer.returncode in (0, 1, 2), (encoding, name, answer.stderr)
        shown = answer.stdout.decode(encoding) + answer.stderr.decode(encoding)
        machine = {"json", "csv", "--diff"} & set(words)
        if not machine:
            assert not any(sign in shown for sign in DANGEROUS), (encoding, name, shown)


def limited(place, words, **streams):
    return subprocess.run(
        [sys.executable, "-P", "-m", "termbank", *words],
        cwd=place, check=False, **{"stderr": subprocess.PIPE, **streams},
    )  # fmt: skip


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize("words", [
    ["check", "--glossary", "glossary", "plain.md"],
    ["check", "--glossary", "glossary", "--format", "json", "plain.md"],
    ["lookup", "--glossary", "glossary", "サーバ"],
    ["config"],
    ["memory", "stats", "-m", "tm"],
])  # fmt: skip
def test_a_full_output_is_said_in_one_line(place, words):
    with open("/dev/full", "wb") as full:
        answer = limited(place, words, stdout=full)
        assert answer.returncode == 2, answer.stderr
        assert answer.stderr.count(b"\n") <= 1
        both = limited(place, words, stdout=full, stderr=full)
    assert both.returncode == 2


@pytest.mark.parametrize("closing", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_fault_of_ours(place, closing):
    program = f"{sys.executable} -P -m termbank check --glossary glossary plain.md"
    answer = subprocess.run(
        ["sh", "-c", f"{program} {closing}"],
        cwd=place,
        capture_output=True,
        check=False,
    )
    assert answer.returncode == 1, answer.stderr
    before = (place / "glossary" / "terms.csv").read_bytes()
    assert before.startswith(b"concept_id,")


TEXTS = st.text(st.characters(codec=None), max_size=20)


@given(TEXTS)
def test_what_people_see_holds_no_control_sign(text):
    from unicodedata import category

    for shown in (
        visible(text).replace("\n", "").replace("\t", ""),
        visible_line(text),
    ):
        assert not any(category(char) == "Cc" or char in DANGEROUS for char in shown)


@given(TEXTS, st.sampled_from(ENCODINGS))
def test_json_and_xml_fit_every_encoding(text, encoding):
    written = fitting(json.dumps(text, ensure_ascii=False), "json", encoding)
    assert json.loads(written.encode(encoding).decode("utf-8")) == json.loads(
        json.dumps(text)
    )
    from xml.sax.saxutils import quoteattr

    document = fitting(f"<a b={quoteattr(text)}/>", "xml", encoding)
    ElementTree.fromstring(document.encode(encoding).decode("utf-8"))  # noqa: S314


@given(TEXTS)
def test_plain_japanese_is_never_touched(text):
    clean = "".join(char for char in text if char.isprintable())
    assert visible(clean) == visible_line(clean) == clean
