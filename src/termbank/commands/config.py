"""``termbank config``: the settings that hold here, and where they come from."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: Namespace) -> int:
    """Print the settings as TOML, or as JSON; return 0."""
    from termbank.config import settings
    from termbank.rules import chosen_codes

    own_settings = settings()
    table = own_settings.check
    codes = chosen_codes(table.select, table.ignore)
    values: dict[str, object] = {
        "glossaries": list(own_settings.glossaries),
        "dictionary": own_settings.dictionary,
        "profile": own_settings.profile,
        "check": {
            **table._asdict(),
            "exceptions": dict(table.exceptions),
            "per_file_ignores": dict(table.per_file_ignores),
        },
    }
    if args.format == "json":
        from .display import emit_json

        emit_json({"path": own_settings.path or None, **values, "codes": list(codes)})
        return 0
    print(f"# {own_settings.path or 'termbank.toml: -'}")
    for line in _toml(values):
        print(line)
    print(f"# {' '.join(codes)}")
    return 0


def _toml(values: dict[str, object], place: str = "") -> list[str]:
    plain = {
        key: setting for key, setting in values.items() if not isinstance(setting, dict)
    }
    lines = [
        f"{_key(key)} = {_value(setting)}{_comment(key, place)}"
        for key, setting in plain.items()
    ]
    for key, setting in values.items():
        if isinstance(setting, dict):
            name = f"{place}.{key}" if place else key
            lines += ["", f"[{name}]", *_toml(setting, name)]
    return lines


def _comment(key: str, place: str) -> str:
    """Return what a setting means, as a comment; nothing for keys that people choose."""
    from termbank.command_line.setting_meanings import SETTINGS
    from termbank.messages import say

    meaning = SETTINGS.get(f"{place}.{key}" if place else key)
    return f"  # {say(*meaning)}" if meaning else ""


def _key(key: str) -> str:
    return key if key.replace("_", "").isascii() and key.isidentifier() else _value(key)


def _value(value: object) -> str:
    import json

    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value, ensure_ascii=False)
