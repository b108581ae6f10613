"""Every argument of every command has a help text, in both languages."""

import argparse
import re

import pytest

from termbank import cli

JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")


def arguments(parser, place):
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                yield from arguments(inner, f"{place} {name}")
        elif action.help != argparse.SUPPRESS:
            yield f"{place} {'/'.join(action.option_strings) or action.dest}", action


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_argument_says_what_it_is(name, monkeypatch):
    monkeypatch.setenv("TERMBANK_MESSAGES", "ja")
    found = list(arguments(cli.parser_of(name), name))
    assert [place for place, action in found if not action.help] == []
    assert [p for p, action in found if not JAPANESE.search(action.help)] == []
    monkeypatch.setenv("TERMBANK_MESSAGES", "en")
    english = list(arguments(cli.parser_of(name), name))
    assert [place for place, action in english if JAPANESE.search(action.help)] == []
