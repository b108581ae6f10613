"""Translation memory: stored pairs of segments, searched by likeness of their sources."""

from __future__ import annotations

from .scoring import Circumstances
from .translation_memory import Memory, Stats

__all__ = ["Circumstances", "Memory", "Stats"]
