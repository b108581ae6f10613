"""The consistency checks: files and texts in, findings out."""

from __future__ import annotations

from .run import check, check_text

__all__ = ["check", "check_text"]
