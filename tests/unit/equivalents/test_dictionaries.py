"""JMdict and JMnedict: asked only where installed, always with edition and licence."""

import pytest

from termbank.equivalents import dictionaries
from termbank.errors import PluginError


def test_without_the_extra_the_error_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(dictionaries, "is_installed", lambda: False)
    with pytest.raises(PluginError, match="dictionaries"):
        list(dictionaries.suggestions("停戦"))


@pytest.mark.skipif(
    not dictionaries.is_installed(), reason="needs termbank[dictionaries]"
)
def test_suggestions_carry_edition_and_licence():
    found = list(dictionaries.suggestions("停戦"))
    assert "ceasefire" in [each.en for each in found]
    assert all("CC BY-SA" in each.source and "2020-05" in each.source for each in found)
