"""Try termbank with the lowest or the newest dependencies that pyproject.toml allows.

``python tools/dependency_bounds.py lowest`` (or ``newest``) makes an environment of its own,
installs termbank into it, every dependency pinned to its lower bound (or left to pip), and
runs the tests named after it, or a short set. The exit code is that of the tests.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
TESTS = ("tests/unit", "tests/cli", "tests/docs/test_pages_run.py")
_LOWEST = re.compile(r"^([A-Za-z0-9_.-]+).*?>=([0-9][^,;\s]*)")


def lowest_pins() -> list[str]:
    """Return ``name==version`` for each dependency with a lower bound, extras of ``test`` too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [
        *project["dependencies"],
        *(one for name in ("xlsx", "documents", "web", "lsp") for one in extras[name]),
    ]
    return sorted(
        {f"{found[1]}=={found[2]}" for one in wanted if (found := _LOWEST.match(one))}
    )


def main() -> int:
    """Make the environment, show what is in it, run the tests."""
    which, *tests = sys.argv[1:] or ["lowest"]
    if which not in ("lowest", "newest"):
        print("lowest | newest", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "venv"
        venv.create(home, with_pip=True)
        python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        bounds = Path(folder) / "bounds.txt"
        bounds.write_text(
            "\n".join(lowest_pins() if which == "lowest" else []) + "\n", "utf-8"
        )
        install = [python, "-m", "pip", "install", "-q", "--upgrade", "-c", bounds]
        subprocess.run([*install, f"{ROOT}[test]"], check=True)
        subprocess.run([python, "-m", "pip", "list", "--format=freeze"], check=True)
        done = subprocess.run(
            [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *(tests or TESTS)],
            cwd=ROOT,
            check=False,
            env={**os.environ, "TERMBANK_CACHE": str(Path(folder) / "cache")},
        )
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
