"""The engine of the examples keeps the contract that the built-in ones keep."""

import importlib.util
import sys
from pathlib import Path

import pytest

from termbank.testing import EngineContract

EXAMPLE = Path(__file__).parents[2] / "examples" / "dask_engine.py"


class TestDask(EngineContract):
    @pytest.fixture(autouse=True)
    def chosen(self, monkeypatch):
        pytest.importorskip("distributed", reason="needs Dask: pip install distributed")
        spec = importlib.util.spec_from_file_location("dask_engine", EXAMPLE)
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, "dask_engine", module)
        spec.loader.exec_module(module)
        made = staticmethod(module.DaskEngine)
        monkeypatch.setattr(type(self), "make", made, raising=False)
