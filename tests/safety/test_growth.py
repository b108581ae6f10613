"""Cost grows with the work: twice the file, about twice the time.

Time is that of the processor, of the better of two runs; a square would give four.
"""

import contextlib
import io
from time import process_time

import pytest

from termbank import Glossary, segment
from termbank.cli import main
from termbank.formats.xml import safe_bytes
from termbank.memory.alignment import srx_rules
from termbank.memory.alignment.segmentation import WINDOW
from termbank.sources.masks import mask_markup
from termbank.text.line_starts import LineStarts
from termbank.text.markup import FORMATS, masked_ranges

RULES = Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja")
MOST = 3.0  # where one doubles; a machine shared by others is noisy
ENOUGH = 0.1  # seconds below which nothing is said


def seconds(work, argument):
    best = 1e9
    for _ in range(2):
        start = process_time()
        work(argument)
        best = min(best, process_time() - start)
    return best


def assert_grows_with_the_work(work, make, size=1000):
    half, whole = make(size), make(size * 2)
    work(half)
    taken = seconds(work, half), seconds(work, whole)
    assert taken[1] < max(ENOUGH, MOST * taken[0]), taken


@pytest.fixture
def check(tmp_path):
    RULES.write(tmp_path / "glossary")

    def run(suffix, *more):
        def work(text):
            path = tmp_path / f"a{suffix}"
            path.write_text(text, encoding="utf-8")
            words = [
                "check",
                "--glossary",
                str(tmp_path / "glossary"),
                *more,
                str(path),
            ]
            with contextlib.redirect_stdout(io.StringIO()):
                assert main(words) in (0, 1)

        return work

    return run


LINES = {
    "one line": (".txt", "サーバと。"),
    "katakana": (".txt", "サーバ"),
    "comments": (".md", "サーバ <!-- termbank: ignore[TB101] -->\n"),
    "idle comments": (".py", "x # termbank: ignore[TB101]\n"),
    "open comments": (".md", "サーバ <!-- termbank: ignore-start -->\n"),
    "addresses": (".txt", "http://a.example サーバ "),
    "quotations": (".txt", "「サーバ"),
}


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize(
    "flags",
    [(), ("--diff",), ("--format", "sarif"), ("--format", "rdjson")],
    ids="-".join,
)
def test_check_grows_with_the_file(check, name, flags):
    suffix, piece = LINES[name]
    work = check(suffix, *flags)
    assert_grows_with_the_work(work, lambda count: piece * count)


PIECES = [
    "`", "``", ":", ":a:`", "|", "[", "[a](", "](", "![", "<", "<a ", "<!--", "<code>", "*",
    "_", "~", "$", "$$", "\\", "\\a{", "\\begin{verbatim}", "%", "%(", "{", "{{", "'", '"',
    "\\'", '\\"', "'''", "/*", "//", ":'", '="', "=`", "#", "-", "- ", "= ", "+", "...",
    "msgstr \"", '"\n', "<target>", "<seg>", "www.a", "a@", "http://", "http://a", "漢《か",
    "｜", "［＃", "&a", "&#1", " ", "\t", "a: ", "a ", "  a", "\n", "\n\n", "> ", "1. ", "^",
]  # fmt: skip


