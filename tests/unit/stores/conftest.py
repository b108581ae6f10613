"""A PostgreSQL server for the tests of this folder, or a skip with the reason."""

from itertools import count

import pytest
from postgres_server import Server, reason_for_none

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def server():
    reason = reason_for_none()
    if reason:
        pytest.skip(reason)
    running = Server("fsync=off", "max_connections=40")
    yield running
    running.stop()


@pytest.fixture
def postgres(server):
    """Address of a new, empty database."""
    return server.create(f"team{next(_NUMBERS)}")


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """Address of a new place for a store, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite://{tmp_path / 'team.db'}"
    return request.getfixturevalue("postgres")
