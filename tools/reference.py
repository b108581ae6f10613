"""Write docs/reference from the code: names, frames, commands, rules, settings, errors, words.

``python tools/reference.py`` writes; ``--check`` exits 1 where a page is stale.
"""

from __future__ import annotations

import argparse
import inspect
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

os.environ["TERMBANK_MESSAGES"] = "en"
os.environ["COLUMNS"] = "88"

import termbank
from termbank import cli, errors, schemas
from termbank.command_line.setting_meanings import SETTINGS, VARIABLES
from termbank.config import CheckSettings, Settings
from termbank.rules import RULES, rule
from termbank.rules.pages import page as page_of_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
NOTICE = "<!-- Made by tools/reference.py; edit the code, not this page. -->\n"


def api() -> Iterator[str]:
    """Yield the page of public names."""
    yield "# Public names\n\nEverything here is imported from `termbank` itself.\n"
    for name in sorted(termbank.__all__, key=str.lower):
        thing = getattr(termbank, name)
        yield f"\n## {name}\n"
        if inspect.isfunction(thing):
            yield f"\n```python\n{name}{_signature(thing)}\n```\n"
        yield f"\n{_text(thing)}\n"
        if inspect.isclass(thing) and not issubclass(thing, tuple):
            yield from _methods(name, thing)


def _methods(name: str, thing: type) -> Iterator[str]:
    for member, function in inspect.getmembers(thing):
        if member.startswith("_") or not (
            inspect.isfunction(function) or inspect.ismethod(function)
        ):
            continue
        yield f"\n### {name}.{member}\n\n```python\n{member}{_signature(function)}\n```\n"
        yield f"\n{_text(function)}\n"


def frames() -> Iterator[str]:
    """Yield the page of frames."""
    yield "# Frames\n\nDeclared in `termbank.schemas` with dataframely.\n"
    source = inspect.getsource(schemas)
    for name, schema in vars(schemas).items():
        if not (inspect.isclass(schema) and schema.__module__ == schemas.__name__):
            continue
        yield f"\n## {name}\n\n{_text(schema)}\n\n"
        yield "| column | type | key | null | meaning |\n| --- | --- | --- | --- | --- |\n"
        block = source.split(f"class {name}(", 1)[1].split("\nclass ", 1)[0]
        for column, kind in schema.columns().items():
            said = re.search(rf"^    {column} = .*?# (.*)$", block, re.MULTILINE)
            key = "key" if kind.primary_key else ""
            null = "null" if kind.nullable else ""
            values = getattr(kind, "categories", None)
            meaning = ", ".join(values) if values else (said[1] if said else "")
            shown = type(kind).__name__
            yield f"| {column} | {shown} | {key} | {null} | {meaning} |\n"


def commands() -> Iterator[str]:
    """Yield the page of commands."""
    yield "# Commands\n\n日本語: [コマンドの一覧](commands.ja.md)\n\n"
    yield "Exit: 0 clean, 1 findings, 2 usage or input, 3 our fault.\n"
    yield from _help_texts("en")


def commands_ja() -> Iterator[str]:
    """Yield the Japanese page of commands."""
    yield "# コマンド\n\nEnglish: [Commands](commands.md)\n\n"
    yield "終了コードは、0 が指摘なし、1 が指摘あり、2 が使い方や入力の誤り、3 が termbank の不具合です。\n"
    yield from _help_texts("ja")


def _help_texts(language: str) -> Iterator[str]:
    os.environ["TERMBANK_MESSAGES"] = language
    for name in cli.COMMANDS:
        parser = cli.parser_of(name)
        yield f"\n## termbank {name}\n\n```text\n{parser.format_help().rstrip()}\n```\n"
    os.environ["TERMBANK_MESSAGES"] = "en"


def rules() -> Iterator[str]:
    """Yield the pages of all rules."""
    yield "# Rules\n\n日本語: [規則の一覧](rules.ja.md)\n\n"
    yield "What `termbank rule CODE` shows. The examples are tests.\n"
    for code in RULES:
        yield from _rule(
            page_of_rule(rule(code)).text, RULES[code].on, "On by default."
        )


def rules_ja() -> Iterator[str]:
    """Yield the pages of all rules in Japanese."""
    yield "# 規則\n\nEnglish: [Rules](rules.md)\n\n"
    yield "`termbank rule 番号` で表示される説明です。例はテストで確かめています。\n"
    for code in RULES:
        text = page_of_rule(rule(code)).japanese
        yield from _rule(text, RULES[code].on, "初めから有効です。")


