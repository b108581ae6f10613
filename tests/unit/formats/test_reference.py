"""The page on formats says what the code says."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def test_the_page_on_formats_is_fresh():
    tool = ROOT / "tools" / "formats_reference.py"
    if not tool.exists():
        pytest.skip("tools/ is not part of this copy")
    done = subprocess.run([sys.executable, str(tool), "--check"], check=False)
    assert done.returncode == 0, "run python tools/formats_reference.py"
