"""Write docs/reference/formats.md from the code: what each format carries and drops.

``python tools/formats_reference.py`` writes; ``--check`` exits 1 where it is stale.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from termbank.formats.model.concept_records import CONCEPT_FIELDS, TERM_FIELDS
from termbank.formats.parts import FORMATS, module
from termbank.formats.safe_files import _GZIP_RATIO as GZIP_RATIO
from termbank.formats.tables.delimited_rows import COLUMNS, FIELD_SIZE
from termbank.formats.tables.dialects import DIALECTS
from termbank.formats.tables.status_labels import _STATUS_LABELS as STATUS_LABELS
from termbank.formats.xml.safe_bytes import ATTRIBUTES, DEPTH, UNIT_SIZE

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "formats.md"


def page() -> str:
    """Return the page."""
    return "\n".join([*_head(), *_formats(), *_dialects(), *_statuses(), *_limits()])


def _head() -> list[str]:
    fields = ", ".join(f"`{name}`" for name in ("form", *TERM_FIELDS))
    own = ", ".join(f"`{name}`" for name in CONCEPT_FIELDS)
    return [
        "# Formats",
        "",
        "Made from the code by `tools/formats_reference.py`; a test keeps it fresh.",
        "",
        f"A form has the fields {fields}; a concept has {own} and definitions with their "
        "sources. `termbank export` and `termbank convert` count every field that a file "
        "does not take, and `--strict` refuses to write.",
        "",
    ]


def _formats() -> list[str]:
    lines = [
        "## All formats",
        "",
        "| name | suffixes | read | written | does not carry |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name in sorted(FORMATS.names()):
        made = module(name)
        suffixes = " ".join(f"`{suffix}`" for suffix in made.SUFFIXES)
        drops = "; ".join(made.DROPS) or "nothing is dropped"
        lines.append(
            f"| `{name}` | {suffixes} | {_read(made)} | {_written(made)} | {drops} |"
        )
    lines += ["", "Other names for the same: "]
    lines[-1] += (
        ", ".join(f"`{a}` = `{n}`" for a, n in sorted(FORMATS.aliases.items())) + "."
    )
    return [*lines, ""]


def _read(made: Any) -> str:
    said = [
        word
        for attribute, word in (("concepts", "terms"), ("segments", "pairs"))
        if hasattr(made, attribute)
    ]
    return " and ".join(said) or "no"


def _written(made: Any) -> str:
    said = ["terms"] if hasattr(made, "write_records") else []
    if hasattr(made, "write_segments"):
        said.append("pairs")
    return " and ".join(said) or "no"


def _dialects() -> list[str]:
    lines = [
        "## Delimited dialects",
        "",
        "| name | separator | header | columns | only approved | limits | after |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for dialect in DIALECTS.values():
        separator = "tab" if dialect.separator == "\t" else "comma"
        header = ", ".join(dialect.header) or (
            "names" if dialect.shape in ("long", "wide") else "none"
        )
        if dialect.shape == "utx":
            header = "`#UTX` lines"
        columns = (
            ", ".join(dialect.fields)
            if dialect.shape in ("pair", "omegat")
            else dialect.shape
        )
        limits = [
            f"{dialect.side_bytes:,} bytes a side" if dialect.side_bytes else "",
            f"{dialect.file_bytes:,} bytes a file" if dialect.file_bytes else "",
            "each source once" if dialect.unique else "",
        ]
        lines.append(
            f"| `{dialect.name}` | {separator} | {header} | {columns} | "
            f"{'yes' if dialect.approved else 'no'} | {', '.join(filter(None, limits))} | "
            f"{dialect.source} |"
        )
    return [*lines, ""]


def _statuses() -> list[str]:
    lines = [
        "## Statuses",
        "",
        "Labels are compared without case, spaces, hyphens and underscores. A label that "
        "stands in no row is `proposed` and kept, never `preferred`.",
        "",
        "| status | labels |",
        "| --- | --- |",
    ]
    lines += [
        f"| {status} | {', '.join(f'`{label}`' for label in labels.split())} |"
        for status, labels in STATUS_LABELS.items()
    ]
    return [*lines, ""]


def _limits() -> list[str]:
    return [
        "## Limits on files from strangers",
        "",
        "| what | at most |",
        "| --- | --- |",
        f"| XML elements one in another | {DEPTH} |",
        f"| XML attributes of an element | {ATTRIBUTES:,} |",
        f"| one concept or translation unit | {UNIT_SIZE >> 20} MiB |",
        f"| gzip and XLSX parts over 16 MiB | {GZIP_RATIO} times their packed size |",
        f"| one cell of a table | {FIELD_SIZE >> 20} MiB |",
        f"| columns of a table | {COLUMNS:,} |",
        "",
        "Entity declarations and undeclared entities are refused everywhere; an external "
        "DTD is never opened.",
        "",
    ]


def main() -> int:
    """Write the page, or say whether it is stale."""
    fresh = page()
    if "--check" in sys.argv[1:]:
        return int(not PAGE.exists() or PAGE.read_text(encoding="utf-8") != fresh)
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
