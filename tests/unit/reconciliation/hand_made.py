"""Frames of mentions made from a text by hand."""

from hashlib import sha256

import polars as pl


def mentions(*documents: tuple[str, dict[str, str]]) -> pl.DataFrame:
    """Return every place of the forms in each (text, {form: kind})."""
    rows = []
    for text, kinds in documents:
        for form, kind in kinds.items():
            at = text.find(form)
            while at >= 0:
                rows.append(
                    {
                        "doc_id": sha256(text.encode()).hexdigest()[:16],
                        "start": at,
                        "end": at + len(form),
                        "miner": "hand/1",
                        "lang": "ja",
                        "surface": form,
                        "norm": form.lower(),
                        "reading": None,
                        "kind": kind,
                    }
                )
                at = text.find(form, at + 1)
    return pl.DataFrame(rows, schema_overrides={"reading": pl.String})