@pytest.mark.parametrize("format_name", FORMATS)
def test_masks_grow_with_the_file(format_name):
    for piece in PIECES:
        for text in (piece, f"{piece}あ"):
            work = lambda content: masked_ranges(content, format_name)  # noqa: E731
            size = 30_000 // len(text.encode())
            content = (text * size).encode()
            start = process_time()
            work(content)
            taken = process_time() - start
            # Only what is slow at all is measured a second time.
            if taken > ENOUGH:
                half = seconds(work, content[: len(content) // 2])
                assert seconds(work, content) < MOST * half, text


@pytest.mark.parametrize(
    "piece", ["「", "。」", "a. ", "(a. ", "Mr. ", "…", " ", "1.", "\n", "あ。 "]
)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_segmentation_grows_with_the_text(piece, lang):
    work = lambda text: segment(text, lang=lang)  # noqa: E731
    assert_grows_with_the_work(work, lambda count: piece * count * 4)


SRX = """<srx xmlns="http://www.lisa.org/srx20" version="2.0"><header cascade="no"/><body>
<languagerules><languagerule languagerulename="x"><rule break="{breaks}"><beforebreak>{before}</beforebreak>
<afterbreak>{after}</afterbreak></rule><rule break="yes"><beforebreak>[.]</beforebreak><afterbreak> </afterbreak></rule>
</languagerule></languagerules><maprules><languagemap languagepattern=".*" languagerulename="x"/></maprules></body></srx>"""


@pytest.mark.parametrize("breaks", ["yes", "no"])
@pytest.mark.parametrize(
    ("before", "after"),
    [("", ""), ("a*", ""), ("", "b*"), ("$", "^"), ("(?=a)", ""), ("x?", "y?")],
)
def test_a_rule_that_matches_nothing_ends(tmp_path, breaks, before, after):
    rules = tmp_path / "rules.srx"
    rules.write_text(SRX.format(breaks=breaks, before=before, after=after), "utf-8")
    for text in ("", "a", "a. b. c", "a" * 3 * WINDOW, "\n" * 50):
        parts = [part.text for part in segment(text, lang="en", rules=rules)]
        assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+",
        "a*a*b",
        r"\s*\s+",
        r"\w*\d*x",
        "(a|b)*c",
        r"(a)\1",
        ".*foo.*",
        "(a)*(a)*b",
    ],
)
def test_patterns_that_could_run_long_are_refused(pattern):
    assert srx_rules.danger(pattern)


@pytest.mark.parametrize(
    "pattern",
    [r"[\.\?!]+['\"\p{Pe}]*\s+", r"(?:[A-Z]\.)+\s+", r"\b\w+\.\s*\w+", r"\d+\.\d+",
     r"[。！？][」』]*", r"\b(?:Mr|Dr)\.\s", r"^\s*[0-9]+\.", ""],
)  # fmt: skip
def test_patterns_of_real_rules_are_taken(pattern):
    assert not srx_rules.danger(pattern)


def test_lines_and_columns_are_those_of_counting():
    text = "あ\nbc\n\nd"
    starts = LineStarts(text)
    for at in range(len(text) + 1):
        line = text.count("\n", 0, at) + 1
        assert starts.place(at) == (line, at - text.rfind("\n", 0, at))


@pytest.mark.parametrize("suffix", [".xlf", ".tmx", ".po", ".srt", ".ass", ".vtt"])
@pytest.mark.parametrize(
    "piece",
    ["<source>", "<source>あ", "<seg a='", "<source>あ</source>", 'msgid "', "NOTE a", "{\\",
     "Dialogue: ,", "1\n", "<a"],
)  # fmt: skip
def test_masks_of_documents_grow_with_the_file(suffix, piece):
    work = lambda text: mask_markup(text, f"a{suffix}")  # noqa: E731
    assert_grows_with_the_work(work, lambda count: piece * count, size=4000)


def test_a_tag_is_read_once_however_long_it_is():
    pieces = [b"<a x='", *[b"y" * 1000] * 50, b"'>z", b"z", b"<b/>", b"end"]
    whole = [b"".join(pieces[:-4]) + b"'>", b"zz<b/>", b"end"]
    assert list(safe_bytes._ending_after_tags(iter(pieces))) == whole


def test_a_text_without_tags_is_not_kept_back_for_ever(monkeypatch):
    monkeypatch.setattr(safe_bytes, "UNIT_SIZE", 10)
    assert list(safe_bytes._ending_after_tags(iter([b"xxxx"] * 4))) == [
        b"xxxxxxxxxxxx",
        b"xxxx",
    ]


@pytest.mark.parametrize("suffix", [".csv", ".txt", ".json", ".yaml", ".po"])
@pytest.mark.parametrize(
    "piece",
    [" ", "[", "（あ", "a_", "1", ",", '"', "a", "{", "- ", "msgid", "\\", "あ"],
)
def test_files_are_recognised_in_time_that_grows_with_them(tmp_path, suffix, piece):
    from termbank.errors import TermbankError
    from termbank.formats.inspection import inspect

    def work(text):
        path = tmp_path / f"a{suffix}"
        path.write_text(text, encoding="utf-8")
        with contextlib.suppress(TermbankError):
            inspect(path)

    assert_grows_with_the_work(work, lambda count: piece * count + " x", size=4000)


def test_a_cell_of_underscores_is_told_from_a_name_at_once():
    from termbank.formats.tables.column_layouts import bare_layout_of

    rows = [["a" + "_" * 4000 + " x", "冒険", "Adventure"]] * 3
    start = process_time()
    bare_layout_of(rows)
    assert process_time() - start < 1  # it took longer than the world has been
