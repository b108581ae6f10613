"""The consistency checks: files and texts in, findings out.

The names are fetched on first use: what only reads files or judges hits does not pay for
the run.
"""

from __future__ import annotations

from termbank.lazy_imports import fetching

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .run import check, check_text

__all__ = ["check", "check_text"]

__getattr__ = fetching(__name__, {"check": "run", "check_text": "run"})
