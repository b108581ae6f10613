"""What stands between the parts of a name: the one table of these characters.

Each set is a text of single characters, to be searched or put inside the brackets of a
regular expression; a hyphen stands last in its set, where it needs no escape.
"""

from __future__ import annotations

MIDDLE_DOTS = "・･"
DOUBLE_HYPHENS = "＝=゠"
BLANKS = " 　"
FULL_STOPS = ".．"
APOSTROPHES = "'’"
HYPHENS = "‐–—-"
# Between the parts of one katakana name: ウォロディミル・ゼレンスキー, ファンデルライエン＝….
JOINTS = MIDDLE_DOTS + DOUBLE_HYPHENS
# The same, and the blanks between words: 株式会社 ルベル.
SEPARATORS = JOINTS + BLANKS
