"""The language server keeps to its protocol, whatever an editor sends."""

import json
import subprocess
import sys
import time
from io import BytesIO

import pytest

pytest.importorskip("pygls")

from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types as lsp

from termbank import Glossary
from termbank.lsp.message_frames import FrameReader
from termbank.lsp.server import LONGEST_TEXT
from termbank.lsp.text_positions import TextPositions


def frame(message):
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def call(method, params=None, number=None):
    message = {"jsonrpc": "2.0", "method": method, "params": params}
    return frame(message if number is None else {**message, "id": number})


def begin(process=None):
    params = {"processId": process, "rootUri": None, "capabilities": {}}
    return call("initialize", params, 1) + call("initialized", {})


END = call("shutdown", None, 9) + call("exit")


@pytest.fixture(scope="module")
def glossary(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lsp") / "glossary"
    Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja").write(folder)
    return str(folder)


def talk(glossary, sent, *, wait=20, pause=0.0):
    """Send frames, wait for the end; return exit code, messages and stderr."""
    words = [sys.executable, "-P", "-m", "termbank", "lsp", "--glossary", glossary]
    streams = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    server = subprocess.Popen(words, **streams)
    for piece in sent if isinstance(sent, list) else [sent]:
        server.stdin.write(piece)
        server.stdin.flush()
        time.sleep(pause)
    try:
        code = server.wait(wait)  # standard input stays open
    finally:
        server.kill()
        server.stdin.close()
    output, said = server.stdout.read(), server.stderr.read().decode()
    server.stdout.close()
    server.stderr.close()
    bodies = [
        part.partition(b"\r\n\r\n")[2] for part in output.split(b"Content-Length")
    ]
    return code, [json.loads(body) for body in bodies if body], said


FRAMES = {
    "a clean end": (begin() + END, 0),
    "an end without shutdown": (begin() + call("exit"), 1),
    "headers in small letters": (begin().replace(b"Content-Length", b"content-length") + END, 0),
    "more headers": (begin() + b"Content-Type: x\r\nContent-Length: 2\r\n\r\n{}" + END, 0),
    "broken JSON": (begin() + b"Content-Length: 5\r\n\r\n{abc}" + END, 0),
    "no message": (begin() + frame([1]) + frame(None) + frame("x") + END, 0),
    "wrong parameters": (begin() + call("textDocument/hover", {"x": 1}, 5) + END, 0),
    "no UTF-8": (begin() + b'Content-Length: 3\r\n\r\n"\xff"' + END, 0),
    "depth": (begin() + b"Content-Length: 99999\r\n\r\n" + b"[" * 99999 + END, 0),
    "a length that is none": (begin() + b"Content-Length: x\r\n\r\n{}", 2),
    "a negative length": (begin() + b"Content-Length: -5\r\n\r\n{}", 2),
    "a length beyond all": (begin() + b"Content-Length: 99999999999\r\n\r\n{}", 2),
    "no header": (begin() + b"GET / HTTP/1.1\r\n\r\n", 2),
    "an endless header": (begin() + b"a" * 5000, 2),
}  # fmt: skip


@pytest.mark.parametrize("name", FRAMES)
def test_frames_are_read_as_the_protocol_says(glossary, name):
    sent, code = FRAMES[name]
    ended, _, said = talk(glossary, sent)
    assert ended == code, said
    assert "Traceback" not in said
    assert said.count("\n") <= 1


def document(text, version=1):
    kind = {"uri": "file:///a.md", "languageId": "markdown", "version": version}
    return call("textDocument/didOpen", {"textDocument": {**kind, "text": text}})


def change(text, version):
    where = {"uri": "file:///a.md", "version": version}
    return call(
        "textDocument/didChange",
        {"textDocument": where, "contentChanges": [{"text": text}]},
    )


def published(messages):
    kind = "textDocument/publishDiagnostics"
    return [
        one["params"]["diagnostics"] for one in messages if one.get("method") == kind
    ]


def test_changes_are_gathered_and_a_closed_document_has_no_findings(glossary):
    closed = call("textDocument/didClose", {"textDocument": {"uri": "file:///a.md"}})
    changes = b"".join(change("サーバ" * count, count) for count in range(2, 40))
    _, messages, _ = talk(
        glossary, [begin(), document("サーバ"), changes, closed, END], pause=0.7
    )
    found = published(messages)
    assert len(found) == 3
    assert found[0]
    assert found[-1] == []


@pytest.mark.parametrize(
    ("text", "line", "character"),
    [
        ("一\rサーバ", 1, 0),
        ("一\r\nサーバ", 1, 0),
        ("一\u2028サーバ", 0, 2),
        ("一\x0cサーバ", 0, 2),
        ("𠮷\n𠮷サーバ", 1, 2),
    ],
)
def test_lines_end_where_the_protocol_says(glossary, text, line, character):
    _, messages, _ = talk(glossary, [begin(), document(text), END], pause=0.7)
    start = published(messages)[0][0]["range"]["start"]
    assert start == {"line": line, "character": character}


def test_a_very_long_document_is_said_and_not_checked(glossary):
    text = "サーバ" * (LONGEST_TEXT // 3 + 1)
    _, messages, _ = talk(glossary, [begin(), document(text), END], pause=0.7)
    (diagnostics,) = published(messages)
    assert len(diagnostics) == 1
    assert "termbank check" in diagnostics[0]["message"]


def test_a_dead_editor_is_noticed(glossary):
    editor = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    words = [sys.executable, "-P", "-m", "termbank", "lsp", "--glossary", glossary]
    server = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    server.stdin.write(begin(editor.pid))
    server.stdin.flush()
    with pytest.raises(subprocess.TimeoutExpired):
        server.wait(4)
    editor.communicate(b"\n")
    assert server.wait(15) == 1
    server.stdin.close()


@given(st.binary(max_size=60), st.binary(max_size=20))
def test_any_bytes_are_read_to_their_end(head, tail):
    stream = BytesIO(
        b"".join([frame({"a": 1}), head, b"Content-Length: 3\r\n\r\n", tail])
    )
    reader = FrameReader(stream)
    lines = 0
    while reader.readline():
        lines += 1
        reader.read()
    assert lines >= 2


@given(st.text(st.sampled_from("a\r\n𠮷\u2028\ud800あ"), max_size=12), st.data())
def test_positions_lead_there_and_back(text, data):
    at = data.draw(st.integers(0, len(text)))
    positions = TextPositions(text)
    back = positions.offset(positions.position(at))
    # Between the two signs of a line end there is no position but that of its begin.
    assert back == at or (text[back:at] in ("\r", "\n") and "\r\n" in text)


def test_a_position_beyond_is_an_end():
    positions = TextPositions("ab\ncd")
    assert positions.offset(lsp.Position(0, 99)) == 2
    assert positions.offset(lsp.Position(99, 0)) == 5
