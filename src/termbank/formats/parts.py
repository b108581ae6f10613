"""The formats by name: those that come with termbank and those of other packages.

A format is a module or an object with

- ``NAME``; ``SUFFIXES``, the usual one first; ``DROPS``, what it cannot carry;
- to be recognised: ``recognise(head)``, asked with a
  :class:`~termbank.formats.model.file_head.Head`; ``ROOTS``, the root elements of a
  format of XML; ``CHOSEN_BY_SUFFIX = False`` where a suffix alone must not choose it;
- to be read: ``concepts(path)`` yields records of concepts,
  ``segments(path, source=…, target=…)`` yields pairs;
- to be written: ``write_records(records, path, **options)``,
  ``write_segments(pairs, path, strict=…)``, both returning what was lost;
- ``HOLDS = "pairs"`` where a conversion reads pairs even though it has both;
- ``ONE_PAIR = True`` where a file holds one source and one target language,
  ``HOLDS_MANY = True`` where ``segments`` takes ``pair=(source, target)`` because units
  hold more languages than two;
- ``document(path, content)`` where the units of a file can be edited in place: it
  returns what has ``read(source=…, target=…)``, ``units(…)``, ``edited(units, edits)`` as
  :class:`~termbank.formats.xml.target_edits.Document`; ``path`` names the file that is
  edited where it may be another one, ``marks_drafts = False`` says that a translation
  cannot be marked for review, ``refuse_alone()`` raises where a file of one language
  has no counterpart in another;
- ``job(path, content)`` in the place of ``document`` where files are read as a stream unless
  their open units are to be filled;
- ``CARRIES_DECISIONS = True`` where ``write_records`` takes ``decisions`` (rows as in
  :mod:`~termbank.formats.model.decision_rows`) and ``decisions(path)`` yields them;
- ``rewrite(path, target, strict=…)`` where a file of its own ``FAMILY`` (``NAME``
  where absent) can be written anew with more than the records carry;
- ``inspect(path)`` and ``validate(path)`` where the general ones do not serve.

Options of ``write_records`` are keywords; one that a format does not know is ignored.
Nothing here imports Polars or a format before one is asked for.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from termbank.errors import InputError
from termbank.messages import say
from termbank.registry import Point

from .model.file_head import suffix_of
from .tables.dialects import DIALECTS

if TYPE_CHECKING:
    from types import ModuleType

_HERE: Final = "termbank.formats"
# The order is that in which formats are asked and in which a suffix chooses.
FORMATS: Final = Point(
    "formats",
    {
        "tbx": f"{_HERE}.tbx.format",
        "tbx-dct": f"{_HERE}.tbx.format:DCT",
        "tbx2": f"{_HERE}.tbx.format:V2",
        "tbx-min": f"{_HERE}.tbx.format:MIN",
        "tbx-min-dct": f"{_HERE}.tbx.format:MIN_DCT",
        "tbx-core": f"{_HERE}.tbx.format:CORE",
        "tbx-core-dct": f"{_HERE}.tbx.format:CORE_DCT",
        "tmx": f"{_HERE}.tmx",
        "xliff": f"{_HERE}.xliff",
        "xliff1": f"{_HERE}.xliff:VERSION_1",
        "xliff-glossary": f"{_HERE}.xliff_glossary",
        "multiterm": f"{_HERE}.multiterm",
        "srx": f"{_HERE}.srx",
        "ods": f"{_HERE}.tables.ods",
        "prh": f"{_HERE}.rule_lists.writers:PRH",
        "vale-style": f"{_HERE}.rule_lists.substitutions:VALE_STYLE",
        "vale-words": f"{_HERE}.rule_lists.substitutions:VALE_WORDS",
        "redpen": f"{_HERE}.rule_lists.substitutions:REDPEN",
        "wordings": f"{_HERE}.rule_lists.substitutions:WORDINGS",
        "xlsx": f"{_HERE}.tables.xlsx",
        "utx": f"{_HERE}.utx",
        "po": f"{_HERE}.po",
        "jsonl": f"{_HERE}.jsonlines",
        "arb": f"{_HERE}.strings.arb_table:FORMAT",
        "xcstrings": f"{_HERE}.strings.xcstrings_catalogue:FORMAT",
        "android": f"{_HERE}.strings.android_table:FORMAT",
        "resx": f"{_HERE}.strings.resx_table:FORMAT",
        "strings": f"{_HERE}.strings.apple_strings:FORMAT",
        "stringsdict": f"{_HERE}.strings.stringsdict_table:FORMAT",
        "properties": f"{_HERE}.strings.properties_table:FORMAT",
        "fluent": f"{_HERE}.strings.fluent_table:FORMAT",
        "renpy": f"{_HERE}.strings.renpy_translations:FORMAT",
        "json-strings": f"{_HERE}.strings.json_table:FORMAT",
        "yaml-strings": f"{_HERE}.strings.yaml_table:FORMAT",
        "keyed-table": f"{_HERE}.strings.keyed_table:FORMAT",
        "srt": f"{_HERE}.subtitles.timed_blocks:SRT",
        "vtt": f"{_HERE}.subtitles.timed_blocks:VTT",
        "ass": f"{_HERE}.subtitles.styled_events:FORMAT",
        "skos": f"{_HERE}.skos",
        **{
            name: f"{_HERE}.tables.delimited:{name.upper().replace('-', '_')}"
            for name, dialect in DIALECTS.items()
            if dialect.shape != "utx"  # a format of its own
        },
        "textlint": f"{_HERE}.rule_lists.writers:TEXTLINT",
        "vale": f"{_HERE}.rule_lists.writers:VALE",
        "vale-vocabulary": f"{_HERE}.rule_lists.writers:VOCABULARY",
        "sudachi": f"{_HERE}.dictionaries.sudachi_dictionary",
        "mozc": f"{_HERE}.dictionaries.input_methods:MOZC",
        "msime": f"{_HERE}.dictionaries.input_methods:MSIME",
        "atok": f"{_HERE}.dictionaries.input_methods:ATOK",
        "yomitan": f"{_HERE}.dictionaries.yomitan",
    },
    # Other names people use for the same.
    aliases={
        "tbx-dca": "tbx",
        "tbx3": "tbx",
        "tbx3-dca": "tbx",
        "tbx-basic": "tbx",
        "tbx3-dct": "tbx-dct",
        "tbx-v2": "tbx2",
        "martif": "tbx2",
        "google-ime": "mozc",
        "csv-long": "csv",
        "tsv-long": "tsv",
    },
)


def module(name: str) -> ModuleType | Any:
    """Return the format called ``name``.

    Raises:
        PluginError: There is no such format; the error lists those known.
    """
    return FORMATS.find(name)


def is_readable(part: Any) -> bool:
    """Whether files of a format can be read as concepts, pairs or rules."""
    return any(hasattr(part, name) for name in ("concepts", "segments", "inspect"))


def is_writable(part: Any) -> bool:
    """Whether concepts or pairs can be written in a format."""
    return hasattr(part, "write_records") or hasattr(part, "write_segments")


def readable_names() -> list[str]:
    """Return the names of the formats that files can be read from, sorted."""
    return sorted(name for name, part in FORMATS.parts() if is_readable(part))


def writable_names() -> list[str]:
    """Return the names of the formats that can be written, sorted."""
    return sorted(name for name, part in FORMATS.parts() if is_writable(part))


def format_of(path: str | os.PathLike[str]) -> str:
    """Return the format that a file name asks for.

    Args:
        path: File to be written; its suffix decides, whatever the letter case.

    Raises:
        InputError: No format has this suffix.

    >>> format_of("out/terms.TBX")
    'tbx'
    """
    suffix = suffix_of(os.fspath(path))
    suffixes = set()
    for chosen, part in FORMATS.parts():
        if is_writable(part) and getattr(part, "CHOSEN_BY_SUFFIX", True):
            if suffix in part.SUFFIXES:
                return chosen
            suffixes.update(part.SUFFIXES)
    problem = say(f"拡張子 {suffix!r}", f"suffix {suffix!r}")
    raise InputError(os.fspath(path), problem, " | ".join(sorted(suffixes)))
