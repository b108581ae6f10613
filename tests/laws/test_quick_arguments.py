"""A plain line reads as argparse reads it; all other lines are left to argparse."""

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank import cli
from termbank.command_line.quick_arguments import Recorder

QUICK = ("lookup", "scan", "check", "doctor", "seeds", "build", "mine")


def quick(name, words):
    recorder = Recorder()
    cli._declare(name, recorder)
    return recorder.read(words)


def slow(name, words):
    with contextlib.redirect_stderr(io.StringIO()):
        return vars(cli.parser_of(name).parse_args(words))


def flags(name):
    return sorted(
        flag
        for action in cli.parser_of(name)._actions
        for flag in action.option_strings
    )


@given(data=st.data(), name=st.sampled_from(QUICK))
def test_what_is_read_quickly_is_what_argparse_reads(data, name):
    word = st.one_of(
        st.sampled_from(flags(name)),
        st.sampled_from(
            ["シルスキーイ", "a.md", "-", "--", "5", "-5", "text", "json", "en"]
        ),
        st.sampled_from(["--form", "--limit=3", "-ox", "", "verify"]),
    )
    words = data.draw(st.lists(word, max_size=7))
    read = quick(name, words)
    if read is not None:
        assert vars(read) == slow(name, words)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("lookup", ["シルスキーイ"]),
        ("lookup", ["--to", "en", "キーウ", "キエフ", "--limit", "3"]),
        ("scan", ["-", "--format", "json"]),
        ("check", ["a.md", "b.md", "--glossary", "x", "--glossary", "y", "--fix"]),
    ],
)
def test_everyday_lines_are_read_quickly(name, words):
    read = quick(name, words)
    assert read is not None
    assert vars(read) == slow(name, words)


@pytest.mark.parametrize(
    "words", [["--help"], ["a.md", "--no-such"], [], ["--glossary"]]
)
def test_help_and_mistakes_are_left_to_argparse(words):
    assert quick("check", words) is None
