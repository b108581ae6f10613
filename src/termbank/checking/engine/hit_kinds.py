"""How a hit may stand in its text."""

from __future__ import annotations

FREE = "free"  # a word by itself
COMPOUND = "compound"  # a part of a longer word, certain enough for a safe fix
DOUBTFUL = "doubtful"  # a word by itself that may be another of the same spelling
UNSURE = "unsure"  # a part of a word that no dictionary confirms
CHANCE = ""  # a chance substring, of which nobody should hear
