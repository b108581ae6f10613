"""How much memory a job may use, as people write it."""

from __future__ import annotations

import re
from typing import Final

from termbank.errors import ConfigError
from termbank.messages import say

DEFAULT_LIMIT: Final = 1 << 30
_LEAST: Final = 64 << 20  # below this not even the dictionary fits
_UNITS: Final = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
_WRITTEN: Final = re.compile(r"(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?", re.IGNORECASE)


def parse_memory(limit: str | int | None) -> int:
    """Return a limit of memory in bytes.

    Args:
        limit: ``2GB``, ``512M``, bytes, or None for the default of 1 GB.

    Raises:
        ConfigError: It is written otherwise, or below 64 MB.

    >>> parse_memory("2GB") == 2 * 1024**3
    True
    """
    if limit is None:
        return DEFAULT_LIMIT
    written = _WRITTEN.fullmatch(str(limit).strip())
    count = int(float(written[1]) * _UNITS[written[2].lower()]) if written else 0
    if count < _LEAST:
        raise ConfigError(
            "memory", str(limit), say("64MB 以上 (例 2GB)", "64MB or more, such as 2GB")
        )
    return count
