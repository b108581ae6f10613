"""Contracts of the extension points, for authors of plug-ins to run with pytest.

Each contract is a class with test methods. A plug-in's tests subclass it and name the
part::

    from termbank.testing import FormatContract

    class TestAnki(FormatContract):
        part = termbank_anki.format

termbank runs the same contracts over its own parts.
"""

from __future__ import annotations

from .engine_contract import EngineContract
from .format_contract import FormatContract
from .report_contract import ReportContract
from .rule_contract import RuleContract
from .store_contract import StoreContract
from .tokeniser_contract import TokeniserContract

__all__ = [
    "EngineContract",
    "FormatContract",
    "ReportContract",
    "RuleContract",
    "StoreContract",
    "TokeniserContract",
]
