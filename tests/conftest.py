"""Fixtures for all tests."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of the source documents and evaluation sets, or a skip with the reason."""
    folder = Path(os.environ.get("TERMBANK_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(
            "needs ../shared or $TERMBANK_SHARED (source documents, evaluation data)"
        )
    return folder


@pytest.fixture(autouse=True)
def _isolated(tmp_path_factory, monkeypatch):
    """Keep the caller's cache, language and settings out of the tests."""
    monkeypatch.setenv("TERMBANK_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.setenv("TERMBANK_MESSAGES", "both")