def _rule(text: str, on: bool, default: str) -> Iterator[str]:
    title, _, rest = text.partition("\n")
    yield f"\n## {title}\n\n"
    yield f"{default}\n\n" if on else ""
    # Examples are indented under their heading: a list of code lines on the page.
    rest = re.sub(r"^([^\n:]+):\n((?:    .*\n?)+)", _example_block, rest, flags=re.M)
    yield re.sub(r"(?<!`)``(?!`)", "`", rest).strip() + "\n"


def _example_block(found: re.Match[str]) -> str:
    lines = "\n".join(line.strip() for line in found[2].strip().split("\n"))
    return f"{found[1]}:\n\n```text\n{lines}\n```\n\n"


def setting_list() -> Iterator[str]:
    """Yield the page of settings, in both languages."""
    yield "# Settings / 設定\n\n"
    yield "`termbank.toml`, or `[tool.termbank]` of `pyproject.toml`; the nearest one above "
    yield "the working folder holds. `termbank config` shows what holds.\n\n"
    yield "`termbank.toml`、または `pyproject.toml` の `[tool.termbank]`。作業フォルダーから上へ"
    yield "たどって、最初に見つかったものが有効です。今の設定は `termbank config` で分かります。\n\n"
    yield "| key | default | 意味 | meaning |\n| --- | --- | --- | --- |\n"
    defaults = {**Settings()._asdict(), **_check_defaults()}
    for key, (japanese, english) in SETTINGS.items():
        value = defaults[key]
        shown = "" if isinstance(value, CheckSettings) else f"`{_toml(value)}`"
        yield f"| `{key}` | {shown} | {japanese} | {english} |\n"
    yield "\n## Environment / 環境変数\n\n"
    yield "| variable | 意味 | meaning |\n| --- | --- | --- |\n"
    for name, (japanese, english) in VARIABLES.items():
        yield f"| `{name}` | {japanese} | {english} |\n"


def _check_defaults() -> dict[str, object]:
    return {f"check.{key}": value for key, value in CheckSettings()._asdict().items()}


def _toml(value: object) -> str:
    return str(list(value)) if isinstance(value, tuple) else f'"{value}"'


def words() -> Iterator[str]:
    """Yield the words of the field, from the glossary of our own documentation."""
    own = termbank.Glossary.read(FOLDER.parent / "house-style")
    meanings: dict[str, dict[str, str]] = {}
    for concept, lang, text in own.definitions.select(
        "concept_id", "lang", "text"
    ).iter_rows():
        meanings.setdefault(concept, {})[lang] = text
    forms: dict[tuple[str, str], str] = {}
    preferred = own.terms.filter(status="preferred")
    for concept, lang, form in preferred.select(
        "concept_id", "lang", "form"
    ).iter_rows():
        forms[concept, lang] = form
    yield "# Words of the field / 用語\n\n"
    yield "Made from the glossary that checks this documentation (`docs/house-style`). "
    yield "このドキュメントの表記を検査している用語集から作りました。\n\n"
    yield "| English | 日本語 | 説明 | meaning |\n| --- | --- | --- | --- |\n"
    for concept in sorted(meanings, key=lambda key: forms[key, "en"].lower()):
        english, japanese = forms[concept, "en"], forms[concept, "ja"]
        told = meanings[concept]
        yield f"| {english} | {japanese} | {told['ja']} | {told['en']} |\n"


def error_tree() -> Iterator[str]:
    """Yield the page of errors."""
    yield f"# Errors\n\n{_text(errors)}\n"
    for name, thing in vars(errors).items():
        if inspect.isclass(thing) and issubclass(thing, Exception):
            yield f"\n## {name}\n\n{_text(thing)}\n"


def _signature(function: object) -> str:
    return str(inspect.signature(function)).replace("'", "")  # type: ignore[arg-type]


def _text(thing: object) -> str:
    text = inspect.getdoc(thing) or ""
    # Examples become code blocks, so that a page renders the same everywhere.
    return re.sub(
        r"((?:^>>> .*\n?(?:(?!\n).+\n?)*)+)", r"```pycon\n\1\n```", text, flags=re.M
    )


PAGES = {
    "api": api,
    "frames": frames,
    "commands": commands,
    "commands.ja": commands_ja,
    "rules": rules,
    "rules.ja": rules_ja,
    "settings": setting_list,
    "terms": words,
    "errors": error_tree,
}


def main() -> int:
    """Write or check all pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = []
    for name, page in PAGES.items():
        path = FOLDER / f"{name}.md"
        text = NOTICE + re.sub(r"\n{3,}", "\n\n", "".join(page()))
        if check and (not path.exists() or path.read_text(encoding="utf-8") != text):
            stale.append(path.name)
        elif not check:
            path.write_text(text, encoding="utf-8")
    if stale:
        print(f"stale: {', '.join(stale)}; run python tools/reference.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
