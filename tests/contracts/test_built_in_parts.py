"""The contracts of the extension points, run over every part that comes with termbank."""

import pytest

from termbank.engines import ENGINES
from termbank.formats.parts import FORMATS
from termbank.reports import REPORTS
from termbank.rules import RULES, row_of, rule
from termbank.stores import STORES
from termbank.testing import (
    EngineContract,
    FormatContract,
    ReportContract,
    RuleContract,
    StoreContract,
    TokeniserContract,
)
from termbank.tokenise import TOKENISERS

# Rules whose findings come from the run itself have nothing to be called.
CHECKED = [code for code, row in RULES.items() if row.reads != "run"]


@pytest.mark.parametrize("name", FORMATS.built_in)
class TestFormats(FormatContract):
    @pytest.fixture(autouse=True)
    def chosen(self, name, monkeypatch):
        monkeypatch.setattr(type(self), "part", FORMATS.find(name), raising=False)


@pytest.mark.parametrize("code", CHECKED)
class TestRules(RuleContract):
    @pytest.fixture(autouse=True)
    def chosen(self, code, monkeypatch):
        monkeypatch.setattr(type(self), "rule", rule(code), raising=False)
        monkeypatch.setattr(type(self), "reads", row_of(code).reads)


@pytest.mark.parametrize("name", TOKENISERS.built_in)
class TestTokenisers(TokeniserContract):
    @pytest.fixture(autouse=True)
    def chosen(self, name, monkeypatch):
        made = staticmethod(TOKENISERS.find(name))
        monkeypatch.setattr(type(self), "make", made, raising=False)


@pytest.mark.parametrize("name", REPORTS.built_in)
class TestReports(ReportContract):
    @pytest.fixture(autouse=True)
    def chosen(self, name, monkeypatch):
        monkeypatch.setattr(type(self), "report", REPORTS.find(name), raising=False)


# PostgreSQL is tried where a server can be started: tests/unit/stores.
@pytest.mark.parametrize("name", [n for n in STORES.built_in if n != "postgresql"])
class TestStores(StoreContract):
    @pytest.fixture(autouse=True)
    def chosen(self, name, monkeypatch, tmp_path):
        made = staticmethod(STORES.find(name))
        monkeypatch.setattr(type(self), "open_store", made, raising=False)
        self.address = f"{name}://{tmp_path / 'team.db'}"


@pytest.mark.parametrize("name", ENGINES.built_in)
class TestEngines(EngineContract):
    @pytest.fixture(autouse=True)
    def chosen(self, name, monkeypatch):
        if name == "ray":
            pytest.importorskip("ray", reason="needs the extra: pip install .[ray]")
        made = staticmethod(ENGINES.find(name))
        monkeypatch.setattr(type(self), "make", made, raising=False)
