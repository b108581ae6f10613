"""A wrong command line is answered in one line, in the reader's language."""

import re

import pytest

from termbank.cli import main

JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
WRONG = {
    "mine": "the following arguments are required: FILE",
    "mine x --limit y": "argument --limit: invalid int value: 'y'",
    "mine x --limit": "argument --limit: expected one argument",
    "lookup x --at-least y": "argument --at-least: invalid float value: 'y'",
    "mine x --mentions --new --explain f": "not allowed with argument --mentions",
    "mine x --mentions=3": "ignored explicit argument '3'",
    "mine x --m": "ambiguous option: --m could match",
    "mine x --bogus": "unrecognized arguments: --bogus",
    "check x --format bogus": "argument --format: invalid choice: 'bogus'",
    "memory bogus": "argument ACTION: invalid choice: 'bogus'",
    "memory search": "the following arguments are required: TEXT",
    "--bogus mine x": "unrecognized arguments: --bogus",
    "bogus": "no such command: bogus",
    "bogus mine x": "no such command: bogus",
    "inspct x": "no such command: inspct; did you mean inspect?",
}


def said(words, language, capsys) -> str:
    with pytest.raises(SystemExit) as stop:
        main(["--messages", language, *words.split()])
    assert stop.value.code == 2
    out, err = capsys.readouterr()
    assert not out
    (line,) = err.splitlines()
    return line


@pytest.mark.parametrize("words", WRONG)
def test_a_wrong_line_is_answered_in_one_line_of_each_language(words, capsys):
    english = said(words, "en", capsys)
    assert WRONG[words] in english
    assert not JAPANESE.search(english)
    japanese = said(words, "ja", capsys)
    assert JAPANESE.search(japanese)
    assert WRONG[words] not in japanese
    assert "引数の誤り" not in japanese
    assert english.endswith(" --help") or english.endswith("termbank --help lists them")


@pytest.mark.parametrize(
    "english",
    [
        "argument --x: expected 3 arguments",
        "argument --x: expected at least one argument",
        "one of the arguments --x --y is required",
        "argument --x: invalid choice: 'b' (choose from 'a', 'c')",
        "argument --x: invalid choice: 'b' (choose from a, c)",
        "argument --x: invalid choice: 'b', maybe you meant 'a'? (choose from a, c)",
    ],
)
def test_the_sentences_of_python_3_11_to_3_14_are_known(english, capsys, monkeypatch):
    from termbank.command_line.argument_parser import Parser

    monkeypatch.setenv("TERMBANK_MESSAGES", "ja")
    with pytest.raises(SystemExit):
        Parser(prog="termbank x").error(english)
    line = capsys.readouterr().err
    assert not re.search(r"expected|choose|required|meant|引数の誤り", line)


def test_a_sentence_nobody_knows_stays_after_a_japanese_lead(capsys, monkeypatch):
    from termbank.command_line.argument_parser import Parser

    monkeypatch.setenv("TERMBANK_MESSAGES", "ja")
    with pytest.raises(SystemExit):
        Parser(prog="termbank x").error("argument --x: of a\nlater Python")
    expected = (
        "termbank x: --x: 引数の誤り: of a later Python。使い方: termbank x --help\n"
    )
    assert capsys.readouterr().err == expected


def test_a_mistake_is_said_in_the_language_asked_for_after_the_command(capsys):
    with pytest.raises(SystemExit):
        main(["mine", "--messages=en"])
    assert not JAPANESE.search(capsys.readouterr().err)


def test_termbank_alone_prints_help(capsys):
    assert main([]) == 2
    assert "lookup" in capsys.readouterr().err
