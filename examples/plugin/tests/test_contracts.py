"""The contracts of termbank, run over the parts of this package."""

import pytest
from termbank_example import (
    anki,
    blank_in_form,
    count_report,
    double_stop,
    note_left_over,
    process_store,
)
from termbank_example.characters import CharacterTokeniser
from termbank_example.thread_engine import ThreadEngine

from termbank.testing import (
    EngineContract,
    FormatContract,
    ReportContract,
    RuleContract,
    StoreContract,
    TokeniserContract,
)


class TestAnki(FormatContract):
    part = anki


class TestDoubleStop(RuleContract):
    rule = double_stop.RULE


class TestNoteLeftOver(RuleContract):
    rule = note_left_over.RULE


class TestBlankInForm(RuleContract):
    rule = blank_in_form.RULE


class TestCharacters(TokeniserContract):
    make = CharacterTokeniser


class TestCount(ReportContract):
    report = count_report


class TestThreads(EngineContract):
    make = ThreadEngine


class TestProcess(StoreContract):
    open_store = staticmethod(process_store.open_store)

    @pytest.fixture(autouse=True)
    def place(self, tmp_path):
        self.address = f"process://{tmp_path.name}"
