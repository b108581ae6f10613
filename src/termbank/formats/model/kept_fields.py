"""``extra`` as text: what a read format carried and the frames have no column for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from .concept_records import Extra

# What each known part of ``extra`` has to be; a text of another shape is kept whole.
_SHAPES: Final[dict[str, type]] = {
    "id": str,
    "kind": str,
    "attr": dict,
    "kept": list,
    "lang": dict,
    "back": dict,
    "status": str,
    "pos": str,
    "markup": str,
    "labels": dict,
    "columns": dict,
    "utx": list,
    "twins": list,
    "definitions": list,
    "unstated": str,
}


def extra_of(text: str) -> Extra | None:
    """Return what ``extra`` holds; a text that termbank did not write is kept whole."""
    if not text:
        return None
    try:
        value = json.loads(text)
    except ValueError:
        return {"text": text}
    if (
        not isinstance(value, dict)
        or extra_text(value) != text
        or not _is_well_shaped(value)
    ):
        return {"text": text}
    return value


def extra_text(extra: Extra | None) -> str:
    """Return ``extra`` as the frames and CSV files hold it: JSON with sorted keys."""
    if not extra:
        return ""
    if len(extra) == 1 and isinstance(extra.get("text"), str):
        return str(extra["text"])
    return json.dumps(extra, ensure_ascii=False, sort_keys=True)


def _is_well_shaped(extra: dict[str, Any]) -> bool:
    """Say whether readers and writers may take an object for one of theirs."""
    if not all(isinstance(extra.get(k, t()), t) for k, t in _SHAPES.items()):
        return False
    attributes = [value for part in ("attr",) for value in extra.get(part, {}).values()]
    texts = [
        *(
            v
            for part in ("labels", "columns", "back")
            for v in extra.get(part, {}).values()
        ),
        *extra.get("kept", ()),
        *extra.get("utx", ()),
        *(
            value
            for each in attributes
            if isinstance(each, dict)
            for value in each.values()
        ),
        *(cell for row in extra.get("definitions", ()) for cell in _list(row)),
    ]
    return (
        all(isinstance(each, dict) for each in attributes)
        and all(isinstance(each, str) for each in texts)
        and all(isinstance(each, list) for each in extra.get("lang", {}).values())
        and all(len(_list(row)) == 3 for row in extra.get("definitions", ()))
        and all(_is_twin(each) for each in extra.get("twins", ()))
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_twin(twin: Any) -> bool:
    if not isinstance(twin, dict) or not {"lang", "form"} <= twin.keys():
        return False
    texts = all(isinstance(v, str) for k, v in twin.items() if k != "extra")
    return texts and isinstance(twin.get("extra", {}), dict)
