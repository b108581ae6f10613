"""Fixtures for all tests."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Speed is measured in bench/, so a noisy machine must not fail a law; fixed examples
# keep one commit's answer the same everywhere (HYPOTHESIS_PROFILE=wide to search).
settings.register_profile(
    "termbank",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("wide", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "termbank"))

ROOT = Path(__file__).parents[1]
# They hold no examples, and two of one name cannot be imported as tests.
collect_ignore_glob = ["*conftest.py"]


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
    monkeypatch.setenv("TERMBANK_STATE", str(tmp_path_factory.getbasetemp() / "state"))
    monkeypatch.setenv("TERMBANK_MESSAGES", "both")
