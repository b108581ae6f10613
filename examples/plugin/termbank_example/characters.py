"""A tokeniser that takes every character for a word."""

from termbank.tokenise import Token

_POS = ("名詞", "普通名詞", "一般", "*", "*", "*")


class CharacterTokeniser:
    """Every character is a word; mode and dictionary are ignored."""

    version = "characters/1 none/0"

    def __init__(self, mode="C", dictionary=None):
        """Take what every tokeniser is made with."""

    def tokens(self, text):
        """Yield the characters that are no blanks."""
        for at, char in enumerate(text):
            if not char.isspace():
                yield Token(char, at, at + 1, _POS, char, char, char, True)
