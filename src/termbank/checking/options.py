"""What holds for all texts of one run."""

from __future__ import annotations

from termbank.records import NamedTuple


class Options(NamedTuple):
    """What holds for all texts of one run.

    Attributes:
        quotations: ``check``, or ``warn`` to leave quotations unfixed.
        long_vowel: ``keep``, ``drop``, or empty for no policy.
        as_of: ISO date of the texts; empty where a text itself must say.
        lang: BCP 47 tag of the texts; empty for all forms of the glossaries.
        changed_since: Revision of git: only lines changed since then count; empty for
            all.
        spacing: ``none``, ``space``, or empty for what a text does most.
        source_folder: Folder of the source texts of translated ones; empty for none.
    """

    quotations: str = "check"
    long_vowel: str = ""
    as_of: str = ""
    lang: str = ""
    changed_since: str = ""
    source_folder: str = ""
    spacing: str = ""
