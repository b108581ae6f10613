"""``termbank doctor``: what is installed, what is missing, and what follows."""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.messages import say
from termbank.version import __version__

from .display import emit_json, table

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

# package: the extra that brings it; an empty name is a core dependency
PACKAGES: Final = {
    "sudachipy": "",
    "sudachidict-core": "",
    "rapidfuzz": "",
    "polars": "",
    "dataframely": "",
    "numpy": "",
    "lxml": "",
    "daachorse": "",
    "sudachidict-full": "full",
    "python-docx": "documents",
    "python-pptx": "documents",
    "openpyxl": "documents",
    "pypdf": "documents",
    "pygls": "lsp",
    "starlette": "web",
    "jinja2": "web",
    "uvicorn": "web",
    "python-multipart": "web",
    "psycopg": "postgres",
    "jamdict": "dictionaries",
    "jamdict-data": "dictionaries",
    "ray": "ray",
    "fsspec": "remote",
}


class Line(NamedTuple):
    """One thing looked at; ``fine`` is None where its absence is a choice."""

    what: str
    found: str
    fine: bool | None
    advice: str = ""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: Namespace) -> int:
    """Print what was found; 1 where a core part is missing."""
    lines = [
        Line("termbank", f"{__version__} ({Path(__file__).parents[1]})", True),
        Line("python", f"{platform.python_version()} {sys.executable}", True),
        *map(_package, PACKAGES),
        _dictionary(),
        _shipped_glossary(),
        *_models(),
        *_extensions(),
        _cache(),
        _settings(),
    ]
    if args.format == "json":
        emit_json([line._asdict() for line in lines])
    else:
        marks = {True: "ok", False: "NG", None: "--"}
        rows = [(marks[x.fine], x.what, x.found, x.advice) for x in lines]
        print(table(rows, ("", say("項目", "item"), say("状態", "state"), "")))
    return 1 if any(line.fine is False for line in lines) else 0


def _package(name: str) -> Line:
    extra = PACKAGES[name]
    try:
        return Line(name, version(name), True)
    except PackageNotFoundError:
        missing = say("未導入", "not installed")
        advice = f"pip install '{f'termbank[{extra}]' if extra else name}'"
        return Line(name, missing, None if extra else False, advice)


def _dictionary() -> Line:
    name = say("辞書", "dictionary")
    try:
        from termbank.tokenise import best_dictionary

        return Line(name, " ".join(best_dictionary()), True)
    except Exception as fault:
        return Line(name, str(fault), False, "pip install sudachidict-core")


def _shipped_glossary() -> Line:
    name = say("付属の用語集", "shipped glossary")
    try:
        from termbank.glossary import light_rows
        from termbank.glossary_places import shipped_folder

        folder = shipped_folder()
        terms = light_rows.read_rows(folder)
    except Exception as fault:
        return Line(name, str(fault), False, "pip install --force-reinstall termbank")
    concepts = len({term.concept_id for term in terms})
    count = say(
        f"{concepts} 概念、{len(terms)} 語形",
        f"{concepts} concepts, {len(terms)} forms",
    )
    return Line(name, f"{count} {folder}", True)


def _models() -> list[Line]:
    """Name the data files that carry a licence of their own beside them."""
    package = Path(__file__).parents[1]
    return [
        Line(
            say("モデル", "model"),
            f"{path.relative_to(package).with_suffix('').as_posix()}",
            True,
            path.read_text(encoding="utf-8").splitlines()[0],
        )
        for path in sorted(package.rglob("*.LICENSE"))
    ]


def _extensions() -> list[Line]:
    """Name who offers the parts of each extension point, and what cannot be loaded."""
    from termbank.engines import ENGINES
    from termbank.formats.parts import FORMATS
    from termbank.reports import REPORTS
    from termbank.rules import POINT
    from termbank.stores import STORES
    from termbank.tokenise import TOKENISERS

    lines = []
    for point in (FORMATS, POINT, TOKENISERS, REPORTS, ENGINES, STORES):
        own = len(point.built_in)
        count = say(f"同梱 {own}", f"{own} built in")
        others = [f"{name} ({point.provider(name)})" for name in point.offers()]
        lines.append(Line(point.name, ", ".join([count, *others]), True))
        lines += [Line(point.name, str(fault), False) for fault in point.faults()]
    return lines


def _cache() -> Line:
    from termbank import cache

    cache.store("doctor", "doctor", ("ok",))
    fine = cache.load("doctor", "doctor") == ("ok",)
    return Line(
        say("キャッシュ", "cache"),
        cache.folder(),
        fine or None,
        ""
        if fine
        else say("書き込めません (動作します)", "not writable; works without"),
    )


def _settings() -> Line:
    from termbank import config

    name = say("設定", "settings")
    try:
        own_settings = config.settings()
    except Exception as fault:
        return Line(name, str(fault), False)
    path = getattr(own_settings, "path", "") or say("なし", "none")
    return Line(name, f"{path} ({os.getcwd()})", True)
