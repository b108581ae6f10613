"""The language server keeps to its protocol, whatever an editor sends."""

import subprocess
import sys
from io import BytesIO

import pytest

pytest.importorskip("pygls")

from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types as lsp

from language_client import PATIENCE, Editor, call, change, frame
from termbank import Glossary
from termbank.lsp.document_answers import LONGEST_TEXT
from termbank.lsp.message_frames import FrameReader
from termbank.lsp.text_positions import TextPositions


def begin(process=None):
    params = {"processId": process, "rootUri": None, "capabilities": {}}
    return call("initialize", params, 1) + call("initialized", {})


END = call("shutdown", None, 9) + call("exit")


@pytest.fixture(scope="module")
def glossary(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lsp") / "glossary"
    Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja").write(folder)
    return str(folder)


def talk(glossary, sent):
    """Send frames, wait for the end; return exit code and stderr."""
    with Editor("--glossary", glossary) as editor:
        editor.send(sent)
        code = editor.server.wait(PATIENCE)  # standard input stays open
    return code, editor.errors


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
    ended, errors = talk(glossary, sent)
    assert ended == code, errors
    assert "Traceback" not in errors
    assert errors.count("\n") <= 1


def test_changes_are_gathered_and_a_closed_document_has_no_findings(glossary):
    with Editor("--glossary", glossary) as editor:
        editor.begin()
        editor.open("file:///a.md", "サーバ")
        assert len(editor.diagnostics()) == 1
        changes = [change("サーバ、" * count, count) for count in range(2, 40)]
        editor.send(b"".join(changes))
        published = [editor.diagnostics()]
        while len(published[-1]) < 39:
            published.append(editor.diagnostics())
        assert len(published) < len(changes)
        closed = {"textDocument": {"uri": "file:///a.md"}}
        editor.send(call("textDocument/didClose", closed))
        assert editor.diagnostics() == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", None])
@pytest.mark.parametrize(
    ("text", "line", "before"),
    [
        ("一\rサーバ", 1, ""),
        ("一\r\nサーバ", 1, ""),
        ("一\u2028サーバ", 0, "一\u2028"),
        ("一\x0cサーバ", 0, "一\x0c"),
        ("𠮷\n𠮷サーバ", 1, "𠮷"),
    ],
)
def test_lines_end_where_the_protocol_says_and_units_are_those_agreed_on(
    glossary, text, line, before, encoding
):
    with Editor("--glossary", glossary) as editor:
        agreed = editor.begin(encodings=[encoding] if encoding else None)
        editor.open("file:///a.md", text)
        start = editor.diagnostics()[0]["range"]["start"]
    assert agreed["capabilities"]["positionEncoding"] == (encoding or "utf-16")
    units = {"utf-8": len(before.encode()), "utf-32": len(before)}
    utf16 = len(before.encode("utf-16-le")) // 2
    assert start == {"line": line, "character": units.get(encoding, utf16)}


def test_a_very_long_document_is_said_and_not_checked(glossary):
    with Editor("--glossary", glossary) as editor:
        editor.begin()
        editor.open("file:///a.md", "サーバ" * (LONGEST_TEXT // 3 + 1))
        (diagnostic,) = editor.diagnostics()
    assert "termbank check" in diagnostic["message"]


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
