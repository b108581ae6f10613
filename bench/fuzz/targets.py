"""What is fuzzed: functions of bytes, each with the contents to begin from."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import polars as pl

from termbank import Glossary, cache, check_text, documents, lookup, scan, segment
from termbank.checking.files import source_file
from termbank.checking.files.baseline import read as read_baseline
from termbank.checking.files.suppression import suppressions
from termbank.config import FILE_NAME, settings
from termbank.formats import read_segments, write_segments
from termbank.formats.inspection import inspect
from termbank.formats.validation import validate
from termbank.lsp.message_frames import FrameReader
from termbank.reconciliation.relations.relation_tables import load
from termbank.text.markup import FORMATS, masked_ranges

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    Target = tuple[Callable[[bytes], object], Sequence[bytes]]

_GLOSSARY = Glossary.from_variants(
    {"サーバー": ["サーバ"], "キーウ": ["キエフ"]}, lang="ja"
)
_SEGMENTS = pl.DataFrame(
    {
        "source": ["停戦案に合意する。", "サーバを使う <b>x</b>。"],
        "target": ["Agree.", "Use the server."],
        "source_lang": ["ja", "ja"],
        "target_lang": ["en", "en"],
    }
)
_SETTINGS = b'glossaries = ["g", "builtin"]\ndictionary = "core"\n[check]\nselect = ["TB1"]\nquotations = "warn"\nper_file_ignores = { "a/*" = ["TB2"] }\n'
_PROJECT = b"[tool.termbank]\n" + _SETTINGS.replace(
    b"[check]", b"[tool.termbank.check]"
)
_BASELINE = b'{"version": 1, "files": {"a.md": {"TB101": {"abc": 2}}}}'
_RELATIONS = "left,right\n首相,総理\n".encode()
_SRX = (
    b'<srx xmlns="http://www.lisa.org/srx20" version="2.0"><header cascade="yes"/><body><languagerules>'
    b'<languagerule languagerulename="x"><rule break="no"><beforebreak>\\bMr\\.</beforebreak><afterbreak>\\s</afterbreak></rule>'
    b'<rule break="yes"><beforebreak>[.?!]+</beforebreak><afterbreak>\\s+</afterbreak></rule></languagerule></languagerules>'
    b'<maprules><languagemap languagepattern="en.*" languagerulename="x"/></maprules></body></srx>'
)
_MARKUP = [
    "# サーバ\n\n`code` [図](a.png) <!-- termbank: ignore[TB1] -->\n\n```\nx\n```\n".encode(),
    "<p>サーバ</p><script>x</script>&amp;{{a}}".encode(),
    ":ref:`サーバ <a>` ``x``\n\n.. code-block:: py\n\n   x\n".encode(),
    "\\begin{verbatim}x\\end{verbatim} $a$ サーバ % x\n".encode(),
    'msgid "a"\nmsgstr "サーバ %d\\n"\n'.encode(),
    'x = \'サーバ\'  # サーバ\n"""サーバ"""\n'.encode(),
    'a: サーバ\nb: "サーバ"\n'.encode(),
    "新しいサーバを使う。「キエフ」 http://a.example\r\n".encode("cp932"),
    "新しいサーバを使う。\n".encode("iso2022_jp"),
    "サーバ\n".encode("utf-16"),
]
_FRAME = b'Content-Length: 17\r\n\r\n{"jsonrpc":"2.0"}'
_GLOSSARY_SUFFIXES = (".tbx", ".csv", ".tsv", ".utx", ".jsonl", ".xlf", ".json", ".po")
_SEGMENT_SUFFIXES = (".tmx", ".xlf", ".po", ".csv", ".tsv", ".jsonl")


def targets(folder: Path) -> dict[str, Target]:
    """Return all targets by name; they work in a folder of their own."""
    found: dict[str, Target] = {
        "markup": (_masks, _MARKUP),
        "check": (_check, _MARKUP),
        "suppressions": (_suppressions, _MARKUP),
        "encodings": (lambda raw: source_file.of_bytes(raw, "a"), _MARKUP),
        "frames": (_frames, [_FRAME, _FRAME * 3, b"content-type: x\r\n" + _FRAME]),
        "settings": (_in_file(folder / "s" / FILE_NAME, _settings), [_SETTINGS]),
        "project settings": (
            _in_file(folder / "p" / "pyproject.toml", _settings), [_PROJECT],
        ),
        "baseline": (_in_file(folder / "base.json", lambda p: read_baseline(str(p))), [_BASELINE]),
        "relations": (
            _in_file(folder / "r" / "synonyms.csv", lambda p: load(p.parent)), [_RELATIONS],
        ),
        "srx": (_in_file(folder / "a.srx", _segment), [_SRX]),
        "words": (_words, ["キエフ".encode(), b"Kyiv", "ゼレンスキー大統領".encode()]),
        "documents": (_documents, _MARKUP),
    }  # fmt: skip
    found |= _readers(folder)
    return found


def _readers(folder: Path) -> dict[str, Target]:
    found: dict[str, Target] = {}
    for suffix in _GLOSSARY_SUFFIXES:
        seed = _written(folder / f"seed{suffix}", _GLOSSARY.export)
        path = folder / f"g{suffix}"
        if seed:
            found[f"glossary {suffix}"] = (_in_file(path, _glossary), [seed])
    for suffix in _SEGMENT_SUFFIXES:
        seed = _written(
            folder / f"pairs{suffix}", lambda path: write_segments(_SEGMENTS, path)
        )
        path = folder / f"m{suffix}"
        if seed:
            found[f"segments {suffix}"] = (_in_file(path, _segments), [seed])
    _GLOSSARY.write(folder / "csv")
    for name in ("terms", "concepts", "decisions", "definitions", ".termbank-journal"):
        path = folder / "csv" / (f"{name}.csv" if name[0] != "." else name)
        seed = (
            path.read_bytes() if path.exists() else b'{"files": {"terms": [[], "a"]}}'
        )
        found[f"folder {name}"] = (_in_file(path, lambda p: _folder(p.parent)), [seed])
    return found


def _written(path: Path, write: Callable[[Path], object]) -> bytes:
    from termbank.errors import TermbankError

    try:
        write(path)
    except TermbankError:
        return b""
    return path.read_bytes()


def _in_file(path: Path, work: Callable[[Path], object]) -> Callable[[bytes], object]:
    def target(content: bytes) -> object:
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = path.read_bytes() if path.exists() else b""
        path.write_bytes(content)
        try:
            return work(path)
        finally:
            path.write_bytes(whole)

    return target


def _masks(raw: bytes) -> None:
    content = raw.decode("utf-8", "replace").encode()
    for name in FORMATS:
        masked_ranges(content, name)


def _check(raw: bytes) -> None:
    text = raw.decode("utf-8", "surrogateescape")
    for name in ("markdown", "po", "hash", "plain"):
        check_text(text, glossary=_GLOSSARY, format=name)


def _suppressions(raw: bytes) -> None:
    for name in ("markdown", "hash", "plain"):
        suppressions(raw, name)


def _frames(raw: bytes) -> None:
    reader: Any = FrameReader(BytesIO(raw))
    while reader.readline():
        reader.read()


def _settings(path: Path) -> None:
    settings(str(path.parent))


def _segment(path: Path) -> None:
    for text in ("Mr. A said. It is.", "a" * 400, ". . . "):
        segment(text, lang="en", rules=path)


def _words(raw: bytes) -> None:
    text = raw.decode("utf-8", "surrogateescape")
    lookup(text, glossary=_GLOSSARY)
    scan(text, glossary=_GLOSSARY)
    cache.load("fuzz-1", text)


def _documents(raw: bytes) -> None:
    documents([raw.decode("utf-8", "replace")])


def _glossary(path: Path) -> None:
    Glossary.read(path)
    inspect(str(path))


def _segments(path: Path) -> None:
    for frame in read_segments(path):
        frame.height  # noqa: B018
    for _ in validate(str(path)):
        pass


def _folder(path: Path) -> None:
    Glossary.read(path)
    lookup("キエフ", glossary=path)
