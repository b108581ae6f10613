"""Known findings, as counts by file, rule and term, so that moved lines do not matter."""

from __future__ import annotations

import os

from termbank.errors import FormatError, InputError
from termbank.isolation.project_root import refuse_leading_out
from termbank.messages import of_system, say
from termbank.types import Finding, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Key = tuple[str, str, str]

_VERSION = 1


def key_of(finding: Finding, folder: str) -> Key:
    """Return (path from the baseline's folder, code, term) of a finding."""
    path = os.path.relpath(os.path.abspath(finding.path), folder).replace(os.sep, "/")
    term = finding.concept_id or (finding.fix.text if finding.fix else "")
    return path, finding.code, term


def read(path: str) -> dict[Key, int]:
    """Return the counts of a baseline file.

    Raises:
        InputError: The file is not there.
        FormatError: It is no baseline.
    """
    import json

    refuse_leading_out(path)
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            content = json.load(file)
        if content["version"] != _VERSION:
            version = content["version"]
            problem = say(f"版 {version}", f"version {version}")
            raise FormatError(path, 1, problem, str(_VERSION))
        return _counts(content["files"])
    except OSError as fault:
        raise InputError(path, of_system(fault), _expectation()) from fault
    except RecursionError as fault:
        problem = say("深すぎる入れ子", "nesting too deep")
        raise FormatError(path, 1, problem, _expectation()) from fault
    except (ValueError, KeyError, AttributeError, TypeError) as fault:
        problem = f"{say('読めない内容です', 'what cannot be read')}: {fault}"
        raise FormatError(path, 1, problem, _expectation()) from fault


def _counts(files: dict[str, dict[str, dict[str, int]]]) -> dict[Key, int]:
    counts: dict[Key, int] = {}
    for name, codes in files.items():
        for code, terms in codes.items():
            for term, count in terms.items():
                if type(count) is not int or count < 0:
                    raise ValueError(f"{name} {code}: {count!r}")
                counts[name, code, term] = count
    return counts


def _expectation() -> str:
    return say(
        "termbank check --write-baseline が書いたファイル",
        "a file written by termbank check --write-baseline",
    )


def write(path: str, findings: Iterable[Finding]) -> None:
    """Write the counts of findings, sorted, in one step."""
    import json

    from termbank.atomic_files import replace_content

    folder = os.path.dirname(os.path.abspath(path))
    files: dict[str, dict[str, dict[str, int]]] = {}
    for finding in findings:
        name, code, term = key_of(finding, folder)
        terms = files.setdefault(name, {}).setdefault(code, {})
        terms[term] = terms.get(term, 0) + 1
    content = {"version": _VERSION, "files": files}
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    replace_content(path, f"{text}\n".encode("utf-8", "surrogateescape"))


def kept(
    findings: Sequence[Finding], path: str, checked: Iterable[str]
) -> list[Finding]:
    """Return the findings beyond the baseline, and TB902 where it counts too many.

    Args:
        findings: Of the whole run.
        path: Baseline file.
        checked: Files that were checked; the baseline of other files is let be.
    """
    left = read(path)
    folder = os.path.dirname(os.path.abspath(path))
    new = []
    for finding in findings:
        key = key_of(finding, folder)
        if left.get(key, 0) > 0:
            left[key] -= 1
        else:
            new.append(finding)
    names = {
        os.path.relpath(os.path.abspath(other_path), folder).replace(os.sep, "/")
        for other_path in checked
    }
    for (name, code, term), count in sorted(left.items()):
        if count and name in names:
            message = say(
                f"既知の件数が {count} 件多い: {name} {code} {term}".rstrip(),
                f"baseline counts {count} too many: {name} {code} {term}".rstrip(),
            )
            new.append(
                Finding("TB902", Span(0, 0), message, None, path, 1, 1, "warning")
            )
    return new
