"""Whether arguments follow the JSON schema that their call states.

A part of JSON Schema 2020-12: what the schemas of this package use, and nothing else. A
library for all of it takes longer for a look-up's arguments than the look-up itself.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}
_SHOWN = 40  # characters of a wrong name or value


def argument_fault(
    arguments: object, takes: Mapping[str, Any], required: Sequence[str]
) -> str:
    """Return what is wrong with the arguments of a call, empty where nothing is.

    Args:
        arguments: As they were parsed from JSON.
        takes: JSON schema of each argument.
        required: Those that must be there.

    >>> argument_fault({"query": 1}, {"query": {"type": "string"}}, ["query"])
    'query: string is needed, not int'
    """
    if not isinstance(arguments, dict):
        return "arguments is an object"
    schema = {"type": "object", "properties": takes, "required": required}
    return _fault(arguments, schema)


def _fault(value: object, schema: Mapping[str, Any]) -> str:
    kind = schema["type"]
    is_truth = isinstance(value, bool) and kind != "boolean"
    if is_truth or not isinstance(value, _TYPES[kind]):
        return f"{kind} is needed, not {type(value).__name__}"
    if isinstance(value, str):
        return _text_fault(value, schema)
    if isinstance(value, (int, float)):
        return _number_fault(value, schema)
    if isinstance(value, list):
        return _list_fault(value, schema)
    return _object_fault(value, schema) if isinstance(value, dict) else ""


def _text_fault(value: str, schema: Mapping[str, Any]) -> str:  # a list
    choices = schema.get("enum")
    if choices and value not in choices:
        return f"one of {', '.join(choices)} is needed"
    most = schema.get("maxLength")
    if most is not None and len(value) > most:
        return f"{len(value)} characters, at most {most}"
    least = schema.get("minLength", 0)
    if len(value) < least:
        return f"at least {least} characters are needed"
    pattern = schema.get("pattern")
    if pattern is not None and not re.fullmatch(pattern, value):
        return str(schema.get("description", pattern))
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            return "a text without half of a surrogate pair is needed"
    return ""


def _number_fault(value: float, schema: Mapping[str, Any]) -> str:
    if value != value or (schema["type"] == "integer" and value % 1):  # noqa: PLR0124
        return f"{schema['type']} is needed"
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and value < least:
        return f"at least {least} is needed"
    if most is not None and value > most:
        return f"at most {most} is possible"
    return ""


def _list_fault(value: list[object], schema: Mapping[str, Any]) -> str:
    most = schema.get("maxItems")
    if most is not None and len(value) > most:
        return f"{len(value)} items, at most {most}"
    if len(value) < schema.get("minItems", 0):
        return f"at least {schema['minItems']} items are needed"
    if "items" not in schema:
        return ""
    for at, item in enumerate(value):
        fault = _fault(item, schema["items"])
        if fault:
            return f"[{at}]: {fault}"
    return ""


def _object_fault(value: dict[str, object], schema: Mapping[str, Any]) -> str:
    takes = schema.get("properties")
    if takes is None:
        return ""
    absent = [name for name in schema.get("required", ()) if name not in value]
    if absent:
        return f"needs {', '.join(absent)}"
    for name, part in value.items():
        if name not in takes:
            return f"no {name[:_SHOWN]!r}; takes {', '.join(takes)}"
        fault = _fault(part, takes[name])
        if fault:
            return f"{name}: {fault}"
    return ""
