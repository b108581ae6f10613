"""The rules by code; each lives in a file of its own whose docstring is its page.

A rule is an object with ``code``, ``name`` and one method that yields findings. What it
``reads`` says which method, and when it runs:

- ``hits``: ``check(passage)``, only where a target of the glossaries stands;
- ``text``: ``check(passage)``, on every text;
- ``files``: ``check_files(passages)``, once over all texts;
- ``pairs``: ``check_pairs(pairs)``, on bilingual files;
- ``renderings``: ``check_renderings(rendered)``, on the terms in bilingual files;
- ``glossary``: ``check_rows(rows)`` gives (row, message, severity), on a glossary;
- ``run``: the run itself gives the finding.

Other packages offer rules as entry points of the group ``termbank.rules``, named by
their codes. Such a rule says in attributes what the table says of ours: ``name``,
``reads`` and ``needs_glossary`` (False where absent). It runs where it is selected, by
its code, a beginning of it or ``ALL``.
"""

from __future__ import annotations

from termbank.errors import ConfigError
from termbank.records import NamedTuple
from termbank.registry import Point

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any


class Row(NamedTuple):
    """One rule of the table.

    Attributes:
        name: Short name in the messages and pages.
        place: ``module:attribute``.
        reads: What it works on, see the module.
        on: True where it runs without being selected.
    """

    name: str
    place: str
    reads: str
    on: bool = True


def _row(name: str, module: str, reads: str, on: bool = True) -> Row:
    return Row(name, f"termbank.rules.{module}:RULE", reads, on)


RULES: dict[str, Row] = {
    "TB101": _row("spelling-variant", "spelling_variant", "hits"),
    "TB102": _row("retired-word", "retired_word", "hits"),
    "TB103": _row("near-miss", "near_miss", "text", False),
    "TB104": _row("variant-in-compound", "variant_in_compound", "hits"),
    "TB201": _row("mixed-spelling", "mixed_spelling", "files", False),
    "TB202": _row("mixed-across-files", "mixed_across_files", "files", False),
    "TB203": _row("long-vowel", "long_vowel", "text", False),
    "TB204": _row("foreign-consonant", "foreign_consonant", "files", False),
    "TB205": _row("middle-dot", "middle_dot", "files", False),
    "TB206": _row("okurigana", "okurigana", "files", False),
    "TB207": _row("width", "width", "text", False),
    "TB208": _row("country-abbreviation", "country_abbreviation", "text", False),
    "TB209": _row("letter-case", "letter_case", "files", False),
    "TB210": _row("numerals", "numerals", "text", False),
    "TB211": _row("person-name", "person_name", "text", False),
    "TB212": _row("renamed-entity", "renamed_entity", "hits"),
    "TB213": _row("script-spacing", "script_spacing", "text", False),
    "TB301": _row("wrong-rendering", "wrong_rendering", "renderings", False),
    "TB302": _row("absent-rendering", "absent_rendering", "renderings", False),
    "TB303": _row("untranslated-term", "untranslated_term", "renderings", False),
    "TB304": _row(
        "one-source-several-targets", "one_source_several_targets", "pairs", False
    ),
    "TB305": _row(
        "several-sources-one-target", "several_sources_one_target", "pairs", False
    ),
    "TB306": _row("rendering-case", "rendering_case", "renderings", False),
    "TB307": _row("do-not-translate", "do_not_translate", "renderings", False),
    "TB308": _row("near-rendering", "near_rendering", "renderings", False),
    "TB309": _row("changed-placeholder", "changed_placeholder", "pairs", False),
    "TB401": _row("chained-variant", "chained_variant", "glossary", False),
    "TB402": _row(
        "variant-preferred-elsewhere", "variant_preferred_elsewhere", "glossary", False
    ),
    "TB403": _row("duplicate-concept", "duplicate_concept", "glossary", False),
    "TB404": _row("broad-variant", "broad_variant", "glossary", False),
    "TB405": _row("failing-example", "failing_example", "glossary", False),
    "TB406": _row("rule-left-behind", "rule_left_behind", "run", False),
    "TB901": _row("unused-suppression", "unused_suppression", "run"),
    "TB902": _row("stale-baseline", "stale_baseline", "run"),
    "TB903": _row("unreadable-file", "unreadable_file", "run"),
}
POINT = Point("rules", {code: row.place for code, row in RULES.items()})


def row_of(code: str) -> Row:
    """Return what the table says of a rule, or the rule of another package of itself.

    Raises:
        PluginError: Nobody offers it.
    """
    if code in RULES:
        return RULES[code]
    third_party = POINT.find(code)
    place = POINT.offers()[code].value
    return Row(
        str(third_party.name), place, str(getattr(third_party, "reads", "text")), False
    )


def needs_glossary(code: str) -> bool:
    """Whether a rule finds nothing without a glossary.

    Raises:
        PluginError: Nobody offers the rule.
    """
    if code in RULES:
        spelling = code[:3] == "TB2" and code not in ("TB211", "TB212")
        return not spelling and code not in ("TB304", "TB305", "TB309")
    return bool(getattr(POINT.find(code), "needs_glossary", False))


def chosen_codes(
    select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[str, ...]:
    """Return the codes that run, in order.

    Args:
        select: Codes or beginnings of codes; empty for the default set, ``ALL`` for
            every rule.
        ignore: Codes or beginnings left out, unless ``select`` names them longer.

    Raises:
        ConfigError: A word that begins no code.

    >>> chosen_codes(["TB1"], ignore=["TB104"])[:2]
    ('TB101', 'TB102')
    """
    unknown = [word for word in (*select, *ignore) if not _begins(word, RULES)]
    codes: Iterable[str] = RULES
    if unknown or "ALL" in select:
        codes = POINT.names()
    for word in unknown:
        if not _begins(word, codes):
            raise ConfigError("select/ignore", word, ", ".join(codes))
    return tuple(code for code in codes if _runs(code, select, ignore))


def _begins(word: str, codes: Iterable[str]) -> bool:
    return word == "ALL" or any(code.startswith(word) for code in codes)


def _runs(code: str, select: Sequence[str], ignore: Sequence[str]) -> bool:
    on = code in RULES and RULES[code].on
    select_length = _longest(code, select) if select else (0 if on else -1)
    return select_length >= 0 and select_length > _longest(code, ignore)


def _longest(code: str, code_words: Iterable[str]) -> int:
    lengths = [0 if word == "ALL" else len(word) for word in code_words]
    fitting = [
        length
        for word, length in zip(code_words, lengths, strict=True)
        if word == "ALL" or code.startswith(word)
    ]
    return max(fitting, default=-1)


def rule(code: str) -> Any:
    """Return the rule object of a code.

    Raises:
        PluginError: Nobody offers it.
    """
    return POINT.find(code)
